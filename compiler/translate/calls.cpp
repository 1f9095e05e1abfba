#include <algorithm>
#include <array>

#include "compiler/translate/translator.h"

// Calls whose translation is more than a name: aggregates with separators, formats, words between
// arguments.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

// The letters stay where they are; the rest is folded.
std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<Expr> rewrite_trim(Translator& t, const Expr& expr) {
  if (lower(expr.path.last()) != "trim" || expr.args.size() < 2) return std::nullopt;
  const Expr& side = expr.args[0];
  if (side.kind != Kinds::string) return std::nullopt;
  std::string_view name;
  if (side.text == "both") name = "trim";
  if (side.text == "leading") name = "ltrim";
  if (side.text == "trailing") name = "rtrim";
  if (name.empty()) return std::nullopt;
  std::vector<Expr> args = {t.expr(expr.args.back())};
  if (expr.args.size() == 3) args.push_back(t.expr(expr.args[1]));
  return call(name, std::move(args));
}

std::optional<Expr> rewrite_substring(Translator& t, const Expr& expr) {
  if (lower(expr.path.last()) != "substring" || expr.args.size() < 2) return std::nullopt;
  const bool is_pattern =
      t.type_of(expr.args[1]).kind == Kind::text || expr.args[1].kind == Kinds::string;
  if (!is_pattern) return std::nullopt;
  return t.refuse(expr, "`substring` by a pattern");
}

std::optional<Expr> rewrite_concat(Translator& t, const Expr& expr) {
  if (lower(expr.path.last()) != "concat" || !t.flags().concat_is_strict) return std::nullopt;
  std::optional<Expr> out;
  for (const Expr& arg : expr.args) {
    Expr one = t.expr(arg);
    out = out ? binary(*std::move(out), "||", std::move(one)) : std::move(one);
  }
  return out;
}

void copy_clauses(Translator& t, const Expr& from, Expr& to) {
  to.is_distinct = from.is_distinct;
  to.filter = t.exprs(from.filter);
  if (!from.over.empty()) t.refuse(from, "this aggregate as a window function");
}

// group_concat(distinct x) takes no separator in SQLite.
std::optional<Expr> rewrite_string_agg(Translator& t, const Expr& expr) {
  const std::string name = lower(expr.path.last());
  if (name != "string_agg" && name != "group_concat") return std::nullopt;
  if (expr.args.empty()) return std::nullopt;
  if (!expr.order_by.empty()) t.weaken("the order inside `" + name + "`");
  Expr separator = string_of(expr.separator.empty() ? "," : expr.separator);
  Expr value = t.expr(expr.args[0]);
  if (name == "string_agg" && expr.args.size() > 1) {
    separator = t.expr(expr.args[1]);
  } else {
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      value = binary(std::move(value), "||", t.expr(expr.args[i]));
    }
  }
  Expr out = call("group_concat", {std::move(value)});
  const bool is_comma = separator.kind == Kinds::string && separator.text == ",";
  if (expr.is_distinct && !is_comma) t.weaken("the separator of `" + name + "(distinct ...)`");
  if (!expr.is_distinct && !is_comma) out.args.push_back(std::move(separator));
  copy_clauses(t, expr, out);
  return out;
}

bool is_wide(const Translator& t, const Expr& expr) {
  return !expr.args.empty() && t.type_of(expr.args[0]).kind == Kind::wide_decimal;
}

// Sums of decimals are exact; averages and roundings go by doubles.
std::optional<Expr> rewrite_decimal(Translator& t, const Expr& expr) {
  if (!is_wide(t, expr)) return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (name == "sum") {
    Expr out = call("dec_sum", t.exprs(expr.args));
    copy_clauses(t, expr, out);
    return out;
  }
  static constexpr std::array<std::string_view, 6> kByDouble = {"avg",  "round",   "floor",
                                                                "ceil", "ceiling", "trunc"};
  if (std::ranges::find(kByDouble, name) == kByDouble.end()) return std::nullopt;
  t.weaken("the digits of `" + name + "` beyond the fifteenth");
  Expr out = call(name == "ceiling" ? "ceil" : name, t.exprs(expr.args));
  out.args[0] = cast_to(std::move(out.args[0]), "real");
  copy_clauses(t, expr, out);
  return out;
}

