#pragma once

#include <string_view>

#include "compiler/catalog/catalog.h"
#include "compiler/syntax/ast.h"

// The catalog as statements again: what print.cpp prints, and what a migration or another dialect's
// DDL begins from.
namespace sqlxc::catalog {

ast::Path path_to(std::string_view schema, std::string_view name);

ast::TypeName to_ast(const Catalog& catalog, const Type& type);

/// CREATE TABLE with columns, keys, checks, and the foreign keys that do not look ahead (whose
/// target stands at a lower index, or is the table itself).
ast::CreateTable to_ast(const Catalog& catalog, Id<Table> table);

ast::CreateIndex to_ast(const Catalog& catalog, const Table& table, const Index& index);

/// A foreign key as a table constraint.
ast::Constraint to_ast(const Catalog& catalog, const Table& table, const ForeignKey& key);

/// Whether CREATE TABLE of `table` can say the foreign key: SQLite's may look ahead.
bool is_behind(const Catalog& catalog, const ForeignKey& key, Id<Table> table);

/// Whether the sequence is made by `serial` or identity in CREATE TABLE, and so needs no statement
/// of its own.
bool is_implied(const Catalog& catalog, const Sequence& sequence);

}  // namespace sqlxc::catalog
