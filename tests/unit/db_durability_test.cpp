#include <catch2/catch.hpp>

#include <sqlxc/db/store.h>

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

namespace {

using namespace sqlxc;
using db::Error;
using db::Session;
using db::Store;
using value::Value;

constexpr std::string_view kSchema =
    "CREATE TABLE parts (unit INTEGER, part INTEGER, body TEXT NOT NULL, PRIMARY KEY (unit, part))";
constexpr int kRounds = 50;
constexpr int kInFlight = 64;
constexpr int kParts = 3;

std::unique_ptr<Store> open(const std::string& path) {
  auto store = Store::open({.path = path, .schema_sql = kSchema, .fingerprint = "f"});
  REQUIRE(store);
  return std::move(*store);
}

// A unit of three rows, which tells the pipe that it is done and is followed by the next.
void write_unit(Store& store, std::atomic<std::int64_t>& next, int pipe) {
  const std::int64_t unit = next.fetch_add(1);
  store.write({.run = [unit](Session& session) -> std::expected<void, Error> {
                 for (int part = 0; part < kParts; ++part) {
                   const Value binds[] = {Value::of_integer(unit), Value::of_integer(part),
                                          Value::of_text(std::string(200, 'x'))};
                   auto done = session.execute("INSERT INTO parts VALUES (?1, ?2, ?3)", binds);
                   if (!done) return std::unexpected(done.error());
                 }
                 return {};
               },
               .done =
                   [unit, &store, &next, pipe](std::expected<void, Error> result) {
                     if (!result || ::write(pipe, &unit, sizeof unit) != sizeof unit) _exit(1);
                     write_unit(store, next, pipe);
                   },
               .cancellation = {}});
}

[[noreturn]] void write_forever(const std::string& path, std::int64_t first, int pipe) {
  auto store = Store::open({.path = path, .schema_sql = kSchema, .fingerprint = "f"});
  if (!store) _exit(1);
  std::atomic<std::int64_t> next = first;
  for (int i = 0; i < kInFlight; ++i) write_unit(**store, next, pipe);
  while (true) pause();
}

std::map<std::int64_t, int> parts_in(const std::string& path) {
  const auto store = open(path);
  const auto reader = *store->make_reader();
  auto cursor = *reader->query("SELECT unit, count(*) FROM parts GROUP BY unit");
  std::map<std::int64_t, int> parts;
  while (cursor.next()) parts[cursor.integer(0)] = static_cast<int>(cursor.integer(1));
  REQUIRE_FALSE(cursor.has_failed());
  return parts;
}

TEST_CASE("after kill -9 at any moment every acknowledged write is there and none is half done") {
  std::string folder = (std::filesystem::temp_directory_path() / "sqlxc-kill-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string path = folder + "/test.db";
  open(path);
  std::mt19937 random(20260102);
  std::uniform_int_distribution<int> delay(0, 20'000);
  std::set<std::int64_t> acknowledged;
  std::int64_t first = 0;

  for (int round = 0; round < kRounds; ++round) {
    int pipes[2];
    REQUIRE(pipe(pipes) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      close(pipes[0]);
      write_forever(path, first, pipes[1]);
    }
    close(pipes[1]);
    std::int64_t unit = 0;
    REQUIRE(read(pipes[0], &unit, sizeof unit) == sizeof unit);
    acknowledged.insert(unit);
    std::thread killer([child, wait = delay(random)] {
      std::this_thread::sleep_for(std::chrono::microseconds(wait));
      kill(child, SIGKILL);
    });
    while (read(pipes[0], &unit, sizeof unit) == sizeof unit) acknowledged.insert(unit);
    killer.join();
    close(pipes[0]);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));

    const auto parts = parts_in(path);
    int lost = 0;
    int halves = 0;
    for (const std::int64_t id : acknowledged) lost += parts.contains(id) ? 0 : 1;
    for (const auto& [id, count] : parts) halves += count == kParts ? 0 : 1;
    REQUIRE(lost == 0);
    REQUIRE(halves == 0);
    first = parts.rbegin()->first + 1;
  }
  CHECK(acknowledged.size() > static_cast<std::size_t>(kRounds));
  std::filesystem::remove_all(folder);
}

}  // namespace
