#include <sqlxc/net/loop.h>
#include <sqlxc/pg/client.h>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <string_view>

// What the client costs by itself: reads by key (or writes) with so many in flight, each asked for
// anew when one is answered. Beside it stands the bare libpq pipeline of the benchmark's harness:
//   pg_pipeline URL [in flight = 64] [seconds = 3] [connections = 2] [read|write]
namespace {

using namespace sqlxc;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int number(int count, char** arguments, int index, int otherwise) {
  return count > index ? std::atoi(arguments[index]) : otherwise;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: pg_pipeline URL [in flight] [seconds] [connections] [read|write]\n", stderr);
    return 2;
  }
  const auto in_flight = static_cast<std::size_t>(number(count, arguments, 2, 64));
  const std::chrono::seconds duration(number(count, arguments, 3, 3));
  const auto connections = static_cast<unsigned>(number(count, arguments, 4, 2));
  const bool is_write = count > 5 && std::string_view(arguments[5]) == "write";

  auto loop = net::Loop::create();
  if (!loop) return 3;
  auto client = pg::Client::create(
      **loop, {.url = arguments[1], .readers = connections, .writers = connections});
  if (!client) {
    std::fprintf(stderr, "%s\n", client.error().message.c_str());
    return 3;
  }
  std::minstd_rand random(1);
  std::uniform_int_distribution<std::int64_t> ids(1, 100'000);
  std::size_t answered = 0;
  std::size_t failed = 0;
  bool is_over = false;
  double cpu = 0;
  net::Clock::time_point began{};
  std::string failure;
  const std::function<void()> ask = [&] {
    pg::Job job;
    if (is_write) {
      job = {
          .sql = "insert into comments (post_id, user_id, body) values ($1, $2, $3) returning id",
          .binds = {value::Value::of_integer(ids(random)), value::Value::of_integer(ids(random)),
                    value::Value::of_text("a comment of an ordinary length")},
          .kind = pg::Job::Kind::write};
    } else {
      job = {.sql = "select id, email, name, age, created_at from users where id = $1",
             .binds = {value::Value::of_integer(ids(random))}};
    }
    job.done = [&](pg::Outcome outcome) {
      ++answered;
      if (!outcome) {
        ++failed;
        failure = outcome.error().message;
      }
      if (answered == 1000) {  // warm: connected and prepared
        cpu = cpu_seconds();
        began = net::Clock::now();
      }
      if (!is_over) ask();
    };
    (*client)->run(std::move(job));
  };
  for (std::size_t i = 0; i < in_flight; ++i) ask();
  net::Timer timer(**loop, [&] {
    is_over = true;
    (*loop)->stop();
  });
  timer.arm(duration);
  (*loop)->run();
  if (failed > 0) std::fprintf(stderr, "%zu failed: %s\n", failed, failure.c_str());
  if (answered <= 1000) return 1;
  const double seconds = std::chrono::duration<double>(net::Clock::now() - began).count();
  const auto measured = static_cast<double>(answered - 1000);
  std::printf("%s in_flight=%zu connections=%zu requests/s=%.0f client_cpu_us=%.2f\n",
              is_write ? "write" : "read", in_flight, (*client)->counters().connections,
              measured / seconds, (cpu_seconds() - cpu) * 1e6 / measured);
  return failed == 0 ? 0 : 1;
}
