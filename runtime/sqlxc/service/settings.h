#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/observe/log.h>

// What can be set about a running service: flags beat the environment, which beats the file, which
// beats the defaults.
namespace sqlxc::service {

struct Settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 3000;
  std::string database;  // a path or postgresql://...; empty: MODEL.db in the working directory
  // Of PostgreSQL, for each loop.
  unsigned read_connections = 2;
  unsigned write_connections = 4;
  unsigned acquire_timeout = 5000;     // milliseconds
  unsigned statement_timeout = 30000;  // milliseconds; of SQLite, too
  bool pgbouncer = false;
  unsigned threads = 0;  // loops; 0: one a core
  observe::Level log_level = observe::Level::info;
  std::optional<observe::Format> log_format;  // none: logfmt on a terminal, else JSON
  bool access_log = false;
  std::size_t max_body = 16 * 1024 * 1024;
  unsigned idempotency_hours = 24;  // how long an Idempotency-Key is remembered
  std::size_t max_connections = 0;  // 0: what the limit on open files leaves
  unsigned drain_seconds = 10;
  std::string cors_origins = "*";  // "*", "none" or a list separated by commas
  bool graphql_introspection = true;
  bool graphql_page = true;
  std::string graphql_documents;  // a folder of trusted documents
  bool graphql_trusted_only = false;
  std::size_t graphql_max_depth = 20;
  std::size_t graphql_max_fields = 5'000;
  std::uint64_t graphql_max_cost = 1'000'000;
  std::size_t graphql_max_subscriptions = 100'000;  // of the service; 0: none
  std::size_t graphql_max_operations = 1'000;       // of one WebSocket at once

  bool operator==(const Settings&) const = default;
};

/// What the command line asks for beside serving.
enum class Request : std::uint8_t { serve, help, version };

struct Start {
  Request request = Request::serve;
  Settings settings;
};

/// Looks an environment variable up; nothing where it is not set.
using Environment = std::optional<std::string> (*)(const std::string& name);
std::optional<std::string> process_environment(const std::string& name);

/// Reads flags, environment and the file that `--config` names. The error is one line; its code is
/// the exit status (2 for what was typed, 3 for a file that cannot be read).
Result<Start> read_settings(std::span<const char* const> arguments, Environment environment);

/// The text of --help.
std::string help_text(std::string_view program);

}  // namespace sqlxc::service