std::optional<Expr> rewrite_num_nulls(Translator& t, const Expr& expr) {
  const std::string name = lower(expr.path.last());
  if (name != "num_nonnulls" && name != "num_nulls") return std::nullopt;
  std::optional<Expr> out;
  for (const Expr& arg : expr.args) {
    Expr one = is_null(t.expr(arg));
    one.is_negated = name == "num_nonnulls";
    out = out ? binary(*std::move(out), "+", std::move(one)) : std::move(one);
  }
  return out ? out : number_of("0");
}

struct FormatPart {
  std::string_view from;
  std::string_view to;
};

// to_char; longer patterns first.
constexpr std::array<FormatPart, 9> kPostgresFormat = {{{"YYYY", "%Y"},
                                                        {"HH24", "%H"},
                                                        {"DDD", "%j"},
                                                        {"MM", "%m"},
                                                        {"DD", "%d"},
                                                        {"MI", "%M"},
                                                        {"SS", "%S"},
                                                        {"yyyy", "%Y"},
                                                        {"mm", "%m"}}};
constexpr std::array<FormatPart, 9> kMysqlFormat = {{{"%Y", "%Y"},
                                                     {"%m", "%m"},
                                                     {"%d", "%d"},
                                                     {"%H", "%H"},
                                                     {"%i", "%M"},
                                                     {"%s", "%S"},
                                                     {"%S", "%S"},
                                                     {"%j", "%j"},
                                                     {"%T", "%H:%M:%S"}}};

std::optional<std::string> format_of(std::string_view format, std::span<const FormatPart> parts) {
  std::string out;
  while (!format.empty()) {
    const auto part = std::ranges::find_if(
        parts, [&](const FormatPart& one) { return format.starts_with(one.from); });
    if (part != parts.end()) {
      out += part->to;
      format.remove_prefix(part->from.size());
      continue;
    }
    const char c = format.front();
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || c == '%' || c == '"') return std::nullopt;
    out += c;
    format.remove_prefix(1);
  }
  return out;
}

std::optional<Expr> rewrite_format(Translator& t, const Expr& expr) {
  const std::string name = lower(expr.path.last());
  const bool is_postgres = name == "to_char" && t.from() == Dialect::postgres;
  const bool is_mysql = name == "date_format" && t.from() == Dialect::mysql;
  if ((!is_postgres && !is_mysql) || expr.args.size() != 2) return std::nullopt;
  const Expr* text = &expr.args[1];
  while (text->kind == Kinds::cast && !text->args.empty()) text = &text->args[0];
  const bool is_time = !is_number(t.type_of(expr.args[0]).kind);
  const auto format =
      text->kind == Kinds::string && is_time
          ? format_of(text->text, is_postgres ? std::span<const FormatPart>(kPostgresFormat)
                                              : std::span<const FormatPart>(kMysqlFormat))
          : std::nullopt;
  if (!format) return t.refuse(expr, "the format of `" + name + "`");
  return call("strftime", {string_of(*format), t.expr(expr.args[0])});
}

// MySQL's convert(x using utf8)
std::optional<Expr> rewrite_convert(Translator& t, const Expr& expr) {
  if (lower(expr.path.last()) != "convert" || expr.args.empty()) return std::nullopt;
  return t.expr(expr.args[0]);
}

std::optional<Expr> rewrite_variadic(Translator& t, const Expr& expr) {
  if (expr.is_variadic) return t.refuse(expr, "`variadic`");
  if (lower(expr.path.last()) == "nextval") return t.refuse(expr, "a sequence");
  return std::nullopt;
}

template <Rewrite run>
std::optional<Expr> of_call(Translator& t, const Expr& expr) {
  return t.from() == t.request().to ? std::nullopt : run(t, expr);
}

constexpr std::array<NamedRewrite, 9> kRewrites = {{{"trim", of_call<rewrite_trim>},
                                                    {"substring", of_call<rewrite_substring>},
                                                    {"concat", of_call<rewrite_concat>},
                                                    {"string_agg", of_call<rewrite_string_agg>},
                                                    {"decimal", of_call<rewrite_decimal>},
                                                    {"num_nulls", of_call<rewrite_num_nulls>},
                                                    {"format", of_call<rewrite_format>},
                                                    {"convert", of_call<rewrite_convert>},
                                                    {"variadic", of_call<rewrite_variadic>}}};

}  // namespace

std::span<const NamedRewrite> call_rewrites() { return kRewrites; }

}  // namespace sqlxc::translate
