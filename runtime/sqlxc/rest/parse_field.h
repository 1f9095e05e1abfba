#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/scanner.h>

// A column as parameters name it, with a path into it where it is json: `data->a->0->>b`.
namespace sqlxc::rest {

struct FieldName {
  std::string name;
  std::vector<query::PathStep> path;
};

/// Reads a name up to one of `ends`, and the path behind it.
std::expected<FieldName, http::Problem> parse_field_name(Scanner& scanner, std::string_view ends);

/// Reads the path that stands next; empty if none does.
std::expected<std::vector<query::PathStep>, http::Problem> parse_path(Scanner& scanner);

/// The index of a column by its name, or -1.
int find_field(const query::Entity& entity, std::string_view name);

/// The column that responses and conditions may name, with a path that its type has.
std::expected<query::FieldIndex, http::Problem> find_readable(const query::Entity& entity,
                                                              const FieldName& field,
                                                              query::Dialect dialect);

/// The type of what the path leads to, as a column's; the column itself without one.
query::Field field_at(const query::Field& field, const std::vector<query::PathStep>& path);

/// "`fts` is not something SQLite can do": what this database lacks and PostgreSQL has.
http::Problem lacks(std::string what);

}  // namespace sqlxc::rest
