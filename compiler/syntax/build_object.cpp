#include <algorithm>

#include "compiler/syntax/build.h"

// Views, indexes, types, domains, sequences, schemas, comments and DROP.
namespace sqlxc::syntax::build {

namespace {

std::string option_key(Node node) { return lower_case(node.word()); }

ast::ColumnDef attribute(Node node) {
  ast::ColumnDef made;
  made.range = node.range();
  made.name = name(node.first());
  made.type = type(node.find(sym::RuleTypeName));
  if (const Node of = node.find(sym::RuleCollationName)) {
    ast::Constraint collate;
    collate.kind = ast::Constraint::Kind::collate;
    collate.range = of.range();
    collate.text = collation(of);
    made.constraints.push_back(std::move(collate));
  }
  return made;
}

// The names and dots of tokens [from, to).
ast::Path path_of_tokens(Node node, std::uint32_t from, std::uint32_t to) {
  ast::Path made;
  std::uint32_t last = from;
  bool wants_name = true;
  for (std::uint32_t i = from; i < to; ++i) {
    if (node.token(i).type == sym::DOT) {
      wants_name = true;
      continue;
    }
    if (!wants_name || node.token(i).type == sym::LPAREN) break;
    made.names.push_back(name_of_token(node.context(), i));
    last = i;
    wants_name = false;
  }
  if (from < to) made.range = {node.context().source, node.token(from).begin, node.token(last).end};
  return made;
}

}  // namespace

ast::CreateView create_view(Node node) {
  ast::CreateView made;
  made.or_replace = node.has(sym::REPLACE) || node.token_type() == sym::ALTER;
  made.is_materialized = node.has(sym::MATERIALIZED);
  made.name = path(node.find(sym::RulePath));
  made.columns = names(node.find(sym::RuleNameList));
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  made.query.push_back(query(node.find(sym::RuleQuery)));
  made.with_no_data = node.has(sym::NO);
  if (const Node check = node.find_token(sym::CHECK_)) {
    made.check_option = "cascaded";
    if (node.has(sym::LOCAL)) made.check_option = "local";
  }
  for (const Node child : node) {
    if (child.is(sym::RuleViewModifier)) {
      const std::uint16_t word = child.token_type();
      made.is_temporary = made.is_temporary || word == sym::TEMP || word == sym::TEMPORARY;
      made.is_recursive = made.is_recursive || word == sym::RECURSIVE;
      if (word == sym::ALGORITHM)
        made.options.emplace_back("algorithm", lower_case(child.last().text()));
      if (word == sym::SQL)
        made.options.emplace_back("sql security", lower_case(child.last().text()));
      if (word == sym::DEFINER)
        made.options.emplace_back("definer", std::string(child.text()).substr(8));
    }
    if (!child.is(sym::RuleViewOption)) continue;
    if (const Node list = child.find(sym::RuleDefinitionList)) {
      for (auto& one : definitions(list)) made.options.push_back(std::move(one));
    } else {
      made.options.emplace_back(option_key(child), name(child.last()).text);
    }
  }
  return made;
}

ast::CreateIndex create_index(Node node) {
  ast::CreateIndex made;
  made.is_unique = node.has(sym::UNIQUE);
  made.is_only = node.has(sym::ONLY);
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  if (node.has(sym::FULLTEXT)) made.method = "fulltext";
  if (node.has(sym::SPATIAL)) made.method = "spatial";
  bool is_behind_on = false;
  for (const Node child : node) {
    if (child.is_token(sym::ON)) is_behind_on = true;
    if (child.is(sym::RulePath)) {
      ast::Path of = path(child);
      if (is_behind_on) {
        made.table = std::move(of);
      } else {
        made.name = of.names.back();
        // SQLite: the schema of the index is that of its table.
        if (of.names.size() > 1) made.options.emplace_back("schema", of.names[0].text);
      }
    }
    if (child.is(sym::RuleIndexMethod)) made.method = lower_case(name(child.last()).text);
    if (child.is(sym::RuleKeyElements)) made.elements = key_elements(child);
    if (!child.is(sym::RuleIndexPart)) continue;
    switch (child.token_type()) {
      case sym::INCLUDE:
        made.include = included(child.find(sym::RuleKeyElements));
        break;
      case sym::NOWAIT:
        break;
      case sym::NULLS:
        made.is_nulls_not_distinct = child.first().has(sym::NOT);
        break;
      case sym::WHERE:
        made.where.push_back(expr(child.find(sym::RuleExpr)));
        break;
      case sym::USING:
        made.method = lower_case(name(child.last()).text);
        break;
      case sym::WITH:
        if (const Node list = child.find(sym::RuleDefinitionList)) {
          for (auto& one : definitions(list)) made.options.push_back(std::move(one));
        }
        break;
      default:
        made.options.emplace_back(option_key(child), option_value(child.last()));
        break;
    }
  }
  return made;
}

ast::CreateType create_type(Node node) {
  using Kind = ast::CreateType::Kind;
  ast::CreateType made;
  made.name = path(node.find(sym::RulePath));
  for (const Node child : node) {
    if (child.is(sym::RuleText))
      made.labels.push_back(name_of_token(child.context(), child.first_token()));
    if (child.is(sym::RuleTypeAttribute)) made.attributes.push_back(attribute(child));
    if (child.is(sym::RuleDefinitionList)) made.options = definitions(child);
  }
  if (node.has(sym::ENUM)) {
    made.kind = Kind::enumeration;
  } else if (node.has(sym::RANGE)) {
    made.kind = Kind::range;
  } else if (node.has(sym::AS)) {
    made.kind = Kind::composite;
  } else if (node.find(sym::RuleDefinitionList)) {
    made.kind = Kind::base;
  }
  return made;
}

ast::CreateDomain create_domain(Node node) {
  ast::CreateDomain made;
  made.name = path(node.find(sym::RulePath));
  made.type = type(node.find(sym::RuleTypeName));
  std::vector<Node> parts;
  for (const Node child : node) {
    if (child.is(sym::RuleColumnPart)) parts.push_back(child);
  }
  made.constraints = column_parts(parts, nullptr);
  return made;
}

ast::Options sequence_options(const std::vector<Node>& words, std::optional<ast::Path>* owned_by) {
  ast::Options made;
  for (const Node node : words) {
    if (!node.is(sym::RuleSequenceWords)) continue;
    switch (node.token_type()) {
      case sym::AS:
        made.emplace_back("as", lower_case(node.last().text()));
        break;
      case sym::OWNED:
        if (owned_by != nullptr) *owned_by = path(node.last());
        break;
      case sym::NO:
        made.emplace_back(lower_case(node.last().text()), "no");
        break;
      case sym::SEQUENCE:
        made.emplace_back("sequence name", std::string(node.last().text()));
        break;
      case sym::OWNER:
      case sym::SET:
      case sym::RENAME:
        break;
      default: {
        const Node number = node.find(sym::RuleSignedNumber);
        made.emplace_back(lower_case(node.word()), number ? std::string(number.text()) : "");
        break;
      }
    }
  }
  return made;
}

ast::Statement create_sequence(Node node) {
  ast::Statement statement;
  statement.range = node.range();
  const ast::Path of = path(node.find(sym::RulePath));
  const bool is_alter = node.token_type() == sym::ALTER;
  if (is_alter) {
    // What changes the name or owner, not the numbers.
    for (const Node child : node) {
      if (!child.is(sym::RuleSequenceWords)) continue;
      const std::uint16_t word = child.token_type();
      if (word != sym::OWNER && word != sym::RENAME && word != sym::SET) continue;
      ast::AlterTable table;
      table.name = of;
      table.object = "sequence";
      ast::AlterAction action;
      action.range = child.range();
      action.text = child.words();
      if (word == sym::OWNER) action.kind = ast::AlterAction::Kind::owner_to;
      if (word == sym::RENAME) {
        action.kind = ast::AlterAction::Kind::rename_table;
        action.new_path = path(child.last());
      }
      if (child.has(sym::SCHEMA)) {
        action.kind = ast::AlterAction::Kind::set_schema;
        action.name = name(child.last());
      }
      table.actions.push_back(std::move(action));
      statement.node = std::move(table);
      return statement;
    }
  }
  ast::CreateSequence made;
  made.name = of;
  made.is_alter = is_alter;
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  made.options = sequence_options(node.children(), &made.owned_by);
  statement.node = std::move(made);
  return statement;
}

ast::CreateSchema create_schema(Node node) {
  ast::CreateSchema made;
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  Node before;
  Node owner;
  for (const Node child : node) {
    if (child.is(sym::RuleIdentifier)) {
      if (before.is_token(sym::AUTHORIZATION))
        owner = child;
      else
        made.name = name(child);
    }
    if (!child.is_token()) {
      ast::Statement element;
      element.range = child.range();
      if (child.is(sym::RuleCreateTable)) element.node = create_table(child);
      if (child.is(sym::RuleCreateView)) element.node = create_view(child);
      if (child.is(sym::RuleCreateIndex)) element.node = create_index(child);
      if (child.is(sym::RuleCreateTrigger)) element.node = create_trigger(child);
      if (child.is(sym::RuleCreateSequence)) element = create_sequence(child);
      if (element.node.index() != 0) made.elements.push_back(std::move(element));
    }
    before = child;
  }
  // CREATE SCHEMA AUTHORIZATION joe makes a schema joe.
  if (made.name.text.empty() && owner) made.name = name(owner);
  return made;
}

ast::CommentOn comment_on(Node node) {
  ast::CommentOn made;
  const Node target = node.find(sym::RuleCommentTarget);
  const Node last = node.last();
  made.text_range = last.range();
  if (last.is(sym::RuleText)) made.text = string_value(last);

  std::uint32_t at = target.first_token();
  const std::uint32_t end = target.end_token();
  static constexpr std::string_view kTwoWords[] = {
      "materialized", "foreign", "access", "event", "large", "text", "operator", "procedural"};
  made.object = lower_case(target.token_text(at));
  const bool is_two = std::any_of(std::begin(kTwoWords), std::end(kTwoWords),
                                  [&](std::string_view w) { return made.object == w; });
  ++at;
  if (is_two && at + 1 < end && target.token(at).type != sym::OP) {
    made.object += ' ';
    made.object += lower_case(target.token_text(at));
    ++at;
  }
  made.name = path_of_tokens(target, at, end);
  for (; at < end; ++at) {
    if (target.token(at).type != sym::ON) continue;
    ++at;
    if (at + 1 < end && target.token(at).type == sym::DOMAIN_) ++at;
    made.table = path_of_tokens(target, at, end);
  }
  return made;
}

ast::Drop drop(Node node) {
  ast::Drop made;
  made.object = node.find(sym::RuleDropObject).words();
  if (made.object.starts_with("temporary ")) made.object.erase(0, 10);
  if (made.object == "tables") made.object = "table";
  made.if_exists = static_cast<bool>(node.find(sym::RuleIfExists));
  bool is_behind_on = false;
  for (const Node child : node) {
    if (child.is_token(sym::ON)) is_behind_on = true;
    if (child.is(sym::RuleDropName)) made.names.push_back(path(child.first()));
    if (child.is(sym::RulePath) && is_behind_on) made.table = path(child);
    if (child.is(sym::RuleDropTail)) made.is_cascade = made.is_cascade || child.has(sym::CASCADE);
  }
  return made;
}

}  // namespace sqlxc::syntax::build
