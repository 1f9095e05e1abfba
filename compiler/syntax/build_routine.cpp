#include <algorithm>

#include "compiler/syntax/build.h"

// The headers of functions, procedures and triggers; their bodies stay text.
namespace sqlxc::syntax::build {

namespace {

bool is_mode(std::string_view word) { return word == "in" || word == "out" || word == "inout"; }

// [mode] [name] type: read as one to three types, of which all but the last are words.
ast::FunctionParameter parameter(Node node) {
  ast::FunctionParameter made;
  std::vector<Node> types;
  for (const Node child : node) {
    if (child.is(sym::RuleTypeName)) types.push_back(child);
    if (child.is_token(sym::IN_)) made.mode = "in";
    if (child.is_token(sym::VARIADIC)) made.mode = "variadic";
    if (child.is(sym::RuleExpr)) made.default_value.push_back(expr(child));
  }
  made.type = type(types.back());
  if (const Node tail = node.find(sym::RuleCollateTail))
    made.type.collation = option_value(tail.last());
  types.pop_back();
  for (const Node word : types) {
    const std::string lower = lower_case(word.text());
    if (is_mode(lower) && made.mode.empty()) {
      made.mode = lower;
    } else {
      made.name = name_of_token(word.context(), word.first_token());
    }
  }
  return made;
}

// LANGUAGE, AS and the rest of a header: words in any order up to the body.
void add_header(Node rest, ast::CreateFunction& made) {
  const bool is_postgres = rest.context().dialect == Dialect::postgres;
  for (std::uint32_t i = rest.first_token(); i < rest.end_token(); ++i) {
    const std::string word = lower_case(rest.token_text(i));
    const bool has_next = i + 1 < rest.end_token();
    if (word == "language" && has_next) {
      made.language = lower_case(name_of_token(rest.context(), i + 1).text);
      ++i;
    } else if (word == "immutable" || word == "stable" || word == "volatile" ||
               word == "deterministic") {
      made.volatility = word;
    } else if (word == "strict" ||
               (word == "returns" && has_next && rest.token(i + 1).type == sym::NULL_)) {
      made.is_strict = true;
    } else if (word == "definer") {
      made.is_security_definer = true;
    } else if (word == "as" && has_next && rest.token(i + 1).type == sym::STRING) {
      const Token& body = rest.token(i + 1);
      made.body = decode_string(rest.token_text(i + 1), rest.context().dialect);
      made.body_range = {rest.context().source, body.begin, body.end};
      ++i;
    } else if (word == "begin" || word == "return" || word == "declare" ||
               (!is_postgres &&
                (word == "select" || word == "insert" || word == "update" || word == "delete" ||
                 word == "if" || word == "set" || word == "call"))) {
      const SourceRange all = rest.range();
      made.body_range = {all.source, rest.token(i).begin, all.end};
      made.body = std::string(
          rest.context().text.substr(rest.token(i).begin, all.end - rest.token(i).begin));
      return;
    }
  }
}

}  // namespace

ast::CreateFunction create_function(Node node) {
  ast::CreateFunction made;
  made.name = path(node.find(sym::RulePath));
  made.or_replace = node.has(sym::REPLACE);
  made.is_procedure = node.has(sym::PROCEDURE);
  made.is_aggregate = node.has(sym::AGGREGATE);
  for (const Node child : node) {
    if (child.is(sym::RuleParameter)) made.parameters.push_back(parameter(child));
    if (child.is(sym::RuleTypeName)) made.returns = type(child);
    if (child.is(sym::RuleTypeAttribute)) {
      ast::ColumnDef column;
      column.range = child.range();
      column.name = name(child.first());
      column.type = type(child.find(sym::RuleTypeName));
      made.returns_table.push_back(std::move(column));
    }
    if (child.is(sym::RuleFunctionRest) && !child.is_empty()) add_header(child, made);
  }
  return made;
}

ast::CreateTrigger create_trigger(Node node) {
  ast::CreateTrigger made;
  made.or_replace = node.has(sym::REPLACE);
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  bool is_behind_on = false;
  for (const Node child : node) {
    if (child.is_token(sym::BEFORE)) made.timing = "before";
    if (child.is_token(sym::AFTER)) made.timing = "after";
    if (child.is_token(sym::INSTEAD)) made.timing = "instead of";
    if (child.is_token(sym::ON)) is_behind_on = true;
    if (child.is(sym::RulePath)) (is_behind_on ? made.table : made.name) = path(child);
    if (child.is(sym::RuleTriggerEvent)) {
      made.events.push_back(lower_case(child.word()));
      for (const Node column : child) {
        if (column.is(sym::RuleIdentifier)) made.update_columns.push_back(name(column));
      }
    }
    if (child.is(sym::RuleExpr)) made.when.push_back(expr(child));
    if (child.is(sym::RuleTriggerBody)) made.body = std::string(child.text());
    if (!child.is(sym::RuleTriggerPrelude) || child.is_empty()) continue;
    std::uint32_t i = child.first_token();
    for (; i < child.end_token(); ++i) {
      const std::string word = lower_case(child.token_text(i));
      if (word == "begin" || word == "execute") break;
      if (word == "row") {
        made.for_each_row = true;
        if (node.context().dialect != Dialect::mysql) continue;
        ++i;
        if (i < child.end_token() &&
            (is_word(child.token_text(i), "follows") || is_word(child.token_text(i), "precedes"))) {
          i += 2;
        }
        break;
      }
    }
    if (i < child.end_token()) {
      const std::uint32_t from = child.token(i).begin;
      made.body = std::string(child.context().text.substr(from, child.range().end - from));
    }
  }
  if (node.context().dialect == Dialect::sqlite) made.for_each_row = true;
  return made;
}

}  // namespace sqlxc::syntax::build
