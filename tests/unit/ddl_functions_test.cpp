#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <string>

#include <sqlxc/db/functions.h>

#include "emit/ddl/runtime_functions.h"

namespace sqlxc {
namespace {

TEST_CASE("each function that the DDL may use is one of the runtime's, of the same shape") {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(":memory:", &connection) == SQLITE_OK);
  REQUIRE(db::register_functions(connection) == SQLITE_OK);
  for (const auto& function : emit::ddl::kRuntimeFunctions) {
    const std::string sql = "select count(*) from pragma_function_list where name = '" +
                            std::string(function.name) +
                            "' and narg = " + std::to_string(function.arguments) + " and type in " +
                            (function.is_aggregate ? "('a', 'w')" : "('s')");
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
    INFO(function.name << " with " << function.arguments << " arguments");
    CHECK(sqlite3_column_int(statement, 0) == 1);
    sqlite3_finalize(statement);
  }
  sqlite3_close(connection);
}

TEST_CASE("next_value counts on from the greatest value of the column") {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(":memory:", &connection) == SQLITE_OK);
  REQUIRE(db::register_functions(connection) == SQLITE_OK);
  const char* sql =
      "create table \"a.b\" (x text, \"the \"\"n\" integer default (next_value('a.b', 'the \"n')));"
      "insert into \"a.b\" (x) values ('one'), ('two');"
      "insert into \"a.b\" values ('nine', 9);"
      "insert into \"a.b\" (x) values ('ten');";
  REQUIRE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  const char* read = "select group_concat(\"the \"\"n\") from \"a.b\"";
  REQUIRE(sqlite3_prepare_v2(connection, read, -1, &statement, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
  CHECK(std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))) ==
        "1,2,9,10");
  sqlite3_finalize(statement);
  sqlite3_close(connection);
}

}  // namespace
}  // namespace sqlxc
