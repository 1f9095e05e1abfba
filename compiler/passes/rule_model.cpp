#include "compiler/passes/rule_model.h"
#include "compiler/base/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/passes/exprs.h"
#include "compiler/syntax/print.h"

namespace sqlxc::passes {
namespace {

using ast::Expr;
using Op = Formula::Op;
using ir::TypeKind;

Formula constant(Truths values) { return {.op = Op::constant, .values = values}; }

Formula node(Op op, std::vector<Formula> parts) { return {.op = op, .parts = std::move(parts)}; }

Formula atom(std::uint32_t variable, std::vector<Truths> by_cell) {
  return {.op = Op::atom, .variable = variable, .by_cell = std::move(by_cell)};
}

std::string key_of(const Expr& expr) { return syntax::print(expr, Dialect::postgres); }

bool is_condition(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::between:
    case Expr::Kind::in_list:
    case Expr::Kind::like:
    case Expr::Kind::is_test:
      return true;
    case Expr::Kind::unary:
      return expr.name == "not";
    case Expr::Kind::binary:
      return expr.name.find_first_not_of("+-*/%|") != std::string::npos;
    default:
      return false;
  }
}

// What `left op right` is where left is less than, equal to or greater than right.
Truths truth_of(std::string_view op, int order) {
  bool holds = false;
  if (op == "=" || op == "is not distinct from") holds = order == 0;
  if (op == "<>" || op == "is distinct from") holds = order != 0;
  if (op == "<") holds = order < 0;
  if (op == "<=") holds = order <= 0;
  if (op == ">") holds = order > 0;
  if (op == ">=") holds = order >= 0;
  return holds ? kYes : kNo;
}

std::string_view flipped(std::string_view op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  if (op == ">=") return "<=";
  return op;
}

// Functions of predicate.h that give null for null, and nothing else of them is used.
constexpr std::array<std::string_view, 8> kStrict = {
    "length", "octet_length", "bit_length", "lower", "upper", "trunc", "abs", "sign"};
constexpr std::array<std::string_view, 3> kCounts = {"length", "octet_length", "bit_length"};

bool is_strict(const Expr& expr) {
  if (expr.kind == Expr::Kind::unary) return expr.name == "-";
  if (expr.kind == Expr::Kind::binary) return !is_condition(expr);
  return expr.kind == Expr::Kind::call &&
         std::ranges::find(kStrict, expr.path.last()) != kStrict.end();
}

}  // namespace

// ---- variables

std::uint32_t RuleModel::add(const std::string& key, Variable variable) {
  const auto index = static_cast<std::uint32_t>(variables_.size());
  variables_.push_back(std::move(variable));
  by_key_.emplace(key, index);
  return index;
}

std::optional<std::uint32_t> RuleModel::find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t RuleModel::value(const Expr& expr) {
  const std::string key = key_of(expr);
  if (const auto known = find(key)) return *known;
  return add(key, describe(expr));
}

RuleModel::Variable RuleModel::describe(const Expr& expr) {
  Variable out;
  if (expr.kind == Expr::Kind::column) {
    const auto found = std::ranges::find(entity_.fields, expr.path.last(), &ir::Field::name);
    if (found == entity_.fields.end()) return out;
    out.field = static_cast<std::uint16_t>(found - entity_.fields.begin());
    const TypeKind kind = field_of(out).type.kind;
    const bool is_integer =
        kind == TypeKind::int16 || kind == TypeKind::int32 || kind == TypeKind::int64;
    out.is_exact = is_integer || (kind == TypeKind::decimal && !is(Dialect::sqlite));
    // A column of SQLite keeps 5.5 whatever its type is called.
    out.is_integral = is_integer && !is(Dialect::sqlite);
    if (kind == TypeKind::boolean && is(Dialect::postgres)) {
      out.constants = {{Family::truth, "0"}, {Family::truth, "1"}};
    } else if (kind == TypeKind::enumeration) {
      for (const std::string& label :
           at(module_.enumerations, field_of(out).type.enumeration).labels) {
        out.constants.push_back({Family::text, label});
      }
    }
    return out;
  }
  if (!is_strict(expr)) return out;
  add_nulls(expr, out.nulls);
  if (expr.kind != Expr::Kind::call) return out;
  const std::string_view name = expr.path.last();
  out.is_count = std::ranges::find(kCounts, name) != kCounts.end();
  out.is_integral = out.is_exact = out.is_count;
  if (name != "length" || expr.args[0].kind != Expr::Kind::column) return out;
  const std::uint32_t text = value(expr.args[0]);
  if (variables_[text].field && field_of(variables_[text]).type.kind == TypeKind::text)
    out.length_of = text;
  return out;
}

void RuleModel::add_nulls(const Expr& expr, std::vector<std::uint32_t>& nulls) {
  for (const Expr& arg : expr.args) {
    if (arg.kind == Expr::Kind::column) nulls.push_back(value(arg));
    if (is_strict(arg)) add_nulls(arg, nulls);
  }
}

// ---- formulas

