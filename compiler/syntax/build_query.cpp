#include <algorithm>
#include <utility>

#include "compiler/syntax/build.h"

// SELECT, VALUES, TABLE and their unions; FROM and its joins.
namespace sqlxc::syntax::build {

namespace {

using ast::FromItem;
using ast::Query;

ast::Select select(Node node) {
  ast::Select made;
  Node before;
  for (const Node child : node) {
    switch (child.is_token() ? 0 : child.rule()) {
      case sym::RuleSelectModifier:
        if (child.has(sym::DISTINCT)) made.is_distinct = true;
        if (const Node on = child.find(sym::RuleExprList)) made.distinct_on = exprs(on);
        if (child.has(sym::LOW_PRIORITY) || child.has(sym::STRAIGHT_JOIN)) {
          if (!made.modifiers.empty()) made.modifiers += ' ';
          made.modifiers += lower_case(child.text());
        }
        break;
      case sym::RuleSelectItems:
        made.items = select_items(child);
        break;
      case sym::RuleFromItem:
        made.from.push_back(from_item(child));
        break;
      case sym::RuleExpr:
        (before.is_token(sym::WHERE) ? made.where : made.having).push_back(expr(child));
        break;
      case sym::RuleGroupBy:
        for (const Node item : child) {
          if (item.is(sym::RuleGroupItem)) made.group_by.push_back(expr(item.first()));
        }
        made.with_rollup = child.has(sym::WITH_ROLLUP);
        break;
      case sym::RuleWindowDef:
        made.windows.emplace_back(name(child.first()), window(child.find(sym::RuleWindowSpec)));
        break;
      default:
        break;
    }
    before = child;
  }
  return made;
}

Query term(Node node) {
  Query made;
  made.range = node.range();
  const Node first = node.first();
  if (first.is(sym::RuleSelectCore)) {
    made.select.push_back(select(first));
  } else if (first.token_type() == sym::VALUES) {
    made.kind = Query::Kind::values;
    for (const Node row : node) {
      if (!row.is(sym::RuleValuesRow)) continue;
      if (const Node of = row.find(sym::RuleQuery)) {
        ast::Expr subquery;
        subquery.kind = ast::Expr::Kind::subquery;
        subquery.range = row.range();
        subquery.query.push_back(query(of));
        made.values.push_back({std::move(subquery)});
      } else {
        made.values.push_back(exprs(row.find(sym::RuleExprList)));
      }
    }
  } else if (first.token_type() == sym::TABLE) {
    made.kind = Query::Kind::table;
    made.table = path(node.find(sym::RulePath));
  } else {
    made.kind = Query::Kind::parenthesized;
    made.operands.push_back(query(node.find(sym::RuleQuery)));
  }
  return made;
}

Query combine(Query left, Node op, Query right) {
  Query made;
  made.kind = Query::Kind::set_operation;
  made.range = join(left.range, right.range);
  made.set_operator = lower_case(op.word());
  made.is_all = op.has(sym::ALL);
  made.operands.push_back(std::move(left));
  made.operands.push_back(std::move(right));
  return made;
}

void add_tail(Node tail, Query& made) {
  if (const Node limit = tail.find(sym::RuleLimitClause)) {
    std::vector<ast::Expr> values;
    for (const Node child : limit) {
      if (child.is(sym::RuleExpr)) values.push_back(expr(child));
    }
    if (values.size() == 2) {
      // LIMIT offset, count
      made.offset.assign(1, values[0]);
      made.limit.assign(1, values[1]);
    } else {
      made.limit = std::move(values);
    }
    return;
  }
  switch (tail.token_type()) {
    case sym::OFFSET:
      made.offset.assign(1, expr(tail.find(sym::RuleExpr)));
      return;
    case sym::FETCH: {
      made.with_ties = tail.has(sym::TIES);
      if (const Node value = tail.find(sym::RuleExpr)) {
        made.limit.assign(1, expr(value));
        return;
      }
      ast::Expr count;
      count.kind = ast::Expr::Kind::number;
      count.range = tail.range();
      const Node number = tail.find(sym::RuleSignedNumber);
      count.text = number ? std::string(number.text()) : "1";
      made.limit.assign(1, std::move(count));
      return;
    }
    case sym::FOR:
    case sym::LOCK:
      made.locking.push_back(tail.words());
      return;
    default:
      return;
  }
}

ast::CommonTable common_table(Node node) {
  ast::CommonTable made;
  made.name = name(node.find(sym::RuleIdentifier));
  made.columns = names(node.find(sym::RuleNameList));
  if (node.has(sym::MATERIALIZED)) made.is_materialized = !node.has(sym::NOT);
  if (const Node of = node.find(sym::RuleQuery)) made.query.push_back(query(of));
  if (const Node of = node.find(sym::RuleWriteBody)) made.statement.push_back(write(of));
  return made;
}

void add_alias(Node alias, FromItem& made) {
  for (const Node child : alias) {
    if (child.is(sym::RuleIdentifier) || child.is_token(sym::STRING) ||
        child.is_token(sym::STRING_ALIAS)) {
      made.alias = name_of_token(child.context(), child.first_token());
    }
    if (!child.is(sym::RuleAliasColumns)) continue;
    for (const Node column : child) {
      if (column.is(sym::RuleAliasColumn)) made.column_aliases.push_back(name(column.first()));
    }
  }
}

void add_tail(Node tail, FromItem& made) {
  for (const Node child : tail) {
    if (child.is_token(sym::WITH_ORDINALITY)) made.with_ordinality = true;
    if (child.is(sym::RuleTableAlias)) add_alias(child, made);
    if (child.is(sym::RuleTableHint)) {
      if (!made.hints.empty()) made.hints += ' ';
      made.hints += child.words();
    }
  }
}

ast::Expr call_of(Node path_node, Node args, SourceRange range);

FromItem from_primary(Node node) {
  FromItem made;
  made.range = node.range();
  made.is_only = node.has(sym::ONLY);
  made.is_lateral = node.has(sym::LATERAL);
  if (const Node tail = node.find(sym::RuleFromTail)) add_tail(tail, made);
  if (const Node of = node.find(sym::RuleQuery)) {
    made.kind = FromItem::Kind::subquery;
    made.query.push_back(query(of));
  } else if (node.find(sym::RuleFromItem)) {
    made.kind = FromItem::Kind::parenthesized;
    for (const Node child : node) {
      if (child.is(sym::RuleFromItem)) made.operands.push_back(from_item(child));
    }
  } else if (node.has(sym::ROWS_FROM)) {
    made.kind = FromItem::Kind::function;
    for (const Node child : node) {
      if (child.is(sym::RuleFunctionCall)) {
        made.function.push_back(
            call_of(child.find(sym::RulePath), child.find(sym::RuleCallArgs), child.range()));
      }
    }
  } else if (node.has(sym::OPAQUE_CALL) || node.has(sym::CAST)) {
    made.kind = FromItem::Kind::opaque;
    ast::Expr text;
    text.kind = ast::Expr::Kind::opaque;
    text.range = node.range();
    const bool is_lateral = node.first().is_token(sym::LATERAL);
    text.text = std::string(is_lateral ? node.children()[1].text() : node.word());
    text.text += node.find(sym::RuleBalanced).text();
    made.function.push_back(std::move(text));
  } else if (const Node word = node.find_token(sym::NILADIC)) {
    made.kind = FromItem::Kind::function;
    ast::Expr call;
    call.kind = ast::Expr::Kind::call;
    call.text = "niladic";
    call.range = word.range();
    call.path.names.push_back(name_of_token(word.context(), word.first_token()));
    made.function.push_back(std::move(call));
  } else if (const Node args = node.find(sym::RuleCallArgs)) {
    made.kind = FromItem::Kind::function;
    made.function.push_back(call_of(node.find(sym::RulePath), args, node.range()));
  } else {
    made.table = path(node.find(sym::RulePath));
  }
  return made;
}

ast::Expr call_of(Node path_node, Node args, SourceRange range) {
  ast::Expr call;
  call.kind = ast::Expr::Kind::call;
  call.range = range;
  call.path = path(path_node);
  for (const Node child : args) {
    if (child.is(sym::RuleCallArg)) call.args.push_back(expr(child.find(sym::RuleExpr)));
    if (child.is_token(sym::STAR)) call.is_star = true;
  }
  return call;
}

std::string join_word(Node op) {
  for (const Node child : op) {
    switch (child.token_type()) {
      case sym::LEFT:
        return "left";
      case sym::RIGHT:
        return "right";
      case sym::FULL:
        return "full";
      case sym::CROSS:
        return "cross";
      case sym::STRAIGHT_JOIN:
        return "straight";
      default:
        break;
    }
  }
  return "inner";
}

// a JOIN b JOIN c ON x ON y: a condition belongs to the last join that has none.
class JoinBuilder {
 public:
  explicit JoinBuilder(std::vector<Node> parts) : parts_(std::move(parts)) {}

