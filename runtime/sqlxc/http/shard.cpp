#include <sqlxc/http/shard.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include <sqlxc/core/text.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kKeptSlots = 128;
constexpr std::size_t kKeptOutputs = 64;
constexpr std::size_t kKeptOutputSize = 256 * 1024;
constexpr std::size_t kOutputSize = 8 * 1024;
constexpr int kAcceptsAtOnce = 64;
constexpr std::chrono::milliseconds kAcceptPause{100};

// Two letters at a time, for a date's names.
constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_two_digits(std::string& out, int value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

// IMF-fixdate (RFC 9110, section 5.6.7), whatever the locale.
std::string format_date_line(std::time_t now) {
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::string out = "Date: ";
  out += kDays[utc.tm_wday];
  out += ", ";
  append_two_digits(out, utc.tm_mday);
  out += ' ';
  out += kMonths[utc.tm_mon];
  out += ' ';
  append_number(out, utc.tm_year + 1900);
  out += ' ';
  append_two_digits(out, utc.tm_hour);
  out += ':';
  append_two_digits(out, utc.tm_min);
  out += ':';
  append_two_digits(out, utc.tm_sec);
  out += " GMT\r\n";
  return out;
}

}  // namespace

struct Shard::Acceptor final : net::Source {
  explicit Acceptor(Shard& owner) : shard(owner) {}
  void on_ready(std::uint32_t) override { shard.accept_some(kAcceptsAtOnce); }
  Shard& shard;
};

struct Shard::Stopper final : net::Source {
  explicit Stopper(Shard& owner) : shard(owner) {}
  void on_ready(std::uint32_t) override {
    std::uint64_t count = 0;
    if (::read(shard.stop_event_.get(), &count, sizeof count) < 0) return;
    const bool is_second = count > 1 || shard.is_draining_;
    shard.begin_drain();
    if (is_second) shard.force_stop();
  }
  Shard& shard;
};

Shard::Shard(Common& common, std::size_t index, std::unique_ptr<net::Loop> loop, net::Fd stop_event)
    : common_(common),
      index_(index),
      loop_(std::move(loop)),
      stop_event_(std::move(stop_event)),
      acceptor_(std::make_unique<Acceptor>(*this)),
      stopper_(std::make_unique<Stopper>(*this)),
      accept_pause_(*loop_, [this] { accept_some(kAcceptsAtOnce); }),
      drain_timer_(*loop_, [this] { force_stop(); }) {
  if (getrandom(&next_id_, sizeof next_id_, 0) != sizeof next_id_) next_id_ = index << 48;
  loop_->at_end_of_turn([this] { graveyard_.clear(); });
}

Shard::~Shard() = default;

Result<void> Shard::start(const HandlerFactory& factory) {
  const std::scoped_lock lock(common_.factory_mutex);
  Result<std::unique_ptr<Handler>> made = factory(*loop_);
  if (!made) return std::unexpected(made.error());
  handler_ = std::move(*made);
  if (auto added = loop_->add(stop_event_.get(), *stopper_, EPOLLIN); !added) return added;
  return loop_->add(common_.listener.get(), *acceptor_, EPOLLIN | EPOLLEXCLUSIVE);
}

Result<void> Shard::run(const HandlerFactory& factory, net::Task& ready) {
  Result<void> started = start(factory);
  if (started) {
    if (++common_.started == common_.shards.size() && ready) ready();
    loop_->run();
  }
  // What is still in flight is told. Its buffers stay until the shard goes: another thread may read
  // them.
  for (Connection* connection : all_connections()) connection->abort();
  handler_.reset();
  return started;
}

void Shard::stop() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_event_.get(), &one, sizeof one);
}

// --- Accepting ---------------------------------------------------------------------------------

