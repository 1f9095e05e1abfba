#include <sqlxc/db/next_value.h>

#include <sqlite3.h>

#include <memory>

namespace sqlxc::db {
namespace {

void next_value(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto* table = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  const auto* column = reinterpret_cast<const char*>(sqlite3_value_text(arguments[1]));
  if (table == nullptr || column == nullptr) return sqlite3_result_null(context);
  sqlite3* connection = sqlite3_context_db_handle(context);
  const std::unique_ptr<char, decltype(&sqlite3_free)> sql(
      sqlite3_mprintf("select coalesce(max(\"%w\"), 0) + 1 from \"%w\"", column, table),
      sqlite3_free);
  if (sql == nullptr) return sqlite3_result_error_nomem(context);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, sql.get(), -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW) {
    sqlite3_result_int64(context, sqlite3_column_int64(statement, 0));
  } else {
    sqlite3_result_error(context, sqlite3_errmsg(connection), -1);
  }
  sqlite3_finalize(statement);
}

}  // namespace

int register_next_value(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, "next_value", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                    nullptr, next_value, nullptr, nullptr, nullptr);
}

}  // namespace sqlxc::db
