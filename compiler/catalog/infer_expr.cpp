// The type of an expression and whether it may be null.
#include <algorithm>
#include <charconv>

#include "compiler/catalog/infer.h"
#include "compiler/stdlib/functions.h"
#include "compiler/stdlib/types.h"

namespace sqlxc::catalog {
namespace {

using Kind = ast::Expr::Kind;

InferredColumn typed(Type type, bool is_nullable) {
  InferredColumn out;
  out.type = std::move(type);
  out.is_nullable = is_nullable;
  return out;
}

InferredColumn of_kind(const Fold& fold, std::string_view kind, bool is_nullable) {
  return typed(type_of_kind(fold, kind), is_nullable);
}

std::vector<InferredColumn> infer_all(Fold& fold, const std::vector<ast::Expr>& exprs,
                                      const Scope& scope) {
  std::vector<InferredColumn> out;
  for (const ast::Expr& expr : exprs) out.push_back(infer_expr(fold, expr, scope));
  return out;
}

bool any_nullable(const std::vector<InferredColumn>& columns) {
  return std::ranges::any_of(columns, &InferredColumn::is_nullable);
}

const stdlib::TypeRow* row_of(const Type& type) {
  return type.array_dimensions > 0 ? nullptr : stdlib::type_named(type.name);
}

std::string_view category_of(const Type& type) {
  const stdlib::TypeRow* row = row_of(type);
  return row == nullptr ? std::string_view() : std::string_view(row->category);
}

InferredColumn infer_number(const Fold& fold, const std::string& text) {
  if (text.find_first_of(".eE") != std::string::npos && !text.starts_with("0x")) {
    return of_kind(fold, fold.is_sqlite() ? "float64" : "decimal", false);
  }
  const bool is_small = text.size() < 10 || (text.size() == 10 && text <= "2147483647");
  const bool fits = text.size() < 19 || (text.size() == 19 && text <= "9223372036854775807");
  return of_kind(fold, is_small ? "int32" : fits ? "int64" : "decimal", false);
}

/// A type without its arguments: what arithmetic and functions give.
Type bare(const Fold& fold, const Type& type) {
  Type out = type;
  if (fold.is_sqlite() || type.args.empty() || category_of(type) == "enumeration") return out;
  out.args.clear();
  out.spelled.clear();
  out.spelled = spell_type(fold, out);
  return out;
}

Type time_arithmetic(const Fold& fold, const std::string& op, const Type& a, const Type& b) {
  const bool both = category_of(a) == "time" && category_of(b) == "time";
  if (both && op == "-") {
    return type_of_kind(fold, a.name == "date" && b.name == "date" ? "int32" : "interval");
  }
  const Type& time = category_of(a) == "time" ? a : b;
  const Type& other = category_of(a) == "time" ? b : a;
  if (time.name == "date" && category_of(other) == "interval") {
    return type_of_kind(fold, "timestamp");
  }
  return bare(fold, time);
}

Type arithmetic(const Fold& fold, const std::string& op, const Type& a, const Type& b) {
  if (category_of(a) == "time" || category_of(b) == "time") return time_arithmetic(fold, op, a, b);
  if (category_of(a) == "interval") return a;
  if (category_of(b) == "interval") return b;
  const stdlib::TypeRow* left = row_of(a);
  const stdlib::TypeRow* right = row_of(b);
  if (fold.is_mysql() && op == "/") return type_of_kind(fold, "decimal");
  if (left == nullptr || right == nullptr) return a;
  if (left->category == "json" || left->category == "range") return a;
  return bare(fold, right->rank > left->rank ? b : a);
}

bool is_comparison(std::string_view op) {
  static constexpr std::string_view kOps[] = {"and",
                                              "or",
                                              "xor",
                                              "=",
                                              "==",
                                              "<>",
                                              "!=",
                                              "<",
                                              ">",
                                              "<=",
                                              ">=",
                                              "<=>",
                                              "~",
                                              "~*",
                                              "!~",
                                              "!~*",
                                              "~~",
                                              "!~~",
                                              "@>",
                                              "<@",
                                              "&&",
                                              "?",
                                              "?|",
                                              "?&",
                                              "@@",
                                              "@?",
                                              "overlaps",
                                              "is",
                                              "is not",
                                              "is distinct from",
                                              "is not distinct from",
                                              "&<",
                                              "&>",
                                              "-|-"};
  return std::ranges::find(kOps, op) != std::end(kOps);
}

InferredColumn infer_binary(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  const std::vector<InferredColumn> args = infer_all(fold, expr.args, scope);
  const std::string& op = expr.name;
  const bool is_nullable = any_nullable(args) && !op.ends_with("distinct from") && op != "<=>";
  if (is_comparison(op)) return of_kind(fold, "boolean", is_nullable);
  if (op == "->>" || op == "#>>") return of_kind(fold, "text", true);
  if (op == "->" || op == "#>") {
    return fold.is_postgres() ? typed(args[0].type, true) : of_kind(fold, "json", true);
  }
  if (op == "||") {
    const bool is_text = args[0].type.array_dimensions == 0 && args[1].type.array_dimensions == 0 &&
                         category_of(args[0].type) != "json" &&
                         category_of(args[0].type) != "search";
    return is_text ? of_kind(fold, "text", is_nullable) : typed(args[0].type, is_nullable);
  }
  if (op == "div") return of_kind(fold, "int64", true);
  if (args[0].is_untyped) return typed(bare(fold, args[1].type), is_nullable);
  if (args[1].is_untyped) return typed(bare(fold, args[0].type), is_nullable);
  const bool may_divide_by_zero = !fold.is_postgres() && (op == "/" || op == "%");
  return typed(arithmetic(fold, op, args[0].type, args[1].type), is_nullable || may_divide_by_zero);
}

InferredColumn infer_case(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  InferredColumn out;
  out.is_untyped = true;
  out.is_nullable = !expr.has_else;
  const std::size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  for (std::size_t then = expr.has_operand ? 2 : 1; then < end; then += 2) {
    merge_types(out, infer_expr(fold, expr.args[then], scope));
  }
  if (expr.has_else) merge_types(out, infer_expr(fold, expr.args.back(), scope));
  if (out.type.name.empty()) out.type = type_of_kind(fold, "text");
  return out;
}

InferredColumn sum_of(const Fold& fold, const Type& type) {
  if (!fold.is_postgres()) {
    const bool is_float = type.name == "double precision" || type.name == "real";
    if (fold.is_sqlite()) return typed(type, true);
    return of_kind(fold, is_float ? "float64" : "decimal", true);
  }
  if (type.name == "integer" || type.name == "smallint") return of_kind(fold, "int64", true);
  if (type.name == "bigint" || type.name == "numeric") return of_kind(fold, "decimal", true);
  return typed(bare(fold, type), true);
}

InferredColumn average_of(const Fold& fold, const Type& type) {
  const bool is_float = type.name == "double precision" || type.name == "real";
  if (category_of(type) == "interval") return typed(type, true);
  return of_kind(fold, is_float || fold.is_sqlite() ? "float64" : "decimal", true);
}

Type array_of(const Fold& fold, Type type) {
  type.array_dimensions = 1;
  type.spelled.clear();
  type.spelled = spell_type(fold, type);
  return type;
}

/// A function that the schema itself defines.
const Function* find_users_function(const Fold& fold, const ast::Path& path) {
  for (std::size_t i = fold.catalog.functions.size(); i-- > 0;) {
    const Function& function = fold.catalog.functions[i];
    if (fold.function_alive[i] && function.name == path.last()) return &function;
  }
  return nullptr;
}

InferredColumn infer_coalesce(const Fold& fold, const std::vector<InferredColumn>& args) {
  InferredColumn out;
  out.is_untyped = true;
  bool is_nullable = true;
  for (const InferredColumn& arg : args) {
    merge_types(out, arg);
    is_nullable &= arg.is_nullable;
  }
  out.is_nullable = is_nullable;
  if (out.type.name.empty()) out.type = type_of_kind(fold, "text");
  return out;
}

/// Aggregates and the functions whose result follows from their arguments by a rule of their own.
std::optional<InferredColumn> infer_special(Fold& fold, const std::string& name,
                                            const std::vector<InferredColumn>& args) {
  if (name == "count" || name == "row_number" || name == "rank" || name == "dense_rank") {
    return of_kind(fold, "int64", false);
  }
  if (name == "coalesce" || name == "ifnull" || name == "nvl") return infer_coalesce(fold, args);
  if (name == "greatest" || name == "least") {
    InferredColumn out = infer_coalesce(fold, args);
    return out;
  }
  if (args.empty()) return std::nullopt;
  if (name == "sum") return sum_of(fold, args[0].type);
  if (name == "avg") return average_of(fold, args[0].type);
  if (name == "array_agg") return typed(array_of(fold, args[0].type), true);
  if (name == "min" || name == "max" || name == "lag" || name == "lead" || name == "first_value" ||
      name == "last_value" || name == "any_value") {
    return typed(args[0].type, true);
  }
  if (name == "unnest") {
    Type type = args[0].type;
    type.array_dimensions = 0;
    type.spelled.clear();
    type.spelled = spell_type(fold, type);
    return typed(std::move(type), true);
  }
  if (name == "generate_series") return typed(args[0].type, false);
  if (name == "nullif") return typed(args[0].type, true);
  if (name == "if" || name == "iif") {
    if (args.size() < 3) return std::nullopt;
    InferredColumn out = args[1];
    merge_types(out, args[2]);
    return out;
  }
  return std::nullopt;
}

InferredColumn infer_call(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  const std::vector<InferredColumn> args = infer_all(fold, expr.args, scope);
  const std::string name = to_lower(expr.path.last());
  if (const auto special = infer_special(fold, name, args)) return *special;
  if (const Function* function = find_users_function(fold, expr.path)) {
    if (function->definition.returns) {
      return typed(resolve_type(fold, *function->definition.returns), true);
    }
  }
  const stdlib::FunctionRow* row = stdlib::find_function(fold.dialect(), name);
  if (row == nullptr) return of_kind(fold, "text", true);
  const bool is_nullable = row->is_aggregate || row->is_called_on_null || any_nullable(args);
  if (row->returns == "first" && !args.empty()) {
    return args[0].is_untyped ? of_kind(fold, "text", is_nullable)
                              : typed(bare(fold, args[0].type), is_nullable);
  }
  if (row->returns == "second" && args.size() > 1) return typed(args[1].type, is_nullable);
  return of_kind(fold, row->returns, is_nullable);
}

InferredColumn infer_cast(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  const InferredColumn inner =
      expr.args.empty() ? InferredColumn{} : infer_expr(fold, expr.args.front(), scope);
  if (expr.type.empty()) return inner;
  ast::TypeName type = expr.type.front();
  if (fold.is_mysql()) {
    // CAST knows names of its own: SIGNED, UNSIGNED, CHAR.
    const std::string name = to_lower(type.path.last());
    if (name.starts_with("signed") || name.starts_with("unsigned")) {
      return of_kind(fold, "int64", inner.is_nullable);
    }
  }
  return typed(resolve_type(fold, type), inner.is_nullable);
}

InferredColumn infer_subquery(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  if (expr.query.empty()) return of_kind(fold, "text", true);
  std::vector<InferredColumn> columns = infer_query(fold, expr.query.front(), &scope);
  if (columns.empty()) return of_kind(fold, "text", true);
  columns.front().is_nullable = true;
  return std::move(columns.front());
}

InferredColumn infer_array(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  if (!expr.query.empty()) {
    const InferredColumn inner = infer_subquery(fold, expr, scope);
    return typed(array_of(fold, inner.type), false);
  }
  InferredColumn element;
  element.is_untyped = true;
  for (const ast::Expr& arg : expr.args) merge_types(element, infer_expr(fold, arg, scope));
  if (element.type.name.empty()) element.type = type_of_kind(fold, "text");
  return typed(array_of(fold, element.type), false);
}

InferredColumn infer_subscript(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  InferredColumn base = infer_expr(fold, expr.args.front(), scope);
  base.is_nullable = true;
  if (!expr.is_slice && base.type.array_dimensions > 0) {
    base.type.array_dimensions = 0;
    base.type.spelled.clear();
    base.type.spelled = spell_type(fold, base.type);
  }
  return base;
}

InferredColumn infer_column(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  if (const InferredColumn* found = find_in_scope(fold, scope, expr.path)) return *found;
  return of_kind(fold, "text", true);
}

InferredColumn infer_unary(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  InferredColumn inner = infer_expr(fold, expr.args.front(), scope);
  if (expr.name == "not" || expr.name == "!") return of_kind(fold, "boolean", inner.is_nullable);
  inner.name.clear();
  return inner;
}

InferredColumn infer_at_time_zone(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  const InferredColumn inner = infer_expr(fold, expr.args.front(), scope);
  const bool has_zone = inner.type.name == "timestamp with time zone";
  return of_kind(fold, has_zone ? "timestamp" : "timestamptz", inner.is_nullable);
}

// `$2` of a named query.
InferredColumn infer_parameter(const Fold& fold, const ast::Expr& expr) {
  std::size_t number = 0;
  if (expr.text.starts_with('$')) {
    std::from_chars(expr.text.data() + 1, expr.text.data() + expr.text.size(), number);
  }
  if (number == 0 || number > fold.parameters.size()) return of_kind(fold, "text", true);
  return typed(fold.parameters[number - 1], true);
}

}  // namespace

Type type_of_kind(const Fold& fold, std::string_view kind) {
  struct Names {
    std::string_view kind, postgres, mysql, sqlite;
  };
  static constexpr Names kNames[] = {
      {"boolean", "boolean", "tinyint", "bigint"},
      {"int16", "smallint", "smallint", "bigint"},
      {"int32", "integer", "integer", "bigint"},
      {"int64", "bigint", "bigint", "bigint"},
      {"float32", "real", "real", "double precision"},
      {"float64", "double precision", "double precision", "double precision"},
      {"decimal", "numeric", "numeric", "numeric"},
      {"text", "text", "longtext", "text"},
      {"bytes", "bytea", "longblob", "blob"},
      {"date", "date", "date", "text"},
      {"time", "time without time zone", "time without time zone", "text"},
      {"timetz", "time with time zone", "time without time zone", "text"},
      {"timestamp", "timestamp without time zone", "timestamp without time zone", "text"},
      {"timestamptz", "timestamp with time zone", "timestamp without time zone", "text"},
      {"interval", "interval", "time without time zone", "text"},
      {"uuid", "uuid", "uuid", "text"},
      {"json", "jsonb", "json", "text"},
  };
  for (const Names& names : kNames) {
    if (names.kind != kind) continue;
    const std::string_view name = fold.is_postgres() ? names.postgres
                                  : fold.is_mysql()  ? names.mysql
                                                     : names.sqlite;
    Type type = type_of_row(fold, name);
    if (fold.is_sqlite()) type.spelled = stdlib::type_named(name)->spelling(Dialect::sqlite);
    return type;
  }
  return type_of_row(fold, fold.is_mysql() ? "longtext" : "text");
}

void merge_types(InferredColumn& into, const InferredColumn& other) {
  into.is_nullable = into.is_nullable || other.is_nullable;
  if (other.is_untyped && !into.type.name.empty()) return;
  if (into.is_untyped || into.type.name.empty()) {
    if (!other.type.name.empty()) into.type = other.type;
    into.is_untyped = other.is_untyped;
    return;
  }
  const stdlib::TypeRow* a = row_of(into.type);
  const stdlib::TypeRow* b = row_of(other.type);
  if (a != nullptr && b != nullptr && a->category == "number" && b->category == "number" &&
      b->rank > a->rank) {
    into.type = other.type;
  }
}

InferredColumn infer_expr(Fold& fold, const ast::Expr& expr, const Scope& scope) {
  switch (expr.kind) {
    case Kind::null_literal: {
      InferredColumn out = of_kind(fold, "text", true);
      out.is_untyped = true;
      return out;
    }
    case Kind::boolean:
      return of_kind(fold, "boolean", false);
    case Kind::number:
      return infer_number(fold, expr.text);
    case Kind::string: {
      InferredColumn out = of_kind(fold, "text", false);
      out.is_untyped = fold.is_postgres();
      return out;
    }
    case Kind::bit_string:
      return fold.is_postgres() ? typed(type_of_row(fold, "bit"), false)
                                : of_kind(fold, "bytes", false);
    case Kind::typed_literal:
    case Kind::cast:
      return infer_cast(fold, expr, scope);
    case Kind::interval:
      return of_kind(fold, "interval", false);
    case Kind::column:
      return infer_column(fold, expr, scope);
    case Kind::unary:
      return infer_unary(fold, expr, scope);
    case Kind::binary:
      return infer_binary(fold, expr, scope);
    case Kind::is_test:
    case Kind::exists:
      return of_kind(fold, "boolean", false);
    case Kind::between:
    case Kind::in_list:
    case Kind::like:
    case Kind::quantified:
      return of_kind(fold, "boolean", any_nullable(infer_all(fold, expr.args, scope)));
    case Kind::in_query:
      return of_kind(fold, "boolean", true);
    case Kind::case_when:
      return infer_case(fold, expr, scope);
    case Kind::call:
      return infer_call(fold, expr, scope);
    case Kind::array:
      return infer_array(fold, expr, scope);
    case Kind::subscript:
      return infer_subscript(fold, expr, scope);
    case Kind::subquery:
      return infer_subquery(fold, expr, scope);
    case Kind::collate:
      return infer_expr(fold, expr.args.front(), scope);
    case Kind::at_time_zone:
      return infer_at_time_zone(fold, expr, scope);
    case Kind::match_against:
      return of_kind(fold, "float64", true);
    case Kind::row:
      return typed(type_of_row(fold, "record"), false);
    case Kind::parameter:
      return infer_parameter(fold, expr);
    case Kind::star:
    case Kind::default_value:
    case Kind::field:
    case Kind::assignment:
    case Kind::values_function:
    case Kind::raise:
    case Kind::opaque:
      return of_kind(fold, "text", true);
  }
  return {};
}

}  // namespace sqlxc::catalog
