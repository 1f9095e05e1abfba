#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"
#include "compiler/passes/literals.h"

// What rules ask of JSON documents and of arrays, in PostgreSQL's words.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

const Expr& without_casts(const Expr& expr) {
  const Expr* inner = &expr;
  while (inner->kind == Kind::cast) inner = &inner->args[0];
  return *inner;
}

// The elements of '{a,b}', of those without quotes and escapes.
std::optional<std::vector<std::string>> split_array_literal(std::string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}') || text.find_first_of("\"\\ ") != text.npos) {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  std::vector<std::string> items;
  if (text.empty()) return items;
  for (;;) {
    const std::size_t end = text.find(',');
    const std::string item(text.substr(0, end));
    if (item.empty() || lower_case(item) == "null" || item.find_first_of("{}") != item.npos) {
      return std::nullopt;
    }
    items.push_back(item);
    if (end == text.npos) return items;
    text.remove_prefix(end + 1);
  }
}

bool has_plain_elements(TypeKind kind) {
  return kind == TypeKind::text || kind == TypeKind::uuid || kind == TypeKind::enumeration ||
         kind == TypeKind::boolean || is_integer(kind);
}

}  // namespace

// document -> 'key', ->> 'key', -> 0, #> '{a,b}'.
std::optional<Operand> Legalizer::member(const Expr& expr) {
  if (!is(Dialect::postgres)) return refuse("a member of a document");
  std::optional<Operand> document = value(expr.args[0]);
  if (!document) return std::nullopt;
  if (document->kind != TypeKind::json) return refuse("a member of what is no document");
  const Expr& key = without_casts(expr.args[1]);
  std::vector<Expr> keys;
  if (expr.name.starts_with('#')) {
    const auto path = key.kind == Kind::string ? split_array_literal(key.text) : std::nullopt;
    if (!path) return refuse("a path that is not constant");
    for (const std::string& name : *path) {
      if (passes::is_number(name)) return refuse("a path that may name an element or a key");
      keys.push_back(string_expr(name));
    }
  } else if (key.kind == Kind::string || (key.kind == Kind::number && is_int64(key.text))) {
    keys.push_back(key.kind == Kind::string ? string_expr(key.text) : number_expr(key.text));
  } else {
    return refuse("a key that is not constant");
  }
  for (Expr& one : keys) {
    document->expr = call_expr("json_get", {std::move(document->expr), std::move(one)});
  }
  if (!expr.name.ends_with(">>")) return document;
  document->expr = call_expr("json_text", {std::move(document->expr)});
  document->kind = TypeKind::text;
  weaken("how a number or a document is spelled as text");
  return document;
}

// document ? 'key', ?& array['a', 'b'], ?| array['a', 'b'].
std::optional<Expr> Legalizer::has_key(const Expr& expr) {
  std::optional<Operand> document = value(expr.args[0]);
  if (!document) return std::nullopt;
  if (document->kind != TypeKind::json) return refuse("the operator " + quoted(expr.name));
  std::vector<Expr> keys;
  if (expr.name == "?") {
    keys.push_back(without_casts(expr.args[1]));
  } else {
    const auto items = array_items(expr.args[1]);
    if (!items || items->empty()) return refuse("keys that are not constant");
    for (const Expr& item : *items) keys.push_back(without_casts(item));
  }
  std::optional<Expr> out;
  for (const Expr& key : keys) {
    if (key.kind != Kind::string) return refuse("a key that is not constant");
    Expr has = call_expr("json_has_key", {document->expr, string_expr(key.text)});
    const std::string_view op = expr.name == "?|" ? "or" : "and";
    out = out ? binary_expr(op, std::move(*out), std::move(has)) : std::move(has);
  }
  return out;
}

// The items of ARRAY[...] and of '{...}'::text[]; nothing for what is no such array.
std::optional<std::vector<Expr>> Legalizer::array_items(const Expr& expr) {
  const Expr& inner = without_casts(expr);
  if (inner.kind == Kind::array && inner.query.empty()) return inner.args;
  const bool is_literal = inner.kind == Kind::string && expr.kind == Kind::cast &&
                          expr.type.front().array_dimensions == 1;
  if (!is_literal) return std::nullopt;
  const auto texts = split_array_literal(inner.text);
  if (!texts) return std::nullopt;
  std::vector<Expr> items;
  for (const std::string& text : *texts) items.push_back(string_expr(text));
  return items;
}

// A value as an element of the array, in the form that its elements have.
std::optional<Expr> Legalizer::item_of(const Expr& expr, const Operand& array) {
  if (!has_plain_elements(array.element)) return refuse("elements of this type");
  std::optional<Operand> item = value(expr);
  if (!item) return std::nullopt;
  if (item->is_string_literal && array.element != TypeKind::enumeration) {
    Operand element;
    element.kind = array.element;
    if (!coerce(*item, element)) return std::nullopt;
  }
  const bool is_label = array.element == TypeKind::enumeration && item->kind == TypeKind::text;
  const bool is_same = item->kind == array.element || is_label ||
                       (is_integer(item->kind) && is_integer(array.element));
  if (!is_same || item->is_padded || item->has_collation) {
    return refuse("an element of another type");
  }
  return std::move(item->expr);
}

// tags <@ array['a', 'b'], tags @> array['a'], tags && array['a'], and the other way round.
std::optional<Expr> Legalizer::array_condition(const Expr& expr) {
  const bool is_turned = array_items(expr.args[0]).has_value();
  const Expr& column = expr.args[is_turned ? 1 : 0];
  const auto items = array_items(expr.args[is_turned ? 0 : 1]);
  std::string op = expr.name;
  if (is_turned && op != "&&") op = op == "@>" ? "<@" : "@>";
  std::optional<Operand> array = value(column);
  if (!array) return std::nullopt;
  if (array->kind != TypeKind::array || !items) return refuse("the operator " + quoted(expr.name));
  std::vector<Expr> args = {array->expr};
  for (const Expr& item : *items) {
    std::optional<Expr> element = item_of(item, *array);
    if (!element) return std::nullopt;
    args.push_back(std::move(*element));
  }
  return call_expr(op == "<@"   ? "array_has_only"
                   : op == "@>" ? "array_has_all"
                                : "array_has_any",
                   std::move(args));
}

std::optional<Operand> Legalizer::array_position(const Expr& expr) {
  if (expr.args.size() != 2) return refuse("the function `array_position` of such a value");
  std::optional<Operand> array = value(expr.args[0]);
  if (!array) return std::nullopt;
  if (array->kind != TypeKind::array || !has_plain_elements(array->element)) {
    return refuse("the function `array_position` of such a value");
  }
  Operand result;
  result.kind = TypeKind::int32;
  std::optional<Expr> item;
  if (without_casts(expr.args[1]).kind == Kind::null_literal) {
    item.emplace();
  } else {
    item = item_of(expr.args[1], *array);
  }
  if (!item) return std::nullopt;
  result.expr = call_expr("array_position", {std::move(array->expr), std::move(*item)});
  return result;
}

}  // namespace sqlxc::passes
