#pragma once

#include <vector>

#include "compiler/catalog/fold.h"

// How constraints are read into a table: what create_table, alter_table and create_index share.
namespace sqlxc::catalog {

/// The elements of an index; reports columns that the table does not have.
std::vector<IndexElement> read_index_elements(Fold& fold, const Table& table,
                                              const std::vector<ast::OrderItem>& items);

/// Applies keys, checks and foreign keys in the order in which the engine makes them.
void apply_constraints(Fold& fold, Id<Table> table, const std::vector<PendingConstraint>& pending,
                       bool is_new_table);

void add_foreign_key(Fold& fold, Id<Table> table, const PendingConstraint& pending);

/// Resolves what could not be when it was read, and checks every foreign key against its target.
void finish_foreign_keys(Fold& fold);

}  // namespace sqlxc::catalog
