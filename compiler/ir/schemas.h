#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"

// Which schemas are served, and which one a bare name means
// (docs/decisions/0013-default-schema.md).
namespace sqlxc::ir {

/// A schema as people call it: the catalog leaves `public` empty.
std::string schema_called(std::string_view schema);

/// What Entity::schema is for a thing of this schema: empty in the default one.
std::string schema_in_module(const Module& module, std::string_view schema);

/// A name of PostgreSQL's, quoted, and qualified where the schema has more than the default one: no
/// search path then changes its meaning.
std::string sql_name(const Module& module, std::string_view schema, std::string_view name);

/// The schema that bare names mean, as the catalog has it: the first one asked for, else `public`
/// where none has more tables, else the one with the most tables and views.
std::string default_schema_of(const catalog::Catalog& catalog, std::span<const std::string> asked);

/// Whether things of the schema are served.
bool is_served(std::span<const std::string> asked, std::string_view schema);

}  // namespace sqlxc::ir
