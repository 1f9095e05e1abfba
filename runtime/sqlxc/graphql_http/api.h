#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql_http/documents.h>
#include <sqlxc/graphql_http/negotiate.h>
#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/http/exchange.h>

// GraphQL over HTTP: a request becomes an operation, what it selects of the schema itself is
// answered here, everything else is somebody else's to carry out. docs/graphql.md says what is
// spoken.
namespace sqlxc::graphql_http {

struct Options {
  graphql::ParseLimits parse_limits = {};
  graphql::Limits limits = {};
  bool introspects = true;   // answers __schema and __type
  bool has_page = true;      // GraphiQL for browsers
  bool trusts_only = false;  // no document but the trusted ones
};

/// What all loops share of one service; outlives them.
class Shared {
 public:
  /// `sdl` outlives it.
  Shared(std::string_view sdl, Options options, std::optional<TrustedDocuments> trusted = {})
      : sdl_(sdl), options_(options), trusted_(std::move(trusted)) {}

  /// Built of the text when it is first asked for. The text is the compiler's: one that is no
  /// schema ends the process.
  const graphql::Schema& schema() const;
  std::string_view sdl() const { return sdl_; }
  const Options& options() const { return options_; }
  const TrustedDocuments* trusted() const { return trusted_ ? &*trusted_ : nullptr; }

 private:
  std::string_view sdl_;
  Options options_;
  std::optional<TrustedDocuments> trusted_;
  mutable std::once_flag built_;
  mutable std::optional<graphql::Schema> schema_;
};

/// What came of one root field.
struct FieldResult {
  std::string json;  // its value
  graphql::Errors errors = {};
};

/// Called once with a result for each field of the operation, in their order; those of
/// introspection may be empty.
using Done = std::move_only_function<void(std::vector<FieldResult> results)>;
/// Called when nobody waits any more.
using Abandon = std::move_only_function<void()>;
/// Carries out an operation: calls `done` now or later on the same thread. `operation` needs to be
/// looked at only until this returns.
using Execute = std::move_only_function<Abandon(const graphql::Operation& operation, Done done)>;

/// The face of one loop.
class Api {
 public:
  Api(const Shared& shared, Execute execute) : shared_(shared), execute_(std::move(execute)) {}

  void handle(http::Exchange& exchange);

 private:
  struct Prepared {
    std::shared_ptr<const KnownDocument> document;  // what `operation` views
    graphql::Operation operation;
  };
  /// An answer that is an error of the request as a whole.
  struct Failure {
    int status = 400;
    graphql::Errors errors;
  };

  std::expected<Prepared, Failure> prepare(const http::Request& request,
                                           const Parameters& parameters);
  std::expected<std::string, Failure> text_of(const Parameters& parameters);
  std::expected<std::string, Failure> registered_text(const Parameters& parameters);
  void run(http::Exchange& exchange, Form form, Prepared prepared);
  DocumentCache& cache();

  const Shared& shared_;
  Execute execute_;
  std::unique_ptr<DocumentCache> cache_;  // made with the first request
};

}  // namespace sqlxc::graphql_http
