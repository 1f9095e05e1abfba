#include <sqlxc/value/decimal.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "compiler/base/utf8.h"
#include "compiler/passes/rule_model.h"

// The cells that values are sorted into, and which of them can stand together.
namespace sqlxc::passes {
namespace {

using ast::Expr;

// More combinations than that are not looked at: the model knows less, and proves less.
constexpr std::size_t kMaxLink = 40'000;
constexpr std::size_t kMaxConstants = 1000;

std::optional<std::string> number_in(const Expr& expr) {
  const bool is_negative = expr.kind == Expr::Kind::unary && expr.name == "-";
  const Expr& number = is_negative ? expr.args[0] : expr;
  if (number.kind != Expr::Kind::number) return std::nullopt;
  return value::plain_decimal((is_negative ? "-" : "") + number.text);
}

// `03:04` as `03:04:00.000000`.
std::string whole_time(std::string_view text) {
  std::string out(text);
  if (out.size() == 5) out += ":00";
  if (out.size() == 8) out += '.';
  out.resize(15, '0');
  return out;
}

// In UTC where there is an offset; empty where it is another.
std::string whole_timestamp(std::string_view text, bool with_offset) {
  std::string_view time = text.size() > 11 ? text.substr(11) : std::string_view("00:00");
  if (with_offset) {
    const auto offset = time.find_first_of("+-Zz");
    if (offset == time.npos) return {};
    const std::string_view written = time.substr(offset);
    const bool is_utc = written == "Z" || written == "z" || written == "+00" || written == "+00:00";
    if (!is_utc) return {};
    time = time.substr(0, offset);
  }
  return std::string(text.substr(0, 10)) + ' ' + whole_time(time);
}

// The greatest whole number that is not above; nothing where 64 bits do not hold it.
std::optional<std::int64_t> floor_of(const std::string& plain) {
  std::int64_t out = 0;
  const char* end = plain.data() + plain.size();
  const auto [rest, error] = std::from_chars(plain.data(), end, out);
  if (error != std::errc()) return std::nullopt;
  const bool has_fraction =
      std::find_if(rest, end, [](char c) { return c >= '1' && c <= '9'; }) != end;
  if (!plain.starts_with('-') || !has_fraction) return out;
  return out == INT64_MIN ? std::nullopt : std::optional(out - 1);
}

}  // namespace

std::optional<RuleModel::Constant> RuleModel::constant_of(const Expr& expr) {
  if (const auto number = number_in(expr)) return Constant{Family::number, *number};
  if (expr.kind == Expr::Kind::string) return Constant{Family::text, expr.text};
  if (expr.kind == Expr::Kind::boolean) {
    return Constant{Family::truth, expr.text == "true" ? "1" : "0"};
  }
  if (expr.kind != Expr::Kind::typed_literal) return std::nullopt;
  const std::string_view type = expr.type.front().path.last();
  const std::string& text = expr.args[0].text;
  if (type == "numeric") {
    const auto number = value::plain_decimal(text);
    return number ? std::optional(Constant{Family::number, *number}) : std::nullopt;
  }
  if (type == "date") return Constant{Family::date, text};
  if (type == "time") return Constant{Family::time, whole_time(text)};
  if (type != "timestamp" && type != "timestamptz") return std::nullopt;
  std::string whole = whole_timestamp(text, type == "timestamptz");
  if (whole.empty()) return std::nullopt;
  return Constant{Family::timestamp, std::move(whole)};
}

int RuleModel::compare_constants(const Constant& a, const Constant& b) {
  if (a.family != b.family) return a.family < b.family ? -1 : 1;
  if (a.family != Family::number) return a.text.compare(b.text);
  const auto order = value::compare_decimals(a.text, b.text);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

void RuleModel::order_constants(Variable& variable) const {
  std::vector<Constant>& all = variable.constants;
  std::ranges::sort(
      all, [](const Constant& a, const Constant& b) { return compare_constants(a, b) < 0; });
  const auto repeated = std::ranges::unique(
      all, [](const Constant& a, const Constant& b) { return compare_constants(a, b) == 0; });
  all.erase(repeated.begin(), repeated.end());
  if (all.size() > kMaxConstants) variable.is_opaque = true;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].family != all[i - 1].family) variable.is_opaque = true;
    // Two that are one double are one value to a column of doubles.
    const bool is_close =
        all[i].family == Family::number && !variable.is_exact &&
        std::strtod(all[i].text.c_str(), nullptr) == std::strtod(all[i - 1].text.c_str(), nullptr);
    if (is_close) variable.is_opaque = true;
  }
}

