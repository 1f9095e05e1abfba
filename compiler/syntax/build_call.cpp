#include <algorithm>

#include "compiler/syntax/build.h"

// What an expression is made of: literals, names, calls, CASE and the functions with a syntax of
// their own.
namespace sqlxc::syntax::build {

namespace {

using ast::Expr;
using Kind = Expr::Kind;

Expr make(Kind kind, Node node) {
  Expr made;
  made.kind = kind;
  made.range = node.range();
  return made;
}

Expr text_literal(std::string text, Node node) {
  Expr made = make(Kind::string, node);
  made.text = std::move(text);
  return made;
}

ast::Path function_path(std::string_view word, Node node) {
  ast::Path made;
  ast::Name name;
  name.text = lower_case(word);
  name.range = node.first().range();
  made.range = name.range;
  made.names.push_back(std::move(name));
  return made;
}

Expr literal(Node node) {
  const Node token = node.first();
  switch (token.token_type()) {
    case sym::NUMBER: {
      Expr made = make(Kind::number, node);
      made.text = std::string(token.text());
      return made;
    }
    case sym::BIT_STRING: {
      Expr made = make(Kind::bit_string, node);
      const std::string_view text = token.text();
      made.name = lower_case(text.substr(0, 1));
      made.text = std::string(text.substr(2, text.size() - 3));
      return made;
    }
    case sym::NULL_:
      return make(Kind::null_literal, node);
    case sym::TRUE_:
    case sym::FALSE_: {
      Expr made = make(Kind::boolean, node);
      made.text = lower_case(token.text());
      return made;
    }
    default: {
      Expr made = make(Kind::string, node);
      made.text = decode_string(token.word(), node.context().dialect, made.name);
      return made;
    }
  }
}

void add_call_args(Node args, Expr& call) {
  for (const Node child : args) {
    if (child.is_token(sym::STAR)) call.is_star = true;
    if (child.is_token(sym::DISTINCT)) call.is_distinct = true;
    if (child.is(sym::RuleOrderBy)) call.order_by = order_by(child);
    if (child.is(sym::RuleText)) call.separator = string_value(child);
    if (!child.is(sym::RuleCallArg)) continue;
    if (child.has(sym::VARIADIC)) call.is_variadic = true;
    Expr value = expr(child.find(sym::RuleExpr));
    if (const Node named = child.find_token(sym::ARG_NAME)) {
      Expr assignment = make(Kind::assignment, child);
      assignment.text = name_of_token(child.context(), named.first_token()).text;
      assignment.args.push_back(std::move(value));
      value = std::move(assignment);
    }
    call.args.push_back(std::move(value));
  }
}

void add_call_suffix(Node suffix, Expr& call) {
  switch (suffix.first().token_type()) {
    case sym::FILTER:
      call.filter.push_back(expr(suffix.find(sym::RuleExpr)));
      return;
    case sym::WITHIN:
      call.within_group = order_by(suffix.find(sym::RuleOrderBy));
      return;
    case sym::OVER: {
      if (const Node spec = suffix.find(sym::RuleWindowSpec)) {
        call.over.push_back(window(spec));
      } else {
        ast::Window reference;
        reference.name = name(suffix.find(sym::RuleIdentifier)).text;
        reference.is_reference = true;
        call.over.push_back(std::move(reference));
      }
      return;
    }
    default:
      return;
  }
}

// date '2020-01-01', timestamp with time zone '...', char(3) 'abc', _utf8 'x'.
Expr typed_literal(Node node, Node tail) {
  const Node column = node.find(sym::RuleColumnPath);
  Expr made = make(Kind::typed_literal, node);
  ast::TypeName type;
  type.range = column.range();
  type.path = path(column);
  if (type.path.names.size() == 1) type.path.names[0].text = lower_case(type.path.names[0].text);
  if (const Node args = node.find(sym::RuleCallArgs)) {
    for (const Node arg : args) {
      if (arg.is(sym::RuleCallArg)) type.args.emplace_back(arg.text());
    }
  }
  for (const Node part : tail) {
    if (part.is_token(sym::TYPE_TAIL)) {
      type.path.names.back().text += ' ';
      type.path.names.back().text += lower_case(part.text());
    } else if (part.is_token(sym::WITH_TZ)) {
      type.with_time_zone = part.is_word("with");
    } else if (part.is_token(sym::INTERVAL_FIELD)) {
      if (!type.interval_fields.empty()) type.interval_fields += ' ';
      type.interval_fields += lower_case(part.text());
    } else if (part.is(sym::RuleTypeArg)) {
      type.args.emplace_back(part.text());
    } else if (part.is_token(sym::STRING)) {
      Expr text = make(Kind::string, part);
      text.text = decode_string(part.text(), node.context().dialect, text.name);
      if (node.context().dialect == Dialect::mysql && type.path.last().starts_with('_')) {
        text.name = std::string(type.path.last());
        return text;
      }
      made.args.push_back(std::move(text));
    }
  }
  made.type.push_back(std::move(type));
  return made;
}

// PostgreSQL's NORMALIZE(x, NFKC) names the form by a word, and calls a function that takes its
// text (manual, 9.4).
void name_normal_form(Expr& call, Dialect dialect) {
  const bool is_normalize = call.path.names.size() == 1 && call.path.names[0].text == "normalize";
  if (dialect != Dialect::postgres || !is_normalize || call.args.size() != 2) return;
  Expr& form = call.args[1];
  if (form.kind != Kind::column || form.path.names.size() != 1 || form.path.names[0].quoted) return;
  const std::string word = lower_case(form.path.names[0].text);
  if (word != "nfc" && word != "nfd" && word != "nfkc" && word != "nfkd") return;
  Expr text;
  text.kind = Kind::string;
  text.range = form.range;
  text.text = word;
  form = std::move(text);
}

Expr name_expr(Node node) {
  if (const Node tail = node.find(sym::RuleTypedLiteralTail)) return typed_literal(node, tail);
  const Node column = node.find(sym::RuleColumnPath);
  const Node args = node.find(sym::RuleCallArgs);
  Expr made = make(Kind::column, node);
  made.path = path(column);
  if (!args) {
    if (column.has(sym::STAR)) made.kind = Kind::star;
    return made;
  }
  made.kind = Kind::call;
  if (made.path.names.size() == 1 && !made.path.names[0].quoted) {
    made.path.names[0].text = lower_case(made.path.names[0].text);
    // PostgreSQL's COLLATION FOR (x) is this function (manual, 9.26).
    if (made.path.names[0].text.starts_with("collation "))
      made.path.names[0].text = "pg_collation_for";
  }
  add_call_args(args, made);
  name_normal_form(made, node.context().dialect);
  if (args.has(sym::USING)) {
    // CHAR(65 USING utf8mb4) is CAST(CHAR(65) AS CHAR CHARACTER SET utf8mb4) (MySQL manual, 12.8).
    Expr converted = make(Kind::cast, node);
    converted.text = "cast";
    ast::TypeName type;
    type.path = function_path("char", node);
    type.character_set = name(args.find(sym::RuleIdentifier)).text;
    converted.type.push_back(std::move(type));
    converted.args.push_back(std::move(made));
    return converted;
  }
  for (const Node child : node) {
    if (child.is(sym::RuleCallSuffix)) add_call_suffix(child, made);
  }
  return made;
}

Expr case_expr(Node node) {
  Expr made = make(Kind::case_when, node);
  for (const Node child : node) {
    if (child.is(sym::RuleExpr)) {
      if (made.args.empty())
        made.has_operand = true;
      else
        made.has_else = true;
      made.args.push_back(expr(child));
    } else if (child.is(sym::RuleWhenPart)) {
      for (const Node part : child) {
        if (part.is(sym::RuleExpr)) made.args.push_back(expr(part));
      }
    }
  }
  // CASE WHEN ... ELSE x: the only expression of its own is the ELSE.
  if (made.has_operand && !node.children()[1].is(sym::RuleExpr)) {
    made.has_operand = false;
    made.has_else = true;
  }
  return made;
}

// A call whose arguments stand between words: all expressions in their order.
Expr worded_call(Node node) {
  Expr made = make(Kind::call, node);
  made.path = function_path(node.word(), node);
  for (const Node child : node) {
    if (child.is(sym::RuleExpr)) made.args.push_back(expr(child));
    if (child.is(sym::RuleExprList)) {
      for (Expr& arg : exprs(child)) made.args.push_back(std::move(arg));
    }
  }
  return made;
}

Expr trim(Node node) {
  Expr made = worded_call(node);
  const Node side = node.find_token(sym::TRIM_SIDE);
  if (!side && !node.has(sym::FROM)) return made;
  made.args.insert(made.args.begin(), text_literal(side ? lower_case(side.text()) : "both", node));
  return made;
}

// substring(x for 3) has no start.
Expr substring(Node node) {
  Expr made = worded_call(node);
  // substring(x similar pattern escape c) (SQL:2003; PostgreSQL manual, 9.7.2).
  if (made.args.size() == 1 && made.args[0].kind == Kind::like) {
    std::vector<Expr> parts = std::move(made.args[0].args);
    made.args = std::move(parts);
    return made;
  }
  if (node.has(sym::FOR) && !node.has(sym::FROM) && made.args.size() == 2) {
    Expr one = make(Kind::number, node);
    one.text = "1";
    made.args.insert(made.args.begin() + 1, std::move(one));
  }
  return made;
}

Expr parenthesized(Node node) {
  std::vector<Expr> items = exprs(node.find(sym::RuleExprList));
  if (items.size() == 1) {
    Expr made = std::move(items[0]);
    made.is_parenthesized = true;
    made.range = node.range();
    return made;
  }
  Expr made = make(Kind::row, node);
  made.args = std::move(items);
  return made;
}

Expr array_items(Node items, Node node) {
  Expr made = make(Kind::array, node);
  if (!items) return made;
  for (const Node item : items) {
    if (!item.is(sym::RuleArrayItem)) continue;
    if (const Node value = item.find(sym::RuleExpr)) {
      made.args.push_back(expr(value));
    } else {
      made.args.push_back(array_items(item.find(sym::RuleArrayItems), item));
    }
  }
  return made;
}

Expr with_query(Kind kind, Node node) {
  Expr made = make(kind, node);
  made.query.push_back(query(node.find(sym::RuleQuery)));
  return made;
}

Expr convert(Node node) {
  if (const Node type_name = node.find(sym::RuleTypeName)) {
    Expr made = make(Kind::cast, node);
    made.text = "convert";
    made.type.push_back(type(type_name));
    made.args.push_back(expr(node.find(sym::RuleExpr)));
    return made;
  }
  // CONVERT(x USING utf8mb4) is CAST(x AS CHAR CHARACTER SET utf8mb4) (MySQL manual, 12.10).
  Expr made = make(Kind::cast, node);
  made.text = "cast";
  ast::TypeName type;
  type.path = function_path("char", node);
  const Node charset = node.children()[4];
  type.character_set =
      charset.is(sym::RuleIdentifier) ? name(charset).text : lower_case(option_value(charset));
  made.type.push_back(std::move(type));
  made.args.push_back(expr(node.find(sym::RuleExpr)));
  return made;
}

Expr match_against(Node node) {
  Expr made = make(Kind::match_against, node);
  made.args = exprs(node.find(sym::RuleExprList));
  made.args.push_back(expr(node.find(sym::RuleExpr)));
  if (const Node mode = node.find(sym::RuleSearchMode)) made.name = mode.words();
  return made;
}

Expr niladic(Node node) {
  Expr made = make(Kind::call, node);
  made.path = function_path(node.word(), node);
  if (const Node arg = node.find(sym::RuleExpr)) {
    made.args.push_back(expr(arg));
  } else if (!node.has(sym::LPAREN)) {
    made.text = "niladic";
  }
  return made;
}

Expr quantified(Node node) {
  Expr made = make(Kind::quantified, node);
  made.text = lower_case(node.word());
  if (const Node of = node.find(sym::RuleQuery)) {
    made.query.push_back(query(of));
  } else {
    made.args.push_back(expr(node.find(sym::RuleExpr)));
  }
  return made;
}

Expr default_of(Node node) {
  Expr made = make(Kind::default_value, node);
  if (const Node of = node.find(sym::RulePath)) {
    made.kind = Kind::call;
    made.path = function_path("default", node);
    Expr column = make(Kind::column, of);
    column.path = path(of);
    made.args.push_back(std::move(column));
  }
  return made;
}

Expr raise(Node node) {
  Expr made = make(Kind::raise, node);
  if (const Node message = node.find(sym::RuleExpr)) {
    made.name = lower_case(node.find(sym::RuleIdentifier).text());
    made.args.push_back(expr(message));
  } else {
    made.name = "ignore";
  }
  return made;
}

}  // namespace

ast::Expr primary(Node node) {
  const Node first = node.first();
  if (first.is(sym::RuleLiteral)) return literal(first);
  if (first.is(sym::RuleNameExpr)) return name_expr(first);
  switch (first.token_type()) {
    case sym::PARAMETER: {
      Expr made = make(Kind::parameter, node);
      made.text = std::string(first.text());
      return made;
    }
    case sym::LPAREN:
      return parenthesized(node);
    case sym::LPAREN_Q:
      return with_query(Kind::subquery, node);
    case sym::EXISTS:
      return with_query(Kind::exists, node);
    case sym::ROW: {
      Expr made = make(Kind::row, node);
      made.text = "row";
      made.args = exprs(node.find(sym::RuleExprList));
      return made;
    }
    case sym::ARRAY:
      if (node.find(sym::RuleQuery)) return with_query(Kind::array, node);
      return array_items(node.find(sym::RuleArrayItems), node);
    case sym::QUANTIFIER:
      return quantified(node);
    case sym::CASE:
      return case_expr(node);
    case sym::CAST: {
      Expr made = make(Kind::cast, node);
      made.text = "cast";
      made.type.push_back(type(node.find(sym::RuleTypeName)));
      made.args.push_back(expr(node.find(sym::RuleExpr)));
      return made;
    }
    case sym::CONVERT:
      return convert(node);
    case sym::INTERVAL_M: {
      Expr made = make(Kind::interval, node);
      made.name = lower_case(node.find(sym::RuleIdentifier).text());
      made.args.push_back(expr(node.find(sym::RuleExpr)));
      return made;
    }
    case sym::EXTRACT: {
      Expr made = worded_call(node);
      const Node field = node.children()[2];
      made.args.insert(
          made.args.begin(),
          text_literal(field.is(sym::RuleText) ? string_value(field) : lower_case(field.text()),
                       field));
      return made;
    }
    case sym::TRIM:
      return trim(node);
    case sym::SUBSTRING:
      return substring(node);
    case sym::POSITION:
    case sym::OVERLAY:
      return worded_call(node);
    case sym::MATCH:
      return match_against(node);
    case sym::DEFAULT:
      return default_of(node);
    case sym::VALUES_FN: {
      Expr made = make(Kind::values_function, node);
      made.path = path(node.find(sym::RulePath));
      return made;
    }
    case sym::RAISE:
      return raise(node);
    case sym::NILADIC:
      return niladic(node);
    default: {
      Expr made = make(Kind::opaque, node);
      made.text = std::string(node.text());
      return made;
    }
  }
}

}  // namespace sqlxc::syntax::build
