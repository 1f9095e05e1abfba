#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "compiler/catalog/introspect.h"
#include "compiler/driver/database_url.h"

// Live databases for the tool: blocking, read only. Of the program sqlxc-db alone; the compiler
// itself links no database.
namespace sqlxc::driver {

struct DatabaseFailure {
  enum class Kind : std::uint8_t { unreachable, refused };
  Kind kind = Kind::unreachable;  // refused: it is there, but does not answer a query
  std::string message;            // without passwords
};

/// An open connection. Dropping it closes it.
class Database {
 public:
  virtual ~Database() = default;
  /// The answers to all queries, as of one moment.
  virtual std::expected<std::vector<catalog::IntrospectedRows>, DatabaseFailure> ask(
      const std::vector<catalog::IntrospectionQuery>& queries) = 0;
  /// The smallest statement there is; for how long it takes.
  virtual void round_trip() = 0;
};

using Connected = std::expected<std::unique_ptr<Database>, DatabaseFailure>;

/// Waits ten seconds at most, unless the URL has a connect_timeout of its own.
Connected connect_postgres(const DatabaseUrl& url);

/// Opens a file that exists; never makes or changes one.
Connected connect_sqlite(const DatabaseUrl& url);

/// Whether the server answers two queries in libpq's pipeline mode. A pooler in between may not.
bool can_pipeline(const DatabaseUrl& url);

}  // namespace sqlxc::driver
