#include <sqlxc/value/pattern.h>

#include <utility>

#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"

// Patterns over texts: LIKE, regular expressions, SIMILAR TO and GLOB.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

std::optional<Expr> negated_if(bool is_negated, std::optional<Expr> expr) {
  if (expr && is_negated) return unary_expr("not", std::move(*expr));
  return expr;
}

// The character that the third argument says, '\0' for none; nothing where it is no single one.
std::optional<char> escape_of(const Expr& expr, char otherwise) {
  if (expr.kind != Kind::like || expr.args.size() < 3) return otherwise;
  const Expr& escape = expr.args[2];
  if (escape.kind != Kind::string || escape.text.size() > 1) return std::nullopt;
  return escape.text.empty() ? '\0' : escape.text.front();
}

}  // namespace

std::optional<Operand> Legalizer::plain_text(const Expr& expr) {
  std::optional<Operand> text = value(expr);
  if (!text) return std::nullopt;
  const bool is_text = text->kind == TypeKind::text && !text->is_literal;
  if (!is_text) return refuse("a pattern over what is not text");
  if (is_own_) return text;
  if (text->is_padded) return refuse("a pattern over padded text");
  if (text->has_collation) return refuse("a collation decides what matches");
  return text;
}

std::optional<Expr> Legalizer::like(const Expr& expr, std::string_view op) {
  if (is(Dialect::mysql)) return refuse("MySQL's collation decides what matches");
  std::optional<Operand> text = plain_text(expr.args[0]);
  std::optional<Operand> pattern = value(expr.args[1]);
  if (!text || !pattern) return std::nullopt;
  const bool is_pattern = pattern->kind == TypeKind::text && !pattern->is_padded;
  if (!is_pattern) return refuse("a pattern that is not text");
  const std::optional<char> escape = escape_of(expr, is(Dialect::sqlite) ? '\0' : '\\');
  if (!escape) return refuse(quoted("escape"));
  Expr out;
  out.kind = Kind::like;
  // SQLite's LIKE ignores the case of ASCII letters, and of no others.
  out.name = is(Dialect::sqlite) ? "ilike" : std::string(op);
  if (op == "ilike") weaken("letters beyond ASCII under the database's locale");
  if (is(Dialect::sqlite)) {
    out.name = "like";
    text->expr = call_expr("ascii_lower", {std::move(text->expr)});
    if (pattern->is_literal) {
      pattern->expr.text = lower_case(pattern->expr.text);
    } else {
      pattern->expr = call_expr("ascii_lower", {std::move(pattern->expr)});
    }
  }
  out.args = {std::move(text->expr), std::move(pattern->expr)};
  if (*escape != '\\') {
    out.args.push_back(string_expr(*escape == '\0' ? "" : std::string(1, *escape)));
  }
  return negated_if(expr.kind == Kind::like && expr.is_negated, std::move(out));
}

std::optional<Expr> Legalizer::regex(std::string_view op, const Expr& text, const Expr& pattern) {
  std::optional<Operand> left = plain_text(text);
  std::optional<Operand> right = value(pattern);
  if (!left || !right) return std::nullopt;
  if (!right->is_string_literal) return refuse("a pattern that is not constant");
  return matches(op, *left, right->expr.text);
}

// A pattern that looks ahead at its beginning is several.
std::optional<Expr> Legalizer::matches(std::string_view op, const Operand& text,
                                       std::string pattern) {
  std::optional<Expr> out;
  for (value::PatternPart& part : value::split_looks_ahead(pattern)) {
    const auto translated = value::translate_pattern(part.pattern, op == "~*");
    if (!translated) return refuse("the pattern has " + translated.error());
    if (translated->depends_on_locale) {
      weaken("letters beyond ASCII under the database's locale");
    }
    Expr match = binary_expr(op, text.expr, string_expr(part.pattern));
    if (part.is_negated) match = unary_expr("not", std::move(match));
    out = out ? binary_expr("and", std::move(*out), std::move(match)) : std::move(match);
  }
  return out;
}

std::optional<Expr> Legalizer::other_pattern(const Expr& expr) {
  std::optional<Operand> text = plain_text(expr.args[0]);
  std::optional<Operand> pattern = value(expr.args[1]);
  if (!text || !pattern) return std::nullopt;
  if (!pattern->is_string_literal) return refuse("a pattern that is not constant");
  const std::string& written = pattern->expr.text;
  std::string regex;
  if (expr.name == "similar to") {
    const std::optional<char> escape = escape_of(expr, '\\');
    if (!escape) return refuse(quoted("escape"));
    const auto similar = value::pattern_of_similar(written, *escape);
    if (!similar) return refuse("the pattern has " + similar.error());
    regex = *similar;
  } else if (expr.name == "glob" && is(Dialect::sqlite)) {
    regex = value::pattern_of_glob(written);
  } else if (expr.name == "regexp" && is(Dialect::sqlite)) {
    regex = written;
  } else {
    return refuse(quoted(expr.name));
  }
  return negated_if(expr.is_negated, matches("~", *text, std::move(regex)));
}

}  // namespace sqlxc::passes
