#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/db/changes.h>
#include <sqlxc/db/connection.h>

// Notes which rows a connection changes, by SQLite's preupdate hook: that one sees what triggers,
// cascades, REPLACE and tables WITHOUT ROWID do, too, and with it a DELETE of all rows goes row by
// row. For the thread of the connection.
namespace sqlxc::db {

class Recorder {
 public:
  /// Of `connection`, which outlives it. Until start(), a change costs one comparison.
  explicit Recorder(Connection& connection);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Learns where the tables have their keys, or these columns, and begins to note.
  std::expected<void, Error> start(const TrackedColumns& columns = {});
  bool is_started() const { return is_started_; }

  /// Where the notes stand; rewind() forgets what came after, as a rolled back unit is.
  std::size_t mark() const { return notes_.size(); }
  void rewind(std::size_t mark) { notes_.resize(mark); }
  /// What has been noted, sorted and each row once; forgets it.
  Changes take();
  /// Whether another connection has committed since the last call (PRAGMA data_version).
  bool has_foreign_commit();

 private:
  struct Table {
    std::vector<int> key = {};  // places of the columns that are noted; none: no usable ones
    bool has_virtual = false;
    std::size_t any_row_at = ~0UL;  // the note that speaks of any row
  };
  struct Note {
    const std::string* table = nullptr;  // a key of tables_
    std::string key;                     // empty: any row
    auto operator<=>(const Note&) const = default;
  };

  static void on_change(void* self, sqlite3* handle, int operation, const char* database,
                        const char* table, long long old_rowid, long long new_rowid);
  void note(sqlite3* handle, int operation, std::string_view table);
  void note_row(sqlite3* handle, const std::string& name, const Table& table, bool is_new);

  Connection& connection_;
  bool is_started_ = false;
  std::map<std::string, Table, std::less<>> tables_;
  std::vector<Note> notes_;
  std::string data_version_;
};

}  // namespace sqlxc::db
