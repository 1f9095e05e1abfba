#include <sqlxc/db/foreign_keys.h>

#include <sqlite3.h>

#include <sqlxc/db/store.h>

#include <chrono>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace sqlxc::db {
namespace {

using value::Value;

// The writer waits while this looks, so it looks at few rows and not for long.
constexpr std::size_t kMostRows = 256;
constexpr std::chrono::milliseconds kPatience{20};

struct Change {
  std::string table;
  std::int64_t row = 0;
};

struct ForeignKey {
  std::string child;
  std::string parent;
  std::vector<std::string> from;
  std::vector<std::string> to;  // empty: the parent's primary key
};

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

void note_change(void* changes, int, const char*, const char* table, sqlite3_int64 row) {
  auto& list = *static_cast<std::vector<Change>*>(changes);
  if (list.size() < kMostRows) list.push_back({.table = table, .row = row});
}

template <typename Use>
void for_each_row(Connection& connection, std::string_view sql, const std::vector<Value>& binds,
                  Use use) {
  auto cursor = connection.query(sql, binds);
  while (cursor && cursor->next()) use(*cursor);
}

std::vector<ForeignKey> keys_of(Connection& connection, const std::string& table) {
  std::vector<ForeignKey> keys;
  std::int64_t last = -1;
  for_each_row(connection,
               "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) "
               "ORDER BY id, seq",
               {Value::of_text(table)}, [&](const Cursor& row) {
                 if (row.integer(0) != last) {
                   keys.push_back({table, std::string(row.text(1)), {}, {}});
                   last = row.integer(0);
                 }
                 keys.back().from.emplace_back(row.text(2));
                 if (!row.is_null(3)) keys.back().to.emplace_back(row.text(3));
               });
  for (ForeignKey& key : keys) {
    if (!key.to.empty()) continue;
    for_each_row(connection, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
                 {Value::of_text(key.parent)},
                 [&](const Cursor& row) { key.to.emplace_back(row.text(0)); });
  }
  return keys;
}

// "child's columns are set and no parent has them", to be narrowed to rows of interest.
std::string orphans(const ForeignKey& key) {
  std::string sql = "SELECT 1 FROM " + quoted(key.child) + " AS c WHERE ";
  for (const std::string& column : key.from) sql += "c." + quoted(column) + " IS NOT NULL AND ";
  sql += "NOT EXISTS (SELECT 1 FROM " + quoted(key.parent) + " AS p WHERE ";
  for (std::size_t i = 0; i < key.from.size() && i < key.to.size(); ++i) {
    if (i > 0) sql += " AND ";
    sql += "p." + quoted(key.to[i]) + " = c." + quoted(key.from[i]);
  }
  return sql + ")";
}

bool has_orphan(Connection& connection, const ForeignKey& key, const Change* change) {
  std::vector<Value> binds;
  std::string sql = orphans(key);
  if (change != nullptr) {
    sql += " AND c.rowid = ?1";
    binds.push_back(Value::of_integer(change->row));
  }
  bool found = false;
  for_each_row(connection, sql + " LIMIT 1", binds, [&](const Cursor&) { found = true; });
  return found;
}

bool fill(const ForeignKey& key, Error& error) {
  error.table = key.child;
  error.columns = key.from;
  error.parent = key.parent;
  return true;
}

bool search_children(Connection& connection, const std::vector<Change>& changes, Error& error) {
  std::vector<ForeignKey> keys;
  std::string table;
  for (const Change& change : changes) {
    if (change.table != table) keys = keys_of(connection, table = change.table);
    for (const ForeignKey& key : keys) {
      if (has_orphan(connection, key, &change)) return fill(key, error);
    }
  }
  return false;
}

// A parent is gone or has another key: some table that references it has orphans now.
bool search_parents(Connection& connection, const std::vector<Change>& changes, Error& error) {
  std::vector<std::string> tables;
  for_each_row(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'", {},
               [&](const Cursor& row) { tables.emplace_back(row.text(0)); });
  for (const std::string& table : tables) {
    for (const ForeignKey& key : keys_of(connection, table)) {
      bool is_touched = false;
      for (const Change& change : changes) {
        is_touched = is_touched || sqlite3_stricmp(change.table.c_str(), key.parent.c_str()) == 0;
      }
      if (is_touched && has_orphan(connection, key, nullptr)) return fill(key, error);
    }
  }
  return false;
}

}  // namespace

std::expected<void, Error> run_caught(Run& run, Session& session) {
  try {
    return run(session);
  } catch (const std::exception& exception) {
    return std::unexpected(Error{.message = exception.what()});
  }
}

void name_foreign_key(Connection& connection, Run& run, Error& error) {
  connection.limit({.deadline = Clock::now() + kPatience});
  std::vector<Change> changes;
  sqlite3_update_hook(connection.handle(), note_change, &changes);
  if (connection.execute("PRAGMA defer_foreign_keys = ON")) {
    Session session(connection);
    (void)run_caught(run, session);
  }
  sqlite3_update_hook(connection.handle(), nullptr, nullptr);
  if (connection.is_in_transaction() && !search_children(connection, changes, error)) {
    search_parents(connection, changes, error);
  }
  connection.limit({});
  (void)connection.execute("PRAGMA defer_foreign_keys = OFF");
}

}  // namespace sqlxc::db
