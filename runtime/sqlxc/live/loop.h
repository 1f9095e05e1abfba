#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlxc/live/engine.h>
#include <sqlxc/live/hub.h>
#include <sqlxc/net/loop.h>

// The live queries of one loop: it runs those that the hub gives it and hands results to its own
// subscribers. For the loop's thread.
namespace sqlxc::live {

/// Where the results of a subscription go.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  /// A result that differs from the one before.
  virtual void on_result(const Payload& payload) = 0;
  /// There will be none: the tables cannot be watched, in words for the client.
  virtual void on_failed(std::string_view message) = 0;
};

class Loop {
 public:
  /// All of them outlive it.
  Loop(Hub& hub, net::Loop& loop, Engine& engine);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  Engine& engine() { return engine_; }
  net::Loop& net() { return loop_; }

  /// Keeps the results of `operation`, whose plan is live, coming to `subscriber` until
  /// unsubscribe(). Nothing if the service has too many.
  SubscriptionId subscribe(const Operation& operation, const Plan& plan, Subscriber& subscriber);
  void unsubscribe(SubscriptionId id);

 private:
  friend class Hub;

  // A result on its way to these.
  struct Delivered {
    Payload payload;
    std::vector<SubscriptionId> subscriptions = {};
    std::size_t next = 0;
  };

  const net::Remote& remote() const { return loop_.remote(); }
  void run_due();
  void schedule_waiting();
  void on_done(std::uint64_t query, std::uint64_t run, Outcome outcome);
  void deliver(Payload payload, std::vector<SubscriptionId> subscriptions);
  void deliver_some();
  void fail(SubscriptionId id, std::string_view message);
  void retry_failed();

  Hub& hub_;
  net::Loop& loop_;
  Engine& engine_;
  std::size_t index_;
  std::uint64_t next_ = 0;
  std::size_t running_ = 0;
  bool has_more_ = false;      // more are due than were let run
  bool is_scheduled_ = false;  // run_due() comes, for them
  std::unordered_map<SubscriptionId, Subscriber*> subscribers_;
  std::deque<Delivered> deliveries_;
  bool is_delivering_ = false;         // deliver_some() comes, for the rest
  std::vector<std::uint64_t> failed_;  // to be run again
  net::Timer retry_;
};

}  // namespace sqlxc::live
