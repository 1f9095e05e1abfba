#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/prefer.h>
#include <sqlxc/rest/render.h>
#include <sqlxc/rest/url.h>

// A read, planned once and run many times: everything that does not depend on the key in the path
// is decided when the plan is made.
namespace sqlxc::rest {

/// Which rows a path means: a table's, those in which a text is found, one row's, or those related
/// to one row.
struct Route {
  query::EntityIndex entity = 0;
  int relation = -1;     // of `entity`
  bool has_key = false;  // a key stands in the path
  bool is_search = false;

  bool operator==(const Route&) const = default;
};

/// What a plan is made of.
struct PlanRequest {
  Route route;
  std::string_view text;  // the raw query string
  Preferences::Count count = Preferences::Count::none;
  std::optional<RowRange> range;  // of a Range header
  query::Dialect dialect = query::Dialect::sqlite;
  bool as_text = false;                     // for CSV: types without a form in JSON stay text
  const query::Handler* handler = nullptr;  // what makes one value of the rows
  bool changes = false;                     // the call may write
};

struct ReadPlan {
  Route route;
  std::string query_text;  // as it stands in the URL
  Preferences::Count counts = Preferences::Count::none;
  bool as_text = false;
  query::EntityIndex target = 0;  // whose rows are read
  Renderer::Shape shape = Renderer::Shape::list;
  query::Select select;  // the binds of the key are holes
  std::optional<query::Statement> count;
  std::optional<query::Statement> estimate;  // PostgreSQL: a plan that guesses the count
  std::size_t count_key = 0;  // where the binds of the key start in `count` and `estimate`
  query::Cost cost = query::Cost::unbounded;
  bool has_etag = false;     // one row with all its columns
  bool is_streamed = false;  // too many rows may come for one piece
  std::optional<std::int64_t> limit;
  std::int64_t offset = 0;
  std::vector<query::Sort> cursor;  // the order, where a next page can be named
  std::string next_query;           // the query string without `after` and `offset`
  std::string parent;               // SQL that finds the row of the key, for an empty list

  bool is_one() const { return shape == Renderer::Shape::one || shape == Renderer::Shape::value; }
};

/// The raw query string without the parameters that say where a page starts.
std::string without_page_start(std::string_view text);

/// Plans the read of a route.
std::expected<ReadPlan, http::Problem> plan_read(const query::Model& model,
                                                 const PlanRequest& request);

/// Plans the rows that a function gives; `query` is what was asked of its result, its call
/// included.
std::expected<ReadPlan, http::Problem> plan_call(const query::Model& model, ParsedQuery parsed,
                                                 const PlanRequest& request);

/// The binds of the plan's select, or of its count, with `key` where they have holes.
std::vector<value::Value> binds_of(const query::Statement& statement, std::size_t key_bind,
                                   std::span<const value::Value> key);

}  // namespace sqlxc::rest
