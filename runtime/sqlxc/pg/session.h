#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <vector>

#include <sqlxc/pg/job.h>

// A transaction of several steps, each of which may depend on the last one's rows.
namespace sqlxc::pg {

class Client;
class Connection;

struct SessionOptions {
  enum class Isolation : std::uint8_t { read_committed, repeatable_read, serializable };

  bool is_readonly = false;
  Isolation isolation = Isolation::read_committed;
  std::vector<Setting> settings = {};  // for this transaction alone
};

/// An exclusive connection within a transaction. Once its client is gone it does nothing.
class Session {
 public:
  using Finished = std::move_only_function<void(std::expected<void, db::Error>)>;

  Session() = default;
  Session(Session&& other) noexcept;
  Session& operator=(Session&& other) noexcept;
  /// Rolls back, and stops what runs, unless commit() or rollback() was called.
  ~Session();

  /// Sends a statement; several may be sent before the first is answered. After a failure all
  /// others fail (25P02) until rollback(). Conflicts (40001) are the caller's to retry: a new
  /// session, the same steps. The job's kind, settings and is_rolled_back mean nothing here.
  void run(Job job);
  /// Ends the transaction and the session. An error if it could not be committed; nothing has
  /// happened then, unless is_outcome_unknown says otherwise.
  void commit(Finished done);
  void rollback(Finished done);

  /// False once it has ended or was moved from.
  explicit operator bool() const { return has_begun_; }

 private:
  friend class Client;
  Session(std::shared_ptr<Client*> client, Connection* connection);
  Client* client() const { return *client_; }
  bool is_lost() const;
  void end(const char* sql, Finished done);

  // Shared with the client, which empties it when it goes.
  std::shared_ptr<Client*> client_;
  bool has_begun_ = false;  // and not ended
  Connection* connection_ = nullptr;
  std::uint64_t generation_ = 0;
};

using SessionDone = std::move_only_function<void(std::expected<Session, db::Error>)>;

}  // namespace sqlxc::pg
