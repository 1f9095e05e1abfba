#include "compiler/syntax/build.h"

// INSERT, UPDATE, DELETE, and a query that stands alone.
namespace sqlxc::syntax::build {

namespace {

ast::Path target(Node node) {
  ast::Path made;
  made.range = node.range();
  for (const Node child : node) {
    if (child.is(sym::RulePath)) {
      for (ast::Name& part : path(child).names) made.names.push_back(std::move(part));
    } else if (child.is(sym::RuleIdentifier)) {
      made.names.push_back(name(child));
    }
  }
  return made;
}

ast::Assignment assignment(Node node) {
  ast::Assignment made;
  for (const Node child : node) {
    if (child.is(sym::RuleAssignTarget)) made.targets.push_back(target(child));
    if (child.is(sym::RuleExpr)) made.value = expr(child);
  }
  return made;
}

ast::OnConflict on_conflict(Node tail) {
  ast::OnConflict made;
  bool is_behind_do = false;
  for (const Node child : tail) {
    if (child.is_token(sym::DO)) is_behind_do = true;
    if (child.is(sym::RuleIndexElement)) made.target.push_back(index_element(child));
    if (child.is(sym::RuleIdentifier)) made.constraint = name(child);
    if (child.is(sym::RuleAssignment)) made.set.push_back(assignment(child));
    if (child.is(sym::RuleExpr))
      (is_behind_do ? made.where : made.target_where).push_back(expr(child));
  }
  made.do_nothing = !tail.has(sym::UPDATE);
  return made;
}

std::vector<ast::SelectItem> returning(Node node) {
  const Node clause = node.find(sym::RuleReturning);
  return clause ? select_items(clause.find(sym::RuleSelectItems)) : std::vector<ast::SelectItem>{};
}

ast::Insert insert(Node node) {
  ast::Insert made;
  made.verb = lower_case(node.word());
  bool is_duplicate = false;
  for (const Node child : node) {
    if (child.is_token(sym::ON_DUPLICATE)) is_duplicate = true;
    switch (child.is_token() ? 0 : child.rule()) {
      case sym::RuleWriteModifier:
        made.verb += ' ';
        made.verb += child.words();
        break;
      case sym::RulePath:
        made.table = path(child);
        break;
      case sym::RuleInsertAlias:
        made.alias = name(child.last());
        break;
      case sym::RuleInsertColumn:
        made.columns.push_back(path(child.first()));
        break;
      case sym::RuleIdentifier:
        made.overriding = lower_case(child.text()) + " value";
        break;
      case sym::RuleQuery:
        made.query.push_back(query(child));
        break;
      case sym::RuleAssignment:
        (is_duplicate ? made.on_duplicate_key : made.set).push_back(assignment(child));
        break;
      case sym::RuleConflictTail:
        made.on_conflict.push_back(on_conflict(child));
        break;
      default:
        break;
    }
  }
  made.returning = returning(node);
  return made;
}

// WHERE, ORDER BY and LIMIT of an UPDATE or DELETE.
template <typename Write>
void add_tail(Node node, Write& made) {
  if (const Node where = node.find(sym::RuleWhereTail)) {
    if (const Node condition = where.find(sym::RuleExpr)) {
      made.where.push_back(expr(condition));
    } else {
      ast::Expr current;
      current.kind = ast::Expr::Kind::opaque;
      current.range = where.range();
      current.text = "current of " + name(where.last()).text;
      made.where.push_back(std::move(current));
    }
  }
  made.order_by = order_by(node.find(sym::RuleOrderBy));
  if (const Node limit = node.find(sym::RuleLimitPart)) {
    if (const Node value = limit.first().find(sym::RuleExpr)) made.limit.push_back(expr(value));
  }
  made.returning = returning(node);
}

ast::Update update(Node node) {
  ast::Update made;
  bool is_behind_from = false;
  for (const Node child : node) {
    if (child.is_token(sym::FROM)) is_behind_from = true;
    if (child.is(sym::RuleWriteModifier)) {
      made.verb += ' ';
      made.verb += child.words();
    }
    if (child.is(sym::RuleFromItem))
      (is_behind_from ? made.from : made.tables).push_back(from_item(child));
    if (child.is(sym::RuleAssignment)) made.set.push_back(assignment(child));
  }
  add_tail(node, made);
  return made;
}

ast::FromItem delete_target(Node node) {
  ast::FromItem made;
  made.range = node.range();
  made.is_only = node.has(sym::ONLY);
  for (const Node child : node) {
    if (child.is(sym::RulePath)) made.table = path(child);
    if (child.is(sym::RuleIdentifier)) made.alias = name(child);
    if (child.is(sym::RuleTableHint)) made.hints = child.words();
  }
  return made;
}

ast::Delete delete_from(Node node) {
  ast::Delete made;
  for (const Node child : node) {
    if (child.is(sym::RuleDeleteTarget)) made.tables.push_back(delete_target(child));
    if (child.is(sym::RuleFromItem)) made.from.push_back(from_item(child));
    if (child.is(sym::RulePath)) {
      ast::FromItem item;
      item.range = child.range();
      item.table = path(child);
      made.tables.push_back(std::move(item));
    }
  }
  add_tail(node, made);
  return made;
}

}  // namespace

ast::Statement write(Node node) {
  ast::Statement made;
  made.range = node.range();
  bool is_recursive = false;
  std::vector<ast::CommonTable> tables = with(node.find(sym::RuleWithClause), is_recursive);
  for (const Node child : node) {
    if (child.is(sym::RuleInsertStatement)) {
      ast::Insert one = insert(child);
      one.with = std::move(tables);
      made.node = std::move(one);
    } else if (child.is(sym::RuleUpdateStatement)) {
      ast::Update one = update(child);
      one.with = std::move(tables);
      made.node = std::move(one);
    } else if (child.is(sym::RuleDeleteStatement)) {
      ast::Delete one = delete_from(child);
      one.with = std::move(tables);
      made.node = std::move(one);
    } else if (child.is(sym::RuleQueryBody)) {
      ast::SelectStatement one{query_body(child)};
      one.query.with = std::move(tables);
      one.query.is_recursive = is_recursive;
      one.query.range = node.range();
      made.node = std::move(one);
    }
  }
  return made;
}

}  // namespace sqlxc::syntax::build
