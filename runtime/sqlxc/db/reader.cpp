#include <sqlxc/db/reader.h>

namespace sqlxc::db {

std::expected<Cursor, Error> Reader::query(std::string_view sql,
                                           std::span<const value::Value> binds,
                                           const Limits& limits) {
  // Read before the snapshot is taken: what was acknowledged by now will be in it.
  const std::uint64_t commits = commits_->load(std::memory_order_acquire);
  if (has_snapshot_ && commits != seen_commits_) end_turn();
  connection_->limit(limits);
  if (!has_snapshot_) {
    if (auto begun = connection_->begin_read(); !begun) {
      return std::unexpected(std::move(begun.error()));
    }
    has_snapshot_ = true;
    seen_commits_ = commits;
  }
  return connection_->query(sql, binds);
}

void Reader::end_turn() {
  if (!has_snapshot_ || connection_->active_cursors() > 0) return;
  connection_->limit({});
  connection_->end_read();
  has_snapshot_ = false;
}

}  // namespace sqlxc::db
