#pragma once

#include <expected>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/driver/database/connect.h"

// What `sqlxc ping` finds out: facts in the order in which they are shown.
namespace sqlxc::driver {

struct Fact {
  std::string name;  // "read-only"
  std::variant<std::string, bool, double, std::vector<std::string>> value;
};

using Facts = std::expected<std::vector<Fact>, DatabaseFailure>;

Facts probe_postgres(const DatabaseUrl& url);
Facts probe_sqlite(const DatabaseUrl& url);

/// Reads the greeting that MySQL and MariaDB send before anyone signs in.
Facts probe_mysql(const DatabaseUrl& url);

/// Asks a service for /health, /ready and /openapi.json.
Facts probe_service(const DatabaseUrl& url);

/// Milliseconds: the median of seven calls.
double median_latency(const std::function<void()>& call);

}  // namespace sqlxc::driver
