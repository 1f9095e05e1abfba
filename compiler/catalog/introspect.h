#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A live database as SQL: the queries to ask it, and the text that their answers amount to. Nothing
// here opens a connection; who has one runs the queries and hands the rows over. The text is meant
// for the parser, not for people: print.h prints what becomes of it.
namespace sqlxc::catalog {

/// One row: each value as the text that the database gives for it, nothing for NULL.
using IntrospectedRow = std::vector<std::optional<std::string>>;
using IntrospectedRows = std::vector<IntrospectedRow>;

struct IntrospectionQuery {
  std::string name;  // what it asks for, for messages: "tables"
  std::string sql;
};

/// What to ask a PostgreSQL server (12 or newer), in one transaction with `search_path` set to
/// public alone. Their number does not depend on the schema.
std::vector<IntrospectionQuery> postgres_introspection();

/// The DDL of the database that gave these answers, parallel to postgres_introspection(). Things
/// stand in the order of their names, so that two databases of one schema give one text.
std::string postgres_source(std::span<const IntrospectedRows> answers);

/// What to ask an SQLite file.
std::vector<IntrospectionQuery> sqlite_introspection();

/// The DDL of the file that gave these answers: what it keeps as written, without its own tables.
std::string sqlite_source(std::span<const IntrospectedRows> answers);

}  // namespace sqlxc::catalog
