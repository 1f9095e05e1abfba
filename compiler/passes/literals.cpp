#include "compiler/passes/literals.h"

#include <algorithm>
#include <array>
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

// `1 day`, `2 years 6 months`: whole numbers and units in full.
bool is_interval(std::string_view text) {
  constexpr std::array<std::string_view, 9> kUnits = {"year", "month",  "mon",    "week", "day",
                                                      "hour", "minute", "second", "min"};
  bool has_unit = false;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 6 || text.substr(digits, 1) != " ") return false;
    text.remove_prefix(digits + 1);
    std::string_view unit = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(unit.size() + 1, text.size()));
    const std::string lower = lower_case(unit);
    unit = lower;
    if (unit.ends_with('s') && std::ranges::find(kUnits, unit) == kUnits.end()) {
      unit.remove_suffix(1);
    }
    if (std::ranges::find(kUnits, unit) == kUnits.end()) return false;
    has_unit = true;
  }
  return has_unit;
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
    case TypeKind::interval:
      return typed(is_interval(text) && dialect == Dialect::postgres, "interval", text);
    case TypeKind::bytes:
    case TypeKind::timetz:
    case TypeKind::json:
    case TypeKind::array:
    case TypeKind::other:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace sqlxc::passes