Formula RuleModel::formula(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::boolean:
      return constant(expr.text == "true" ? kYes : kNo);
    case Expr::Kind::null_literal:
      return constant(kNull);
    case Expr::Kind::column:
      return flag(expr);
    case Expr::Kind::unary:
      if (expr.name == "not") return node(Op::negation, {formula(expr.args[0])});
      return unknown(expr);
    case Expr::Kind::binary:
      return binary(expr);
    case Expr::Kind::between: {
      Formula from = compare(">=", expr.args[0], expr.args[1]);
      return node(Op::both, {std::move(from), compare("<=", expr.args[0], expr.args[2])});
    }
    case Expr::Kind::in_list:
      return in_list(expr);
    case Expr::Kind::is_test: {
      const Expr& of = expr.args[0];
      if (expr.name == "null") {
        return is_condition(of) ? node(Op::is_null, {formula(of)}) : null_test(of);
      }
      return node(expr.name == "true" ? Op::is_true : Op::is_false, {formula(of)});
    }
    case Expr::Kind::call:
      return of_call(expr);
    default:
      return unknown(expr);
  }
}

Formula RuleModel::in_list(const Expr& expr) {
  Formula out = compare("=", expr.args[0], expr.args[1]);
  for (std::size_t i = 2; i < expr.args.size(); ++i) {
    Formula one = compare("=", expr.args[0], expr.args[i]);
    // One atom for all constants: a list may be long.
    const bool is_same = out.op == Op::atom && one.op == Op::atom && out.variable == one.variable;
    if (!is_same) {
      out = node(Op::either, {std::move(out), std::move(one)});
      continue;
    }
    for (std::size_t cell = 0; cell < out.by_cell.size(); ++cell) {
      if (one.by_cell[cell] == kYes) out.by_cell[cell] = kYes;
    }
  }
  return out;
}

Formula RuleModel::binary(const Expr& expr) {
  if (expr.name == "and" || expr.name == "or") {
    Formula left = formula(expr.args[0]);
    return node(expr.name == "and" ? Op::both : Op::either,
                {std::move(left), formula(expr.args[1])});
  }
  const bool is_comparison = expr.name == "=" || expr.name == "<>" || expr.name == "<" ||
                             expr.name == "<=" || expr.name == ">" || expr.name == ">=" ||
                             expr.name.starts_with("is ");
  return is_comparison ? compare(expr.name, expr.args[0], expr.args[1]) : unknown(expr);
}

Formula RuleModel::compare(std::string_view op, const Expr& left, const Expr& right) {
  const std::optional<Constant> a = constant_of(left);
  const std::optional<Constant> b = constant_of(right);
  if (a && b) return constant(kAny);
  if (a) return compare_constant(flipped(op), value(right), *a);
  if (b) return compare_constant(op, value(left), *b);
  return compare_values(op, left, right);
}

Formula RuleModel::compare_constant(std::string_view op, std::uint32_t index,
                                    const Constant& constant_) {
  if (!is_closed_) {
    variables_[index].constants.push_back(constant_);
    return constant(kAny);
  }
  const Variable& variable = variables_[index];
  if (variable.is_opaque) return constant(kAny);
  const auto found = std::ranges::find_if(variable.constants, [&](const Constant& one) {
    return compare_constants(one, constant_) == 0;
  });
  if (found == variable.constants.end()) return constant(kAny);
  const auto cell = 2 * static_cast<std::size_t>(found - variable.constants.begin()) + 1;
  const std::size_t null = 2 * variable.constants.size() + 1;
  std::vector<Truths> by_cell(null + 1);
  for (std::size_t i = 0; i < null; ++i) {
    by_cell[i] = truth_of(op, i < cell ? -1 : i > cell ? 1 : 0);
  }
  by_cell[null] = op == "is distinct from" ? kYes : op == "is not distinct from" ? kNo : kNull;
  return atom(index, std::move(by_cell));
}

Formula RuleModel::compare_values(std::string_view op, const Expr& left, const Expr& right) {
  std::string a = key_of(left);
  std::string b = key_of(right);
  // In SQLite `d = date(d)` asks for the form of what is kept.
  if (a == b && is(Dialect::sqlite)) return constant(kAny);
  const std::uint32_t x = value(left);
  const std::uint32_t y = value(right);
  const bool is_distinction = op.starts_with("is ");
  if (x == y) {
    if (!is_closed_) return constant(kAny);
    std::vector<Truths> by_cell(space_.variables[x].size(), truth_of(op, 0));
    if (!is_distinction) by_cell.back() = kNull;
    return atom(x, std::move(by_cell));
  }
  const bool is_flipped = b < a;
  if (is_flipped) std::swap(a, b);
  const std::string key = a + " <=> " + b;
  auto order = find(key);
  if (!order) {
    Variable variable;
    variable.kind = Kind::order;
    variable.left = is_flipped ? y : x;
    variable.right = is_flipped ? x : y;
    order = add(key, std::move(variable));
  }
  if (is_flipped) op = flipped(op);
  if (!is_distinction) {
    return atom(*order, {truth_of(op, -1), truth_of(op, 0), truth_of(op, 1), kNull});
  }
  // They differ, or one of them alone is null.
  Formula differ = atom(*order, {kYes, kNo, kYes, kNo});
  Formula left_alone = node(Op::both, {null_test(left), node(Op::negation, {null_test(right)})});
  Formula right_alone = node(Op::both, {null_test(right), node(Op::negation, {null_test(left)})});
  Formula out =
      node(Op::either,
           {std::move(differ), node(Op::either, {std::move(left_alone), std::move(right_alone)})});
  return op == "is distinct from" ? out : node(Op::negation, {std::move(out)});
}

