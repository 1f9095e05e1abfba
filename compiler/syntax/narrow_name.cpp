#include "compiler/syntax/narrow.h"
#include "compiler/syntax/reserved.h"

// Names that are reserved words.
namespace sqlxc::syntax::narrow {

namespace {

// Of one word without quotes.
bool is_reserved_name(Node identifier) {
  return identifier && identifier.token_type() != sym::QUOTED_IDENTIFIER &&
         cannot_name(identifier.word(), identifier.context().dialect);
}

// PostgreSQL and MySQL take any word behind a dot; SQLite does not.
bool may_be_reserved(Node identifier, bool is_first) {
  return !is_first && identifier.context().dialect != Dialect::sqlite;
}

Found of_parts(Node parts, std::string_view what) {
  bool is_first = true;
  for (const Node child : parts) {
    if (!child.is(sym::RuleIdentifier)) continue;
    if (is_reserved_name(child) && !may_be_reserved(child, is_first))
      return at(child, std::string(what));
    is_first = false;
  }
  return {};
}

}  // namespace

Found name(Node identifier, std::string_view what) {
  if (is_reserved_name(identifier)) return at(identifier, std::string(what));
  return {};
}

// A column: what is called, or the type of a literal, may have such a name.
Found column_path(Node name_expr) {
  if (name_expr.has(sym::LPAREN) || name_expr.find(sym::RuleTypedLiteralTail)) return {};
  return of_parts(name_expr.find(sym::RuleColumnPath), "an expression");
}

Found path(Node node, std::string_view what) { return node ? of_parts(node, what) : Found{}; }

Found name_list(Node list, std::string_view what) {
  for (const Node child : list) {
    if (is_reserved_name(child) && child.is(sym::RuleIdentifier))
      return at(child, std::string(what));
  }
  return {};
}

}  // namespace sqlxc::syntax::narrow
