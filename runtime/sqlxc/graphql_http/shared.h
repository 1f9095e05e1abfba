#pragma once

#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql_http/documents.h>

// What all loops of a service share of its GraphQL: the schema, settings, trusted documents.
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

}  // namespace sqlxc::graphql_http
