#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/stdlib/functions.h"
#include "compiler/stdlib/types.h"
#include "compiler/translate/translator.h"

// What kind of value a type name, an operator or a function gives.
namespace sqlxc::translate {
namespace {

using ast::Expr;

constexpr int kExactDigits = 15;  // a double holds so many

struct KindName {
  std::string_view name;
  Kind kind;
};

constexpr std::array<KindName, 20> kKinds = {{
    {"boolean", Kind::boolean},     {"int16", Kind::integer},
    {"int32", Kind::integer},       {"int64", Kind::integer},
    {"integer", Kind::integer},     {"float32", Kind::real},
    {"float64", Kind::real},        {"real", Kind::real},
    {"decimal", Kind::decimal},     {"text", Kind::text},
    {"bytes", Kind::bytes},         {"date", Kind::date},
    {"time", Kind::time},           {"timetz", Kind::timetz},
    {"timestamp", Kind::timestamp}, {"timestamptz", Kind::timestamptz},
    {"interval", Kind::interval},   {"uuid", Kind::uuid},
    {"json", Kind::json},           {"enumeration", Kind::enumeration},
}};

Kind kind_named(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &KindName::name);
  if (found != kKinds.end()) return found->kind;
  return name == "array" ? Kind::array : Kind::other;
}

// MySQL casts to words that are no types: signed, char, binary.
Kind mysql_cast_kind(std::string_view name) {
  if (name.starts_with("signed") || name.starts_with("unsigned")) return Kind::integer;
  return name.starts_with("char") || name == "nchar" ? Kind::text : Kind::other;
}

int number_in(const std::vector<std::string>& args) {
  int value = 0;
  if (!args.empty()) {
    std::from_chars(args[0].data(), args[0].data() + args[0].size(), value);
  }
  return value;
}

bool is_comparison(std::string_view op) {
  static constexpr std::array<std::string_view, 26> kOperators = {"=",
                                                                  "<>",
                                                                  "!=",
                                                                  "<",
                                                                  ">",
                                                                  "<=",
                                                                  ">=",
                                                                  "==",
                                                                  "and",
                                                                  "or",
                                                                  "xor",
                                                                  "is",
                                                                  "is not",
                                                                  "~",
                                                                  "~*",
                                                                  "!~",
                                                                  "!~*",
                                                                  "@>",
                                                                  "<@",
                                                                  "?",
                                                                  "?|",
                                                                  "?&",
                                                                  "&&",
                                                                  "<=>",
                                                                  "is distinct from",
                                                                  "is not distinct from"};
  return std::ranges::find(kOperators, op) != kOperators.end();
}

Kind wider(Kind a, Kind b) {
  for (const Kind kind : {Kind::real, Kind::wide_decimal, Kind::decimal, Kind::integer}) {
    if (a == kind || b == kind) return kind;
  }
  return Kind::unknown;
}

Kind arithmetic_kind(std::string_view op, Kind a, Kind b) {
  const bool has_interval = a == Kind::interval || b == Kind::interval;
  if (is_moment(a) && is_moment(b)) {
    return a == Kind::date && b == Kind::date ? Kind::integer : Kind::interval;
  }
  if (is_moment(a) || is_moment(b)) {
    const Kind moment = is_moment(a) ? a : b;
    return has_interval && moment == Kind::date ? Kind::timestamp : moment;
  }
  if (has_interval) return Kind::interval;
  return op == "/" || op == "*" || op == "+" || op == "-" ? wider(a, b) : wider(a, b);
}

// `(0)::numeric`: few enough digits for a number.
bool is_short_literal(const Expr& expr) {
  const bool is_wrapped = expr.kind == Expr::Kind::cast || expr.kind == Expr::Kind::typed_literal ||
                          expr.kind == Expr::Kind::unary;
  if (is_wrapped) return !expr.args.empty() && is_short_literal(expr.args[0]);
  const bool is_literal = expr.kind == Expr::Kind::number || expr.kind == Expr::Kind::string;
  return is_literal && expr.text.size() <= kExactDigits;
}

}  // namespace

bool is_text_like(Kind kind) {
  return kind == Kind::text || kind == Kind::enumeration || kind == Kind::uuid;
}

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::real || kind == Kind::decimal ||
         kind == Kind::wide_decimal;
}

bool is_moment(Kind kind) {
  return kind == Kind::date || kind == Kind::timestamp || kind == Kind::timestamptz ||
         kind == Kind::time || kind == Kind::timetz;
}

ValueType type_of(const ast::TypeName& type, Dialect dialect) {
  ValueType value;
  std::string name(type.path.last());
  if (type.with_time_zone) {
    name += *type.with_time_zone ? " with time zone" : " without time zone";
  }
  const stdlib::TypeRow* row = stdlib::find_type(dialect, name);
  if (row == nullptr) row = stdlib::find_type(dialect, type.path.last());
  if (row != nullptr) {
    value.kind = row->category == "bits" ? Kind::bits : kind_named(row->kind);
  } else if (dialect == Dialect::mysql) {
    value.kind = mysql_cast_kind(name);
  } else {
    value.kind = Kind::unknown;
  }
  if (value.kind == Kind::decimal && dialect != Dialect::mysql) {
    const int precision = number_in(type.args);
    if (precision == 0 || precision > kExactDigits) value.kind = Kind::wide_decimal;
  }
  if (type.array_dimensions > 0) return {Kind::array, value.kind};
  return value;
}