void Shard::accept_some(int most) {
  for (int i = 0; i < most && !is_draining_; ++i) {
    net::Fd client(accept4(common_.listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (client) {
      place(std::move(client));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      // The listener stays ready: look away for a moment instead of spinning.
      loop_->remove(common_.listener.get(), *acceptor_);
      accept_pause_.arm(kAcceptPause);
      is_paused_ = true;
      return;
    } else if (errno != ECONNABORTED && errno != EINTR) {
      break;
    }
  }
  if (is_paused_ && !is_draining_) {
    is_paused_ = false;
    if (!loop_->add(common_.listener.get(), *acceptor_, EPOLLIN | EPOLLEXCLUSIVE)) force_stop();
  }
}

// Gives a new connection to the loop that has the fewest.
void Shard::place(net::Fd client) {
  const int one = 1;
  setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  std::size_t best = index_;
  std::uint32_t fewest = common_.loads[index_].connections.load(std::memory_order_relaxed);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < common_.loads.size(); ++i) {
    const std::uint32_t count = common_.loads[i].connections.load(std::memory_order_relaxed);
    total += count;
    if (count < fewest) {
      fewest = count;
      best = i;
    }
  }
  if (total >= common_.options.max_connections) return turn_away(std::move(client));
  common_.loads[best].connections.fetch_add(1, std::memory_order_relaxed);
  if (best == index_) return adopt(std::move(client));
  Shard& other = *common_.shards[best];
  other.loop_->remote().post(
      [&other, fd = std::move(client)]() mutable { other.adopt(std::move(fd)); });
}

void Shard::adopt(net::Fd client) {
  const int fd = client.get();
  auto connection = std::make_unique<Connection>(*this, std::move(client));
  const auto events = static_cast<std::uint32_t>(EPOLLIN | EPOLLOUT | EPOLLRDHUP) | EPOLLET;
  if (!loop_->add(fd, *connection, events)) {
    common_.loads[index_].connections.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  connection->index_ = connections_.size();
  connections_.push_back(std::move(connection));
  Connection& adopted = *connections_.back();
  if (is_draining_) {
    adopted.drain();
  } else {
    adopted.settle();
  }
}

void Shard::turn_away(net::Fd client) {
  static constexpr std::string_view kAnswer =
      "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: "
      "0\r\n\r\n";
  ::send(client.get(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

// --- Stopping ----------------------------------------------------------------------------------

void Shard::begin_drain() {
  if (is_draining_) return;
  accept_some(common_.options.max_connections > 65536
                  ? 65536
                  : static_cast<int>(common_.options.max_connections));
  is_draining_ = true;
  if (!is_paused_) loop_->remove(common_.listener.get(), *acceptor_);
  ::shutdown(common_.listener.get(), SHUT_RDWR);
  drain_timer_.arm(common_.options.drain_timeout);
  for (Connection* connection : all_connections()) connection->drain();
  stop_if_drained();
}

// A copy: what is done to a connection may bury it and so reorder the list.
std::vector<Connection*> Shard::all_connections() const {
  std::vector<Connection*> all;
  all.reserve(connections_.size());
  for (const auto& connection : connections_) all.push_back(connection.get());
  return all;
}

void Shard::force_stop() {
  is_draining_ = true;
  loop_->stop();
}

void Shard::stop_if_drained() {
  if (is_draining_ && connections_.empty()) loop_->stop();
}

void Shard::bury(Connection& connection) {
  if (connection.is_due_) std::erase(due_, &connection);
  const std::size_t index = connection.index_;
  std::swap(connections_[index], connections_.back());
  connections_[index]->index_ = index;
  graveyard_.push_back(std::move(connections_.back()));
  connections_.pop_back();
  common_.loads[index_].connections.fetch_sub(1, std::memory_order_relaxed);
  stop_if_drained();
}

// --- What connections share --------------------------------------------------------------------

void Shard::schedule(Connection& connection) {
  if (connection.is_due_) return;
  connection.is_due_ = true;
  if (due_.empty()) loop_->run_soon([this] { run_due(); });
  due_.push_back(&connection);
}

void Shard::run_due() {
  std::vector<Connection*> running;
  running.swap(due_);
  for (Connection* connection : running) connection->is_due_ = false;
  for (Connection* connection : running) connection->run();
}

std::unique_ptr<Slot> Shard::take_slot() {
  if (slots_.empty()) return std::make_unique<Slot>();
  std::unique_ptr<Slot> slot = std::move(slots_.back());
  slots_.pop_back();
  return slot;
}

void Shard::give_back(std::unique_ptr<Slot> slot) {
  slot->clear();
  if (slots_.size() < kKeptSlots) slots_.push_back(std::move(slot));
}

std::string Shard::take_output() {
  if (outputs_.empty()) {
    std::string output;
    output.reserve(kOutputSize);
    return output;
  }
  std::string output = std::move(outputs_.back());
  outputs_.pop_back();
  return output;
}

void Shard::give_back(std::string output) {
  if (output.capacity() > kKeptOutputSize || outputs_.size() == kKeptOutputs) return;
  output.clear();
  outputs_.push_back(std::move(output));
}

std::string_view Shard::date_line() {
  if (loop_->now() >= date_until_) {
    std::timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    date_line_ = format_date_line(now.tv_sec);
    date_until_ = loop_->now() + std::chrono::nanoseconds(1'000'000'000 - now.tv_nsec);
  }
  return date_line_;
}

void Shard::append_fresh_id(std::string& out) { append_hex(out, next_id_++, 16); }

}  // namespace sqlxc::http
