#include <sqlxc/db/text_functions.h>

#include <sqlite3.h>

#include <sqlxc/core/text.h>
#include <sqlxc/db/md5.h>

#include <algorithm>
#include <clocale>
#include <cwctype>
#include <limits>
#include <vector>

namespace sqlxc::db {
namespace {

using Arguments = sqlite3_value**;

// What lpad, rpad and repeat may make; beyond it the answer is SQLite's "string or blob too big".
constexpr std::int64_t kMostBytes = 16 << 20;

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

void give(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Where each character starts, and the end.
std::vector<std::size_t> starts_of(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

// `count` characters from the front; a negative count leaves that many at the end.
std::string_view front(std::string_view text, std::int64_t count) {
  const auto starts = starts_of(text);
  const auto size = static_cast<std::int64_t>(starts.size()) - 1;
  const std::int64_t kept = std::clamp(count < 0 ? size + count : count, std::int64_t{0}, size);
  return text.substr(0, starts[static_cast<std::size_t>(kept)]);
}

std::string_view back(std::string_view text, std::int64_t count) {
  const auto starts = starts_of(text);
  const auto size = static_cast<std::int64_t>(starts.size()) - 1;
  const std::int64_t cut = std::clamp(count < 0 ? -count : size - count, std::int64_t{0}, size);
  return text.substr(starts[static_cast<std::size_t>(cut)]);
}

// Wraps a function of arguments that are not null: one that is makes the result null.
template <auto function>
void strict(sqlite3_context* context, int count, Arguments arguments) {
  for (int i = 0; i < count; ++i) {
    if (is_null(arguments[i])) return;
  }
  function(context, count, arguments);
}

void char_length(sqlite3_context* context, int, Arguments arguments) {
  sqlite3_result_int64(context, static_cast<std::int64_t>(count_utf8(text_of(arguments[0]))));
}

void octet_length(sqlite3_context* context, int, Arguments arguments) {
  if (sqlite3_value_type(arguments[0]) != SQLITE_BLOB) (void)text_of(arguments[0]);
  sqlite3_result_int(context, sqlite3_value_bytes(arguments[0]));
}

void left(sqlite3_context* context, int, Arguments arguments) {
  give(context, front(text_of(arguments[0]), sqlite3_value_int(arguments[1])));
}

void right(sqlite3_context* context, int, Arguments arguments) {
  give(context, back(text_of(arguments[0]), sqlite3_value_int(arguments[1])));
}

void reverse(sqlite3_context* context, int, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const auto starts = starts_of(text);
  std::string out;
  for (std::size_t i = starts.size() - 1; i > 0; --i) {
    out += text.substr(starts[i - 1], starts[i] - starts[i - 1]);
  }
  give(context, out);
}

void repeat(sqlite3_context* context, int, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const std::int64_t count = std::max(sqlite3_value_int(arguments[1]), 0);
  if (static_cast<std::int64_t>(text.size()) * count > kMostBytes) {
    return sqlite3_result_error_toobig(context);
  }
  std::string out;
  for (std::int64_t i = 0; i < count; ++i) out += text;
  give(context, out);
}

template <bool at_left>
void pad(sqlite3_context* context, int count, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const std::int64_t size = std::max(sqlite3_value_int(arguments[1]), 0);
  const std::string_view fill = count == 3 ? text_of(arguments[2]) : " ";
  const std::int64_t missing = size - static_cast<std::int64_t>(count_utf8(text));
  if (missing <= 0 || fill.empty()) return give(context, front(text, size));
  if (size * 4 > kMostBytes) return sqlite3_result_error_toobig(context);
  std::string padding;
  const auto fill_size = static_cast<std::int64_t>(count_utf8(fill));
  for (std::int64_t made = 0; made < missing; made += fill_size) {
    padding += front(fill, missing - made);
  }
  give(context, at_left ? padding + std::string(text) : std::string(text) + padding);
}

void split_part(sqlite3_context* context, int, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const std::string_view separator = text_of(arguments[1]);
  const int wanted = sqlite3_value_int(arguments[2]);
  if (wanted == 0) return sqlite3_result_error(context, "field position must not be zero", -1);
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = separator.empty() ? text.npos : text.find(separator, at);
    parts.push_back(text.substr(at, end - at));
    if (end == text.npos) break;
    at = end + separator.size();
  }
  const auto size = static_cast<std::int64_t>(parts.size());
  const std::int64_t index = wanted > 0 ? std::int64_t{wanted} - 1 : size + wanted;
  give(context, index < 0 || index >= size ? "" : parts[static_cast<std::size_t>(index)]);
}

void initcap(sqlite3_context* context, int, Arguments arguments) {
  std::string out(text_of(arguments[0]));
  bool in_word = false;
  for (char& c : out) {
    c = to_lower(c);
    const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (!in_word && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    in_word = is_letter || is_digit(c);
  }
  give(context, out);
}

void starts_with(sqlite3_context* context, int, Arguments arguments) {
  sqlite3_result_int(context, text_of(arguments[0]).starts_with(text_of(arguments[1])) ? 1 : 0);
}

void strpos(sqlite3_context* context, int, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const std::size_t at = text.find(text_of(arguments[1]));
  const auto position = at == text.npos ? 0 : count_utf8(text.substr(0, at)) + 1;
  sqlite3_result_int64(context, static_cast<std::int64_t>(position));
}

void btrim(sqlite3_context* context, int count, Arguments arguments) {
  const std::string_view text = text_of(arguments[0]);
  const std::string_view characters = count == 2 ? text_of(arguments[1]) : " ";
  const auto starts = starts_of(text);
  std::size_t first = 0;
  std::size_t last = starts.size() - 1;
  const auto is_cut = [&](std::size_t i) {
    return characters.find(text.substr(starts[i], starts[i + 1] - starts[i])) != characters.npos;
  };
  while (first < last && is_cut(first)) ++first;
  while (last > first && is_cut(last - 1)) --last;
  give(context, text.substr(starts[first], starts[last] - starts[first]));
}

void concat(sqlite3_context* context, int count, Arguments arguments) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text_of(arguments[i]);
  give(context, out);
}

void concat_ws(sqlite3_context* context, int count, Arguments arguments) {
  if (count == 0 || is_null(arguments[0])) return;
  std::string out;
  bool is_first = true;
  for (int i = 1; i < count; ++i) {
    if (is_null(arguments[i])) continue;
    if (!is_first) out += text_of(arguments[0]);
    out += text_of(arguments[i]);
    is_first = false;
  }
  give(context, out);
}

// Numbers before texts, as SQLite orders them.
bool is_less(sqlite3_value* a, sqlite3_value* b) {
  const auto is_number = [](sqlite3_value* value) {
    const int type = sqlite3_value_type(value);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  };
  if (is_number(a) != is_number(b)) return is_number(a);
  if (!is_number(a)) return text_of(a) < text_of(b);
  if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER) {
    return sqlite3_value_int64(a) < sqlite3_value_int64(b);
  }
  return sqlite3_value_double(a) < sqlite3_value_double(b);
}

template <bool is_greatest>
void extreme(sqlite3_context* context, int count, Arguments arguments) {
  sqlite3_value* best = nullptr;
  for (int i = 0; i < count; ++i) {
    if (is_null(arguments[i])) continue;
    const bool is_better = best == nullptr || (is_greatest ? is_less(best, arguments[i])
                                                           : is_less(arguments[i], best));
    if (is_better) best = arguments[i];
  }
  if (best != nullptr) sqlite3_result_value(context, best);
}

void md5(sqlite3_context* context, int, Arguments arguments) {
  give(context, md5_hex(text_of(arguments[0])));
}

struct Function {
  const char* name;
  int arguments;  // -1: any number
  void (*call)(sqlite3_context*, int, Arguments);
};

constexpr Function kFunctions[] = {
    {"char_length", 1, strict<char_length>},
    {"character_length", 1, strict<char_length>},
    {"octet_length", 1, strict<octet_length>},
    {"text_left", 2, strict<left>},  // a bare left( or right( is a syntax error before SQLite 3.41
    {"text_right", 2, strict<right>},
    {"reverse", 1, strict<reverse>},
    {"repeat", 2, strict<repeat>},
    {"lpad", 2, strict<pad<true>>},
    {"lpad", 3, strict<pad<true>>},
    {"rpad", 2, strict<pad<false>>},
    {"rpad", 3, strict<pad<false>>},
    {"split_part", 3, strict<split_part>},
    {"initcap", 1, strict<initcap>},
    {"starts_with", 2, strict<starts_with>},
    {"strpos", 2, strict<strpos>},
    {"btrim", 1, strict<btrim>},
    {"btrim", 2, strict<btrim>},
    {"md5", 1, strict<md5>},
    {"concat", -1, concat},
    {"concat_ws", -1, concat_ws},
    {"greatest", -1, extreme<true>},
    {"least", -1, extreme<false>},
};

// One character of UTF-8 from the front; U+FFFD for a byte that starts none.
char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t point = size == 1 ? first : first & (0x7FU >> size);
  std::size_t at = 1;
  while (at < size && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
    point = point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  text.remove_prefix(at);
  return at == size && first < 0xF8 ? point : 0xFFFD;
}

void append_character(std::string& out, char32_t point) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

}  // namespace

std::string fold_case(std::string_view text) {
  // glibc's C.UTF-8 has Unicode's simple mappings; made once, and for as long as the process lives.
  static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      out += to_lower(text.front());
      text.remove_prefix(1);
      continue;
    }
    const char32_t point = take_character(text);
    const wint_t lower =
        unicode != locale_t{} ? towlower_l(static_cast<wint_t>(point), unicode) : point;
    append_character(out, static_cast<char32_t>(lower));
  }
  return out;
}

int register_text_functions(sqlite3* connection) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
  for (const Function& function : kFunctions) {
    const int code =
        sqlite3_create_function_v2(connection, function.name, function.arguments, kFlags, nullptr,
                                   function.call, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace sqlxc::db