// Whether a whole number of [low, high] lies in the cell: a gap is what lies before its constant.
bool RuleModel::has_whole_between(const Variable& variable, std::size_t cell, std::int64_t low,
                                  std::int64_t high) const {
  const std::vector<Constant>& all = variable.constants;
  const std::size_t next = cell / 2;
  if (cell % 2 == 1) {
    const std::string& text = all[next].text;
    const auto whole = floor_of(text);
    if (!whole) return false;
    return *whole >= low && *whole <= high &&
           value::compare_decimals(std::to_string(*whole), text) == 0;
  }
  std::int64_t least = low;
  if (next > 0) {
    const auto below = floor_of(all[next - 1].text);
    // Beyond 64 bits: far below, or far above.
    if (!below && !all[next - 1].text.starts_with('-')) return false;
    if (below && *below == INT64_MAX) return false;
    if (below) least = std::max(least, *below + 1);
  }
  if (least > high) return false;
  return next == all.size() || value::compare_decimals(std::to_string(least), all[next].text) < 0;
}

std::vector<bool> RuleModel::cells_of(const Variable& variable) const {
  if (variable.kind == Kind::order) return std::vector<bool>(4, true);
  if (variable.kind == Kind::truth) return std::vector<bool>(3, true);
  std::vector<bool> out(2 * variable.constants.size() + 2, true);
  if (variable.is_opaque) return out;
  const bool is_flag =
      !variable.constants.empty() && variable.constants.front().family == Family::truth;
  const bool is_number =
      variable.constants.empty() || variable.constants.front().family == Family::number;
  for (std::size_t cell = 0; cell + 1 < out.size(); ++cell) {
    if (is_flag && cell % 2 == 0) out[cell] = false;
    if (!is_number || !variable.is_integral) continue;
    // Beyond 64 bits, where unsigned ones reach, nothing is left out.
    const auto is_far = [&](std::size_t constant) {
      if (constant >= variable.constants.size()) return true;
      const auto whole = floor_of(variable.constants[constant].text);
      return !whole || *whole == INT64_MAX;
    };
    const bool is_point = cell % 2 == 1;
    const bool is_unbounded =
        is_far(cell / 2) || (!is_point && (cell == 0 || is_far(cell / 2 - 1)));
    if (is_unbounded && !variable.is_count) continue;
    out[cell] = has_whole_between(variable, cell, variable.is_count ? 0 : INT64_MIN, INT64_MAX);
  }
  return out;
}

void RuleModel::close() {
  is_closed_ = true;
  for (Variable& variable : variables_) {
    if (variable.kind == Kind::value) order_constants(variable);
    space_.variables.push_back(cells_of(variable));
  }
  for (std::uint32_t i = 0; i < variables_.size(); ++i) link_variable(i);
}

// ---- links

void RuleModel::link(
    std::vector<std::uint32_t> variables,
    const std::function<bool(const std::vector<std::size_t>& cells)>& is_possible) {
  std::size_t size = 1;
  for (const std::uint32_t one : variables) size *= space_.variables[one].size();
  if (size > kMaxLink) return;
  Link out{std::move(variables), std::vector<bool>(size)};
  std::vector<std::size_t> cells(out.variables.size());
  for (std::size_t at = 0; at < size; ++at) {
    std::size_t rest = at;
    for (std::size_t i = cells.size(); i-- > 0;) {
      const std::size_t count = space_.variables[out.variables[i]].size();
      cells[i] = rest % count;
      rest /= count;
    }
    out.is_possible[at] = is_possible(cells);
  }
  space_.links.push_back(std::move(out));
}

