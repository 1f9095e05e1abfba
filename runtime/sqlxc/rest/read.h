#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/db/reader.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/url.h>

// A read, planned once and run many times: everything that does not depend on the key in the path
// is decided when the plan is made.
namespace sqlxc::rest {

/// Which rows a path means: a table's, one row's, or those related to one row.
struct Route {
  query::EntityIndex entity = 0;
  int relation = -1;     // of `entity`
  bool has_key = false;  // a key stands in the path

  bool operator==(const Route&) const = default;
};

struct ReadPlan {
  Route route;
  std::string query_text;  // as it stands in the URL
  bool counts = false;
  query::EntityIndex target = 0;  // whose rows are read
  bool is_one = false;            // an object, not an array
  query::Select select;           // the binds of the key are holes
  std::optional<query::Statement> count;
  std::size_t count_key = 0;  // where the binds of the key start in `count`
  query::Cost cost = query::Cost::unbounded;
  std::optional<std::int64_t> limit;
  std::int64_t offset = 0;
  std::vector<query::Sort> cursor;  // the order, where a next page can be named
  std::string next_query;           // the query string without `after` and `offset`
  std::string parent;               // SQL that finds the row of the key, for an empty list
};

/// Plans the read of a route; `text` is the raw query string.
std::expected<ReadPlan, http::Problem> plan_read(const query::Model& model, Route route,
                                                 std::string_view text, bool counts);

/// An answer while it is made, on whichever thread.
struct Answer {
  int status = 200;
  std::string body;
  std::string headers;

  void header(std::string_view name, std::string_view value);
};

/// What one run of a plan needs beside the plan.
struct ReadInput {
  std::span<const value::Value> binds;  // of the select
  std::span<const value::Value> key;    // of the path
  std::string_view path;                // for links
};

/// Runs the plan; an error is the database's (an interrupt among them).
std::expected<void, db::Error> run_read(const query::Model& model, const ReadPlan& plan,
                                        db::Reader& reader, const ReadInput& input,
                                        const db::Limits& limits, Answer& answer);

/// Appends the current row as a JSON object.
void append_row(std::string& out, const std::vector<query::Column>& columns, const db::Cursor& row);

/// Appends the values of a key as they stand in a path: `1,2`.
void append_key(std::string& out, const query::Entity& entity, const db::Cursor& row,
                std::span<const int> columns);

/// Makes `answer` say `problem`.
void set_problem(Answer& answer, const http::Problem& problem);

}  // namespace sqlxc::rest
