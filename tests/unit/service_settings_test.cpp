#include <sqlxc/service/settings.h>

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace sqlxc::service {
namespace {

std::optional<std::string> nothing(const std::string&) { return std::nullopt; }

Result<Start> read(const std::vector<const char*>& arguments, Environment environment = nothing) {
  return read_settings(arguments, environment);
}

std::string error_of(const Result<Start>& start) { return start ? "" : start.error().message; }

// A configuration file for the length of a test.
class File {
 public:
  explicit File(std::string_view text)
      : path_(std::filesystem::temp_directory_path() /
              ("sqlxc_settings_" + std::to_string(::getpid()))) {
    std::ofstream(path_) << text;
  }
  ~File() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("flags take their value after a space or an equals sign") {
  const auto start =
      read({"--port", "80", "--host=::1", "--max-body=2m", "--access-log=on", "--log-level=debug"});
  REQUIRE(start.has_value());
  CHECK(start->settings.port == 80);
  CHECK(start->settings.host == "::1");
  CHECK(start->settings.max_body == 2 * 1024 * 1024);
  CHECK(start->settings.access_log);
  CHECK(start->settings.log_level == observe::Level::debug);
}

TEST_CASE("flags beat the environment, which beats the file") {
  const File file("# a comment\nport = 1\nhost = \"h1\"\ndatabase=d1\n\nlog-level = error\n");
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "SQLXC_PORT") return "2";
    if (name == "SQLXC_HOST") return "h2";
    if (name == "DATABASE_URL") return "d2";
    return std::nullopt;
  };
  const std::string path = file.path();
  const auto start = read({"--port=3", "--config", path.c_str()}, environment);
  REQUIRE(start.has_value());
  CHECK(start->settings.port == 3);
  CHECK(start->settings.host == "h2");
  CHECK(start->settings.database == "d2");
  CHECK(start->settings.log_level == observe::Level::error);
}

TEST_CASE("SQLXC_DATABASE beats DATABASE_URL") {
  const auto start = read({}, [](const std::string& name) -> std::optional<std::string> {
    if (name == "SQLXC_DATABASE") return "ours";
    if (name == "DATABASE_URL") return "anyone's";
    return std::nullopt;
  });
  CHECK(start->settings.database == "ours");
}

TEST_CASE("the file may be JSON") {
  const File file(R"({"port": 8080, "access_log": true, "cors-origins": "none"})");
  const std::string path = file.path();
  const auto start = read({"--config", path.c_str()});
  REQUIRE(start.has_value());
  CHECK(start->settings.port == 8080);
  CHECK(start->settings.access_log);
  CHECK(start->settings.cors_origins == "none");
}

TEST_CASE("what is wrong is named with its place") {
  CHECK(error_of(read({"--prot=1"})) == "there is no option `--prot=1`; --help lists them");
  CHECK(error_of(read({"x"})) == "there is no option `x`; --help lists them");
  CHECK(error_of(read({"--port"})) == "--port takes a value");
  CHECK(error_of(read({"--port", "70000"})) == "--port takes a port, not `70000`");
  CHECK(error_of(read({"--max-body", "1t"})) == "--max-body takes a size, not `1t`");
  for (const char* hours : {"0", "-1", "876601", "4294967295"}) {
    CHECK(error_of(read({"--idempotency-hours", hours})) ==
          std::string("--idempotency-hours takes a number, not `") + hours + "`");
  }
  CHECK(read({"--idempotency-hours", "876600"})->settings.idempotency_hours == 876600);
  CHECK(read({"--port"}).error().code == 2);
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "SQLXC_LOG_LEVEL") return "loud";
    return std::nullopt;
  };
  CHECK(error_of(read({}, environment)) ==
        "SQLXC_LOG_LEVEL takes error|warning|info|debug, not `loud`");
  const auto missing = read({"--config=/nonexistent/x"});
  CHECK(error_of(missing) == "cannot read the configuration `/nonexistent/x`");
  CHECK(missing.error().code == 3);
}

TEST_CASE("mistakes in the file are named with file and line") {
  const auto message = [](std::string_view text) {
    const File file(text);
    const std::string path = file.path();
    std::string error = error_of(read({"--config", path.c_str()}));
    return error.starts_with(path) ? error.substr(path.size()) : error;
  };
  CHECK(message("port = 1\nprot = 2\n") == ":2: there is no setting `prot`");
  CHECK(message("port = x\n") == ":1: port takes a port, not `x`");
  CHECK(message("port\n") == ":1: this is not `key = value`");
  CHECK(message(R"({"port": [1]})") == ": `port` is neither text, number nor boolean");
  CHECK(message(R"({"port": 1)").find("at byte 10") != std::string::npos);
}

TEST_CASE("help and version stop reading") {
  CHECK(read({"--help", "--nonsense"})->request == Request::help);
  CHECK(read({"--version"})->request == Request::version);
  CHECK(help_text("service").find("--drain-seconds") != std::string::npos);
}

}  // namespace sqlxc::service
