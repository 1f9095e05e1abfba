#include <sqlxc/pg/canceller.h>

#include <sqlxc/pg/library.h>

namespace sqlxc::pg {

Canceller::~Canceller() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  for (Order& order : orders_) pq().freeCancel(order.cancel);
}

void Canceller::cancel(pg_conn* connection, const net::Remote& remote, net::Task done) {
  pg_cancel* cancel = pq().getCancel(connection);
  if (cancel == nullptr) return;
  const std::scoped_lock lock(mutex_);
  orders_.push_back({.cancel = cancel, .remote = remote, .done = std::move(done)});
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  changed_.notify_one();
}

void Canceller::work() {
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_stopping_ || !orders_.empty(); });
    if (is_stopping_) return;
    Order order = std::move(orders_.front());
    orders_.pop_front();
    lock.unlock();
    char words[256];
    pq().cancel(order.cancel, words, sizeof words);
    pq().freeCancel(order.cancel);
    order.remote.post(std::move(order.done));
  }
}

}  // namespace sqlxc::pg
