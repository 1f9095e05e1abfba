#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>

#include <sqlxc/pg/error.h>
#include <sqlxc/pg/options.h>
#include <sqlxc/pg/result.h>

// A connection for threads that may wait: at the start of a service, and for what it listens to.
// Never on a loop.
namespace sqlxc::pg {

struct Finish {
  void operator()(pg_conn* connection) const;
};
using Handle = std::unique_ptr<pg_conn, Finish>;
using Answer = std::expected<Result, db::Error>;

std::expected<Handle, db::Error> open_blocking(const Options& options);
Answer run_blocking(const Handle& handle, const std::string& sql);
Answer run_blocking(const Handle& handle, const char* sql, std::span<const std::string> parameters);

}  // namespace sqlxc::pg
