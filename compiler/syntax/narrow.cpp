#include "compiler/syntax/narrow.h"

#include "compiler/syntax/reserved.h"

namespace sqlxc::syntax {

namespace {

using narrow::Found;

Found of_node(Node node) {
  switch (node.rule()) {
    case sym::RuleCreateTable:
      return narrow::table(node);
    case sym::RuleColumnDef:
      return narrow::column(node);
    case sym::RuleTableConstraint:
      return narrow::constraint(node);
    case sym::RuleAlterAction:
      return narrow::alter_action(node);
    case sym::RuleCreateView:
      return narrow::view(node);
    case sym::RuleCreateIndex:
      return narrow::index(node);
    case sym::RuleCreateTrigger:
      return narrow::trigger(node);
    case sym::RuleCreateFunction:
      return narrow::function(node);
    case sym::RuleBalanced:
      return narrow::partitions(node);
    case sym::RuleDefaultValue:
      return narrow::default_value(node);
    case sym::RuleSelectItem:
      return narrow::select_item(node);
    case sym::RuleFromItem:
      return narrow::from_item(node);
    case sym::RuleTableAlias:
      return narrow::table_alias(node);
    case sym::RuleFrame:
      return narrow::frame(node);
    case sym::RulePrimary:
      return narrow::cast(node);
    case sym::RuleNameExpr:
      return narrow::column_path(node);
    case sym::RuleReferences:
      return narrow::path(node.find(sym::RulePath), "a table name");
    case sym::RuleNameList:
      return narrow::name_list(node, "a column name");
    case sym::RuleInsertColumn:
    case sym::RuleAssignTarget:
      return narrow::path(node.find(sym::RulePath), "a column name");
    case sym::RuleCommonTable:
      return narrow::name(node.first(), "a name");
    case sym::RuleTypeAttribute:
      return narrow::name(node.first(), "a name");
    case sym::RuleDropStatement:
      return narrow::drop(node);
    case sym::RuleCreateSequence:
    case sym::RuleAlterTable:
      return narrow::path(node.find(sym::RulePath), "a table name");
    default:
      return {};
  }
}

bool is_word_like(std::string_view text) {
  const char c = text.empty() ? '\0' : text.front();
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::optional<Refusal> refusal(const BuildContext& context) {
  Found first;
  for (std::uint32_t i = 0; i < context.tree->nodes.size(); ++i) {
    const TreeNode& raw = context.tree->nodes[i];
    if (raw.is_token || (first && raw.token > first->token)) continue;
    Found found = of_node(Node(&context, i));
    if (found && (!first || found->token < first->token)) first = std::move(found);
  }
  return first;
}

std::optional<Refusal> strange_character(const BuildContext& context) {
  if (context.dialect == Dialect::mysql) return {};
  const auto& tokens = context.tree->tokens;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].type == sym::OTHER_CHAR) return Refusal{i, "a word"};
  }
  return {};
}

std::optional<Refusal> pragma_refusal(const BuildContext& context) {
  const auto& tokens = context.tree->tokens;
  std::uint32_t at = 2;  // behind PRAGMA and a name
  if (at < tokens.size() && tokens[at].type == sym::DOT) at += 2;
  if (at >= tokens.size() || tokens[at].type == sym::END_OF_TEXT) return {};
  const bool is_bracket = tokens[at].type == sym::LPAREN;
  if (!is_bracket && tokens[at].type != sym::EQ)
    return Refusal{at, "`=`, `(` or the end of the statement"};
  ++at;
  if (tokens[at].type == sym::PLUS || tokens[at].type == sym::MINUS) ++at;
  const std::string_view value = text_of(context.text, tokens[at]);
  const bool is_kept =
      is_word(value, "on") || is_word(value, "delete") || is_word(value, "default");
  const bool is_value = tokens[at].type == sym::NUMBER || tokens[at].type == sym::STRING ||
                        tokens[at].type == sym::QUOTED_IDENTIFIER ||
                        (is_word_like(value) && (is_kept || !cannot_name(value, Dialect::sqlite)));
  if (!is_value) return Refusal{at, "a value"};
  ++at;
  if (is_bracket && tokens[at].type != sym::RPAREN) return Refusal{at, "`)`"};
  if (is_bracket) ++at;
  if (tokens[at].type != sym::END_OF_TEXT) return Refusal{at, "the end of the statement"};
  return {};
}

}  // namespace sqlxc::syntax