Formula RuleModel::null_test(const Expr& of) {
  if (constant_of(of)) return constant(kAny);
  const std::uint32_t index = value(of);
  if (!is_closed_) return constant(kAny);
  std::vector<Truths> by_cell(space_.variables[index].size(), kNo);
  by_cell.back() = kYes;
  return atom(index, std::move(by_cell));
}

// Only PostgreSQL's booleans hold nothing but the two.
Formula RuleModel::flag(const Expr& column) {
  if (!is(Dialect::postgres)) return constant(kAny);
  const std::uint32_t index = value(column);
  if (!is_closed_) return constant(kAny);
  return compare_constant("=", index, {Family::truth, "1"});
}

Formula RuleModel::of_call(const Expr& expr) {
  const std::string_view name = expr.path.last();
  if (name == "case_when") {
    Formula condition = formula(expr.args[0]);
    Formula then = formula(expr.args[1]);
    return node(Op::choice, {std::move(condition), std::move(then), formula(expr.args[2])});
  }
  if (name == "coalesce") {
    std::vector<Formula> parts;
    for (const Expr& arg : expr.args) parts.push_back(formula(arg));
    return node(Op::first_set, std::move(parts));
  }
  return unknown(expr);
}

Formula RuleModel::unknown(const Expr& expr) {
  const std::string key = "truth of " + key_of(expr);
  auto index = find(key);
  if (!index) {
    Variable variable;
    variable.kind = Kind::truth;
    index = add(key, std::move(variable));
  }
  return atom(*index, {kNo, kYes, kNull});
}

// ---- what is known of columns

std::optional<Formula> RuleModel::not_null(std::uint16_t field) const {
  const auto index = find(key_of(column_expr(entity_.fields[field].name)));
  if (!index) return std::nullopt;
  std::vector<Truths> by_cell(space_.variables[*index].size(), kYes);
  by_cell.back() = kNo;
  return atom(*index, std::move(by_cell));
}

std::vector<Formula> RuleModel::of_type(std::uint16_t field) const {
  const auto index = find(key_of(column_expr(entity_.fields[field].name)));
  if (!index || is(Dialect::sqlite) || variables_[*index].is_opaque) return {};
  const Variable& variable = variables_[*index];
  const ir::Type& type = entity_.fields[field].type;
  const std::size_t null = space_.variables[*index].size() - 1;
  std::vector<Truths> by_cell(null + 1, kYes);
  std::vector<Formula> out;
  std::int64_t high = 0;
  if (type.kind == TypeKind::int16) high = INT16_MAX;
  if (type.kind == TypeKind::int32) high = INT32_MAX;
  if (type.kind == TypeKind::int64 && !type.is_unsigned) high = INT64_MAX;
  if (high != 0) {
    for (std::size_t i = 0; i < null; ++i) {
      if (!has_whole_between(variable, i, -high - 1, high)) by_cell[i] = kNo;
    }
    out.push_back(atom(*index, by_cell));
  } else if (type.kind == TypeKind::enumeration) {
    for (std::size_t i = 0; i < null; i += 2) by_cell[i] = kNo;
    out.push_back(atom(*index, by_cell));
  } else if (type.kind == TypeKind::text && type.max_length > 0 && !type.is_fixed_length) {
    if (auto length = within_length(field, *index)) out.push_back(std::move(*length));
    for (std::size_t i = 1; i < null; i += 2) {
      if (utf8_characters(variable.constants[i / 2].text) > type.max_length) by_cell[i] = kNo;
    }
    out.push_back(atom(*index, by_cell));
  }
  return out;
}

std::optional<Formula> RuleModel::within_length(std::uint16_t field, std::uint32_t text) const {
  for (std::uint32_t i = 0; i < variables_.size(); ++i) {
    const Variable& length = variables_[i];
    if (length.length_of != text || length.is_opaque) continue;
    std::vector<Truths> by_cell(space_.variables[i].size(), kYes);
    for (std::size_t cell = 0; cell + 1 < by_cell.size(); ++cell) {
      const auto high = static_cast<std::int64_t>(entity_.fields[field].type.max_length);
      if (!has_whole_between(length, cell, 0, high)) by_cell[cell] = kNo;
    }
    return atom(i, std::move(by_cell));
  }
  return std::nullopt;
}

}  // namespace sqlxc::passes
