#pragma once

#include <optional>
#include <string>

#include "compiler/syntax/tree.h"

// The grammar is the union of three dialects: what it reads, and the statement's own dialect does
// not, is found here on the tree before anything is built of it. Only what an engine's parser
// refuses belongs here, not what its catalog would. Private to compiler/syntax.
namespace sqlxc::syntax {

/// The first token that the dialect's parser would stop at.
struct Refusal {
  std::uint32_t token = 0;
  std::string expected;
};

/// Nothing where the dialect reads the statement, too.
std::optional<Refusal> refusal(const BuildContext& context);

/// The same for a statement that the grammar does not read: a character that the dialect has not.
std::optional<Refusal> strange_character(const BuildContext& context);

/// The same for PostgreSQL's COPY, which is not read but for its table.
std::optional<Refusal> copy_refusal(const BuildContext& context);

/// The same for SQLite's PRAGMA, which has no more than one value.
std::optional<Refusal> pragma_refusal(const BuildContext& context);

namespace narrow {

using Found = std::optional<Refusal>;

inline Found at(Node node, std::string expected) {
  return Refusal{node.first_token(), std::move(expected)};
}

// narrow_table.cpp
Found table(Node create_table);
Found column(Node column_def);
Found constraint(Node table_constraint);
Found alter_action(Node action);
Found view(Node create_view);
Found index(Node create_index);
Found trigger(Node create_trigger);
Found function(Node create_function);
Found partitions(Node balanced);
Found drop(Node drop_statement);
Found default_value(Node value);

// narrow_query.cpp
Found select_item(Node item);
Found table_alias(Node alias);
Found from_item(Node item);
Found frame(Node frame);
Found cast(Node primary);

// narrow_name.cpp
Found name(Node identifier, std::string_view what);
Found column_path(Node name_expr);
Found path(Node path, std::string_view what);
Found name_list(Node list, std::string_view what);

}  // namespace narrow

}  // namespace sqlxc::syntax
