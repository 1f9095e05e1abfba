#include <algorithm>
#include <utility>

#include "compiler/syntax/build.h"

// CREATE TABLE: its elements, options and partitions.
namespace sqlxc::syntax::build {

namespace {

using ast::Constraint;
using Kind = Constraint::Kind;

std::string like_options(Node element) {
  std::string made;
  for (const Node child : element) {
    if (!child.is(sym::RuleLikeOption)) continue;
    if (!made.empty()) made += ' ';
    made += child.words();
  }
  return made;
}

void add_element(Node element, ast::CreateTable& table) {
  const Node first = element.first();
  if (first.is(sym::RuleColumnDef)) {
    table.columns.push_back(column(first));
  } else if (first.is(sym::RuleTableConstraint)) {
    for (Constraint& one : table_constraints(element)) table.constraints.push_back(std::move(one));
  } else if (first.token_type() == sym::LIKE) {
    Constraint one = constraint(Kind::like, element);
    one.references.emplace();
    one.references->table = path(element.find(sym::RulePath));
    one.text = like_options(element);
    table.constraints.push_back(std::move(one));
  } else {
    Constraint one = constraint(Kind::period, element);
    one.text = element.words();
    table.constraints.push_back(std::move(one));
  }
}

void partition_by(Node option, ast::CreateTable& table) {
  ast::PartitionBy made;
  if (option.has(sym::PARTITION)) {
    made.strategy = lower_case(option.find(sym::RuleIdentifier).text());
    for (const Node child : option) {
      if (child.is(sym::RuleIndexElement)) made.keys.push_back(index_element(child).expr);
    }
  } else {
    std::string words;
    for (const Node child : option) {
      if (!child.is(sym::RuleLoose)) continue;
      if (child.token_type() == sym::LPAREN) {
        if (made.strategy.empty()) made.strategy = words;
      } else if (made.strategy.empty()) {
        if (!words.empty()) words += ' ';
        words += lower_case(child.text());
      }
      if (!made.text.empty()) made.text += ' ';
      made.text += child.text();
    }
  }
  table.partition_by = std::move(made);
}

std::string option_name(Node option) {
  std::string made;
  for (const Node child : option) {
    if (child.is_token(sym::EQ) || child.is(sym::RuleOptionValue) || child.is(sym::RuleText)) break;
    if (child.is_token(sym::DEFAULT)) continue;
    if (child.is(sym::RuleIdentifier) && !made.empty()) break;
    if (!made.empty()) made += ' ';
    made += child.is_token(sym::CHARSET) ? "charset"
            : child.is_token(sym::QUOTED_IDENTIFIER)
                ? lower_case(name_of_token(child.context(), child.first_token()).text)
                : lower_case(child.text());
    if (child.is_token(sym::CHARSET) || child.is_token(sym::COLLATE)) break;
  }
  return made;
}

}  // namespace

void table_option(Node option, ast::CreateTable& table) {
  const Node first = option.first();
  if (first.is(sym::RulePartitionBound)) {
    table.partition_bound = std::string(first.text());
    return;
  }
  switch (first.token_type()) {
    case sym::COMMA:
      return;
    case sym::INHERITS:
      for (const Node child : option) {
        if (child.is(sym::RulePath)) table.inherits.push_back(path(child));
      }
      return;
    case sym::PARTITION:
    case sym::PARTITION_M:
      return partition_by(option, table);
    case sym::USING:
      if (!table.is_virtual) {
        table.options.emplace_back("using", name(option.find(sym::RuleIdentifier)).text);
        return;
      }
      table.module = name(option.find(sym::RuleIdentifier)).text;
      if (const Node args = option.find(sym::RuleModuleArgs)) {
        for (const Node arg : args) {
          if (arg.is(sym::RuleModuleArg)) table.module_arguments.emplace_back(arg.text());
        }
      }
      return;
    case sym::WITH:
    case sym::OPTIONS:
      if (const Node list = option.find(sym::RuleDefinitionList)) {
        for (auto& one : definitions(list)) table.options.push_back(std::move(one));
      }
      return;
    case sym::WITHOUT:
      if (option.last().is_word("rowid")) table.is_without_rowid = true;
      return;
    case sym::ON:
      table.options.emplace_back("on commit", option.words().substr(10));
      return;
    case sym::IDENTIFIER:
      if (option.is_word("strict") && option.context().dialect == Dialect::sqlite) {
        table.is_strict = true;
        return;
      }
      break;
    default:
      break;
  }
  table.options.emplace_back(option_name(option), option_value(option.last()));
}

ast::CreateTable create_table(Node node) {
  ast::CreateTable made;
  Node before;
  for (const Node child : node) {
    if (child.is_token(sym::REPLACE)) made.or_replace = true;
    switch (child.is_token() ? 0 : child.rule()) {
      case sym::RuleTableModifier: {
        const std::uint16_t word = child.token_type();
        made.is_temporary = made.is_temporary || word == sym::TEMP || word == sym::TEMPORARY;
        made.is_unlogged = made.is_unlogged || word == sym::UNLOGGED;
        made.is_foreign = made.is_foreign || word == sym::FOREIGN;
        made.is_virtual = made.is_virtual || word == sym::VIRTUAL;
        break;
      }
      case sym::RuleIfNotExists:
        made.if_not_exists = true;
        break;
      case sym::RulePath: {
        ast::Path of = path(child);
        if (before.is_token(sym::LIKE)) {
          made.like = std::move(of);
        } else if (before.is_token(sym::OF)) {
          (node.has(sym::PARTITION) ? made.partition_of : made.of_type) = std::move(of);
        } else {
          made.name = std::move(of);
        }
        break;
      }
      case sym::RuleTableElements:
        for (const Node element : child) {
          if (element.is(sym::RuleTableElement)) add_element(element, made);
        }
        break;
      case sym::RuleTableOption:
        table_option(child, made);
        break;
      case sym::RuleQuery:
        made.as_query.push_back(query(child));
        break;
      case sym::RuleWithData:
        made.with_no_data = child.has(sym::NO);
        break;
      default:
        break;
    }
    before = child;
  }
  // MySQL's DEFAULT CHARSET begins as the bound of a default partition does.
  if (!made.partition_of) made.partition_bound.clear();
  // CREATE TABLE t (a, b) AS SELECT: names without types.
  const bool names_only =
      !made.as_query.empty() && made.constraints.empty() &&
      std::all_of(made.columns.begin(), made.columns.end(),
                  [](const ast::ColumnDef& c) { return !c.type && c.constraints.empty(); });
  if (names_only) {
    for (ast::ColumnDef& one : made.columns) made.as_columns.push_back(std::move(one.name));
    made.columns.clear();
  }
  const bool needs_types = node.context().dialect != Dialect::sqlite && !made.of_type &&
                           !made.partition_of && node.context().diagnostics != nullptr;
  for (const ast::ColumnDef& one : made.columns) {
    if (!needs_types || one.type) continue;
    const std::uint32_t behind = one.name.range.end;
    node.context().diagnostics->report<diag::SyntaxError>(
        SourceRange{one.name.range.source, behind, behind},
        "the end of column `" + one.name.text + "`", "a type");
  }
  // MySQL's CREATE TABLE a (LIKE b).
  const bool is_like = node.context().dialect == Dialect::mysql && made.columns.empty() &&
                       made.constraints.size() == 1 && made.constraints[0].kind == Kind::like;
  if (is_like) {
    made.like = made.constraints[0].references->table;
    made.constraints.clear();
  }
  return made;
}

}  // namespace sqlxc::syntax::build
