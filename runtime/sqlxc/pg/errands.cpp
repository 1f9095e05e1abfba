#include <sqlxc/pg/errands.h>

#include <memory>

#include <sqlxc/pg/library.h>

namespace sqlxc::pg {

Errands::~Errands() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Errands::run(net::Task work, const net::Remote& remote, net::Task done) {
  const std::scoped_lock lock(mutex_);
  errands_.push_back({.work = std::move(work), .remote = remote, .done = std::move(done)});
  if (!thread_.joinable()) thread_ = std::thread([this] { this->work(); });
  changed_.notify_one();
}

void Errands::cancel(pg_conn* connection, const net::Remote& remote, net::Task done) {
  struct Free {
    void operator()(pg_cancel* cancel) const { pq().freeCancel(cancel); }
  };
  std::unique_ptr<pg_cancel, Free> cancel(pq().getCancel(connection));
  if (!cancel) return;
  run(
      [cancel = std::move(cancel)] {
        char words[256];
        pq().cancel(cancel.get(), words, sizeof words);
      },
      remote, std::move(done));
}

void Errands::work() {
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_stopping_ || !errands_.empty(); });
    if (is_stopping_) return;
    Errand errand = std::move(errands_.front());
    errands_.pop_front();
    lock.unlock();
    errand.work();
    errand.remote.post(std::move(errand.done));
  }
}

}  // namespace sqlxc::pg
