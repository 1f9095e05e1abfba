#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/pg/options.h>

// What happens once, when a service starts: an empty database gets the schema, any other is
// compared with what the service expects and never altered. This blocks; it is not for a loop.
namespace sqlxc::pg {

struct ExpectedColumn {
  std::string_view name;
  /// As format_type() prints it: "timestamp with time zone", "numeric(10,2)", "mood". Without
  /// lengths or schema it fits any; empty fits every type.
  std::string_view type = {};
};

struct ExpectedTable {
  std::string_view schema = {};  // empty: the default one
  std::string_view name;
  std::vector<ExpectedColumn> columns = {};
};

enum class SchemaState : std::uint8_t {
  created,  // the database was empty
  same,     // it has all that the service expects
  drifted,
};

struct Prepared {
  SchemaState state = SchemaState::same;
  std::string stored_fingerprint = {};  // empty if no service has made the schema
  int server_version = 0;               // 150004 is 15.4
  /// "column `users.age` is `text`, expected `integer`"; of a drifted schema.
  std::vector<std::string> differences = {};
};

/// Connects, and creates the schema by `ddl` with its fingerprint if no table stands in the
/// database: all of it or nothing, however many services start at once.
std::expected<Prepared, db::Error> prepare(const Options& options, const std::string& ddl,
                                           const std::string& fingerprint,
                                           std::span<const ExpectedTable> expected);

/// Compares without touching: also for looking again later (/ready).
std::expected<std::vector<std::string>, db::Error> find_differences(
    const Options& options, std::span<const ExpectedTable> expected);

}  // namespace sqlxc::pg
