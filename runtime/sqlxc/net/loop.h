#pragma once

#include <sys/epoll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/net/fd.h>

// The event loop: epoll, timers, work posted from other threads, and hooks at the end of a turn. A
// service runs one loop a core and a loop shares nothing with another; every member but
// Remote::post is for the loop's own thread.
namespace sqlxc::net {

using Clock = std::chrono::steady_clock;
using Task = std::move_only_function<void()>;

class Loop;

/// What a file descriptor of a loop belongs to: connections, listeners and wake-ups.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;
  /// `events` are EPOLLIN and its kin.
  virtual void on_ready(std::uint32_t events) = 0;
};

/// A deadline that can be moved cheaply, as is done with every request: about a tenth of a second
/// coarse, never early.
class Timer {
 public:
  /// Runs `task` on the loop's thread when the deadline has passed; the timer may be armed,
  /// but not destroyed, within it.
  Timer(Loop& loop, Task task) : loop_(loop), task_(std::move(task)) {}
  ~Timer() { unlink(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Sets the deadline that much after the turn's beginning, in place of any that was set.
  void arm(std::chrono::milliseconds delay);
  void cancel() { deadline_ = 0; }
  bool is_armed() const { return deadline_ != 0; }

 private:
  friend class Loop;
  void link();
  void unlink();

  Loop& loop_;
  Task task_;
  Timer* next_ = nullptr;
  Timer** where_ = nullptr;     // what points at this timer in its slot, null while it is in none
  std::uint64_t deadline_ = 0;  // a tick of the loop, 0: not armed
  std::uint64_t slot_tick_ =
      0;  // when its slot is looked at; at most deadline_, so that later deadlines cost nothing
};

/// A loop as other threads see it. It may outlive its loop: what is posted then is dropped.
class Remote {
 public:
  /// Runs `task` on the loop's thread in one of its next turns. Safe from any thread.
  void post(Task task) const;

 private:
  friend class Loop;
  struct Mailbox;
  // Shared, as a database thread may still hold a Remote when its loop is gone.
  std::shared_ptr<Mailbox> mailbox_;
};

class Loop {
 public:
  /// A loop ready to run, or why the system has none for us.
  static Result<std::unique_ptr<Loop>> create();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Serves events on the calling thread until stop().
  void run();
  /// Ends run() with the current turn. From the loop's thread; others post it.
  void stop() { stopped_ = true; }

  /// The handle for other threads; cheap to copy.
  const Remote& remote() const { return remote_; }
  /// Runs `task` in this turn, after the events at hand and before the end-of-turn hooks; what such
  /// a task asks for in its turn waits for the next one. Never recursive, so it is the place for
  /// work that a caller must not be surprised by.
  void run_soon(Task task) { soon_.push_back(std::move(task)); }
  /// Runs `hook` at the end of every turn, for the life of the loop.
  void at_end_of_turn(Task hook) { hooks_.push_back(std::move(hook)); }

  /// The time at the beginning of this turn.
  Clock::time_point now() const { return now_; }

  /// Watches `fd`; `events` with EPOLLET where wished. `source` must be removed before it is
  /// destroyed.
  Result<void> add(int fd, Source& source, std::uint32_t events);
  /// Stops watching; events of `source` that this turn still holds are dropped.
  void remove(int fd, Source& source);

 private:
  friend class Timer;
  static constexpr std::uint64_t kSlots = 1024;
  static constexpr std::chrono::milliseconds kTick{100};
  static constexpr int kEvents = 256;

  Loop() = default;
  void read_clock();
  int wait_milliseconds() const;
  void fire_timers();
  void find_earliest();
  void run_soon_tasks();

  struct Wakeup;
  Fd epoll_;
  bool stopped_ = false;
  Remote remote_;
  std::unique_ptr<Wakeup> wakeup_;
  std::vector<epoll_event> events_ = std::vector<epoll_event>(kEvents);
  std::size_t next_event_ = 0;  // of this turn's events, those from here to event_count_ remain
  std::size_t event_count_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point now_ = start_;
  std::uint64_t tick_ = 1;         // of now_
  std::uint64_t fired_tick_ = 1;   // slots up to this one have been looked at
  std::uint64_t earliest_ = ~0UL;  // no slot before this tick holds a timer
  std::size_t linked_ = 0;
  std::vector<Timer*> slots_ = std::vector<Timer*>(kSlots);
  std::vector<Task> soon_;
  std::vector<Task> hooks_;
};

}  // namespace sqlxc::net
