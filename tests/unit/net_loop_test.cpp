#include <sqlxc/net/hold.h>
#include <sqlxc/net/loop.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace sqlxc::net {
namespace {

std::unique_ptr<Loop> make_loop() {
  auto loop = Loop::create();
  REQUIRE(loop.has_value());
  return std::move(*loop);
}

using std::chrono::milliseconds;

}  // namespace

TEST_CASE("what other threads post runs on the loop's thread, in order") {
  const auto loop = make_loop();
  std::vector<int> seen;
  const auto here = std::this_thread::get_id();
  std::thread other([remote = loop->remote(), &seen, &loop, here] {
    for (int i = 0; i < 1000; ++i) {
      remote.post([&seen, i, here] {
        if (std::this_thread::get_id() == here) seen.push_back(i);
      });
    }
    remote.post([&loop] { loop->stop(); });
  });
  loop->run();
  other.join();
  REQUIRE(seen.size() == 1000);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
}

TEST_CASE("what is posted under a hold comes in one turn, at its end") {
  const auto loop = make_loop();
  std::vector<int> seen;
  std::thread other([remote = loop->remote(), &seen, &loop] {
    {
      const Hold hold;
      remote.post([&seen, &loop] {
        seen.push_back(1);
        loop->run_soon([&seen] { seen.push_back(3); });
      });
      for (int i = 0; i < 10'000; ++i) std::this_thread::yield();
      remote.post([&seen] { seen.push_back(2); });
    }
    remote.post([&loop] { loop->run_soon([&loop] { loop->stop(); }); });
  });
  loop->run();
  other.join();
  CHECK(seen == std::vector{1, 2, 3});
}

TEST_CASE("what is posted to a loop that is gone is dropped") {
  Remote remote;
  bool ran = false;
  {
    const auto loop = make_loop();
    remote = loop->remote();
    remote.post([&ran] { ran = true; });
  }
  remote.post([&ran] { ran = true; });
  CHECK_FALSE(ran);
}

TEST_CASE("timers fire in the order of their deadlines and never early") {
  const auto loop = make_loop();
  std::vector<int> fired;
  const auto start = Clock::now();
  Timer late(*loop, [&] {
    fired.push_back(2);
    CHECK(Clock::now() - start >= milliseconds(350));
    loop->stop();
  });
  Timer early(*loop, [&] {
    fired.push_back(1);
    CHECK(Clock::now() - start >= milliseconds(120));
  });
  Timer cancelled(*loop, [&] { fired.push_back(3); });
  late.arm(milliseconds(350));
  cancelled.arm(milliseconds(10));
  early.arm(milliseconds(120));
  cancelled.cancel();
  loop->run();
  CHECK(fired == std::vector<int>{1, 2});
}

TEST_CASE("a deadline moves both ways") {
  const auto loop = make_loop();
  std::vector<int> fired;
  Timer first(*loop, [&] { fired.push_back(1); });
  Timer second(*loop, [&] {
    fired.push_back(2);
    loop->stop();
  });
  Timer third(*loop, [&] { fired.push_back(3); });
  first.arm(std::chrono::hours(24 * 365));  // farther than the wheel is round
  third.arm(milliseconds(1));
  second.arm(milliseconds(300));
  first.arm(milliseconds(1));
  third.arm(milliseconds(60'000));
  loop->run();
  CHECK(fired == std::vector<int>{1, 2});
}

TEST_CASE("a timer may be armed by its own task and destroyed by another's") {
  const auto loop = make_loop();
  int count = 0;
  auto victim = std::make_unique<Timer>(*loop, [&] { count += 100; });
  std::unique_ptr<Timer> again;
  again = std::make_unique<Timer>(*loop, [&] {
    victim.reset();
    if (++count == 3) {
      loop->stop();
    } else {
      again->arm(milliseconds(0));
    }
  });
  again->arm(milliseconds(0));
  victim->arm(milliseconds(150));
  loop->run();
  CHECK(count == 3);
}

TEST_CASE("soon is before the end of the turn, and what soon asks for is the next turn's") {
  const auto loop = make_loop();
  std::vector<int> seen;
  loop->at_end_of_turn([&] {
    seen.push_back(0);
    if (seen.size() > 3) loop->stop();
  });
  loop->run_soon([&] {
    seen.push_back(1);
    loop->run_soon([&] { seen.push_back(2); });
  });
  loop->run();
  CHECK(seen == std::vector<int>{1, 0, 2, 0});
}

}  // namespace sqlxc::net
