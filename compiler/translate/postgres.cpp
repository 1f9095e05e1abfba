#include <algorithm>
#include <array>
#include <cctype>

#include "compiler/translate/translator.h"

// MySQL and SQLite in the words of PostgreSQL, which takes no number for a truth value, compares
// texts with texts only and has few functions of the others' names (rows of stdlib/functions).
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Expr boolean_of(bool value) {
  Expr out = make(Kinds::boolean);
  out.text = value ? "true" : "false";
  return out;
}

Expr cast_as(Expr of, std::string_view type) {
  Expr out = cast_to(std::move(of), type);
  out.text = "::";
  return out;
}

bool is_comparison(std::string_view op) {
  static constexpr std::array<std::string_view, 11> kOperators = {
      "=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "is", "is not"};
  return std::ranges::find(kOperators, op) != kOperators.end();
}

// What is compared with what: numbers, texts, moments, ...; 0 where it is not known.
int family(Kind kind) {
  if (is_number(kind)) return 1;
  switch (kind) {
    case Kind::text:
      return 2;
    case Kind::boolean:
      return 3;
    case Kind::date:
    case Kind::timestamp:
    case Kind::timestamptz:
      return 4;
    case Kind::time:
    case Kind::timetz:
      return 5;
    case Kind::bytes:
      return 6;
    case Kind::uuid:
      return 7;
    case Kind::json:
      return 8;
    case Kind::enumeration:
      return 9;
    default:
      return 0;
  }
}

bool is_flag(const Expr& expr) {
  return expr.kind == Kinds::number && (expr.text == "0" || expr.text == "1");
}

// A text literal is of no type until it is compared.
bool is_untyped(const Expr& expr) {
  return expr.kind == Kinds::string || expr.kind == Kinds::null_literal;
}

// `of` where a value of `kind` is wanted: 1 is true, 5 is '5'; none where they do not go together.
std::optional<Expr> fitted(Translator& t, const Expr& of, Kind kind) {
  if (kind == Kind::boolean && is_flag(of)) return boolean_of(of.text == "1");
  if (kind == Kind::boolean && of.kind == Kinds::string) {
    if (of.text == "0" || of.text == "1") return boolean_of(of.text == "1");
  }
  const bool is_text = kind == Kind::text || kind == Kind::enumeration;
  if (is_text && of.kind == Kinds::number) return string_of(of.text);
  if (of.kind == Kinds::string && is_number(kind)) {
    const bool is_numeric =
        !of.text.empty() && of.text.find_first_not_of("0123456789.-+") == std::string::npos;
    if (!is_numeric) return std::nullopt;
    return number_of(of.text);
  }
  const int wanted = family(kind);
  const int given = is_untyped(of) ? 0 : family(t.type_of(of).kind);
  const bool is_enum_text = (wanted == 2 && given == 9) || (wanted == 9 && given == 2);
  if (is_enum_text) return cast_as(t.expr(of), "text");
  if (wanted != 0 && given != 0 && wanted != given) return std::nullopt;
  return t.expr(of);
}

std::optional<Expr> rewrite_comparison(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || !is_comparison(expr.name)) return std::nullopt;
  const Kind a = is_untyped(expr.args[0]) ? Kind::unknown : t.type_of(expr.args[0]).kind;
  const Kind b = is_untyped(expr.args[1]) ? Kind::unknown : t.type_of(expr.args[1]).kind;
  // The side whose type is told by its column decides.
  const bool is_left = expr.args[0].kind != Kinds::number && a != Kind::unknown;
  auto left = is_left ? t.expr(expr.args[0]) : fitted(t, expr.args[0], b);
  auto right = is_left ? fitted(t, expr.args[1], a) : t.expr(expr.args[1]);
  if (!left || !right) return t.refuse(expr, "comparing values of two types");
  std::string_view op = expr.name;
  if (op == "==") op = "=";
  if (op == "!=") op = "<>";
  if (op == "<=>" || op == "is") op = "is not distinct from";
  if (op == "is not") op = "is distinct from";
  return binary(*std::move(left), op, *std::move(right));
}

