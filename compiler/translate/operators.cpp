#include <sqlxc/value/pattern.h>

#include <algorithm>
#include <array>

#include "compiler/translate/translator.h"

// Operators that SQLite has not, or that mean something else there.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

bool is_translation(const Translator& t) { return t.from() != t.request().to; }

Expr negated_if(bool is_negated, Expr of) { return is_negated ? unary("not", std::move(of)) : of; }

Expr regexp(Translator& t, const Expr& text, const Expr& pattern, bool ignores_case) {
  if (ignores_case) return call("iregexp", {t.expr(pattern), t.expr(text)});
  Expr out = make(Kinds::like, {t.expr(text), t.expr(pattern)});
  out.name = "regexp";
  return out;
}

// The regular expression of SQL's SIMILAR TO, whose % and _ are those of LIKE.
std::string similar_regexp(std::string_view pattern) {
  std::string out = "^(?:";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '%') {
      out += ".*";
    } else if (c == '_') {
      out += '.';
    } else if (c == '.' || c == '^' || c == '$') {
      out += '\\';
      out += c;
    } else {
      out += c;
      if (c == '\\' && i + 1 < pattern.size()) out += pattern[++i];
    }
  }
  return out + ")$";
}

Expr like_with(std::string_view op, std::vector<Expr> args, bool is_negated) {
  Expr out = make(Kinds::like, std::move(args));
  out.name = op;
  out.is_negated = is_negated;
  return out;
}

// SQLite's LIKE has no escape character of its own; the others have the backslash.
std::vector<Expr> pattern_of(Translator& t, const Expr& like) {
  std::vector<Expr> out = {t.expr(like.args[1])};
  if (like.args.size() > 2) {
    out.push_back(t.expr(like.args[2]));
  } else if (t.flags().like_escapes_by_backslash) {
    const bool needs_escape =
        like.args[1].kind != Kinds::string || like.args[1].text.find('\\') != std::string::npos;
    if (needs_escape) out.push_back(string_of("\\"));
  }
  return out;
}

// LIKE that minds case, for SQLite, whose own does not: GLOB, where the pattern is known, as that
// may use an index and any program can run it, else a function of the service.
Expr exact_like(Expr text, std::vector<Expr> pattern, bool is_negated) {
  const auto is_string = [](const Expr& expr) { return expr.kind == Kinds::string; };
  if (std::ranges::all_of(pattern, is_string)) {
    const std::string_view escape = pattern.size() > 1 ? pattern[1].text : std::string_view();
    const auto glob =
        escape.size() > 1
            ? std::nullopt
            : value::glob_of_like(pattern[0].text, escape.empty() ? '\0' : escape.front());
    if (glob) return like_with("glob", {std::move(text), string_of(*glob)}, is_negated);
  }
  pattern.insert(pattern.begin() + 1, std::move(text));
  return negated_if(is_negated, call("like_case", std::move(pattern)));
}

std::optional<Expr> rewrite_like(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::like || expr.args.size() < 2) return std::nullopt;
  const std::string_view op = expr.name;
  if (op == "regexp" || op == "rlike") {
    if (!is_translation(t)) return std::nullopt;
    return negated_if(expr.is_negated, regexp(t, expr.args[0], expr.args[1], true));
  }
  if (op == "similar to") {
    if (expr.args[1].kind != Kinds::string) return t.refuse(expr, "`similar to`");
    const Expr pattern = string_of(similar_regexp(expr.args[1].text));
    return negated_if(expr.is_negated, regexp(t, expr.args[0], pattern, false));
  }
  if (op != "like" && op != "ilike") return std::nullopt;
  std::vector<Expr> args = pattern_of(t, expr);
  Expr text = t.expr(expr.args[0]);
  if (op == "ilike" || t.flags().like_ignores_case) {
    args.insert(args.begin() + 1, std::move(text));
    return negated_if(expr.is_negated, call("ilike", std::move(args)));
  }
  return exact_like(std::move(text), std::move(args), expr.is_negated);
}

// `(array[...])::text[]`, `'{a,b}'::text[]`: the elements, where they stand in the text.
std::optional<std::vector<Expr>> elements_of(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::array && expr.query.empty()) return expr.args;
  if (expr.kind != Kinds::cast || expr.args.empty()) return std::nullopt;
  if (expr.args[0].kind != Kinds::string) return elements_of(t, expr.args[0]);
  std::string_view text = expr.args[0].text;
  // Quoted elements are left to json_each.
  if (!text.starts_with('{') || text.find('"') != std::string_view::npos) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::vector<Expr> out;
  const ValueType type = t.type_of(expr.type.front());
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const Expr word = string_of(text.substr(0, comma));
    out.push_back(stored_literal(word, {type.element, Kind::unknown}).value_or(word));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

