#include "compiler/catalog/query_types.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/base/nearest.h"
#include "compiler/catalog/query_groups.h"
#include "compiler/stdlib/types.h"
#include "compiler/syntax/print.h"

namespace sqlxc::catalog {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

constexpr std::array<std::string_view, 8> kBasic = {"number",   "string", "boolean", "time",
                                                    "interval", "uuid",   "json",    "binary"};
constexpr std::array<std::string_view, 9> kComparisons = {
    "=", "<>", "!=", "<", ">", "<=", ">=", "is distinct from", "is not distinct from"};
constexpr std::array<std::string_view, 5> kArithmetic = {"+", "-", "*", "/", "%"};

template <class List>
bool is_in(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// Types that every PostgreSQL knows and nobody gives operators of their own; empty for others.
std::string_view basic_category(const Type& type) {
  const bool is_plain = type.is_known && type.array_dimensions == 0 &&
                        !type.enumeration.is_valid() && !type.domain.is_valid() &&
                        !type.composite.is_valid();
  if (!is_plain) return {};
  const stdlib::TypeRow* row = stdlib::type_named(type.name);
  if (row == nullptr || !is_in(kBasic, row->category)) return {};
  return row->category;
}

class Checker {
 public:
  explicit Checker(Fold& fold) : fold_(fold) {}

  void query(const ast::Query& query, const Scope* outer) {
    Scope scope;
    scope.outer = outer;
    for (const ast::CommonTable& common : query.with) {
      const bool is_plain = !common.query.empty() && !query.is_recursive;
      if (is_plain) this->query(common.query.front(), &scope);
      add_common_table(fold_, common, query.is_recursive || fold_.is_sqlite(), scope);
    }
    for (const ast::Query& operand : query.operands) this->query(operand, &scope);
    if (query.operands.size() == 2) sides(query, scope);
    if (query.kind == ast::Query::Kind::select && !query.select.empty()) select(query, scope);
  }

 private:
  // --- what is known

  const InferredColumn* column(const Expr& expr, const Scope& scope) const {
    return expr.kind == Kind::column && expr.path.names.size() <= 2
               ? find_in_scope(fold_, scope, expr.path)
               : nullptr;
  }

  /// A column of a table, a parameter or a cast: what is written down somewhere.
  std::optional<Type> declared(const Expr& expr, const Scope& scope) {
    if (const InferredColumn* found = column(expr, scope)) {
      return found->origin.is_valid() ? std::optional(found->type) : std::nullopt;
    }
    if (expr.kind == Kind::parameter) {
      std::size_t number = 0;
      const std::string_view text = expr.text;
      std::from_chars(text.data() + 1, text.data() + text.size(), number);
      if (number >= 1 && number <= fold_.parameters.size()) return fold_.parameters[number - 1];
    }
    if (expr.kind == Kind::cast && !expr.type.empty()) return infer_expr(fold_, expr, scope).type;
    return std::nullopt;
  }

  /// The type of an expression where it is certain.
  std::optional<Type> known(const Expr& expr, const Scope& scope) {
    switch (expr.kind) {
      case Kind::number:
      case Kind::boolean:
      case Kind::is_test:
      case Kind::between:
      case Kind::in_list:
      case Kind::in_query:
      case Kind::like:
      case Kind::quantified:
      case Kind::exists:
        return infer_expr(fold_, expr, scope).type;
      case Kind::unary:
        if (expr.name == "not") return type_of_kind(fold_, "boolean");
        return expr.name == "-" ? known(expr.args.front(), scope) : std::nullopt;
      case Kind::binary:
        return known_of_binary(expr, scope);
      case Kind::call:
        return is_call(expr, "count") ? std::optional(type_of_kind(fold_, "int64")) : std::nullopt;
      default:
        return declared(expr, scope);
    }
  }

  std::optional<Type> known_of_binary(const Expr& expr, const Scope& scope) {
    const bool is_truth = is_in(kComparisons, expr.name) || expr.name == "and" || expr.name == "or";
    if (is_truth) return type_of_kind(fold_, "boolean");
    if (!is_in(kArithmetic, expr.name)) return std::nullopt;
    for (const Expr& arg : expr.args) {
      const auto type = known(arg, scope);
      if (!type || basic_category(*type) != "number") return std::nullopt;
    }
    return infer_expr(fold_, expr, scope).type;
  }

  std::string_view category(const Expr& expr, const Scope& scope) {
    const auto type = known(expr, scope);
    return type ? basic_category(*type) : std::string_view();
  }

  static bool is_call(const Expr& expr, std::string_view name) {
    return expr.kind == Kind::call && expr.path.names.size() == 1 &&
           equal_ignoring_case(expr.path.last(), name);
  }

  std::string text_of(const Expr& expr) const { return syntax::print(expr, fold_.dialect()); }

  std::string described(const Expr& expr, const Scope& scope) {
    return "`" + text_of(expr) + "` is " + known(expr, scope)->spelled;
  }

  // --- SELECT

  void select(const ast::Query& query, Scope& scope) {
    const ast::Select& select = query.select.front();
    for (const ast::FromItem& item : select.from) from(item, scope);
    for (const ast::FromItem& item : select.from) add_from(fold_, scope, item);
    for (const ast::FromItem& item : select.from) joins(item, scope);
    for (const ast::SelectItem& item : select.items) expr(item.expr, scope);
    for (const Expr& where : select.where) chooses(where, scope);
    for (const Expr& group : select.group_by) {
      if (!is_name(group)) expr(group, scope);
    }
    for (const Expr& having : select.having) condition(having, scope);
    for (const ast::OrderItem& item : query.order_by) {
      if (!is_name(item.expr)) expr(item.expr, scope);
    }
    if (fold_.is_postgres()) check_groups(fold_, query, scope);
  }

  /// It may be a name of the select list.
  static bool is_name(const Expr& expr) {
    return expr.kind == Kind::column && expr.path.names.size() == 1;
  }

  void from(const ast::FromItem& item, const Scope& scope) {
    for (const ast::Query& inner : item.query) {
      // What stands beside it is in sight of LATERAL alone, whose names are not followed here.
      const Scope around{.relations = {}, .common = scope.common, .outer = scope.outer};
      if (!item.is_lateral) query(inner, &around);
    }
    for (const ast::FromItem& operand : item.operands) from(operand, scope);
  }

  void joins(const ast::FromItem& item, const Scope& scope) {
    for (const Expr& on : item.on) chooses(on, scope);
    for (const ast::FromItem& operand : item.operands) joins(operand, scope);
  }

  /// WHERE and ON: a condition before there are groups.
  void chooses(const Expr& expr, const Scope& scope) {
    visit_exprs(expr, [&](const Expr& part) {
      if (!is_aggregate(fold_, part) || !part.over.empty() || is_of_outer(part, scope)) return;
      fold_.diagnostics.report<diag::QueryAggregate>(part.range, text_of(part))
          .help("HAVING chooses among groups");
    });
    condition(expr, scope);
  }

  static bool is_in_own(const Fold& fold, const Scope& scope, const ast::Path& path) {
    const Scope own{.relations = scope.relations, .common = {}, .outer = nullptr};
    return find_in_scope(fold, own, path) != nullptr;
  }

  bool is_of_outer(const Expr& aggregate, const Scope& scope) const {
    if (scope.outer == nullptr) return false;
    bool is_own = true;
    visit_exprs(aggregate, [&](const Expr& part) {
      if (part.kind == Kind::column && !is_in_own(fold_, scope, part.path)) is_own = false;
    });
    return !is_own;
  }

  void sides(const ast::Query& query, const Scope& scope) {
    if (!fold_.is_postgres()) return;
    const auto left = infer_query(fold_, query.operands[0], scope.outer);
    const auto right = infer_query(fold_, query.operands[1], scope.outer);
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
      if (!left[i].origin.is_valid() || !right[i].origin.is_valid()) continue;
      const std::string_view a = basic_category(left[i].type);
      const std::string_view b = basic_category(right[i].type);
      if (a.empty() || b.empty() || a == b) continue;
      report(query.range, "column " + std::to_string(i + 1) + " is " + left[i].type.spelled +
                              " on one side of `" + query.set_operator + "` and " +
                              right[i].type.spelled + " on the other");
    }
  }

  // --- expressions

  void expr(const Expr& expr, const Scope& scope) {
    if (expr.kind == Kind::column) return name(expr, scope);
    // `(a, b) = (select x, y)`: there a subquery may give several.
    const bool has_row =
        std::ranges::any_of(expr.args, [](const Expr& arg) { return arg.kind == Kind::row; });
    for (const Expr& arg : expr.args) {
      if (has_row && arg.kind == Kind::subquery) {
        query(arg.query.front(), &scope);
      } else {
        this->expr(arg, scope);
      }
    }
    for (const Expr& filter : expr.filter) condition(filter, scope);
    for (const ast::OrderItem& item : expr.order_by) this->expr(item.expr, scope);
    for (const ast::Query& inner : expr.query) query(inner, &scope);
    if (!expr.query.empty()) width(expr, scope);
    if (fold_.is_postgres()) types(expr, scope);
  }

  void condition(const Expr& expr, const Scope& scope) {
    this->expr(expr, scope);
    must_be_condition(expr, scope);
  }

  void must_be_condition(const Expr& expr, const Scope& scope) {
    if (!fold_.is_postgres()) return;
    const std::string_view found = category(expr, scope);
    if (found.empty() || found == "boolean") return;
    report(expr.range, described(expr, scope) + ", and a condition is boolean");
  }

  /// A bare name that two tables have means neither.
  void name(const Expr& expr, const Scope& scope) {
    if (expr.path.names.size() != 1) return;
    for (const Scope* at = &scope; at != nullptr; at = at->outer) {
      const InferredRelation* first = nullptr;
      for (const InferredRelation& relation : at->relations) {
        for (std::size_t i = 0; i < relation.columns.size(); ++i) {
          if (relation.is_merged[i] || !is_same(relation.columns[i].name, expr.path.last()))
            continue;
          if (first != nullptr && first != &relation) {
            fold_.diagnostics.report<diag::QueryTwoColumns>(expr.range, expr.path.last(),
                                                            first->alias, relation.alias);
            return;
          }
          first = &relation;
        }
      }
      if (first != nullptr) return;
    }
  }

  bool is_same(std::string_view a, std::string_view b) const {
    return fold_.row->ignores_column_case ? equal_ignoring_case(a, b) : a == b;
  }

  /// As many columns as there are values.
  void width(const Expr& expr, const Scope& scope) {
    const bool is_value = expr.kind == Kind::subquery || expr.kind == Kind::in_query ||
                          expr.kind == Kind::array || expr.kind == Kind::quantified;
    if (!is_value) return;
    const bool is_row = !expr.args.empty() && expr.args.front().kind == Kind::row;
    const std::size_t wanted = is_row ? expr.args.front().args.size() : 1;
    const std::size_t found = infer_query(fold_, expr.query.front(), &scope).size();
    if (found == 0 || found == wanted) return;
    report(expr.range, "a subquery gives " + std::to_string(found) + " columns where " +
                           std::to_string(wanted) + (wanted == 1 ? " is" : " are") + " asked for");
  }

  void types(const Expr& expr, const Scope& scope) {
    switch (expr.kind) {
      case Kind::binary:
        if (expr.name == "and" || expr.name == "or") {
          for (const Expr& arg : expr.args) must_be_condition(arg, scope);
        } else if (is_in(kComparisons, expr.name)) {
          compare(expr.args[0], expr.args[1], expr, scope);
        } else if (is_in(kArithmetic, expr.name)) {
          calculate(expr, scope);
        }
        return;
      case Kind::unary:
        if (expr.name == "not") must_be_condition(expr.args.front(), scope);
        return;
      case Kind::between:
      case Kind::in_list:
        for (std::size_t i = 1; i < expr.args.size(); ++i) {
          compare(expr.args[0], expr.args[i], expr, scope);
        }
        return;
      case Kind::in_query:
        return compare_with_rows(expr, scope);
      case Kind::quantified:
        return compare_with_array(expr, scope);
      case Kind::like:
        return match(expr, scope);
      case Kind::case_when:
        if (expr.has_operand) return;
        for (std::size_t i = 0; i + 1 < expr.args.size(); i += 2) {
          must_be_condition(expr.args[i], scope);
        }
        return;
      case Kind::call:
        return aggregate(expr, scope);
      default:
        return;
    }
  }

  void compare(const Expr& a, const Expr& b, const Expr& whole, const Scope& scope) {
    literal(a, b, scope);
    literal(b, a, scope);
    const auto left = known(a, scope);
    const auto right = known(b, scope);
    if (left && right) compare(*left, *right, whole);
  }

  void compare(const Type& left, const Type& right, const Expr& whole) {
    const std::string_view a = basic_category(left);
    const std::string_view b = basic_category(right);
    // A time is an interval where it has to be.
    const bool are_times = (a == "time" || a == "interval") && (b == "time" || b == "interval");
    if (a.empty() || b.empty() || a == b || are_times) return;
    fold_.diagnostics
        .report<diag::QueryTypes>(whole.range, "`" + text_of(whole) + "` compares " + left.spelled +
                                                   " with " + right.spelled)
        .help("a cast makes one of them the other's type");
  }

  /// A bare text takes the type of what it is compared with.
  void literal(const Expr& of, const Expr& text, const Scope& scope) {
    if (text.kind != Kind::string || !text.name.empty()) return;
    const auto type = declared(of, scope);
    if (!type || type->array_dimensions > 0) return;
    if (type->enumeration.is_valid()) {
      const Enum& all = at(fold_.catalog.enums, type->enumeration);
      if (std::ranges::find(all.labels, text.text) != all.labels.end()) return;
      const std::vector<std::string_view> names(all.labels.begin(), all.labels.end());
      fold_.diagnostics
          .report<diag::QueryTypes>(text.range,
                                    "enum `" + all.name + "` has no label `" + text.text + "`")
          .help(did_you_mean(nearest(text.text, names)));
      return;
    }
    const bool has_digit = text.text.find_first_of("0123456789") != std::string::npos;
    const std::string lower = to_lower(text.text);
    const bool is_named =
        lower.find("inf") != std::string::npos || lower.find("nan") != std::string::npos;
    if (basic_category(*type) != "number" || has_digit || is_named) return;
    report(text.range, "`" + text_of(text) + "` is no " + type->spelled);
  }

  void compare_with_rows(const Expr& expr, const Scope& scope) {
    if (expr.args.empty() || expr.query.empty()) return;
    const auto left = known(expr.args.front(), scope);
    const auto columns = infer_query(fold_, expr.query.front(), &scope);
    if (!left || columns.size() != 1 || !columns.front().origin.is_valid()) return;
    compare(*left, columns.front().type, expr);
  }

  void compare_with_array(const Expr& expr, const Scope& scope) {
    if (expr.args.size() != 2 || !is_in(kComparisons, expr.name)) return;
    const auto left = known(expr.args[0], scope);
    auto right = declared(expr.args[1], scope);
    if (!left || !right || right->array_dimensions != 1) return;
    right->array_dimensions = 0;
    right->spelled = spell_type(fold_, *right);
    compare(*left, *right, expr);
  }

  void calculate(const Expr& expr, const Scope& scope) {
    if (expr.args.size() != 2) return;
    const std::string_view a = category(expr.args[0], scope);
    const std::string_view b = category(expr.args[1], scope);
    if (a.empty() || b.empty() || a == "json" || b == "json") return;
    for (const Expr& arg : expr.args) {
      const std::string_view found = category(arg, scope);
      if (found != "string" && found != "boolean" && found != "uuid") continue;
      return report(arg.range,
                    described(arg, scope) + ", with which `" + expr.name + "` does not reckon");
    }
  }

  void match(const Expr& expr, const Scope& scope) {
    const std::string_view found = category(expr.args.front(), scope);
    if (found.empty() || found == "string" || found == "binary") return;
    report(expr.args.front().range,
           described(expr.args.front(), scope) + ", and `" + expr.name + "` looks at text");
  }

  void aggregate(const Expr& expr, const Scope& scope) {
    const bool sums = is_call(expr, "sum") || is_call(expr, "avg");
    if (!sums || expr.args.size() != 1 || !is_aggregate(fold_, expr)) return;
    const std::string_view found = category(expr.args.front(), scope);
    if (found.empty() || found == "number" || found == "interval" || found == "time") return;
    report(expr.args.front().range,
           described(expr.args.front(), scope) + ", which has no " + to_lower(expr.path.last()));
  }

  void report(SourceRange range, const std::string& what) {
    fold_.diagnostics.report<diag::QueryTypes>(range, what);
  }

  Fold& fold_;
};

}  // namespace

void check_query(Fold& fold, const ast::Query& query) { Checker(fold).query(query, nullptr); }

}  // namespace sqlxc::catalog
