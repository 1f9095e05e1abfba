#pragma once

#include <catch2/catch.hpp>

#include <sqlxc/net/loop.h>
#include <sqlxc/pg/client.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

// A PostgreSQL server for the tests that need a real one: tests/e2e/postgres.py starts one and
// names it in $SQLXC_TEST_POSTGRES. Without it they do nothing and say so once.
namespace sqlxc::pg {

inline const char* test_url() {
  static const char* const url = [] {
    const char* given = std::getenv("SQLXC_TEST_POSTGRES");
    if (given == nullptr) {
      std::fputs("skipped: tests of PostgreSQL ($SQLXC_TEST_POSTGRES names no server)\n", stderr);
    }
    return given;
  }();
  return url;
}

/// A loop, a client on it, and a way to wait for what is asked of it.
class Bench {
 public:
  explicit Bench(Options options = {}) {
    auto loop = net::Loop::create();
    REQUIRE(loop.has_value());
    loop_ = std::move(*loop);
    loop_->at_end_of_turn([this] {
      if (is_over_) is_over_();
    });
    watchdog_ = std::make_unique<net::Timer>(
        *loop_, [this] { watchdog_->arm(std::chrono::milliseconds(100)); });
    if (options.url.empty()) options.url = test_url();
    auto client = Client::create(*loop_, std::move(options));
    if (!client) FAIL(client.error().message);
    client_ = std::move(*client);
  }

  net::Loop& loop() { return *loop_; }
  Client& client() { return *client_; }

  /// Serves the loop until `is_done` holds, looked at after every turn; false after half a minute.
  template <class Condition>
  bool wait_for(Condition is_done) {
    const auto end = net::Clock::now() + std::chrono::seconds(30);
    is_over_ = [this, &is_done, end] {
      if (is_done() || net::Clock::now() > end) loop_->stop();
    };
    if (!is_done()) {
      watchdog_->arm(std::chrono::milliseconds(100));
      loop_->run();
    }
    is_over_ = {};
    return is_done();
  }

  /// The outcome of one job.
  Outcome run(Job job) {
    std::optional<Outcome> outcome;
    job.done = [&](Outcome given) { outcome = std::move(given); };
    client_->run(std::move(job));
    REQUIRE(wait_for([&] { return outcome.has_value(); }));
    return std::move(*outcome);
  }
  Outcome read(std::string sql, std::vector<value::Value> binds = {}) {
    return run({.sql = std::move(sql), .binds = std::move(binds)});
  }
  Outcome write(std::string sql, std::vector<value::Value> binds = {}) {
    return run({.sql = std::move(sql), .binds = std::move(binds), .kind = Job::Kind::write});
  }
  /// The first column of the first row; its failure's SQLSTATE.
  std::string value(std::string sql, std::vector<value::Value> binds = {}) {
    const Outcome outcome = read(std::move(sql), std::move(binds));
    if (!outcome) return outcome.error().sqlstate;
    return outcome->rows() == 0 ? "no row" : std::string(outcome->text(0, 0));
  }

 private:
  std::unique_ptr<net::Loop> loop_;
  std::unique_ptr<net::Timer> watchdog_;
  std::unique_ptr<Client> client_;
  std::move_only_function<void()> is_over_;
};

}  // namespace sqlxc::pg