Expr compare_each(Translator& t, const Expr& expr, const std::vector<Expr>& elements) {
  const std::string_view joint = expr.text == "all" ? "and" : "or";
  std::optional<Expr> out;
  for (const Expr& element : elements) {
    Expr one = binary(expr.args[0], expr.name, element);
    if (expr.name == "like" || expr.name == "ilike" || expr.name == "not like") {
      one = like_with(expr.name.ends_with("ilike") ? "ilike" : "like", {expr.args[0], element},
                      expr.name.starts_with("not"));
    }
    one = t.expr(one);
    out = out ? binary(*std::move(out), joint, std::move(one)) : std::move(one);
  }
  if (out) return *std::move(out);
  Expr none = make(Kinds::boolean);
  none.text = expr.text == "all" ? "true" : "false";
  return none;
}

std::optional<Expr> rewrite_quantified(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::quantified || expr.args.empty()) return std::nullopt;
  const bool is_in = expr.name == "=" && expr.text != "all";
  const bool is_not_in = (expr.name == "<>" || expr.name == "!=") && expr.text == "all";
  if (!expr.query.empty()) {
    if (!is_in && !is_not_in) return t.refuse(expr, "`" + expr.name + " " + expr.text + "`");
    Expr in = make(Kinds::in_query, {expr.args[0]});
    in.query = expr.query;
    in.is_negated = is_not_in;
    return t.expr(in);
  }
  if (expr.args.size() < 2) return std::nullopt;
  const auto elements = elements_of(t, expr.args[1]);
  if (elements && (is_in || is_not_in) && !elements->empty()) {
    Expr in = make(Kinds::in_list, {expr.args[0]});
    in.args.insert(in.args.end(), elements->begin(), elements->end());
    in.is_negated = is_not_in;
    return t.expr(in);
  }
  if (elements) return compare_each(t, expr, *elements);
  const bool takes_subquery = t.place() == Place::value || t.place() == Place::trigger;
  if (!takes_subquery || (!is_in && !is_not_in)) {
    return t.refuse(expr, "`" + expr.name + " " + expr.text + "` over an array");
  }
  ast::Query query;
  query.select.emplace_back();
  ast::Select& select = query.select.front();
  select.items.push_back({column_of({"value"}), std::nullopt});
  ast::FromItem each;
  each.kind = ast::FromItem::Kind::function;
  each.function.push_back(call("json_each", {t.expr(expr.args[1])}));
  select.from.push_back(std::move(each));
  Expr in = make(Kinds::in_query, {t.expr(expr.args[0])});
  in.query.push_back(std::move(query));
  in.is_negated = is_not_in;
  return in;
}

bool is_comparison(std::string_view op) {
  static constexpr std::array<std::string_view, 8> kOperators = {"=", "<>", "!=", "<",
                                                                 ">", "<=", ">=", "=="};
  return std::ranges::find(kOperators, op) != kOperators.end();
}

bool is_plain(const Expr& expr) {
  return expr.kind == Kinds::column || expr.kind == Kinds::string || expr.kind == Kinds::number ||
         expr.kind == Kinds::null_literal;
}

bool is_literal(const Expr& expr) {
  return expr.kind == Kinds::string || expr.kind == Kinds::number ||
         expr.kind == Kinds::bit_string || expr.kind == Kinds::boolean;
}

// A literal beside a value takes the form that the value has in storage.
Expr beside(Translator& t, const Expr& expr, const Expr& other) {
  if (!is_literal(expr)) return t.expr(expr);
  const ValueType type = t.type_of(other);
  return stored_literal(expr, type).value_or(expr);
}

bool is_wide(const Translator& t, const Expr& expr) {
  return t.type_of(expr).kind == Kind::wide_decimal;
}

std::optional<Expr> rewrite_comparison(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || !is_comparison(expr.name)) return std::nullopt;
  const Expr& a = expr.args[0];
  const Expr& b = expr.args[1];
  const bool is_interval =
      t.type_of(a).kind == Kind::interval || t.type_of(b).kind == Kind::interval;
  if (is_interval && is_translation(t) && expr.name != "=") {
    return t.refuse(expr, "a comparison of intervals");
  }
  Expr left = beside(t, a, b);
  Expr right = beside(t, b, a);
  if ((is_wide(t, a) || is_wide(t, b)) && (!is_plain(a) || !is_plain(b))) {
    return binary(call("dec_cmp", {std::move(left), std::move(right)}), expr.name, number_of("0"));
  }
  return binary(std::move(left), expr.name, std::move(right));
}

