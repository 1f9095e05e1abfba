#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"

// What the service can tell of every constraint of the schema, as lists for people and programs:
// what --emit=rules prints and the service's README holds.
namespace sqlxc::ir {

/// "exact", "weaker", "server only", "service only".
std::string_view name_of(Verdict verdict);

/// "check", "not null", "foreign key", ...
std::string_view name_of(ConstraintKind kind);

/// Every constraint of an entity: of its columns first, then the conditions over rows, then what
/// other rows have a part in.
std::vector<Constraint> verdicts(const Entity& entity);

/// How many there are of each: `12 constraints: 9 exact, 1 weaker, 2 server only`.
std::string summary(const std::vector<Constraint>& constraints);

/// A line a constraint, an entity a block; the summary at the end.
std::string print_verdicts(const Module& module);

/// An array of objects: entity, table, kind, name, fields, sql, verdict, reason, redundant, place
/// and the predicate where there is one.
std::string print_verdicts_json(const Module& module);

}  // namespace sqlxc::ir
