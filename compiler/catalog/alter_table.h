#pragma once

#include "compiler/catalog/fold.h"

// ALTER and RENAME of tables, indexes and sequences, and what they share with CREATE SEQUENCE.
namespace sqlxc::catalog {

void apply_rename_table(Fold& fold, const ast::RenameTable& rename);

/// ALTER SEQUENCE in the form of an ALTER TABLE: RENAME, SET SCHEMA.
void alter_sequence(Fold& fold, const ast::AlterTable& alter);

/// Whether the column's default is nextval of a sequence that the column owns.
bool owns_its_default(const Fold& fold, Id<Table> table, std::uint32_t column);

/// The sequence behind an identity column that ALTER TABLE made; its options may name it.
void add_identity_sequence(Fold& fold, Id<Table> table, std::uint32_t column, ast::Options options);

}  // namespace sqlxc::catalog
