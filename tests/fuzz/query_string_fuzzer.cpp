#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sqlxc/core/check.h>
#include <sqlxc/db/functions.h>
#include <sqlxc/db/object_functions.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/url.h>

#include "tests/unit/blog_model.h"

// Whatever a query string says, it is refused with a 4xx or becomes a statement that SQLite
// prepares and that has as many places as it has values.
namespace {

using namespace sqlxc;

sqlite3* open_blog() {
  sqlite3* database = nullptr;
  SQLXC_CHECK(sqlite3_open(":memory:", &database) == SQLITE_OK);
  SQLXC_CHECK(db::register_functions(database) == SQLITE_OK);
  SQLXC_CHECK(db::register_object_functions(database) == SQLITE_OK);
  const std::string schema(blog::kSchema);
  SQLXC_CHECK(sqlite3_exec(database, schema.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  return database;
}

void check_statement(const query::Statement& statement) {
  static sqlite3* const database = open_blog();
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(database, statement.sql.data(),
                                      static_cast<int>(statement.sql.size()), &prepared, nullptr);
  // Relations may be embedded deeper than SQLite's parser goes, which is refused when it says so.
  if (std::string_view(sqlite3_errmsg(database)) == "parser stack overflow") return;
  SQLXC_CHECK(code == SQLITE_OK);
  SQLXC_CHECK(sqlite3_bind_parameter_count(prepared) == static_cast<int>(statement.binds.size()));
  SQLXC_CHECK(sqlite3_stmt_readonly(prepared) != 0);
  sqlite3_finalize(prepared);
}

// There is no parser of PostgreSQL here: the statement has a place for each value, and is of the
// characters that the printer and the model have.
void check_postgres(const query::Statement& statement) {
  std::size_t places = 0;
  for (std::size_t i = 0; i < statement.sql.size(); ++i) {
    SQLXC_CHECK(statement.sql[i] >= ' ' && statement.sql[i] <= '~');
    if (statement.sql[i] != '$') continue;
    places = std::max<std::size_t>(places, std::strtoul(&statement.sql[i + 1], nullptr, 10));
  }
  SQLXC_CHECK(places == statement.binds.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2 || size > 4096) return 0;
  const auto entity = static_cast<query::EntityIndex>(data[0] % std::size(blog::kEntities));
  const bool counts = (data[1] & 1U) != 0;
  const bool has_key = (data[1] & 2U) != 0 && !blog::kEntities[entity].primary_key.fields.empty();
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  rest::Route route{.entity = entity, .relation = -1, .has_key = has_key};
  if (has_key && (data[1] & 4U) != 0) {
    route.relation = static_cast<int>((data[1] >> 3U) % blog::kEntities[entity].relations.size());
  }
  rest::PlanRequest request;
  request.route = route;
  request.text = text;
  if (counts) request.count = rest::Preferences::Count::exact;
  if ((data[1] & 64U) != 0) request.dialect = query::Dialect::postgres;
  const auto plan = rest::plan_read(blog::kModel, request);
  if (!plan) {
    SQLXC_CHECK(plan.error().status >= 300 && plan.error().status < 500);
    SQLXC_CHECK(!plan.error().message.empty());
    return 0;
  }
  if (request.dialect == query::Dialect::postgres) {
    check_postgres(plan->select.statement);
    if (plan->count) check_postgres(*plan->count);
    return 0;
  }
  check_statement(plan->select.statement);
  if (plan->count) check_statement(*plan->count);
  return 0;
}
