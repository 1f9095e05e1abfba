#include <algorithm>

#include "compiler/syntax/build.h"

// ALTER TABLE and its kin.
namespace sqlxc::syntax::build {

namespace {

using ast::AlterAction;
using Kind = AlterAction::Kind;

Node nth_identifier(Node node, std::size_t n) {
  for (const Node child : node) {
    if (child.is(sym::RuleIdentifier) && n-- == 0) return child;
  }
  return {};
}

void add_action(Node node, AlterAction& made) {
  if (const Node of = node.find(sym::RuleColumnDef)) {
    made.kind = Kind::add_column;
    made.columns.push_back(column(of));
    made.name = made.columns[0].name;
  } else if (node.find(sym::RuleTableConstraint)) {
    made.kind = Kind::add_constraint;
    made.constraint = table_constraints(node);
    if (made.constraint[0].name) made.name = *made.constraint[0].name;
  } else if (const Node elements = node.find(sym::RuleTableElements)) {
    made.kind = Kind::add_column;
    for (const Node element : elements) {
      if (!element.is(sym::RuleTableElement)) continue;
      if (const Node one = element.find(sym::RuleColumnDef)) made.columns.push_back(column(one));
    }
  }
}

void drop_action(Node node, AlterAction& made) {
  if (const Node of = nth_identifier(node, 0)) made.name = name(of);
  const Node word = node.children()[1];
  switch (word.is_token() ? word.token_type() : 0) {
    case sym::CONSTRAINT:
      made.kind = Kind::drop_constraint;
      return;
    case sym::PRIMARY:
      made.kind = Kind::drop_primary_key;
      return;
    case sym::FOREIGN:
      made.kind = Kind::drop_foreign_key;
      made.name = name(node.last());  // MariaDB takes the table's name in front of it
      return;
    case sym::INDEX:
    case sym::KEY:
      made.kind = Kind::drop_index;
      return;
    case sym::CHECK_:
      made.kind = Kind::drop_check;
      return;
    case sym::PARTITION_M:
      return;
    default:
      made.kind = Kind::drop_column;
      return;
  }
}

void set_type(Node node, AlterAction& made) {
  made.kind = Kind::alter_type;
  ast::ColumnDef column;
  column.name = made.name;
  column.range = node.range();
  column.type = type(node.find(sym::RuleTypeName));
  if (const Node of = node.find(sym::RuleCollationName)) column.type->collation = collation(of);
  made.columns.push_back(std::move(column));
  if (const Node value = node.find(sym::RuleExpr)) made.expr.push_back(expr(value));
}

ast::Options identity_changes(Node node) {
  ast::Options made;
  for (const Node child : node) {
    if (!child.is(sym::RuleIdentityChange)) continue;
    if (child.has(sym::GENERATED)) {
      made.emplace_back("generated", child.has(sym::ALWAYS) ? "always" : "by default");
    }
    for (auto& one : sequence_options(child.children(), nullptr)) made.push_back(std::move(one));
  }
  return made;
}

void alter_column(Node node, AlterAction& made) {
  if (node.find(sym::RuleTypeName)) return set_type(node, made);
  const std::uint16_t verb = node.token_type();
  if (verb == sym::ADD) {
    made.kind = Kind::add_identity;
    ast::Constraint identity;
    identity.kind = ast::Constraint::Kind::identity;
    identity.range = node.range();
    identity.is_always = node.has(sym::ALWAYS);
    if (const Node options = node.find(sym::RuleSequenceOptions)) {
      identity.options = sequence_options(options.children(), nullptr);
    }
    made.constraint.push_back(std::move(identity));
    return;
  }
  const bool is_drop = verb == sym::DROP;
  if (!is_drop && verb != sym::SET) {
    made.text = node.words();
    return;
  }
  if (node.has(sym::DEFAULT) && (is_drop || node.find(sym::RuleExpr))) {
    made.kind = is_drop ? Kind::drop_default : Kind::set_default;
    if (!is_drop) made.expr.push_back(expr(node.find(sym::RuleExpr)));
  } else if (node.has(sym::NULL_)) {
    made.kind = is_drop ? Kind::drop_not_null : Kind::set_not_null;
  } else if (is_drop) {
    made.kind = node.has(sym::IDENTITY) ? Kind::drop_identity : Kind::drop_expression;
  } else if (node.find(sym::RuleIdentityChange)) {
    made.options = identity_changes(node);
    made.kind = Kind::set_identity;
    // It has the form of an option of a sequence.
    if (made.options.front().first == "statistics") {
      made.kind = Kind::other;
      made.options.clear();
      made.text = node.words();
    }
  } else if (node.has(sym::AS)) {
    made.kind = Kind::set_expression;
    made.expr.push_back(expr(node.find(sym::RuleExpr)));
  } else {
    made.text = node.words();
  }
}

void alter_action(Node node, AlterAction& made) {
  if (const Node of = nth_identifier(node, 0)) made.name = name(of);
  if (const Node of = node.find(sym::RuleAlterColumn)) return alter_column(of, made);
  if (node.has(sym::CONSTRAINT)) {
    made.kind = Kind::alter_constraint;
    ast::Constraint one;
    one.name = made.name;
    one.range = node.range();
    for (const Node part : node) {
      if (part.is(sym::RuleConstraintPart)) constraint_part(part, one);
    }
    made.constraint.push_back(std::move(one));
    return;
  }
  made.text = node.words();
}

void rename_action(Node node, AlterAction& made) {
  std::vector<ast::Path> paths;
  for (const Node child : node) {
    if (child.is(sym::RulePath)) paths.push_back(path(child));
  }
  if (paths.size() == 1) {
    made.kind = Kind::rename_table;
    made.new_path = std::move(paths[0]);
    return;
  }
  if (paths.size() == 2) {
    made.kind = Kind::rename_column;
    made.name = paths[0].names.back();
    made.new_name = paths[1].names.back();
    return;
  }
  made.name = name(nth_identifier(node, 0));
  made.new_name = name(nth_identifier(node, 1));
  made.kind = node.has(sym::COLUMN)       ? Kind::rename_column
              : node.has(sym::CONSTRAINT) ? Kind::rename_constraint
                                          : Kind::rename_index;
}

bool is_table_option(Node node) {
  static constexpr std::string_view kOptions[] = {"engine",
                                                  "row_format",
                                                  "avg_row_length",
                                                  "checksum",
                                                  "connection",
                                                  "delay_key_write",
                                                  "insert_method",
                                                  "max_rows",
                                                  "min_rows",
                                                  "pack_keys",
                                                  "password",
                                                  "stats_persistent",
                                                  "key_block_size",
                                                  "transactional",
                                                  "page_checksum",
                                                  "stats_auto_recalc",
                                                  "type"};
  return std::any_of(std::begin(kOptions), std::end(kOptions),
                     [&](std::string_view o) { return node.is_word(o); });
}

void option_action(Node node, AlterAction& made) {
  made.kind = Kind::set_options;
  const auto add = [&](Node from) {
    std::string key;
    std::string value;
    for (const Node child : from) {
      if (child.is_token(sym::EQ) || child.is_token(sym::DEFAULT)) continue;
      if (child.is(sym::RuleAlterMore)) continue;
      if (child.is(sym::RuleLoose) && child.token_type() == sym::EQ) continue;
      if (key.empty()) {
        key = child.is_token(sym::CHARSET) ? "charset" : lower_case(child.text());
      } else if (value.empty()) {
        value = option_value(child);
      }
    }
    made.options.emplace_back(std::move(key), std::move(value));
  };
  add(node);
  for (const Node child : node) {
    if (child.is(sym::RuleAlterMore)) add(child);
  }
}

AlterAction action(Node node) {
  AlterAction made;
  made.range = node.range();
  made.if_exists = static_cast<bool>(node.find(sym::RuleIfExists));
  made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  if (const Node behaviour = node.find(sym::RuleDropBehaviour))
    made.is_cascade = behaviour.has(sym::CASCADE);
  if (const Node of = node.find(sym::RulePath)) made.new_path = path(of);
  made.text = node.words();
  switch (node.token_type()) {
    case sym::ADD:
      add_action(node, made);
      break;
    case sym::DROP:
      drop_action(node, made);
      break;
    case sym::ALTER:
      alter_action(node, made);
      break;
    case sym::MODIFY:
      made.kind = Kind::modify_column;
      made.columns.push_back(column(node.find(sym::RuleColumnDef)));
      made.name = made.columns[0].name;
      break;
    case sym::CHANGE:
      made.kind = Kind::change_column;
      made.name = name(nth_identifier(node, 0));
      made.columns.push_back(column(node.find(sym::RuleColumnDef)));
      break;
    case sym::RENAME:
      rename_action(node, made);
      break;
    case sym::SET:
      if (node.has(sym::SCHEMA)) {
        made.kind = Kind::set_schema;
        made.name = name(node.last());
      }
      break;
    case sym::OWNER:
      made.kind = Kind::owner_to;
      made.name = name_of_token(node.context(), node.last().first_token());
      break;
    case sym::VALIDATE:
      made.kind = Kind::validate_constraint;
      made.name = name(node.last());
      break;
    case sym::ATTACH:
      made.kind = Kind::attach_partition;
      made.text = std::string(
          node.find(sym::RulePartitionBound) ? node.find(sym::RulePartitionBound).text() : "");
      break;
    case sym::DETACH:
      made.kind = Kind::detach_partition;
      break;
    case sym::INHERIT:
      made.kind = Kind::inherit;
      break;
    case sym::NO:
      if (node.has(sym::INHERIT)) made.kind = Kind::no_inherit;
      break;
    case sym::CONVERT:
      made.kind = Kind::convert_charset;
      break;
    case sym::AUTO_INCREMENT:
    case sym::COMMENT:
    case sym::CHARSET:
    case sym::COLLATE:
    case sym::DEFAULT:
      option_action(node, made);
      break;
    case sym::IDENTIFIER:
      if (is_table_option(node)) option_action(node, made);
      break;
    default:
      break;
  }
  return made;
}

}  // namespace

ast::AlterTable alter_table(Node node) {
  ast::AlterTable made;
  std::string object;
  for (const Node child : node) {
    if (child.is(sym::RulePath)) made.name = path(child);
    if (child.is(sym::RuleIfExists)) made.if_exists = true;
    if (child.is_token(sym::ONLY)) made.is_only = true;
    if (child.is(sym::RuleAlterAction)) made.actions.push_back(action(child));
    switch (child.is_token() || child.is(sym::RuleIndex) ? child.token_type() : 0) {
      case sym::FOREIGN:
      case sym::TABLE:
      case sym::MATERIALIZED:
      case sym::VIEW:
      case sym::INDEX:
      case sym::INDEX_S:
      case sym::SEQUENCE:
        if (!object.empty()) object += ' ';
        object += lower_case(child.text());
        break;
      default:
        break;
    }
  }
  made.object = std::move(object);
  return made;
}

ast::AlterType alter_type(Node node) {
  ast::AlterType made;
  made.name = path(node.find(sym::RulePath));
  std::vector<ast::Name> labels;
  for (const Node child : node) {
    if (child.is(sym::RuleText))
      labels.push_back(name_of_token(child.context(), child.first_token()));
    if (!child.is(sym::RuleAttributeAction)) continue;
    AlterAction one;
    one.range = child.range();
    one.if_exists = static_cast<bool>(child.find(sym::RuleIfExists));
    one.if_not_exists = static_cast<bool>(child.find(sym::RuleIfNotExists));
    if (const Node attribute = child.find(sym::RuleTypeAttribute)) {
      one.kind = Kind::add_column;
      ast::ColumnDef column;
      column.name = name(attribute.first());
      column.type = type(attribute.find(sym::RuleTypeName));
      column.range = attribute.range();
      one.name = column.name;
      one.columns.push_back(std::move(column));
    } else {
      one.name = name(child.find(sym::RuleIdentifier));
      one.kind = Kind::drop_column;
      if (child.find(sym::RuleTypeName)) set_type(child, one);
    }
    made.actions.push_back(std::move(one));
  }
  if (!made.actions.empty()) {
    made.kind = ast::AlterType::Kind::attributes;
  } else if (!labels.empty()) {
    made.kind = node.has(sym::RENAME) ? ast::AlterType::Kind::rename_value
                                      : ast::AlterType::Kind::add_value;
    made.label = labels[0];
    if (labels.size() > 1) made.other_label = labels[1];
    made.is_before = node.has(sym::BEFORE);
    made.if_not_exists = static_cast<bool>(node.find(sym::RuleIfNotExists));
  } else if (node.has(sym::RENAME) && nth_identifier(node, 0) && !nth_identifier(node, 1)) {
    made.kind = ast::AlterType::Kind::rename_to;
    made.label = name(nth_identifier(node, 0));
  } else if (node.has(sym::SCHEMA)) {
    made.kind = ast::AlterType::Kind::set_schema;
    made.label = name(nth_identifier(node, 0));
  } else if (node.has(sym::RENAME) && nth_identifier(node, 1)) {
    // RENAME ATTRIBUTE a TO b.
    made.kind = ast::AlterType::Kind::attributes;
    AlterAction one;
    one.range = node.range();
    one.kind = Kind::rename_column;
    one.name = name(nth_identifier(node, 0));
    one.new_name = name(nth_identifier(node, 1));
    made.actions.push_back(std::move(one));
  } else {
    made.text = node.words();
  }
  return made;
}

ast::AlterDomain alter_domain(Node node) {
  ast::AlterDomain made;
  made.name = path(node.find(sym::RulePath));
  AlterAction& action = made.action;
  action.range = node.range();
  action.if_exists = static_cast<bool>(node.find(sym::RuleIfExists));
  action.text = node.words();
  if (const Node of = nth_identifier(node, 0)) action.name = name(of);
  const Node verb = node.children()[3];
  const bool has_default = node.has(sym::DEFAULT);
  switch (verb.token_type()) {
    case sym::SET:
      action.kind = has_default          ? Kind::set_default
                    : node.has(sym::NOT) ? Kind::set_not_null
                                         : Kind::set_schema;
      if (has_default) action.expr.push_back(expr(node.find(sym::RuleExpr)));
      break;
    case sym::DROP:
      action.kind = has_default          ? Kind::drop_default
                    : node.has(sym::NOT) ? Kind::drop_not_null
                                         : Kind::drop_constraint;
      break;
    case sym::ADD: {
      action.kind = Kind::add_constraint;
      ast::Constraint one;
      one.range = node.range();
      if (const Node of = nth_identifier(node, 0)) one.name = name(of);
      if (const Node value = node.find(sym::RuleExpr)) {
        one.kind = ast::Constraint::Kind::check;
        one.expr.push_back(expr(value));
      }
      for (const Node part : node) {
        if (part.is(sym::RuleConstraintPart)) constraint_part(part, one);
      }
      action.constraint.push_back(std::move(one));
      break;
    }
    case sym::RENAME:
      if (node.has(sym::CONSTRAINT)) {
        action.kind = Kind::rename_constraint;
        action.new_name = name(nth_identifier(node, 1));
      } else {
        action.kind = Kind::rename_table;
        action.new_path.names.push_back(action.name);
        action.new_path.range = action.name.range;
      }
      break;
    case sym::VALIDATE:
      action.kind = Kind::validate_constraint;
      break;
    default:
      action.kind = Kind::owner_to;
      break;
  }
  return made;
}

ast::RenameTable rename_table(Node node) {
  ast::RenameTable made;
  for (const Node child : node) {
    if (!child.is(sym::RuleRenamePair)) continue;
    made.pairs.emplace_back(path(child.find(sym::RulePath)), path(child.last()));
  }
  return made;
}

}  // namespace sqlxc::syntax::build
