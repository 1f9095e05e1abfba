#include "pg_server.h"

#include <fstream>
#include <string>

namespace sqlxc::pg {
namespace {

using value::Value;

// Memory of this process in KiB.
std::size_t resident() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

}  // namespace

TEST_CASE("a stream brings every row in order, one at a time") {
  if (test_url() == nullptr) return;
  Bench bench;
  int rows = 0;
  bool is_in_order = true;
  std::string end;
  auto stream = bench.client().stream(
      {.sql = "select i, repeat('x', 100) from generate_series(1, $1::int4) i",
       .binds = {Value::of_integer(20000)}},
      {.on_row =
           [&](Result row) {
             ++rows;
             is_in_order &= row.rows() == 1 && row.text(0, 0) == std::to_string(rows);
           },
       .on_end =
           [&](std::expected<void, db::Error> done) {
             end = done ? "done" : done.error().sqlstate;
           }});
  REQUIRE(bench.wait_for([&] { return !end.empty(); }));
  CHECK(end == "done");
  CHECK(rows == 20000);
  CHECK(is_in_order);
}

TEST_CASE("a stream of any length takes little memory, and none more while it is paused") {
  if (test_url() == nullptr) return;
  Bench bench;
  std::size_t bytes = 0;
  std::size_t rows = 0;
  bool is_done = false;
  std::unique_ptr<Stream> stream;
  [[maybe_unused]] const std::size_t before = resident();
  stream = bench.client().stream(
      {.sql = "select repeat(md5(i::text), 32) from generate_series(1, 60000) i"},
      {.on_row =
           [&](Result row) {
             bytes += row.text(0, 0).size();
             if (++rows % 10000 == 0) stream->pause();
           },
       .on_end = [&](std::expected<void, db::Error> done) { is_done = done.has_value(); }});
  while (!is_done) {
    REQUIRE(bench.wait_for([&] { return is_done || stream->is_paused(); }));
    if (is_done) break;
    const std::size_t at = rows;
    const auto end = net::Clock::now() + std::chrono::milliseconds(5);
    bench.wait_for([&] { return net::Clock::now() > end; });
    CHECK(rows == at);
    stream->resume();
  }
  CHECK(bytes == std::size_t{60000} * 1024);
#if !defined(__SANITIZE_ADDRESS__)
  CHECK(resident() < before + 8 * 1024);
#endif
}

TEST_CASE("a stream that is dropped stops its statement and frees its connection") {
  if (test_url() == nullptr) return;
  Bench bench({.application_name = "t_stream", .sessions = 1});
  Bench observer;
  int rows = 0;
  auto stream =
      bench.client().stream({.sql = "select i, pg_sleep(0.001) from generate_series(1, 1000000) i"},
                            {.on_row = [&](Result) { ++rows; }, .on_end = {}});
  REQUIRE(bench.wait_for([&] { return rows > 5; }));
  stream.reset();
  const int at = rows;
  std::string end;
  auto next =
      bench.client().stream({.sql = "select 1"}, {.on_row = [](Result) {},
                                                  .on_end =
                                                      [&](std::expected<void, db::Error> done) {
                                                        end = done ? "done" : done.error().message;
                                                      }});
  REQUIRE(bench.wait_for([&] { return !end.empty(); }));
  CHECK(end == "done");
  CHECK(rows == at);
  CHECK(bench.wait_for([&] {
    return observer.value(
               "select count(*) from pg_stat_activity where application_name = "
               "'t_stream' and state = 'active'") == "0";
  }));
}

TEST_CASE("a stream that fails says why and cannot write; its connection goes on") {
  if (test_url() == nullptr) return;
  Bench bench({.sessions = 1});
  const auto end_of = [&](std::string sql) {
    std::string end;
    auto stream = bench.client().stream({.sql = std::move(sql)},
                                        {.on_row = [](Result) {},
                                         .on_end =
                                             [&](std::expected<void, db::Error> done) {
                                               end = done ? "done" : done.error().sqlstate;
                                             }});
    REQUIRE(bench.wait_for([&] { return !end.empty(); }));
    return end;
  };
  CHECK(end_of("select 10 / (5 - i) from generate_series(1, 10) i") == "22012");
  CHECK(end_of("selec") == "42601");
  CHECK(end_of("create table t_stream (id int)") == "25006");
  CHECK(end_of("select 1") == "done");
}

TEST_CASE("a stream may be dropped by what it calls") {
  if (test_url() == nullptr) return;
  Bench bench({.sessions = 1});
  std::unique_ptr<Stream> stream;
  const auto kept = std::make_shared<std::string>("still here");
  std::string seen;
  stream = bench.client().stream({.sql = "select i from generate_series(1, 10000) i"},
                                 {.on_row =
                                      [&, kept](Result row) {
                                        if (row.text(0, 0) != "10") return;
                                        stream.reset();
                                        seen = *kept;
                                      },
                                  .on_end = {}});
  REQUIRE(bench.wait_for([&] { return !seen.empty(); }));
  bool is_done = false;
  stream =
      bench.client().stream({.sql = "select 1"}, {.on_row = [](Result) {},
                                                  .on_end =
                                                      [&](std::expected<void, db::Error> done) {
                                                        stream.reset();
                                                        is_done = done.has_value();
                                                      }});
  CHECK(bench.wait_for([&] { return is_done; }));
}

TEST_CASE("a stream may take longer than a statement") {
  if (test_url() == nullptr) return;
  Bench bench({.statement_timeout = std::chrono::milliseconds(50)});
  std::string end;
  auto stream = bench.client().stream({.sql = "select pg_sleep(0.2)"},
                                      {.on_row = [](Result) {},
                                       .on_end =
                                           [&](std::expected<void, db::Error> done) {
                                             end = done ? "done" : done.error().sqlstate;
                                           }});
  REQUIRE(bench.wait_for([&] { return !end.empty(); }));
  CHECK(end == "done");
}

TEST_CASE("a stream whose deadline passes is ended") {
  if (test_url() == nullptr) return;
  Bench bench;
  std::string end;
  auto stream =
      bench.client().stream({.sql = "select pg_sleep(600)",
                             .deadline = net::Clock::now() + std::chrono::milliseconds(200)},
                            {.on_row = [](Result) {},
                             .on_end =
                                 [&](std::expected<void, db::Error> done) {
                                   end = done ? "done" : done.error().sqlstate;
                                 }});
  REQUIRE(bench.wait_for([&] { return !end.empty(); }));
  CHECK(end == "57014");
}

}  // namespace sqlxc::pg
