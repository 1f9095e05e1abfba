#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>

#include <sqlxc/pg/job.h>

// A result of any length in constant memory: rows come one at a time, and while the reader is
// paused the server waits.
namespace sqlxc::pg {

class Client;
class Connection;

struct StreamEvents {
  /// One row. Not called while paused.
  std::move_only_function<void(Result row)> on_row;
  /// The end: all rows have come, or why not.
  std::move_only_function<void(std::expected<void, db::Error>)> on_end;
};

class Stream {
 public:
  /// Stops the statement if it has not ended; no event comes any more. Any of them may do it.
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// No further row until resume(), within on_row too.
  void pause();
  void resume();
  bool is_paused() const { return is_paused_; }

 private:
  friend class Client;
  Stream(std::shared_ptr<Client*> client, Job job, StreamEvents events);
  Client& client() const { return **client_; }
  bool is_active() const;
  void start(Connection* acquired, db::Error why);
  void on_begun(Outcome outcome);
  void on_done(Outcome outcome);
  void end(std::expected<void, db::Error> result);

  // Shared with the client, which empties it when it goes.
  std::shared_ptr<Client*> client_;
  Job job_;
  std::shared_ptr<StreamEvents> events_;  // shared with the call that runs: it may end the stream
  Connection* connection_ = nullptr;
  std::uint64_t generation_ = 0;
  bool is_paused_ = false;
  // Shared with what the connection holds: null once the stream is gone.
  std::shared_ptr<Stream*> self_;
};

}  // namespace sqlxc::pg
