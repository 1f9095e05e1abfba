#pragma once

#include <cstdint>
#include <string>

#include "compiler/ir/ir.h"
#include "emit/schema/json.h"

// A legal predicate (compiler/passes/predicate.h) as JSON Schema, draft 2020-12: a schema that a
// row meets if its CHECK passes, which it does unless the condition is false. Where the keywords do
// not suffice the schema asks less, never more.
namespace sqlxc::emit {

/// What becomes of a field that a write does not name.
enum class Absent : std::uint8_t {
  becomes_default,  // of an insert: its default, else null
  stays,            // of an update: as it is
};

struct RuleSchema {
  Json schema = true;     // over the whole row; `true` asks nothing
  bool is_exact = false;  // it asks all that the predicate does, of numbers written as numbers
};

RuleSchema rule_schema(const ast::Expr& predicate, const ir::Entity& entity, Absent absent);

/// Whether a schema over a row asks something of single properties only.
bool is_about_properties(const Json& schema);

/// Adds what `extra` asks of a value to what `schema` asks already.
void merge_value_schema(Json& schema, const Json& extra);

/// Adds what `extra` asks of a row; what is not about one property goes to `allOf`, with `words` as
/// its comment.
void merge_row_schema(Json& schema, const Json& extra, const std::string& words);

}  // namespace sqlxc::emit