std::optional<Expr> rewrite_list(Translator& t, const Expr& expr) {
  const bool is_list = expr.kind == Kinds::in_list || expr.kind == Kinds::between;
  if (!is_list || expr.args.empty()) return std::nullopt;
  if (expr.kind == Kinds::between && expr.is_symmetric) {
    Expr forward = expr;
    forward.is_symmetric = forward.is_negated = false;
    Expr backward = forward;
    std::swap(backward.args[1], backward.args[2]);
    return negated_if(expr.is_negated, binary(t.expr(forward), "or", t.expr(backward)));
  }
  const bool is_computed_decimal = is_wide(t, expr.args[0]) && !is_plain(expr.args[0]);
  if (expr.kind == Kinds::between && is_computed_decimal) {
    Expr both = binary(binary(expr.args[0], ">=", expr.args[1]), "and",
                       binary(expr.args[0], "<=", expr.args[2]));
    return negated_if(expr.is_negated, t.expr(both));
  }
  Expr out = expr;
  out.args[0] = t.expr(expr.args[0]);
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    out.args[i] = beside(t, expr.args[i], expr.args[0]);
  }
  return out;
}

std::optional<Expr> decimal_arithmetic(Translator& t, const Expr& expr) {
  if (!is_wide(t, expr)) return std::nullopt;
  const std::string& op = expr.name;
  if (expr.kind == Kinds::unary && op == "-") {
    return call("dec_sub", {number_of("0"), t.expr(expr.args[0])});
  }
  if (expr.kind != Kinds::binary) return std::nullopt;
  std::vector<Expr> args = t.exprs(expr.args);
  if (op == "+") return call("dec_add", std::move(args));
  if (op == "-") return call("dec_sub", std::move(args));
  if (op == "*") return call("dec_mul", std::move(args));
  if (op != "/") return std::nullopt;
  t.weaken("the digits of a division beyond the fifteenth");
  return binary(cast_to(std::move(args[0]), "real"), "/", cast_to(std::move(args[1]), "real"));
}

bool has_point(const Expr& expr) {
  return expr.kind == Kinds::number && expr.text.find('.') != std::string::npos;
}

// SQLite divides two integers as integers, and a NUMERIC column keeps 5.00 as the integer 5.
std::optional<Expr> rewrite_division(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || expr.name != "/") return std::nullopt;
  const Kind a = t.type_of(expr.args[0]).kind;
  const Kind b = t.type_of(expr.args[1]).kind;
  const bool is_exact =
      a == Kind::real || b == Kind::real || has_point(expr.args[0]) || has_point(expr.args[1]);
  const bool is_integer = a == Kind::integer && b == Kind::integer;
  if (is_exact || (is_integer && !t.flags().slash_divides_exactly)) return std::nullopt;
  const bool is_known = is_number(a) || is_number(b) || t.flags().slash_divides_exactly;
  if (!is_known) return std::nullopt;
  return binary(cast_to(t.expr(expr.args[0]), "real"), "/", t.expr(expr.args[1]));
}

std::optional<Expr> rewrite_arithmetic(Translator& t, const Expr& expr) {
  if (expr.kind == Kinds::binary || expr.kind == Kinds::unary) {
    if (auto out = decimal_arithmetic(t, expr)) return out;
  }
  return rewrite_division(t, expr);
}

// `'{a,b}'` as the path of #> : $.a.b
std::optional<std::string> json_path(const Expr& expr) {
  if (expr.kind == Kinds::cast && !expr.args.empty()) return json_path(expr.args[0]);
  if (expr.kind != Kinds::string || !expr.text.starts_with('{')) return std::nullopt;
  std::string out = "$";
  std::string_view text(expr.text);
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string part(text.substr(0, comma));
    const bool is_index = part.find_first_not_of("0123456789") == std::string::npos;
    out += is_index ? "[" + part + "]" : ".\"" + part + "\"";
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::optional<Expr> rewrite_json(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || t.from() != Dialect::postgres) return std::nullopt;
  const std::string& op = expr.name;
  if (op == "->>") {
    return cast_to(binary(t.expr(expr.args[0]), "->>", t.expr(expr.args[1])), "text");
  }
  if (op == "#>" || op == "#>>") {
    const auto path = json_path(expr.args[1]);
    if (!path) return t.refuse(expr, "the operator `" + op + "`");
    Expr out = binary(t.expr(expr.args[0]), op == "#>" ? "->" : "->>", string_of(*path));
    return op == "#>" ? out : cast_to(std::move(out), "text");
  }
  if (op == "?" && expr.args[1].kind == Kinds::string) {
    Expr type =
        call("json_type", {t.expr(expr.args[0]), string_of("$.\"" + expr.args[1].text + "\"")});
    Expr out = is_null(std::move(type));
    out.is_negated = true;
    return out;
  }
  return std::nullopt;
}