std::optional<Expr> rewrite_list(Translator& t, const Expr& expr) {
  const bool is_list = expr.kind == Kinds::in_list || expr.kind == Kinds::between;
  if (!is_list || expr.args.empty()) return std::nullopt;
  const Kind kind = t.type_of(expr.args[0]).kind;
  Expr out = expr;
  out.args[0] = t.expr(expr.args[0]);
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    auto one = fitted(t, expr.args[i], kind);
    if (!one) return t.refuse(expr, "comparing values of two types");
    out.args[i] = *std::move(one);
  }
  return out;
}

std::optional<Expr> rewrite_condition(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::unary && (expr.name == "not" || expr.name == "!")) {
    return unary("not", t.condition(expr.args[0]));
  }
  if (expr.kind != Kinds::binary) return std::nullopt;
  const bool is_and = expr.name == "and" || expr.name == "&&";
  if (is_and || expr.name == "or") {
    return binary(t.condition(expr.args[0]), is_and ? "and" : "or", t.condition(expr.args[1]));
  }
  if (expr.name == "xor") {
    return binary(t.condition(expr.args[0]), "<>", t.condition(expr.args[1]));
  }
  return std::nullopt;
}

std::optional<Expr> rewrite_arithmetic(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::unary && expr.name == "binary") return t.expr(expr.args[0]);
  if (expr.kind != Kinds::binary) return std::nullopt;
  const Kind a = t.type_of(expr.args[0]).kind;
  const Kind b = t.type_of(expr.args[1]).kind;
  if (expr.name == "div") {
    return binary(t.expr(expr.args[0]), "/", t.expr(expr.args[1]));
  }
  if (expr.name == "mod") return binary(t.expr(expr.args[0]), "%", t.expr(expr.args[1]));
  const bool is_exact = expr.name == "/" && t.flags().slash_divides_exactly && a == Kind::integer &&
                        b == Kind::integer;
  if (is_exact) {
    return binary(cast_as(t.expr(expr.args[0]), "numeric"), "/", t.expr(expr.args[1]));
  }
  if (expr.name == "^") return binary(t.expr(expr.args[0]), "#", t.expr(expr.args[1]));
  if (expr.name == "->" || expr.name == "->>") {
    const Expr& path = expr.args[1];
    const bool is_simple = path.kind == Kinds::string && path.text.starts_with("$.") &&
                           path.text.find_first_of("[]*\"") == std::string::npos;
    const bool is_key = path.kind == Kinds::string && !path.text.starts_with('$');
    if (is_key || path.kind == Kinds::number) {
      return binary(t.expr(expr.args[0]), expr.name, path);
    }
    if (!is_simple) return t.refuse(expr, "the path of `" + expr.name + "`");
    std::string keys = path.text.substr(2);
    std::ranges::replace(keys, '.', ',');
    return binary(t.expr(expr.args[0]), expr.name == "->" ? "#>" : "#>>",
                  string_of('{' + keys + '}'));
  }
  static constexpr std::array<std::string_view, 5> kArithmetic = {"+", "-", "*", "/", "%"};
  const bool is_arithmetic = std::ranges::find(kArithmetic, expr.name) != kArithmetic.end();
  if (!is_arithmetic) return std::nullopt;
  const auto fits = [](Kind kind) {
    return is_number(kind) || kind == Kind::unknown || is_moment(kind) || kind == Kind::interval;
  };
  if (!fits(a) || !fits(b)) return t.refuse(expr, "computing with what is no number");
  return std::nullopt;
}

std::optional<Expr> rewrite_like(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::like || expr.args.size() < 2) return std::nullopt;
  const int of = family(t.type_of(expr.args[0]).kind);
  Expr text = t.expr(expr.args[0]);
  if (of != 0 && of != 2) text = cast_as(std::move(text), "text");
  if (expr.name == "regexp" || expr.name == "rlike") {
    if (t.from() == Dialect::sqlite) return t.refuse(expr, "`regexp`");
    return binary(std::move(text), expr.is_negated ? "!~*" : "~*", t.expr(expr.args[1]));
  }
  if (expr.name != "like") return t.refuse(expr, "`" + expr.name + "`");
  Expr out = expr;
  out.name = "ilike";
  out.args = {std::move(text), t.expr(expr.args[1])};
  if (expr.args.size() > 2) {
    out.args.push_back(t.expr(expr.args[2]));
  } else if (t.from() == Dialect::sqlite && (expr.args[1].kind != Kinds::string ||
                                             expr.args[1].text.find('\\') != std::string::npos)) {
    out.args.push_back(string_of(""));
  }
  return out;
}

