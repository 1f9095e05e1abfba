#include "compiler/passes/literals.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "compiler/passes/exprs.h"

namespace sqlxc::passes {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `form` with 9 for any digit: "9999-99-99".
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form,
                            [](char c, char f) { return f == '9' ? is_digit(c) : c == f; });
}

bool is_date(std::string_view text) { return has_form(text, "9999-99-99"); }

// `03:04`, `03:04:05`, `03:04:05.678`; what is left of `text` is returned in it.
bool take_time(std::string_view& text) {
  const std::size_t length = std::min(text.find_first_not_of("0123456789:."), text.size());
  std::string_view time = text.substr(0, length);
  text.remove_prefix(length);
  if (const auto point = time.find('.'); point != time.npos) {
    const std::string_view fraction = time.substr(point + 1);
    if (fraction.empty() || fraction.size() > 6 || !std::ranges::all_of(fraction, is_digit))
      return false;
    time = time.substr(0, point);
    return has_form(time, "99:99:99");
  }
  return has_form(time, "99:99") || has_form(time, "99:99:99");
}

bool is_time(std::string_view text) { return take_time(text) && text.empty(); }

bool is_offset(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
  return has_form(text.substr(1), "99") || has_form(text.substr(1), "99:99");
}

bool is_timestamp(std::string_view text, bool with_offset) {
  if (text.size() < 10 || !is_date(text.substr(0, 10))) return false;
  if (text.size() == 10) return !with_offset;
  if (text[10] != ' ' && text[10] != 'T') return false;
  text.remove_prefix(11);
  return take_time(text) && (with_offset ? is_offset(text) : text.empty());
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::ranges::equal(text, kForm, [](char c, char f) {
    return f == 'x' ? is_digit(c) || (c >= 'a' && c <= 'f') : c == f;
  });
}

std::optional<ast::Expr> typed(bool is_good, std::string_view type, std::string_view text) {
  if (!is_good) return std::nullopt;
  return typed_literal_expr(type, text);
}

std::optional<ast::Expr> boolean_literal(std::string_view text) {
  const std::string word = lower_case(text);
  if (word == "t" || word == "true" || word == "1") return boolean_expr(true);
  if (word == "f" || word == "false" || word == "0") return boolean_expr(false);
  return std::nullopt;
}

}  // namespace

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == text.npos ? std::string_view("0") : text.substr(point + 1);
  return !whole.empty() && !fraction.empty() && std::ranges::all_of(whole, is_digit) &&
         std::ranges::all_of(fraction, is_digit);
}

bool is_int64(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value != INT64_MIN;
}

std::optional<ast::Expr> literal_of(ir::TypeKind kind, std::string_view text, Dialect dialect,
                                    const std::vector<std::string>* labels) {
  using ir::TypeKind;
  const bool is_text_there = dialect == Dialect::sqlite;  // SQLite compares dates as texts
  switch (kind) {
    case TypeKind::text:
      return string_expr(text);
    case TypeKind::enumeration:
      if (labels == nullptr || std::ranges::find(*labels, text) == labels->end())
        return std::nullopt;
      return string_expr(text);
    case TypeKind::uuid:
      if (!is_uuid(text)) return std::nullopt;
      return string_expr(text);
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
      if (dialect == Dialect::sqlite || !is_int64(text)) return std::nullopt;
      return number_expr(text);
    case TypeKind::float32:
    case TypeKind::float64:
    case TypeKind::decimal:
      if (dialect == Dialect::sqlite || !is_number(text)) return std::nullopt;
      return number_expr(text);
    case TypeKind::boolean:
      return dialect == Dialect::postgres ? boolean_literal(text) : std::nullopt;
    case TypeKind::date:
      return typed(is_date(text), "date", text);
    case TypeKind::time:
      return typed(is_time(text) && !is_text_there, "time", text);
    case TypeKind::timestamp:
      return typed(is_timestamp(text, false) && !is_text_there, "timestamp", text);
    case TypeKind::timestamptz:
      return typed(is_timestamp(text, true) && !is_text_there, "timestamptz", text);
    case TypeKind::bytes:
    case TypeKind::timetz:
    case TypeKind::interval:
    case TypeKind::json:
    case TypeKind::array:
    case TypeKind::other:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_plain_regex(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    if (c == '(' && i + 1 < pattern.size() && pattern[i + 1] == '?') return false;
    if (c == '*' && i + 1 < pattern.size() && pattern.substr(i).starts_with("***")) return false;
    if (c == '[' && i + 1 < pattern.size() && (pattern[i + 1] == '.' || pattern[i + 1] == '='))
      return false;
    if (c != '\\') continue;
    if (++i == pattern.size()) return false;
    constexpr std::string_view kEscapes = ".^$*+?()[]{}|\\/-_@#%&=:;,!<> dws";
    if (kEscapes.find(pattern[i]) == kEscapes.npos) return false;
  }
  return true;
}

}  // namespace sqlxc::passes
