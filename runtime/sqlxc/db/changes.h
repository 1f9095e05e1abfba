#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// What commits have changed, for those who keep results alive: which tables, and which rows where
// these are few. It may name more than has changed, never less.
namespace sqlxc::db {

/// A table's rows that were inserted, updated or deleted.
struct TableChange {
  std::string schema = {};  // empty: of SQLite, or the default one
  std::string table;        // as the database spells it, unquoted
  bool is_whole = false;    // any row may have changed; `keys` says nothing
  /// What tells rows apart, before and after: the values of the table's tracked columns (its
  /// primary key's, where nobody has named others) as JSON with commas between.
  std::vector<std::string> keys = {};

  bool operator==(const TableChange&) const = default;
};

struct Changes {
  bool is_everything = false;  // nobody knows what: some changes were not seen
  std::vector<TableChange> tables = {};

  bool is_empty() const { return !is_everything && tables.empty(); }
  bool operator==(const Changes&) const = default;
};

/// The columns whose values a change of a table tells, by the table's name.
using TrackedColumns = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Told of every commit that changed something, on a thread of the database's; it shall only pass
/// it on.
using ChangeListener = std::move_only_function<void(Changes changes)>;

/// More rows than these of one table in one commit count as the whole table.
inline constexpr std::size_t kMaxChangedKeys = 1000;

}  // namespace sqlxc::db