std::optional<Expr> rewrite_case(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::case_when || expr.has_operand) return std::nullopt;
  Expr out = expr;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    const bool is_else = expr.has_else && i + 1 == expr.args.size();
    const bool is_when = i % 2 == 0 && !is_else;
    out.args[i] = is_when ? t.condition(expr.args[i]) : t.expr(expr.args[i]);
  }
  return out;
}

// `coalesce(flag, 0)`: the others take the type of the first.
std::optional<Expr> rewrite_coalesce(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || expr.args.size() < 2) return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (name != "coalesce" && name != "ifnull" && name != "nvl" && name != "nullif") {
    return std::nullopt;
  }
  const Kind kind = is_untyped(expr.args[0]) ? Kind::unknown : t.type_of(expr.args[0]).kind;
  std::vector<Expr> args;
  for (const Expr& arg : expr.args) {
    auto one = fitted(t, arg, kind);
    if (!one) return t.refuse(expr, "`" + name + "` of two types");
    args.push_back(*std::move(one));
  }
  return call(name == "nullif" ? name : "coalesce", std::move(args));
}

std::optional<Expr> rewrite_call(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call) return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (expr.text == "niladic") return expr;
  if (name == "concat" && t.flags().concat_is_strict && !expr.args.empty()) {
    std::optional<Expr> out;
    for (const Expr& arg : expr.args) {
      const bool is_text = is_untyped(arg) || t.type_of(arg).kind == Kind::text;
      Expr one = is_text ? t.expr(arg) : cast_as(t.expr(arg), "text");
      out = out ? binary(*std::move(out), "||", std::move(one)) : std::move(one);
    }
    return out;
  }
  const bool is_least = (name == "min" || name == "max") && expr.args.size() > 1;
  if (is_least) return call(name == "min" ? "least" : "greatest", t.exprs(expr.args));
  if (name == "group_concat") {
    if (expr.args.empty()) return std::nullopt;
    Expr separator = string_of(expr.separator.empty() ? "," : expr.separator);
    std::optional<Expr> value;
    const bool is_sqlite = t.from() == Dialect::sqlite;
    const std::size_t values = is_sqlite ? 1 : expr.args.size();
    for (std::size_t i = 0; i < values; ++i) {
      Expr one = cast_as(t.expr(expr.args[i]), "text");
      value = value ? binary(*std::move(value), "||", std::move(one)) : std::move(one);
    }
    if (is_sqlite && expr.args.size() > 1) separator = t.expr(expr.args[1]);
    Expr out = call("string_agg", {*std::move(value), std::move(separator)});
    out.is_distinct = expr.is_distinct;
    if (expr.is_distinct && !expr.order_by.empty()) {
      t.weaken("the order inside `group_concat(distinct ...)`");
    } else {
      out.order_by = t.order(expr.order_by);
    }
    out.filter = t.conditions(expr.filter);
    if (!expr.over.empty()) return t.refuse(expr, "`group_concat` as a window function");
    return out;
  }
  const bool sums = (name == "sum" || name == "avg") && expr.args.size() == 1;
  if (sums && t.type_of(expr.args[0]).kind == Kind::boolean) {
    Expr out = expr;
    out.args = {cast_as(t.expr(expr.args[0]), "integer")};
    out.filter = t.conditions(expr.filter);
    return out;
  }
  return std::nullopt;
}

