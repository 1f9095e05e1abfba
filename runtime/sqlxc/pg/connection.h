#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/net/loop.h>
#include <sqlxc/pg/hosts.h>
#include <sqlxc/pg/options.h>
#include <sqlxc/pg/request.h>
#include <sqlxc/pg/statements.h>

struct pg_conn;
struct pg_result;

// One connection of a loop in libpq's pipeline mode: requests go out without waiting for answers,
// which come in the same order. It knows how to send and to match; what to do about a failure is
// its owner's to decide.
namespace sqlxc::pg {

class Connection final : public net::Source {
 public:
  enum class State : std::uint8_t { closed, connecting, ready };
  enum class Role : std::uint8_t {
    reader,  // every transaction is READ ONLY
    writer,
    session,
  };

  /// What the owner is told, on the loop's thread.
  struct Events {
    std::move_only_function<void(Connection* connection)> ready;
    /// The request holds its result, its error, or was_aborted.
    std::move_only_function<void(Connection* connection, RequestPtr request)> finished;
    /// The connection is closed; these requests had been sent and have no answer. It is also told
    /// when no connection could be made.
    std::move_only_function<void(Connection* connection, db::Error why,
                                 std::vector<RequestPtr> unanswered)>
        lost;
  };

  Connection(net::Loop& loop, const Options& options, Role role, Events& events);
  ~Connection() override;

  /// Begins to connect; `hosts`, if any, stand for those of the URL.
  void connect(const Hosts& hosts);
  /// Closes and reports as lost.
  void fail(db::Error why);

  State state() const { return state_; }
  Role role() const { return role_; }
  /// In Events::lost: whether it had never been ready.
  bool was_connecting() const { return was_connecting_; }
  /// Requests without an answer.
  std::size_t in_flight() const { return in_flight_; }
  /// Since when the server has worked on the oldest of them, or connect() has run.
  net::Clock::time_point busy_since() const { return busy_since_; }
  /// Counts connects: what was made with an earlier one is gone.
  std::uint64_t generation() const { return generation_; }
  /// Pooled transactions only: whether the next segment must wait for the last one's end.
  bool must_wait() const { return options_.is_pgbouncer && in_flight_ > 0; }

  /// Sends a read that shares its Sync with others of this turn.
  void send_shared(RequestPtr request);
  /// Sends a request that is a transaction of its own, or a step of a session.
  void send_alone(RequestPtr request);
  /// Ends the turn's segment and pushes out what the socket takes. To be called in the turn of
  /// every send and every connect(): it is where their failures are told.
  void flush();

  /// Stops reading from the socket; resumed, rows come with the next flush().
  void pause();
  void resume();

  /// The requests on their way, oldest first.
  template <class Visit>
  void for_each_in_flight(Visit visit) {
    for (Entry& entry : entries_) {
      if (entry.request) visit(*entry.request);
    }
  }
  /// The one that the server works on; null if there is none.
  Request* head();

  /// For cancelling: null unless ready.
  pg_conn* handle() const { return state_ == State::ready ? handle_ : nullptr; }
  bool is_cancelling = false;             // a cancel is under way
  unsigned cancels = 0;                   // sent for the head
  bool is_release_due = false;            // of a session that ended meanwhile
  net::Clock::time_point cancelled_at{};  // the last one

  void on_ready(std::uint32_t events) override;

 private:
  enum class Step : std::uint8_t { prepare, auxiliary, statement, sync };
  // A result that is to come.
  struct Entry {
    Step step = Step::auxiliary;
    Statements::Id statement = 0;  // of prepare
    RequestPtr request = {};       // what is finished by it
  };

  void poll();
  void become_ready();
  void close();
  void watch(std::uint32_t events);
  void unwatch();

  bool send(std::string_view sql, std::span<const value::Value> binds, Request* request);
  bool send_stream(const Request& request);
  bool send_settings(const std::vector<Setting>& settings);
  bool send_auxiliary(std::string_view sql, std::span<const value::Value> binds);
  void open_segment();
  void push(Entry entry);
  void sync(RequestPtr request);
  void sent(bool is_sent);

  void drain();
  bool take(pg_result* raw);
  void take_prepare(Entry entry, const Result& result);
  void take_statement(Entry entry, Result result);
  void take_sync(Entry entry);
  void finish(RequestPtr request);

  net::Loop& loop_;
  const Options& options_;
  Role role_;
  Events& events_;
  State state_ = State::closed;
  pg_conn* handle_ = nullptr;
  int fd_ = -1;
  std::uint32_t watched_ = 0;
  bool is_paused_ = false;
  bool has_resumed_ = false;
  bool was_connecting_ = false;
  std::uint64_t generation_ = 0;
  net::Clock::time_point busy_since_{};
  std::size_t in_flight_ = 0;
  bool is_segment_open_ = false;
  bool is_broken_ = false;  // libpq refused to send: closed at the next chance
  std::deque<Entry> entries_;
  Statements statements_;
  // What has come of the segment at hand.
  std::optional<db::Error> segment_error_;
  Result segment_result_;
  bool is_draining_ = false;
};

}  // namespace sqlxc::pg