std::optional<Expr> rewrite_concat(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || expr.name != "||") return std::nullopt;
  if (t.from() == Dialect::mysql) {
    return binary(t.expr(expr.args[0]), "or", t.expr(expr.args[1]));
  }
  const Kind kind = t.type_of(expr).kind;
  if (kind == Kind::array || kind == Kind::json) {
    return t.refuse(expr, "`||` of arrays or documents");
  }
  return std::nullopt;
}

// Operators that are another operator or a function.
std::optional<Expr> rewrite_operator(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary) return std::nullopt;
  const std::string& op = expr.name;
  const Expr& a = expr.args[0];
  const Expr& b = expr.args[1];
  if (op == "~" || op == "~*") return regexp(t, a, b, op == "~*");
  if (op == "!~" || op == "!~*") return unary("not", regexp(t, a, b, op == "!~*"));
  if (op == "~~" || op == "!~~" || op == "~~*" || op == "!~~*") {
    return t.expr(like_with(op.ends_with('*') ? "ilike" : "like", {a, b}, op.starts_with('!')));
  }
  if (op == "<=>" || op == "is not distinct from") return binary(t.expr(a), "is", t.expr(b));
  if (op == "is distinct from") return binary(t.expr(a), "is not", t.expr(b));
  if (op == "&&" && t.from() == Dialect::mysql) return binary(t.expr(a), "and", t.expr(b));
  if (op == "xor") return binary(unary("not", t.expr(a)), "<>", unary("not", t.expr(b)));
  if (op == "div") return cast_to(binary(t.expr(a), "/", t.expr(b)), "integer");
  if (op == "mod" || op == "%") {
    const bool is_integer =
        t.type_of(a).kind == Kind::integer && t.type_of(b).kind == Kind::integer;
    if (is_integer) return binary(t.expr(a), "%", t.expr(b));
    return call("mod", {t.expr(a), t.expr(b)});
  }
  if (op == "^" && t.from() == Dialect::postgres) return call("power", {t.expr(a), t.expr(b)});
  if (op == "#" || op == "^") {
    return binary(binary(t.expr(a), "|", t.expr(b)), "-", binary(t.expr(a), "&", t.expr(b)));
  }
  static constexpr std::array<std::string_view, 22> kKept = {
      "and", "or", "=",  "<>", "!=", "<",  ">",  "<=", ">=",  "+",  "-",
      "*",   "/",  "||", "&",  "|",  "<<", ">>", "->", "->>", "is", "is not"};
  if (std::ranges::find(kKept, op) != kKept.end()) return std::nullopt;
  return t.refuse(expr, "the operator `" + op + "`");
}

std::optional<Expr> rewrite_unary(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::unary) return std::nullopt;
  const std::string& op = expr.name;
  if (op == "!") return unary("not", t.expr(expr.args[0]));
  if (op == "binary") return t.expr(expr.args[0]);
  if (op == "@") return call("abs", t.exprs(expr.args));
  if (op == "|/") return call("sqrt", t.exprs(expr.args));
  if (op == "not" || op == "-" || op == "+" || op == "~") return std::nullopt;
  return t.refuse(expr, "the operator `" + op + "`");
}

std::optional<Expr> rewrite_test(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::is_test) return std::nullopt;
  if (expr.name == "document" || expr.name == "json") {
    return t.refuse(expr, "`is " + expr.name + "`");
  }
  if (expr.name != "unknown") return std::nullopt;
  Expr out = is_null(t.expr(expr.args[0]));
  out.is_negated = expr.is_negated;
  return out;
}

std::optional<Expr> rewrite_collate(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::collate) return std::nullopt;
  const std::string_view name = expr.path.last();
  Expr of = t.expr(expr.args[0]);
  if (!name.ends_with("_ci")) return of;
  Expr out = make(Kinds::collate, {std::move(of)});
  out.path = column_of({"nocase"}).path;
  return out;
}

std::optional<Expr> rewrite_row(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::row) return std::nullopt;
  Expr out = make(Kinds::row, t.exprs(expr.args));
  return out;
}

constexpr std::array<NamedRewrite, 12> kRewrites = {{{"like", rewrite_like},
                                                     {"quantified", rewrite_quantified},
                                                     {"comparison", rewrite_comparison},
                                                     {"list", rewrite_list},
                                                     {"json", rewrite_json},
                                                     {"concat", rewrite_concat},
                                                     {"arithmetic", rewrite_arithmetic},
                                                     {"operator", rewrite_operator},
                                                     {"unary", rewrite_unary},
                                                     {"test", rewrite_test},
                                                     {"collate", rewrite_collate},
                                                     {"row", rewrite_row}}};

}  // namespace

std::span<const NamedRewrite> operator_rewrites() { return kRewrites; }

}  // namespace sqlxc::translate