// datetime('now'), strftime('%Y', x)
std::optional<Expr> rewrite_sqlite_time(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || t.from() != Dialect::sqlite) return std::nullopt;
  const std::string name = lower(expr.path.last());
  static constexpr std::array<std::string_view, 5> kNames = {"date", "time", "datetime", "strftime",
                                                             "julianday"};
  if (std::ranges::find(kNames, name) == kNames.end()) return std::nullopt;
  const auto moment = [&](const Expr& of) {
    const bool is_now = of.kind == Kinds::string && lower(of.text) == "now";
    return is_now ? call("now") : cast_as(t.expr(of), "timestamp");
  };
  const bool is_plain = expr.args.size() <= 1;
  const Expr of = expr.args.empty() ? string_of("now") : expr.args.back();
  if (name == "date" && is_plain) return cast_as(moment(of), "date");
  if (name == "time" && is_plain) return cast_as(moment(of), "time");
  if (name == "datetime" && is_plain) return cast_as(moment(of), "timestamp");
  if (name == "strftime" && expr.args.size() == 2 && expr.args[0].kind == Kinds::string) {
    struct Format {
      std::string_view from;
      std::string_view to;
    };
    static constexpr std::array<Format, 7> kFormats = {{{"%Y", "YYYY"},
                                                        {"%m", "MM"},
                                                        {"%d", "DD"},
                                                        {"%H", "HH24"},
                                                        {"%M", "MI"},
                                                        {"%S", "SS"},
                                                        {"%f", "SS.MS"}}};
    std::string_view text = expr.args[0].text;
    if (text == "%s") {
      Expr epoch = call("extract", {string_of("epoch"), moment(of)});
      return cast_as(cast_as(std::move(epoch), "bigint"), "text");
    }
    std::string format;
    while (!text.empty()) {
      const auto found = std::ranges::find_if(
          kFormats, [&](const Format& one) { return text.starts_with(one.from); });
      if (found != kFormats.end()) {
        format += found->to;
        text.remove_prefix(found->from.size());
        continue;
      }
      const char c = text.front();
      if (c == '%' || std::isalpha(static_cast<unsigned char>(c)) != 0) {
        return t.refuse(expr, "the format of `strftime`");
      }
      format += c;
      text.remove_prefix(1);
    }
    return call("to_char", {moment(of), string_of(format)});
  }
  return t.refuse(expr, "`" + name + "` with modifiers");
}

std::string_view postgres_type(std::string_view name) {
  struct Type {
    std::string_view from;
    std::string_view to;
  };
  static constexpr std::array<Type, 14> kTypes = {{{"signed", "bigint"},
                                                   {"signed integer", "bigint"},
                                                   {"unsigned", "bigint"},
                                                   {"unsigned integer", "bigint"},
                                                   {"int", "bigint"},
                                                   {"integer", "bigint"},
                                                   {"char", "text"},
                                                   {"nchar", "text"},
                                                   {"varchar", "text"},
                                                   {"text", "text"},
                                                   {"real", "double precision"},
                                                   {"double", "double precision"},
                                                   {"datetime", "timestamp"},
                                                   {"blob", "bytea"}}};
  const auto found = std::ranges::find(kTypes, name, &Type::from);
  if (found != kTypes.end()) return found->to;
  static constexpr std::array<std::string_view, 4> kSame = {"date", "time", "decimal", "numeric"};
  const auto* same = std::ranges::find(kSame, name);
  return same == kSame.end() ? std::string_view() : *same;
}

std::optional<Expr> rewrite_cast(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::collate) {
    t.weaken("the collation `" + std::string(expr.path.last()) + "`");
    return t.expr(expr.args[0]);
  }
  const bool is_convert = expr.kind == Kinds::call && lower(expr.path.last()) == "convert";
  if (is_convert && !expr.args.empty()) return t.expr(expr.args[0]);
  if (expr.kind != Kinds::cast || expr.type.empty() || expr.args.empty()) return std::nullopt;
  const ast::TypeName& from = expr.type.front();
  const std::string name =
      lower(from.path.is_empty() ? std::string_view(from.spelled) : from.path.last());
  const std::string_view type = postgres_type(name);
  if (type.empty()) return t.refuse(expr, "a cast to `" + name + "`");
  Expr out = cast_as(t.expr(expr.args[0]), type);
  if (type == "decimal" || type == "numeric") out.type.front().args = from.args;
  return out;
}

std::optional<Expr> rewrite_literal(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::string && !expr.name.empty()) return string_of(expr.text);
  if (expr.kind == Kinds::bit_string && expr.name == "x") {
    return cast_as(string_of("\\x" + lower(expr.text)), "bytea");
  }
  if (expr.kind == Kinds::interval) {
    const auto literal = literal_in(expr.args[0]);
    std::string unit = lower(expr.name);
    if (!literal || unit.find('_') != std::string::npos) return t.refuse(expr, "this interval");
    Expr out = make(Kinds::typed_literal, {string_of(literal->text + ' ' + unit)});
    ast::TypeName type;
    ast::Name part;
    part.text = "interval";
    type.path.names.push_back(part);
    out.type.push_back(std::move(type));
    return out;
  }
  if (expr.kind == Kinds::parameter && !t.parameter_number(expr)) {
    return t.refuse(expr, "a variable");
  }
  return std::nullopt;
}

