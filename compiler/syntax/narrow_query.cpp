#include <vector>

#include "compiler/syntax/narrow.h"

// Queries and expressions.
namespace sqlxc::syntax::narrow {

namespace {

Dialect dialect_of(Node node) { return node.context().dialect; }

// What a join may or must have behind its second table.
struct OpenJoin {
  bool must_have_condition = false;
};

OpenJoin open_join(Node join) {
  const bool is_outer = join.has(sym::LEFT) || join.has(sym::RIGHT) || join.has(sym::FULL);
  return {dialect_of(join) == Dialect::postgres || is_outer};
}

bool takes_no_condition(Node join) {
  if (join.has(sym::NATURAL)) return true;
  return join.has(sym::CROSS) && dialect_of(join) == Dialect::postgres;
}

// SQLite: a table, the first one too, has one ON or USING.
Found sqlite_joins(Node item) {
  bool has_condition = false;
  for (const Node child : item) {
    if (child.is(sym::RuleJoinOperator)) has_condition = false;
    if (!child.is_token(sym::ON) && !child.is_token(sym::USING)) continue;
    if (has_condition) return at(child, "a join or the end of the statement");
    has_condition = true;
  }
  return {};
}

enum class Bound : std::uint8_t { first, preceding, current, following, last };

// unbounded preceding, 1 following, current row: the tokens from `begin` to `end`.
Bound bound_of(Node frame, std::uint32_t begin, std::uint32_t end) {
  const bool is_unbounded = is_word(frame.token_text(begin), "unbounded");
  if (is_word(frame.token_text(begin), "current")) return Bound::current;
  if (is_word(frame.token_text(end - 1), "preceding"))
    return is_unbounded ? Bound::first : Bound::preceding;
  return is_unbounded ? Bound::last : Bound::following;
}

}  // namespace

Found select_item(Node item) {
  const Node alias = item.find(sym::RuleAlias);
  if (!alias) return {};
  // SELECT t.* AS x: PostgreSQL takes the star for a part of the expression.
  const std::uint32_t last = alias.first_token() - 1;
  const bool is_star = item.token(last).type == sym::STAR && last > item.first_token() &&
                       item.token(last - 1).type == sym::DOT;
  if (is_star && dialect_of(item) != Dialect::postgres)
    return at(alias, "`,`, `from` or the end of the statement");
  // PostgreSQL takes nearly any word for a label, behind AS or alone.
  if (dialect_of(item) == Dialect::postgres) return {};
  if (const Node of = alias.find(sym::RuleIdentifier)) return name(of, "a name");
  const Node any = alias.find(sym::RuleAnyName);
  return any && any.token_type() != sym::STRING ? name(any, "a name") : Found{};
}

Found table_alias(Node alias) {
  if (const Node of = alias.find(sym::RuleIdentifier)) {
    if (Found found = name(of, "a name")) return found;
  }
  const Node columns = alias.find(sym::RuleAliasColumns);
  if (!columns) return {};
  for (const Node column : columns) {
    if (!column.is(sym::RuleAliasColumn)) continue;
    if (Found found = name(column.first(), "a column name")) return found;
  }
  return {};
}

Found from_item(Node item) {
  if (dialect_of(item) == Dialect::sqlite) return sqlite_joins(item);
  std::vector<OpenJoin> open;
  for (const Node child : item) {
    if (child.is(sym::RuleJoinOperator)) {
      if (!takes_no_condition(child)) open.push_back(open_join(child));
    } else if (child.is_token(sym::ON) || child.is_token(sym::USING)) {
      if (open.empty()) return at(child, "a join or the end of the statement");
      open.pop_back();
    }
  }
  for (const OpenJoin& one : open) {
    if (one.must_have_condition) return Refusal{item.end_token(), "`on` or `using`"};
  }
  return {};
}

// PostgreSQL manual, 4.2.8; SQLite's window functions, 2.2: a frame begins before it ends.
Found frame(Node node) {
  if (dialect_of(node) == Dialect::mysql) return {};
  const std::uint32_t begin = node.first_token() + 1;
  std::uint32_t end = node.end_token();
  std::uint32_t split = 0;
  int depth = 0;
  for (std::uint32_t i = begin; i < end; ++i) {
    const std::uint16_t type = node.token(i).type;
    if (type == sym::LPAREN || type == sym::LPAREN_Q) ++depth;
    if (type == sym::RPAREN) --depth;
    if (depth > 0) continue;
    if (type == sym::AND || type == sym::BETWEEN_AND) split = i;
    if (is_word(node.token_text(i), "exclude")) end = i;
  }
  const bool is_between = is_word(node.token_text(begin), "between");
  if (begin >= end || (is_between && (split <= begin + 1 || split + 1 >= end))) return {};
  if (!is_between) {
    const Bound start = bound_of(node, begin, end);
    if (start < Bound::following) return {};
    return Refusal{end - 1, "`preceding`"};
  }
  const Bound start = bound_of(node, begin + 1, split);
  const Bound stop = bound_of(node, split + 1, end);
  if (start == Bound::last) return Refusal{split - 1, "`preceding`"};
  if (stop == Bound::first || stop < start) return Refusal{end - 1, "`following`"};
  return {};
}

// CAST (x AS text COLLATE c): the collation belongs behind the bracket.
Found cast(Node primary) {
  if (!primary.has(sym::CAST) || dialect_of(primary) == Dialect::mysql) return {};
  if (const Node collate = primary.find_token(sym::COLLATE)) return at(collate, "`)`");
  return {};
}

}  // namespace sqlxc::syntax::narrow