  FromItem build() {
    FromItem left = from_primary(parts_[at_++]);
    while (at_ < parts_.size() && parts_[at_].is(sym::RuleJoinOperator))
      left = join_on(std::move(left));
    return left;
  }

 private:
  bool needs_condition(const FromItem& item) const {
    return item.join != "cross" && !item.is_natural;
  }

  // How many conditions stand between here and the next join operator.
  bool has_condition_at(std::size_t at) const {
    return at < parts_.size() && (parts_[at].is_token(sym::ON) || parts_[at].is_token(sym::USING));
  }

  FromItem join_on(FromItem left) {
    FromItem made;
    made.kind = FromItem::Kind::join;
    const Node op = parts_[at_++];
    made.join = join_word(op);
    made.is_natural = op.has(sym::NATURAL);
    FromItem right = from_primary(parts_[at_++]);
    // The right side is itself a join where its own condition comes before ours.
    while (needs_condition(made) && at_ < parts_.size() && parts_[at_].is(sym::RuleJoinOperator) &&
           conditions_behind() > joins_behind()) {
      right = join_on(std::move(right));
    }
    made.range = join(left.range, right.range);
    made.operands.push_back(std::move(left));
    made.operands.push_back(std::move(right));
    if (has_condition_at(at_)) take_condition(made);
    return made;
  }

