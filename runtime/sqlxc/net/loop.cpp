#include <sqlxc/net/loop.h>

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include <sqlxc/core/check.h>
#include <sqlxc/net/hold.h>

namespace sqlxc::net {
namespace {

// That of this thread, if there is one.
thread_local Hold* held = nullptr;

void wake(const Fd& wakeup) {
  const std::uint64_t one = 1;
  // It fails only where 2^64 - 2 wake-ups are pending.
  [[maybe_unused]] const ssize_t written = ::write(wakeup.get(), &one, sizeof one);
}

}  // namespace

Hold::Hold() {
  SQLXC_CHECK(held == nullptr);
  held = this;
}

Hold::~Hold() {
  held = nullptr;
  for (const auto& wakeup : wakeups_) wake(*wakeup);
}

struct Remote::Mailbox {
  std::mutex mutex;
  std::vector<Task> tasks;
  bool is_open = true;  // the loop still reads
  Fd wakeup;            // readable when tasks went from none to some
};

void Remote::post(Task task) const {
  const std::scoped_lock lock(mailbox_->mutex);
  if (!mailbox_->is_open) return;
  mailbox_->tasks.push_back(std::move(task));
  if (mailbox_->tasks.size() > 1) return;
  if (held == nullptr) return wake(mailbox_->wakeup);
  held->wakeups_.emplace_back(mailbox_, &mailbox_->wakeup);
}

// Runs what other threads have posted.
struct Loop::Wakeup final : Source {
  explicit Wakeup(Remote::Mailbox& box) : mailbox(box) {}

  void on_ready(std::uint32_t) override {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(mailbox.wakeup.get(), &count, sizeof count);
    {
      const std::scoped_lock lock(mailbox.mutex);
      running.swap(mailbox.tasks);
    }
    for (Task& task : running) task();
    running.clear();
  }

  Remote::Mailbox& mailbox;
  std::vector<Task> running;
};

Result<std::unique_ptr<Loop>> Loop::create() {
  std::unique_ptr<Loop> loop(new Loop);  // the constructor is private: make_unique cannot
  loop->epoll_ = Fd(epoll_create1(EPOLL_CLOEXEC));
  if (!loop->epoll_) return fail_errno("cannot create an event loop", errno);
  loop->remote_.mailbox_ = std::make_shared<Remote::Mailbox>();
  Remote::Mailbox& mailbox = *loop->remote_.mailbox_;
  mailbox.wakeup = Fd(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!mailbox.wakeup) return fail_errno("cannot create an event loop", errno);
  loop->wakeup_ = std::make_unique<Wakeup>(mailbox);
  if (auto added = loop->add(mailbox.wakeup.get(), *loop->wakeup_, EPOLLIN); !added) {
    return std::unexpected(added.error());
  }
  return loop;
}

Loop::~Loop() {
  if (!remote_.mailbox_) return;
  std::vector<Task> dropped;
  const std::scoped_lock lock(remote_.mailbox_->mutex);
  remote_.mailbox_->is_open = false;
  dropped.swap(remote_.mailbox_->tasks);
}

Result<void> Loop::add(int fd, Source& source, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &source;
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    return fail_errno("cannot watch a socket", errno);
  }
  return {};
}

void Loop::remove(int fd, Source& source) {
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  for (std::size_t i = next_event_; i < event_count_; ++i) {
    if (events_[i].data.ptr == &source) events_[i].data.ptr = nullptr;
  }
}

void Loop::run() {
  stopped_ = false;
  while (!stopped_) {
    const int count = epoll_wait(epoll_.get(), events_.data(), kEvents, wait_milliseconds());
    SQLXC_CHECK(count >= 0 || errno == EINTR);
    read_clock();
    event_count_ = static_cast<std::size_t>(std::max(count, 0));
    for (next_event_ = 0; next_event_ < event_count_;) {
      const epoll_event& event = events_[next_event_++];
      if (event.data.ptr != nullptr) static_cast<Source*>(event.data.ptr)->on_ready(event.events);
    }
    event_count_ = 0;
    if (tick_ >= earliest_) fire_timers();
    run_soon_tasks();
    for (Task& hook : hooks_) hook();
  }
}

void Loop::run_soon_tasks() {
  if (soon_.empty()) return;
  std::vector<Task> tasks;
  tasks.swap(soon_);
  for (Task& task : tasks) task();
  if (soon_.empty()) {
    tasks.clear();
    soon_.swap(tasks);  // keeps the capacity
  }
}

void Loop::read_clock() {
  now_ = Clock::now();
  tick_ = 1 + static_cast<std::uint64_t>((now_ - start_) / kTick);
}

int Loop::wait_milliseconds() const {
  if (!soon_.empty()) return 0;
  if (linked_ == 0) return -1;
  const auto due = start_ + kTick * (earliest_ - 1);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - now_);
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void Loop::fire_timers() {
  if (tick_ - fired_tick_ > kSlots) fired_tick_ = tick_ - kSlots;
  while (fired_tick_ < tick_) {
    ++fired_tick_;
    // A task may unlink any timer, so each search starts anew. Timers of the wheel's next round,
    // which this very pass may have put here, stay.
    for (;;) {
      Timer* timer = slots_[fired_tick_ % kSlots];
      while (timer != nullptr && timer->slot_tick_ > fired_tick_) timer = timer->next_;
      if (timer == nullptr) break;
      timer->unlink();
      if (timer->deadline_ > tick_) {
        timer->link();
      } else if (timer->deadline_ != 0) {
        timer->deadline_ = 0;
        timer->task_();
      }
    }
  }
  find_earliest();
}

void Loop::find_earliest() {
  earliest_ = ~0UL;
  if (linked_ == 0) return;
  earliest_ = fired_tick_ + 1;
  while (slots_[earliest_ % kSlots] == nullptr) ++earliest_;
}

void Timer::arm(std::chrono::milliseconds delay) {
  const auto ticks = std::chrono::ceil<std::chrono::milliseconds>(delay) / Loop::kTick;
  // One tick for the part of it that delay leaves over, one for the part of now's that has passed.
  deadline_ = loop_.tick_ + static_cast<std::uint64_t>(std::max<std::int64_t>(ticks, 0)) + 2;
  if (where_ != nullptr && slot_tick_ <= deadline_) return;
  unlink();
  link();
}

void Timer::link() {
  slot_tick_ = std::min(deadline_, loop_.tick_ + Loop::kSlots - 1);
  Timer*& head = loop_.slots_[slot_tick_ % Loop::kSlots];
  next_ = head;
  if (next_ != nullptr) next_->where_ = &next_;
  where_ = &head;
  head = this;
  ++loop_.linked_;
  loop_.earliest_ = std::min(loop_.earliest_, slot_tick_);
}

void Timer::unlink() {
  if (where_ == nullptr) return;
  *where_ = next_;
  if (next_ != nullptr) next_->where_ = where_;
  where_ = nullptr;
  next_ = nullptr;
  --loop_.linked_;
}

}  // namespace sqlxc::net
