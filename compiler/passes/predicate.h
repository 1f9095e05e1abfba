#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"

// A condition of the schema in the small language that emitted rules are written in, and that
// other emitters (JSON Schema, zod) read. Legal predicates hold only:
//
// - columns of the entity by their JSON names; numbers, strings, booleans and the typed literals
//   date, time, timestamp, timestamptz, interval, numeric;
// - and, or, not; = <> < <= > >= and `is distinct from`, `is not distinct from`, over operands of
//   comparable types; between; in;
// - `is null` of any value; `is true`, `is false`, `is null` of a condition;
// - + - * / % and unary minus over numbers; + and - over moments, days and intervals; ||;
// - ~ and ~* with a literal pattern in PostgreSQL's advanced syntax, of those that
//   value/pattern.h translates; like and ilike (with the escape as a third argument where it is
//   not a backslash, "" for none);
// - calls: those of the rows of stdlib/functions that have a `rule`, by that rule's name, and
//   coalesce, nullif, greatest, least; case_when(condition, then, else); equal and unequal of two
//   conditions; as_integer, as_text, as_int16, as_int32, as_int64, as_double, as_decimal, as_date,
//   as_time, as_timestamp, as_timestamptz; extract('field', x), date_trunc('unit', x); alike(x,
//   'a', ...): equal in whatever collation; json_get(doc, 'key' or index), json_text, json_has_key;
//   in_array(x, array), array_has_all, array_has_any, array_has_only(array, items...),
//   array_position(array, x or null).
//
// runtime/sqlxc/rules defines each by the same name.
namespace sqlxc::passes {

struct LegalPredicate {
  std::optional<ast::Expr> expr;  // empty: the database alone can tell
  std::string reason;             // what it is that it alone can tell
  bool is_weaker = false;         // some of it is left to the database
};

/// The predicate in that language, or why it is not. What is illegal is left out where the rest is
/// still implied by the whole: a part of a conjunction, or of a negated disjunction.
/// Of a rule that the service asks of its own accord, the database's collations have no say.
LegalPredicate legalize(const ast::Expr& expr, const ir::Module& module, const ir::Entity& entity,
                        bool is_own = false);

}  // namespace sqlxc::passes
