#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include <sqlxc/db/connection.h>

// A loop's own read-only connection. All reads of one turn of the loop see one snapshot, which is
// taken at the first of them and renewed when a write has been acknowledged since: whoever was told
// that a write is done can read it, on any loop.
namespace sqlxc::db {

class Reader {
 public:
  Reader(std::unique_ptr<Connection> connection, const std::atomic<std::uint64_t>* commits)
      : connection_(std::move(connection)), commits_(commits) {}
  ~Reader() { end_turn(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// As Connection::query, in the snapshot of this turn.
  std::expected<Cursor, Error> query(std::string_view sql, std::span<const value::Value> binds = {},
                                     const Limits& limits = {});

  /// Gives the snapshot back; call it at the end of each turn of the loop. While a cursor is open,
  /// nothing happens.
  void end_turn();

  Connection& connection() { return *connection_; }

 private:
  std::unique_ptr<Connection> connection_;
  const std::atomic<std::uint64_t>* commits_;
  bool has_snapshot_ = false;
  std::uint64_t seen_commits_ = 0;
};

}  // namespace sqlxc::db
