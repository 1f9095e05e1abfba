#include <sqlxc/rules/text.h>

#include <sqlxc/core/text.h>

#include <algorithm>
#include <vector>

namespace sqlxc::rules::detail {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The bytes of the first character.
std::size_t character_size(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && continues(text[size])) ++size;
  return size;
}

// The bytes of the first `count` characters.
std::size_t size_of(std::string_view text, std::int64_t count) {
  std::size_t size = 0;
  for (; count > 0 && size < text.size(); --count) size += character_size(text.substr(size));
  return size;
}

// Whether the character at the front of `text` is one of `set`.
bool is_one_of(std::string_view character, std::string_view set) {
  for (std::size_t at = 0; at < set.size(); at += character_size(set.substr(at))) {
    if (set.substr(at, character_size(set.substr(at))) == character) return true;
  }
  return false;
}

bool same(char a, char b, bool ignores_case) {
  return ignores_case ? sqlxc::to_lower(a) == sqlxc::to_lower(b) : a == b;
}

}  // namespace

std::int32_t count_characters(std::string_view text) {
  return static_cast<std::int32_t>(count_utf8(text));
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = sqlxc::to_lower(c);
  return out;
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

// Greedy, with one place to come back to: the last `%`. Time is at most the product of the lengths.
std::optional<bool> matches_like(std::string_view text, std::string_view pattern, char escape,
                                 bool ignores_case) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0;
  std::size_t p = 0;
  std::size_t percent = kNone;
  std::size_t retry = 0;
  while (at < text.size() || p < pattern.size()) {
    if (p < pattern.size()) {
      char c = pattern[p];
      if (escape != '\0' && c == escape) {
        if (p + 1 == pattern.size()) return std::nullopt;
        c = pattern[p + 1];
        if (at < text.size() && same(text[at], c, ignores_case)) {
          p += 2;
          ++at;
          continue;
        }
      } else if (c == '%') {
        percent = p++;
        retry = at;
        continue;
      } else if (c == '_') {
        if (at < text.size()) {
          ++p;
          at += character_size(text.substr(at));
          continue;
        }
      } else if (at < text.size() && same(text[at], c, ignores_case)) {
        ++p;
        ++at;
        continue;
      }
    }
    if (percent == kNone || retry >= text.size()) return false;
    retry += character_size(text.substr(retry));
    at = retry;
    p = percent + 1;
  }
  return true;
}

Nullable<std::string> substring(std::string_view text, std::int64_t start, std::int64_t length) {
  if (length < 0) return Nullable<std::string>::unknown();
  std::int64_t end = 0;
  if (__builtin_add_overflow(start, length, &end)) return Nullable<std::string>::unknown();
  std::string out;
  for (std::int64_t position = 1; !text.empty() && position < end; ++position) {
    const std::size_t size = character_size(text);
    if (position >= start) out += text.substr(0, size);
    text.remove_prefix(size);
  }
  return out;
}

std::string first_of(std::string_view text, std::int64_t count) {
  if (count < 0) count = std::max<std::int64_t>(count_characters(text) + count, 0);
  return std::string(text.substr(0, size_of(text, count)));
}

std::string last_of(std::string_view text, std::int64_t count) {
  const std::int64_t all = count_characters(text);
  const std::int64_t passed = count < 0 ? -count : std::max<std::int64_t>(all - count, 0);
  return std::string(text.substr(size_of(text, passed)));
}

std::string replaced(std::string_view text, std::string_view part, std::string_view by) {
  std::string out;
  while (!part.empty()) {
    const std::size_t at = text.find(part);
    if (at == text.npos) break;
    out.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + part.size());
  }
  return out.append(text);
}

std::string reversed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t end = text.size();
  while (end > 0) {
    std::size_t begin = end - 1;
    while (begin > 0 && continues(text[begin])) --begin;
    out += text.substr(begin, end - begin);
    end = begin;
  }
  return out;
}

Nullable<std::string> part_of(std::string_view text, std::string_view separator, std::int64_t n) {
  if (n == 0) return Nullable<std::string>::unknown();
  std::vector<std::string_view> parts;
  while (!separator.empty()) {
    const std::size_t at = text.find(separator);
    if (at == text.npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(text);
  const std::int64_t size = static_cast<std::int64_t>(parts.size());
  const std::int64_t index = n > 0 ? n - 1 : size + n;
  if (index < 0 || index >= size) return std::string();
  return std::string(parts[static_cast<std::size_t>(index)]);
}

std::string_view trimmed(std::string_view text, std::string_view set, bool left, bool right) {
  while (left && !text.empty() && is_one_of(text.substr(0, character_size(text)), set)) {
    text.remove_prefix(character_size(text));
  }
  while (right && !text.empty()) {
    std::size_t begin = text.size() - 1;
    while (begin > 0 && continues(text[begin])) --begin;
    if (!is_one_of(text.substr(begin), set)) break;
    text = text.substr(0, begin);
  }
  return text;
}

Tri same_text(std::string_view a, std::string_view b) {
  if (a == b) return Tri::yes;
  if (!is_ascii(a) || !is_ascii(b)) return Tri::unknown;
  const auto plain = [](std::string_view text) { return trimmed(text, " ", false, true); };
  const auto is_punctuated = [](std::string_view text) {
    // Collations of ICU may pass over what is no letter and no digit.
    return std::any_of(text.begin(), text.end(), [](char c) {
      return !is_digit(c) && (sqlxc::to_lower(c) < 'a' || sqlxc::to_lower(c) > 'z');
    });
  };
  if (equals_ignoring_case(plain(a), plain(b))) return Tri::unknown;
  return is_punctuated(a) || is_punctuated(b) ? Tri::unknown : Tri::no;
}

std::string spelled(std::int64_t number) { return std::to_string(number); }

}  // namespace sqlxc::rules::detail