void RuleModel::link_variable(std::uint32_t index) {
  const Variable& variable = variables_[index];
  if (variable.kind == Kind::order) link_order(index);
  if (variable.length_of) link_length(index);
  const std::size_t null = space_.variables[index].size() - 1;
  for (const std::uint32_t from : variable.nulls) {
    const std::size_t from_null = space_.variables[from].size() - 1;
    link({from, index}, [=](const std::vector<std::size_t>& cells) {
      return cells[0] != from_null || cells[1] == null;
    });
  }
}

// a < b is null just where one of them is; where their cells are apart they tell it.
void RuleModel::link_order(std::uint32_t index) {
  const Variable& left = variables_[variables_[index].left];
  const Variable& right = variables_[variables_[index].right];
  const std::size_t a_null = 2 * left.constants.size() + 1;
  const std::size_t b_null = 2 * right.constants.size() + 1;
  const bool is_comparable = !left.is_opaque && !right.is_opaque && !left.constants.empty() &&
                             !right.constants.empty() &&
                             left.constants[0].family == right.constants[0].family;
  link({variables_[index].left, variables_[index].right, index},
       [&](const std::vector<std::size_t>& cells) {
         const std::size_t a = cells[0];
         const std::size_t b = cells[1];
         const bool is_null = a == a_null || b == b_null;
         if (is_null || cells[2] == 3) return is_null == (cells[2] == 3);
         if (!is_comparable) return true;
         // a lies between its constants a/2 - 1 and a/2, or on a/2.
         const auto is_above = [](const Variable& x, std::size_t cell_x, const Variable& y,
                                  std::size_t cell_y) {
           const bool is_x_point = cell_x % 2 == 1;
           const bool is_y_point = cell_y % 2 == 1;
           if (!is_x_point && cell_x == 0) return false;
           if (!is_y_point && cell_y / 2 == y.constants.size()) return false;
           const Constant& low = x.constants[is_x_point ? cell_x / 2 : cell_x / 2 - 1];
           const int order = compare_constants(low, y.constants[cell_y / 2]);
           return is_x_point && is_y_point ? order > 0 : order >= 0;
         };
         if (is_above(left, a, right, b)) return cells[2] == 2;
         if (is_above(right, b, left, a)) return cells[2] == 0;
         const bool are_points = a % 2 == 1 && b % 2 == 1;
         return !are_points || cells[2] == 1;
       });
}

// A known text has its length, no other than '' has none, and null has none either.
void RuleModel::link_length(std::uint32_t index) {
  const Variable& length = variables_[index];
  const Variable& text = variables_[*length.length_of];
  const std::size_t text_null = 2 * text.constants.size() + 1;
  const std::size_t length_null = 2 * length.constants.size() + 1;
  const bool is_told = !text.is_opaque && !length.is_opaque && !field_of(text).type.is_fixed_length;
  const bool has_empty = is_told && !is(Dialect::sqlite) && !text.constants.empty() &&
                         text.constants.front().text.empty();
  link({*length.length_of, index}, [&](const std::vector<std::size_t>& cells) {
    const bool is_null = cells[0] == text_null || cells[1] == length_null;
    if (is_null) return cells[0] == text_null && cells[1] == length_null;
    if (!is_told) return true;
    if (cells[0] % 2 == 1) {
      const auto count =
          static_cast<std::int64_t>(utf8_characters(text.constants[cells[0] / 2].text));
      return has_whole_between(length, cells[1], count, count);
    }
    return !has_empty || has_whole_between(length, cells[1], 1, INT64_MAX);
  });
}

}  // namespace sqlxc::passes