  // Conditions and joins that want one in the run behind this place.
  std::size_t conditions_behind() const {
    std::size_t count = 0;
    for (std::size_t i = at_; i < parts_.size(); ++i) count += has_condition_at(i) ? 1U : 0U;
    return count;
  }
  std::size_t joins_behind() const {
    std::size_t count = 0;
    for (std::size_t i = at_; i < parts_.size(); ++i) {
      if (!parts_[i].is(sym::RuleJoinOperator)) continue;
      if (!parts_[i].has(sym::NATURAL) && !parts_[i].has(sym::CROSS)) ++count;
    }
    return count;
  }

  void take_condition(FromItem& made) {
    const Node word = parts_[at_++];
    if (word.is_token(sym::ON)) {
      made.on.push_back(expr(parts_[at_++]));
      return;
    }
    made.using_columns = names(parts_[at_++]);
    if (at_ < parts_.size() && parts_[at_].is_token(sym::AS)) at_ += 2;
  }

  std::vector<Node> parts_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<ast::SelectItem> select_items(Node node) {
  std::vector<ast::SelectItem> made;
  for (const Node child : node) {
    if (!child.is(sym::RuleSelectItem)) continue;
    ast::SelectItem item;
    if (child.first().is_token(sym::STAR)) {
      item.expr.kind = ast::Expr::Kind::star;
      item.expr.range = child.range();
    } else {
      item.expr = expr(child.first());
    }
    if (const Node alias = child.find(sym::RuleAlias)) {
      const Node last = alias.last();
      item.alias = name_of_token(last.context(), last.first_token());
    }
    made.push_back(std::move(item));
  }
  return made;
}

ast::FromItem from_item(Node node) { return JoinBuilder(node.children()).build(); }

std::vector<ast::CommonTable> with(Node clause, bool& is_recursive) {
  std::vector<ast::CommonTable> made;
  if (!clause) return made;
  is_recursive = clause.has(sym::RECURSIVE);
  for (const Node child : clause) {
    if (child.is(sym::RuleCommonTable)) made.push_back(common_table(child));
  }
  return made;
}

ast::Query query_body(Node body) {
  std::vector<Query> terms;
  std::vector<Node> operators;
  const bool is_flat = body.context().dialect == Dialect::sqlite;
  for (const Node child : body) {
    if (child.is(sym::RuleQueryTerm)) {
      terms.push_back(term(child));
      // INTERSECT binds tighter than UNION and EXCEPT, but not in SQLite.
      if (terms.size() > 1 && !is_flat && operators.back().token_type() == sym::INTERSECT) {
        Query right = std::move(terms.back());
        terms.pop_back();
        terms.back() = combine(std::move(terms.back()), operators.back(), std::move(right));
        operators.pop_back();
      }
    } else if (child.is(sym::RuleSetOperator)) {
      operators.push_back(child);
    }
  }
  Query made = std::move(terms[0]);
  for (std::size_t i = 0; i < operators.size(); ++i) {
    made = combine(std::move(made), operators[i], std::move(terms[i + 1]));
  }
  for (const Node child : body) {
    if (child.is(sym::RuleOrderBy)) made.order_by = order_by(child);
    if (child.is(sym::RuleQueryTail)) add_tail(child, made);
  }
  made.range = body.range();
  return made;
}

ast::Query query(Node node) {
  Query made = query_body(node.find(sym::RuleQueryBody));
  made.with = with(node.find(sym::RuleWithClause), made.is_recursive);
  made.range = node.range();
  return made;
}

}  // namespace sqlxc::syntax::build
