#include <sqlxc/graphql/scalars.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include <sqlxc/core/text.h>

namespace sqlxc::graphql {
namespace {

std::string refuse(std::string_view type, std::string_view what, std::string_view shown) {
  return std::string(type) + " cannot represent " + std::string(what) + ": " + std::string(shown);
}

std::optional<double> double_of(const Input& value) {
  double number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stopped, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || stopped != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool is_number(const Input& value) {
  return value.kind == InputKind::int_value || value.kind == InputKind::float_value;
}

// JSON has one kind of number: 1.0 and 1e3 are whole. Literals with a point were refused before.
std::string accept_int(const Input& value, std::string_view shown) {
  const std::optional<double> number = is_number(value) ? double_of(value) : std::nullopt;
  if (!number || *number != std::floor(*number)) return refuse("Int", "non-integer value", shown);
  if (*number < -2147483648.0 || *number > 2147483647.0)
    return refuse("Int", "non 32-bit signed integer value", shown);
  return {};
}

std::string accept_float(const Input& value, std::string_view shown) {
  if (is_number(value) && double_of(value)) return {};
  return refuse("Float", "non numeric value", shown);
}

std::string accept_string(const Input& value, std::string_view shown) {
  return value.kind == InputKind::string ? "" : refuse("String", "a non string value", shown);
}

std::string accept_boolean(const Input& value, std::string_view shown) {
  return value.kind == InputKind::boolean ? "" : refuse("Boolean", "a non boolean value", shown);
}

bool is_id(const Input& value) {
  return value.kind == InputKind::string || value.kind == InputKind::int_value;
}

std::string accept_id(const Input& value, std::string_view shown) {
  return is_id(value) ? "" : refuse("ID", "value", shown);
}

std::string accept_id_literal(const Input& value, std::string_view shown) {
  return is_id(value) ? "" : refuse("ID", "a non-string and non-integer value", shown);
}

// A literal says itself whether it is whole.
std::string accept_int_literal(const Input& value, std::string_view shown) {
  if (value.kind != InputKind::int_value) return refuse("Int", "non-integer value", shown);
  return accept_int(value, shown);
}

constexpr Scalar kBuiltIn[] = {{"Int", accept_int, accept_int_literal},
                               {"Float", accept_float},
                               {"String", accept_string},
                               {"Boolean", accept_boolean},
                               {"ID", accept_id, accept_id_literal}};

// Takes `count` digits whose value is between `least` and `most`.
bool take_number(std::string_view& text, std::size_t count, int least, int most) {
  if (text.size() < count) return false;
  const auto number = parse_number<int>(text.substr(0, count));
  if (!number || !is_digit(text[0]) || *number < least || *number > most) return false;
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text) {
  return take_number(text, 4, 0, 9999) && take(text, '-') && take_number(text, 2, 1, 12) &&
         take(text, '-') && take_number(text, 2, 1, 31);
}

bool take_time(std::string_view& text) {
  if (!take_number(text, 2, 0, 24) || !take(text, ':') || !take_number(text, 2, 0, 59))
    return false;
  if (!take(text, ':')) return true;
  if (!take_number(text, 2, 0, 60)) return false;
  if (!take(text, '.')) return true;
  const std::size_t digits = text.find_first_not_of("0123456789");
  text.remove_prefix(digits == text.npos ? text.size() : digits);
  return true;
}

bool take_zone(std::string_view& text) {
  if (text.empty() || take(text, 'Z') || take(text, 'z')) return true;
  if (!take(text, '+') && !take(text, '-')) return false;
  if (!take_number(text, 2, 0, 15)) return false;
  const bool has_colon = take(text, ':');
  return (text.empty() && !has_colon) || take_number(text, 2, 0, 59);
}

std::string accept_text(const Input& value, std::string_view shown, std::string_view type,
                        bool (*take_form)(std::string_view&)) {
  std::string_view text = value.text;
  if (value.kind == InputKind::string && take_form(text) && text.empty()) return {};
  return refuse(type, "value", shown);
}

}  // namespace

const Scalar* find_built_in_scalar(std::string_view name) {
  for (const Scalar& scalar : kBuiltIn) {
    if (scalar.name == name) return &scalar;
  }
  return nullptr;
}

std::string accept_big_int(const Input& value, std::string_view shown) {
  const bool has_text = value.kind == InputKind::int_value || value.kind == InputKind::string;
  const bool fits = has_text && parse_number<std::int64_t>(value.text).has_value();
  return fits ? "" : refuse("BigInt", "non 64-bit signed integer value", shown);
}

std::string accept_decimal(const Input& value, std::string_view shown) {
  if (is_number(value)) return {};
  std::string_view text = value.text;
  take(text, '-');
  const std::size_t point = text.find('.');
  const bool is_decimal = value.kind == InputKind::string && !text.empty() &&
                          text.find_first_not_of("0123456789.") == text.npos && text != "." &&
                          text.find('.', point + 1) == (point == text.npos ? point : text.npos);
  const bool has_word = value.kind == InputKind::string &&
                        (value.text == "NaN" || value.text == "Infinity" || text == "Infinity");
  return is_decimal || has_word ? "" : refuse("Decimal", "non numeric value", shown);
}

std::string accept_date(const Input& value, std::string_view shown) {
  return accept_text(value, shown, "Date", take_date);
}

std::string accept_time(const Input& value, std::string_view shown) {
  return accept_text(value, shown, "Time",
                     [](std::string_view& text) { return take_time(text) && take_zone(text); });
}

std::string accept_date_time(const Input& value, std::string_view shown) {
  return accept_text(value, shown, "DateTime", [](std::string_view& text) {
    if (!take_date(text)) return false;
    if (text.empty()) return true;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return false;
    return take_time(text) && take_zone(text);
  });
}

std::string accept_uuid(const Input& value, std::string_view shown) {
  return accept_text(value, shown, "UUID", [](std::string_view& text) {
    int digits = 0;
    for (const char c : text) {
      if (hex_value(c) >= 0) {
        ++digits;
      } else if (c != '-') {
        return false;
      }
    }
    text = {};
    return digits == 32;
  });
}

}  // namespace sqlxc::graphql