ValueType Translator::type_of(const ast::TypeName& type) const {
  ValueType value = translate::type_of(type, from());
  const bool is_element_known = value.kind == Kind::array && value.element != Kind::unknown;
  if (is_element_known || (value.kind != Kind::unknown && value.kind != Kind::array)) return value;
  if (!request_.world || !request_.world->find_type) return value;
  const ValueType user = request_.world->find_type(type.path);
  return type.array_dimensions > 0 ? ValueType{Kind::array, user.kind} : user;
}

std::optional<std::size_t> Translator::parameter_number(const Expr& expr) const {
  if (expr.kind != Expr::Kind::parameter || !expr.text.starts_with('$')) return std::nullopt;
  std::size_t number = 0;
  std::from_chars(expr.text.data() + 1, expr.text.data() + expr.text.size(), number);
  return number >= 1 && number <= request_.parameters.size() ? std::optional(number) : std::nullopt;
}

ValueType Translator::type_of_column(const Expr& expr) const {
  const Found found = find_column(expr.path);
  return found.column ? found.column->type : ValueType{};
}

ValueType Translator::type_of_call(const Expr& expr) const {
  const std::string_view name = expr.path.last();
  if (name == "extract" || name == "date_part") return {Kind::real, {}};
  if (name == "date_trunc") return expr.args.size() > 1 ? type_of(expr.args[1]) : ValueType{};
  if (name == "age") return {Kind::interval, {}};
  if (name == "date_add" || name == "date_sub" || name == "adddate" || name == "subdate") {
    return {Kind::timestamp, {}};
  }
  if (expr.text == "niladic") {
    if (name == "current_date") return {Kind::date, {}};
    if (name == "current_time") return {Kind::timetz, {}};
    if (name == "localtime") return {Kind::time, {}};
    if (name == "localtimestamp") return {Kind::timestamp, {}};
    return {name == "current_timestamp" ? Kind::timestamptz : Kind::text, {}};
  }
  const stdlib::FunctionRow* row = stdlib::find_function(from(), name);
  if (row == nullptr) return {};
  if (row->returns == "first") {
    for (const Expr& arg : expr.args) {
      const ValueType type = type_of(arg);
      if (type.kind != Kind::unknown) return type;
    }
    return {};
  }
  if (row->returns == "second") return expr.args.size() > 1 ? type_of(expr.args[1]) : ValueType{};
  ValueType type{kind_named(row->returns), Kind::unknown};
  if (type.kind == Kind::array && !expr.args.empty()) type.element = type_of(expr.args[0]).kind;
  return type;
}

ValueType Translator::type_of(const Expr& expr) const {
  const auto first = [&] { return expr.args.empty() ? ValueType{} : type_of(expr.args[0]); };
  switch (expr.kind) {
    case Expr::Kind::boolean:
    case Expr::Kind::is_test:
    case Expr::Kind::between:
    case Expr::Kind::in_list:
    case Expr::Kind::in_query:
    case Expr::Kind::like:
    case Expr::Kind::quantified:
    case Expr::Kind::exists:
      return {Kind::boolean, {}};
    case Expr::Kind::number:
      return {expr.text.find_first_of(".eE") == std::string::npos ? Kind::integer : Kind::decimal,
              {}};
    case Expr::Kind::bit_string:
      return {Kind::bits, {}};
    case Expr::Kind::interval:
      return {Kind::interval, {}};
    case Expr::Kind::typed_literal:
    case Expr::Kind::cast: {
      if (expr.type.empty()) return {};
      const ValueType type = type_of(expr.type.front());
      const bool is_short = type.kind == Kind::wide_decimal && is_short_literal(expr);
      return is_short ? ValueType{Kind::decimal, Kind::unknown} : type;
    }
    case Expr::Kind::column:
      return type_of_column(expr);
    case Expr::Kind::parameter: {
      const std::optional<std::size_t> number = parameter_number(expr);
      return number ? request_.parameters[*number - 1] : ValueType{};
    }
    case Expr::Kind::unary:
      return expr.name == "not" || expr.name == "!" ? ValueType{Kind::boolean, {}} : first();
    case Expr::Kind::collate:
    case Expr::Kind::at_time_zone:
      return first();
    case Expr::Kind::call:
      return type_of_call(expr);
    case Expr::Kind::array:
      return {Kind::array, first().kind};
    case Expr::Kind::subscript:
      return {first().element, {}};
    case Expr::Kind::case_when: {
      const std::size_t then = expr.has_operand ? 2 : 1;
      return then < expr.args.size() ? type_of(expr.args[then]) : ValueType{};
    }
    case Expr::Kind::subquery: {
      if (expr.query.empty()) return {};
      const auto columns = output_columns(expr.query.front());
      return columns.empty() ? ValueType{} : columns.front().type;
    }
    case Expr::Kind::binary: {
      if (is_comparison(expr.name)) return {Kind::boolean, {}};
      const ValueType a = first();
      if (expr.name == "->" || expr.name == "#>") return {Kind::json, {}};
      if (expr.name == "->>" || expr.name == "#>>") return {Kind::text, {}};
      const ValueType b = expr.args.size() > 1 ? type_of(expr.args[1]) : ValueType{};
      if (expr.name == "||") {
        if (a.kind == Kind::array || a.kind == Kind::json) return a;
        return b.kind == Kind::array || b.kind == Kind::json ? b : ValueType{Kind::text, {}};
      }
      return {arithmetic_kind(expr.name, a.kind, b.kind), {}};
    }
    default:
      return {};
  }
}

}  // namespace sqlxc::translate
