#define SQLITE_ENABLE_PREUPDATE_HOOK  // the declarations; Debian's library has the functions
#include <sqlxc/db/recorder.h>

#include <sqlite3.h>

#include <algorithm>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::db {
namespace {

// Columns as the file stores them: generated ones that are not stored have no place.
constexpr std::string_view kTables = R"(
  SELECT t.name, c.pk, c.hidden = 2,
         sum(c.hidden <> 2) OVER (PARTITION BY t.name ORDER BY c.cid) - 1, c.name
    FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
   WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
     AND t.sql NOT LIKE 'CREATE VIRTUAL%'
   ORDER BY t.name, c.pk)";

// A commit that changes more rows is remembered by its tables.
constexpr std::size_t kMaxNotes = 100'000;

constexpr int kNoPlace = -1;

// False for a value that stands in JSON in more than one way.
bool append_key_part(std::string& key, sqlite3_value* value) {
  if (!key.empty()) key += ',';
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      append_number(key, sqlite3_value_int64(value));
      return true;
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      json::append_string(key, {text, static_cast<std::size_t>(sqlite3_value_bytes(value))});
      return true;
    }
    case SQLITE_NULL:
      key += "null";
      return true;
    default:
      return false;
  }
}

}  // namespace

Recorder::Recorder(Connection& connection) : connection_(connection) {
  // From the beginning: a statement that was prepared without the hook would still delete all rows
  // of a table unseen.
  sqlite3_preupdate_hook(connection_.handle(), &Recorder::on_change, this);
}

Recorder::~Recorder() { sqlite3_preupdate_hook(connection_.handle(), nullptr, nullptr); }

std::expected<void, Error> Recorder::start(const TrackedColumns& columns) {
  auto cursor = connection_.query(kTables);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  tables_.clear();
  while (cursor->next()) {
    const auto [entry, is_new] = tables_.try_emplace(std::string(cursor->text(0)));
    auto& [name, table] = *entry;
    const auto tracked = columns.find(name);
    if (is_new && tracked != columns.end()) table.key.assign(tracked->second.size(), kNoPlace);
    // With columns that are not stored, places differ between the kinds of tables: any row, then.
    table.has_virtual |= cursor->integer(2) != 0;
    const int place = static_cast<int>(cursor->integer(3));
    if (tracked == columns.end()) {
      if (cursor->integer(1) > 0) table.key.push_back(place);
      continue;
    }
    const auto column = std::ranges::find(tracked->second, cursor->text(4));
    if (column == tracked->second.end()) continue;
    table.key[static_cast<std::size_t>(column - tracked->second.begin())] = place;
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  for (auto& [name, table] : tables_) {
    if (table.has_virtual || std::ranges::find(table.key, kNoPlace) != table.key.end())
      table.key.clear();
  }
  has_foreign_commit();
  is_started_ = true;
  return {};
}

void Recorder::on_change(void* self, sqlite3* handle, int operation, const char*, const char* table,
                         long long, long long) {
  auto& recorder = *static_cast<Recorder*>(self);
  if (recorder.is_started_) recorder.note(handle, operation, table);
}

void Recorder::note(sqlite3* handle, int operation, std::string_view name) {
  const auto found = tables_.find(name);
  if (found == tables_.end()) return;
  auto& [table, keys] = *found;
  const Note any_row{.table = &table, .key = {}};
  // The note may have been rewound since.
  if (keys.any_row_at < notes_.size() && notes_[keys.any_row_at] == any_row) return;
  if (keys.key.empty() || notes_.size() >= kMaxNotes) {
    keys.any_row_at = notes_.size();
    notes_.push_back(any_row);
    return;
  }
  if (operation != SQLITE_INSERT) note_row(handle, table, keys, false);
  if (operation != SQLITE_DELETE) note_row(handle, table, keys, true);
}

void Recorder::note_row(sqlite3* handle, const std::string& name, const Table& table, bool is_new) {
  Note note{.table = &name, .key = {}};
  for (const int column : table.key) {
    sqlite3_value* value = nullptr;
    const int code = is_new ? sqlite3_preupdate_new(handle, column, &value)
                            : sqlite3_preupdate_old(handle, column, &value);
    if (code == SQLITE_OK && value != nullptr && append_key_part(note.key, value)) continue;
    note.key.clear();
    break;
  }
  // An update that leaves the key alone is noted once.
  if (notes_.empty() || notes_.back() != note) notes_.push_back(std::move(note));
}

Changes Recorder::take() {
  std::sort(notes_.begin(), notes_.end(), [](const Note& a, const Note& b) {
    return *a.table != *b.table ? *a.table < *b.table : a.key < b.key;
  });
  Changes changes;
  for (Note& note : notes_) {
    if (changes.tables.empty() || changes.tables.back().table != *note.table) {
      changes.tables.push_back({.table = *note.table});
    }
    TableChange& change = changes.tables.back();
    if (note.key.empty() || change.keys.size() == kMaxChangedKeys) change.is_whole = true;
    if (change.is_whole) {
      change.keys.clear();
    } else if (change.keys.empty() || change.keys.back() != note.key) {
      change.keys.push_back(std::move(note.key));
    }
  }
  notes_.clear();
  return changes;
}

bool Recorder::has_foreign_commit() {
  auto cursor = connection_.query("PRAGMA data_version");
  if (!cursor || !cursor->next()) return true;  // not to be known: then it counts as one
  const std::string version(cursor->text(0));
  const bool has_changed = version != data_version_;
  data_version_ = version;
  return has_changed;
}

}  // namespace sqlxc::db