constexpr std::array<NamedRewrite, 11> kRewrites = {{{"literal", rewrite_literal},
                                                     {"condition", rewrite_condition},
                                                     {"comparison", rewrite_comparison},
                                                     {"list", rewrite_list},
                                                     {"like", rewrite_like},
                                                     {"arithmetic", rewrite_arithmetic},
                                                     {"case", rewrite_case},
                                                     {"cast", rewrite_cast},
                                                     {"coalesce", rewrite_coalesce},
                                                     {"sqlite_time", rewrite_sqlite_time},
                                                     {"call", rewrite_call}}};

// A day that PostgreSQL's calendar has: MySQL's '0000-00-00' is none.
bool is_day(std::string_view text) {
  const bool is_written = text.size() >= 10 && text[4] == '-' && text[7] == '-';
  if (!is_written) return false;
  return text.substr(0, 4) != "0000" && text.substr(5, 2) != "00" && text.substr(8, 2) != "00";
}

bool is_now(const Expr& expr) {
  if (expr.kind == Kinds::string) return lower(expr.text) == "now" || lower(expr.text) == "now()";
  if (expr.kind != Kinds::call) return false;
  static constexpr std::array<std::string_view, 8> kNames = {
      "now",           "current_timestamp", "localtimestamp", "localtime",
      "utc_timestamp", "sysdate",           "curdate",        "current_date"};
  const std::string name = lower(expr.path.last());
  if (std::ranges::find(kNames, name) != kNames.end()) return true;
  return (name == "datetime" || name == "date" || name == "time") && expr.args.size() == 1 &&
         is_now(expr.args[0]);
}

std::optional<Expr> literal_default(const Expr& literal, const ValueType& type) {
  if (literal.kind == Kinds::null_literal) return literal;
  const std::string text = literal.kind == Kinds::bit_string ? literal.text : lower(literal.text);
  switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::real:
    case Kind::decimal:
    case Kind::wide_decimal: {
      auto out = stored_literal(literal, type);
      if (out && type.kind == Kind::wide_decimal && out->kind == Kinds::string) {
        out = number_of(out->text);
      }
      const bool fits = out && (out->kind == Kinds::boolean || out->kind == Kinds::number);
      return fits ? out : std::nullopt;
    }
    case Kind::bytes: {
      const auto stored = stored_literal(literal, type);
      if (!stored || stored->kind != Kinds::bit_string) return std::nullopt;
      return string_of("\\x" + lower(stored->text));
    }
    case Kind::date:
    case Kind::timestamp:
    case Kind::timestamptz:
      if (literal.kind != Kinds::string || !is_day(literal.text)) return std::nullopt;
      return string_of(literal.text);
    case Kind::bits:
      return literal;
    default:
      return string_of(literal.kind == Kinds::boolean ? (text == "true" ? "1" : "0")
                                                      : literal.text);
  }
}

}  // namespace

std::span<const NamedRewrite> postgres_rewrites() { return kRewrites; }

Result<Expr> postgres_default(const Expr& expr, const ValueType& type, const Request& request) {
  if (is_moment(type.kind) && is_now(expr)) {
    if (type.kind == Kind::date) return niladic("current_date");
    if (type.kind == Kind::time || type.kind == Kind::timetz) return niladic("current_time");
    return niladic("current_timestamp");
  }
  // SQLite takes a bare word for a string.
  const bool is_word = request.from == Dialect::sqlite && expr.kind == Kinds::column;
  const auto literal = is_word ? std::optional(string_of(expr.path.last())) : literal_in(expr);
  if (literal) {
    if (auto out = literal_default(*literal, type)) return *out;
    return std::unexpected(Refusal{expr.range, "the value '" + literal->text + "'"});
  }
  Request in_default = request;
  in_default.place = Place::default_value;
  auto out = translate(expr, in_default);
  // What gives a moment or a number has no cast to text of its own accord.
  if (out && type.kind == Kind::text) out = cast_as(*std::move(out), "text");
  return out;
}

}  // namespace sqlxc::translate
