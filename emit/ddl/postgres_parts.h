#pragma once

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "emit/ddl/postgres_order.h"

// The statements of a PostgreSQL schema as texts, a part a thing: what they need is told by
// postgres_order.h, which order they get too. Foreign keys are no part of their table until the
// order is known: one that looks ahead stands behind all tables.
namespace sqlxc::emit::ddl {

/// The rank of triggers: they stand behind all tables and keys.
inline constexpr int kTriggerRank = 3;

struct PostgresParts {
  std::vector<Part> parts;
  std::vector<std::string> texts;          // parallel to parts; of a table without foreign keys
  std::vector<Id<catalog::Table>> tables;  // parallel to parts; invalid where it is no table
};

/// Whether names of the default schema must say so: some statement was written under a search path
/// that does not begin with it.
bool says_public(const catalog::Catalog& catalog);

PostgresParts postgres_parts(const catalog::Catalog& catalog);

/// CREATE TABLE with its indexes and comments; `is_inline` says which of its foreign keys it holds.
std::string postgres_table_text(const catalog::Catalog& catalog, Id<catalog::Table> table,
                                const std::vector<bool>& is_inline);

/// What tables need that others must stand for: checks that are not valid, their places among
/// partitions or under parents, the indexes of partitioned tables, and the foreign keys that are
/// not inline.
std::string postgres_behind_tables(const catalog::Catalog& catalog,
                                   const std::vector<std::vector<bool>>& is_inline);

}  // namespace sqlxc::emit::ddl
