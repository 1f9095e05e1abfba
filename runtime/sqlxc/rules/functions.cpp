#include <sqlxc/rules/functions.h>

#include <sqlxc/core/text.h>
#include <sqlxc/value/calendar.h>

#include <algorithm>

namespace sqlxc::rules {
namespace detail {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The bytes of the first character.
std::size_t character_size(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && continues(text[size])) ++size;
  return size;
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

}  // namespace detail

Nullable<Decimal> decimal(std::string_view text) {
  const auto number = Decimal::parse(text);
  return number ? Nullable<Decimal>(*number) : Nullable<Decimal>::unknown();
}

Nullable<Date> date(std::string_view text) {
  std::int32_t days = 0;
  if (value::parse_date(text, days) != value::TimeError::none) return Nullable<Date>::unknown();
  return Date{days};
}

Nullable<Time> time(std::string_view text) {
  value::TimeOfDay parsed;
  if (value::parse_time(text, parsed) != value::TimeError::none) return Nullable<Time>::unknown();
  return Time{parsed.micros};
}

Nullable<Timestamp> timestamp(std::string_view text) {
  std::int64_t micros = 0;
  if (value::parse_timestamp(text, false, micros) != value::TimeError::none) {
    return Nullable<Timestamp>::unknown();
  }
  return Timestamp{micros};
}

Nullable<Timestamptz> timestamptz(std::string_view text) {
  std::int64_t micros = 0;
  if (value::parse_timestamp(text, true, micros) != value::TimeError::none) {
    return Nullable<Timestamptz>::unknown();
  }
  return Timestamptz{micros};
}

}  // namespace sqlxc::rules
