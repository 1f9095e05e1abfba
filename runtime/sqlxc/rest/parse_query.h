#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/url.h>

// The parameters of a URL in the PostgREST dialect as a query::Query. docs/rest.md is the manual.
namespace sqlxc::rest {

/// What the route lets a request say.
enum class Shape {
  list,   // everything
  item,   // select, and filters on embedded relations
  write,  // select, order and filters: which rows to change and what to answer
  insert  // select, order, on_conflict and columns
};

struct ParsedQuery {
  query::Query query;
  std::vector<query::FieldIndex> on_conflict;
  std::optional<std::vector<query::FieldIndex>> columns;  // `columns=`: what a body may write
  bool has_filter = false;                                // on the entity itself
};

/// Reads the parameters of a request for rows of `entity`, for the database that will run it. With
/// Shape::list the order is made total where the request has `after`.
std::expected<ParsedQuery, http::Problem> parse_query(const query::Model& model,
                                                      query::EntityIndex entity,
                                                      std::span<const Parameter> parameters,
                                                      Shape shape, query::Dialect dialect);

/// Whether a query string asks for all columns: by no `select`, or by `*`.
bool selects_all(std::string_view query_string);

/// A part of a primary key that names a row: what does not fit the column names none.
std::expected<value::Value, http::Problem> parse_key_part(const query::Field& field,
                                                          std::string_view text,
                                                          query::Dialect dialect);

/// Reads a primary key as it stands, still encoded, in a path: `5`, or `1,2` for two columns.
std::expected<std::vector<value::Value>, http::Problem> parse_key(const query::Entity& entity,
                                                                  std::string_view segment,
                                                                  query::Dialect dialect);

}  // namespace sqlxc::rest
