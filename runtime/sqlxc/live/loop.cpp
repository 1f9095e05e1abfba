#include <sqlxc/live/loop.h>

#include <utility>

namespace sqlxc::live {
namespace {

// At once, so that a change that concerns many queries leaves room for requests.
constexpr std::size_t kMaxRuns = 64;
constexpr std::chrono::milliseconds kRetry{300};

// A result leaves for so many in one turn: their buffers are free again when the next ones need
// some, and whoever asks something meanwhile need not wait for all.
constexpr std::size_t kDeliveredAtOnce = 64;

}  // namespace

Loop::Loop(Hub& hub, net::Loop& loop, Engine& engine)
    : hub_(hub), loop_(loop), engine_(engine), index_(hub.join(*this)), retry_(loop, [this] {
        retry_failed();
      }) {}

SubscriptionId Loop::subscribe(const Operation& operation, const Plan& plan,
                               Subscriber& subscriber) {
  // Loops count for themselves: the index keeps their numbers apart.
  const SubscriptionId id = ++next_ << 10 | index_;
  if (!hub_.subscribe(index_, id, operation, plan)) return 0;
  subscribers_[id] = &subscriber;
  return id;
}

void Loop::unsubscribe(SubscriptionId id) {
  if (subscribers_.erase(id) > 0) hub_.unsubscribe(id);
}

void Loop::run_due() {
  is_scheduled_ = false;
  if (running_ >= kMaxRuns) return;  // the end of a run comes back here
  std::vector<Hub::Due> taken = hub_.take_due(index_, kMaxRuns - running_);
  has_more_ = running_ + taken.size() == kMaxRuns;
  for (Hub::Due& due : taken) {
    ++running_;
    engine_.run(due.plan, [this, query = due.query, run = due.run](Outcome outcome) {
      on_done(query, run, std::move(outcome));
    });
  }
}

// Whoever had to wait runs in the next turn, as soon as there is room.
void Loop::schedule_waiting() {
  if (!has_more_ || std::exchange(is_scheduled_, true)) return;
  loop_.run_soon([this] { run_due(); });
}

void Loop::on_done(std::uint64_t query, std::uint64_t run, Outcome outcome) {
  --running_;
  schedule_waiting();
  if (outcome.is_unavailable) {
    failed_.push_back(query);
    if (!retry_.is_armed()) retry_.arm(kRetry);
    return;
  }
  const Payload payload = std::make_shared<const std::string>(std::move(outcome.json));
  for (Hub::Delivery& delivery : hub_.finish(query, run, payload)) {
    if (delivery.subscriptions.empty()) continue;
    if (delivery.loop == this) {
      deliver(payload, std::move(delivery.subscriptions));
      continue;
    }
    delivery.remote.post(
        [loop = delivery.loop, payload, ids = std::move(delivery.subscriptions)]() mutable {
          loop->deliver(std::move(payload), std::move(ids));
        });
  }
}

// In the order of the results: nobody gets an older one last.
void Loop::deliver(Payload payload, std::vector<SubscriptionId> subscriptions) {
  deliveries_.push_back({.payload = std::move(payload), .subscriptions = std::move(subscriptions)});
  if (std::exchange(is_delivering_, true)) return;
  // Behind the answers of this turn: that of the write that this is about is among them.
  loop_.run_soon([this] { deliver_some(); });
}

void Loop::deliver_some() {
  for (std::size_t i = 0; i < kDeliveredAtOnce && !deliveries_.empty(); ++i) {
    Delivered& first = deliveries_.front();
    const auto found = subscribers_.find(first.subscriptions[first.next++]);
    if (found != subscribers_.end()) found->second->on_result(first.payload);
    if (first.next == first.subscriptions.size()) deliveries_.pop_front();
  }
  is_delivering_ = !deliveries_.empty();
  if (is_delivering_) loop_.run_soon([this] { deliver_some(); });
}

void Loop::fail(SubscriptionId id, std::string_view message) {
  const auto found = subscribers_.find(id);
  if (found != subscribers_.end()) found->second->on_failed(message);
}

void Loop::retry_failed() {
  for (const std::uint64_t query : std::exchange(failed_, {})) hub_.retry(query);
}

}  // namespace sqlxc::live
