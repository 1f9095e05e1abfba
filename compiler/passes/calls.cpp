#include <algorithm>
#include <array>
#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"
#include "compiler/syntax/parse.h"

// Calls: by the rows of stdlib/functions, of functions of the schema that are one expression, and
// those whose arguments are no plain values.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;
using stdlib::RuleForm;

constexpr int kDeepest = 8;  // functions within functions

std::optional<TypeKind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(TypeKind::other); ++i) {
    const auto kind = static_cast<TypeKind>(i);
    if (ir::name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

// The arguments that may stand there.
bool takes(const RuleForm& form, std::size_t count) {
  std::size_t least = 0;
  bool is_endless = false;
  for (const RuleForm::Argument& argument : form.arguments) {
    if (!argument.is_optional && !argument.is_repeated) ++least;
    is_endless = is_endless || argument.is_repeated;
  }
  return count >= least && (is_endless || count <= form.arguments.size());
}

// extract's field, as PostgreSQL spells it; empty for one that needs a zone.
std::string field_named(std::string_view written) {
  struct Alias {
    std::string_view written;
    std::string_view field;
  };
  constexpr std::array kAliases = {Alias{"years", "year"},
                                   Alias{"y", "year"},
                                   Alias{"months", "month"},
                                   Alias{"mon", "month"},
                                   Alias{"days", "day"},
                                   Alias{"d", "day"},
                                   Alias{"hours", "hour"},
                                   Alias{"h", "hour"},
                                   Alias{"minutes", "minute"},
                                   Alias{"min", "minute"},
                                   Alias{"m", "minute"},
                                   Alias{"seconds", "second"},
                                   Alias{"sec", "second"},
                                   Alias{"s", "second"},
                                   Alias{"dayofweek", "dow"},
                                   Alias{"millisecond", "milliseconds"},
                                   Alias{"microsecond", "microseconds"}};
  const std::string name = lower_case(written);
  const auto* alias = std::ranges::find(kAliases, name, &Alias::written);
  return alias == kAliases.end() ? name : std::string(alias->field);
}

bool is_field_of_day(std::string_view field) {
  constexpr std::array<std::string_view, 12> kFields = {
      "year", "month",  "day",     "quarter", "dow",        "isodow",
      "doy",  "decade", "century", "week",    "millennium", "isoyear"};
  return std::ranges::find(kFields, field) != kFields.end();
}

bool is_field_of_time(std::string_view field) {
  constexpr std::array<std::string_view, 6> kFields = {"hour",         "minute",       "second",
                                                       "milliseconds", "microseconds", "epoch"};
  return std::ranges::find(kFields, field) != kFields.end();
}

// The parameters of a function's body as what it is called with.
void substitute(Expr& expr, const std::vector<std::string>& names, const std::vector<Expr>& args) {
  std::optional<std::size_t> index;
  if (expr.kind == Kind::parameter && expr.text.starts_with('$')) {
    const std::string digits = expr.text.substr(1);
    const bool is_number = !digits.empty() && digits.size() < 4 &&
                           digits.find_first_not_of("0123456789") == digits.npos;
    if (is_number) index = std::stoul(digits) - 1;
  } else if (expr.kind == Kind::column) {
    const auto found = std::ranges::find(names, expr.path.last());
    if (found != names.end()) index = static_cast<std::size_t>(found - names.begin());
  }
  if (index && *index < args.size()) {
    Expr copy = args[*index];
    expr = std::move(copy);
    return;
  }
  for (Expr& arg : expr.args) substitute(arg, names, args);
}

// `SELECT expression`, without what only a query has.
std::optional<Expr> expression_of(std::string_view body, Dialect dialect) {
  const auto trim = [](std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return std::string_view();
    return text.substr(begin, text.find_last_not_of(" \t\r\n;") - begin + 1);
  };
  body = trim(body);
  const std::string word = lower_case(body.substr(0, 6));
  if (word == "return") {
    body.remove_prefix(6);
  } else if (word == "select") {
    body.remove_prefix(6);
  } else {
    return std::nullopt;
  }
  return syntax::parse_expression_text(trim(body), dialect);
}

}  // namespace

std::optional<Operand> Legalizer::call(const Expr& expr) {
  const std::string name = lower_case(expr.path.last());
  const bool is_plain =
      !expr.is_distinct && !expr.is_star && expr.filter.empty() && expr.over.empty();
  if (!is_plain) return refuse("the function " + quoted(name));
  const bool is_own = expr.path.names.size() > 1 && expr.path.qualifier() != "pg_catalog";
  if (!is_own) {
    const std::string before = reason_;
    if (std::optional<Operand> special = special_call(name, expr)) return special;
    if (reason_ != before) return std::nullopt;
    const stdlib::FunctionRow* row = stdlib::find_function(module_.dialect, name);
    if (row != nullptr) return by_row(*row, expr);
  }
  return user_call(name, expr);
}

// Calls that are no plain functions; nothing, and no reason, for the others.
std::optional<Operand> Legalizer::special_call(const std::string& name, const Expr& expr) {
  const std::size_t count = expr.args.size();
  const bool has_field = count == 2 && expr.args[0].kind == Kind::string;
  if (name == "coalesce" || name == "ifnull" || name == "nvl") return joined("coalesce", expr);
  if (name == "nullif" && count == 2) return joined("nullif", expr);
  if ((name == "greatest" || name == "least") && is(Dialect::postgres)) return joined(name, expr);
  if (name == "trim" && has_field) {
    const std::string& side = expr.args[0].text;
    if (side == "leading" || side == "trailing" || side == "both") {
      Expr call = call_expr(side == "leading"    ? "ltrim"
                            : side == "trailing" ? "rtrim"
                                                 : "btrim",
                            {expr.args[1]});
      return value(call);
    }
  }
  if ((name == "extract" || name == "date_part") && has_field) {
    std::optional<Operand> field = extract(expr.args[0].text, expr.args[1]);
    if (field && name == "date_part") {
      field->expr = call_expr("as_double", {std::move(field->expr)});
      field->kind = TypeKind::float64;
    }
    return field;
  }
  if (name == "date_trunc" && has_field && is(Dialect::postgres)) return date_trunc(expr);
  if (name == "array_position" && is(Dialect::postgres)) return array_position(expr);
  if (name == "typeof" && count == 1 && is(Dialect::sqlite)) return type_of(expr);
  if (name == "date" && count == 1 && is(Dialect::postgres)) {
    std::optional<Operand> moment = value(expr.args[0]);
    if (!moment) return std::nullopt;
    if (!is_moment(moment->kind)) return refuse("the function `date` of such a value");
    to_moment(*moment, TypeKind::date);
    return moment;
  }
  if ((name == "if" || name == "iif") && count == 3 && !is(Dialect::postgres)) {
    Expr choice;
    choice.kind = Kind::case_when;
    choice.has_else = true;
    choice.args = expr.args;
    return case_when(choice);
  }
  if (name == "concat" && is(Dialect::postgres) && count > 0) {
    // Null is passed over, unlike by ||.
    Expr out = call_expr("coalesce", {expr.args[0], string_expr("")});
    for (std::size_t i = 1; i < count; ++i) {
      out =
          binary_expr("||", std::move(out), call_expr("coalesce", {expr.args[i], string_expr("")}));
    }
    return value(out);
  }
  if (is(Dialect::mysql) && count == 1) {
    constexpr std::array<std::string_view, 7> kFields = {"year",   "month",  "day",    "hour",
                                                         "minute", "second", "quarter"};
    if (std::ranges::find(kFields, name) != kFields.end()) return extract(name, expr.args[0]);
  }
  return std::nullopt;
}

// A function of the schema that is one expression of its parameters stands for that expression.
std::optional<Operand> Legalizer::user_call(const std::string& name, const Expr& expr) {
  const catalog::Function* found = nullptr;
  for (const catalog::Function& function : module_.catalog.functions) {
    const bool is_it = function.name == expr.path.last() &&
                       function.definition.parameters.size() == expr.args.size();
    if (!is_it) continue;
    if (found != nullptr) return refuse("which function " + quoted(name) + " is");
    found = &function;
  }
  if (found == nullptr) return refuse("the function " + quoted(name));
  const ast::CreateFunction& definition = found->definition;
  const std::string reason = "the function " + quoted(name) + " of the schema";
  if (lower_case(definition.language) != "sql" || depth_ >= kDeepest) return refuse(reason);
  std::optional<Expr> body = expression_of(definition.body, module_.dialect);
  if (!body) return refuse(reason);
  std::vector<std::string> names;
  for (const ast::FunctionParameter& parameter : definition.parameters) {
    names.push_back(parameter.name ? parameter.name->text : std::string());
  }
  substitute(*body, names, expr.args);
  // Of a null argument a strict function is null, whatever its body says.
  if (definition.is_strict && polarity_ != Polarity::positive) return refuse(reason);
  if (definition.is_strict) {
    for (const Expr& arg : expr.args) {
      Expr test;
      test.kind = Kind::is_test;
      test.name = "null";
      test.args = {arg};
      body = binary_expr("or", std::move(test), std::move(*body));
    }
  }
  ++depth_;
  std::optional<Operand> out = value(*body);
  --depth_;
  return out;
}

std::optional<Operand> Legalizer::by_row(const stdlib::FunctionRow& row, const Expr& expr) {
  const std::string name = quoted(lower_case(expr.path.last()));
  if (row.volatility != "immutable")
    return refuse("the function " + name + ", which is " + row.volatility);
  const auto& forms = row.rules[static_cast<std::size_t>(module_.dialect)];
  const bool is_known = std::ranges::any_of(
      forms, [&](const RuleForm& form) { return takes(form, expr.args.size()); });
  if (!is_known) return refuse("the function " + name);
  std::vector<Operand> args;
  for (const Expr& arg : expr.args) {
    std::optional<Operand> operand = value(arg);
    if (!operand) return std::nullopt;
    args.push_back(std::move(*operand));
  }
  for (const RuleForm& form : forms) {
    if (!takes(form, args.size())) continue;
    std::vector<Operand> given = args;
    bool is_fit = std::ranges::any_of(given, [](const Operand& arg) { return !arg.is_literal; });
    for (std::size_t i = 0; is_fit && i < given.size(); ++i) {
      const RuleForm::Argument& argument = form.arguments[std::min(i, form.arguments.size() - 1)];
      is_fit = fits(argument.kind, given[i], given);
    }
    if (!is_fit) continue;
    Operand result;
    if (form.result == "first") {
      result.kind = given.front().kind;
    } else if (form.result == "rounded") {
      result.kind = given.front().kind == TypeKind::decimal ? TypeKind::decimal : TypeKind::float64;
    } else {
      result.kind = kind_named(form.result).value_or(TypeKind::other);
    }
    for (const Operand& arg : given)
      result.has_collation = result.has_collation || arg.has_collation;
    result.is_ordered = given.front().is_ordered;
    result.is_condition = result.kind == TypeKind::boolean;
    std::vector<Expr> list;
    for (Operand& arg : given) list.push_back(std::move(arg.expr));
    result.expr = call_expr(form.name, std::move(list));
    if (!form.weakness.empty()) weaken(form.weakness);
    return result;
  }
  return refuse("the function " + name + " of such a value");
}

// Whether the argument is of the kind, or a literal that becomes it.
bool Legalizer::fits(std::string_view kind, Operand& arg, const std::vector<Operand>& before) {
  if (kind == "any") return !arg.is_literal;
  if (kind == "number") return is_number(arg.kind);
  if (kind == "exact") return is_integer(arg.kind) || arg.kind == TypeKind::decimal;
  if (kind == "real") return is_number(arg.kind) && arg.kind != TypeKind::decimal;
  if (kind == "integer") return is_integer(arg.kind);
  if (kind == "count")
    return arg.is_literal && is_integer(arg.kind) && arg.expr.kind == Kind::number;
  if (kind == "moment") return is_moment(arg.kind) && !arg.is_literal;
  if (kind == "same") return arg.kind == before.front().kind;
  if (kind == "text") return arg.kind == TypeKind::text && !arg.has_collation;
  // Whatever collation: what it counts are characters.
  if (kind == "string") return arg.kind == TypeKind::text;
  if (kind == "unpadded") return arg.kind == TypeKind::text && !arg.is_padded;
  return ir::name_of(arg.kind) == kind;
}

// COALESCE and its kin: the values have one type.
std::optional<Operand> Legalizer::joined(std::string_view function, const Expr& expr) {
  std::vector<Operand> operands;
  for (const Expr& arg : expr.args) {
    if (arg.kind == Kind::null_literal) return refuse(quoted("null") + " as an operand");
    std::optional<Operand> operand = value(arg);
    if (!operand) return std::nullopt;
    operands.push_back(std::move(*operand));
  }
  if (operands.empty() || operands.front().is_literal) {
    return refuse(quoted(function) + " of constants");
  }
  if (operands.size() == 1) return std::move(operands.front());
  if (!join(operands)) return std::nullopt;
  if (function != "coalesce") {
    const bool is_plain = is_number(operands.front().kind) || is_moment(operands.front().kind);
    const bool is_text = function == "nullif" && operands.front().kind == TypeKind::text;
    const bool has_collation = std::ranges::any_of(operands, &Operand::has_collation);
    if (!is_plain && (!is_text || has_collation || is(Dialect::mysql))) {
      return refuse(quoted(function) + " of such values");
    }
  }
  Operand result = operands.front();
  result.is_condition = result.kind == TypeKind::boolean;
  std::vector<Expr> args;
  for (Operand& operand : operands) {
    result.has_collation = result.has_collation || operand.has_collation;
    result.is_ordered = result.is_ordered && (operand.is_ordered || operand.is_literal);
    args.push_back(std::move(operand.expr));
  }
  result.expr = call_expr(function, std::move(args));
  return result;
}

std::optional<Operand> Legalizer::extract(const std::string& written, const Expr& moment) {
  const std::string field = field_named(written);
  std::optional<Operand> operand = value(moment);
  if (!operand) return std::nullopt;
  const bool has_day = operand->kind == TypeKind::date || operand->kind == TypeKind::timestamp ||
                       operand->kind == TypeKind::timestamptz;
  const bool has_time = is_moment(operand->kind) && operand->kind != TypeKind::date;
  const bool is_known = (has_day && is_field_of_day(field)) ||
                        (has_time && is_field_of_time(field)) || (has_day && field == "epoch");
  const bool is_text_there = is(Dialect::sqlite);
  if (!is_known || operand->is_literal || is_text_there) {
    return refuse("the field " + quoted(written) + " of such a value");
  }
  Operand result;
  result.kind = TypeKind::decimal;
  result.expr = call_expr("extract", {string_expr(field), std::move(operand->expr)});
  return result;
}

std::optional<Operand> Legalizer::date_trunc(const Expr& expr) {
  const std::string unit = field_named(expr.args[0].text);
  std::optional<Operand> moment = value(expr.args[1]);
  if (!moment) return std::nullopt;
  const bool has_day = moment->kind == TypeKind::date || moment->kind == TypeKind::timestamp ||
                       moment->kind == TypeKind::timestamptz;
  const bool is_unit = (is_field_of_day(unit) || is_field_of_time(unit)) && unit != "dow" &&
                       unit != "isodow" && unit != "doy" && unit != "epoch" && unit != "isoyear";
  if (!has_day || moment->is_literal || !is_unit) {
    return refuse("the function `date_trunc` of such a value");
  }
  Operand result;
  // Of a date PostgreSQL makes a time stamp of its zone, which the service asks to be UTC.
  if (moment->kind == TypeKind::date) to_moment(*moment, TypeKind::timestamptz);
  result.kind = moment->kind;
  result.expr = call_expr("date_trunc", {string_expr(unit), std::move(moment->expr)});
  return result;
}

// SQLite's typeof: the service stores a column's values in one form only.
std::optional<Operand> Legalizer::type_of(const Expr& expr) {
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  std::string_view type;
  if (is_integer(operand->kind) || operand->kind == TypeKind::boolean) type = "integer";
  if (operand->kind == TypeKind::float64 || operand->kind == TypeKind::float32) type = "real";
  if (operand->kind == TypeKind::text) type = "text";
  if (operand->kind == TypeKind::bytes) type = "blob";
  if (type.empty() || operand->is_literal) return refuse("how SQLite keeps such a value");
  Expr is_null;
  is_null.kind = Kind::is_test;
  is_null.name = "null";
  is_null.args = {std::move(operand->expr)};
  Operand result;
  result.kind = TypeKind::text;
  result.is_ordered = true;
  result.expr =
      call_expr("case_when", {std::move(is_null), string_expr("null"), string_expr(type)});
  return result;
}

}  // namespace sqlxc::passes
