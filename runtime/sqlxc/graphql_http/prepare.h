#pragma once

#include <expected>
#include <memory>
#include <string>

#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql_http/documents.h>
#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/graphql_http/shared.h>

// From what a client sent to an operation that can be carried out, whatever it was sent over: which
// documents are trusted, what may be asked of the schema and how much of it holds for all of them.
namespace sqlxc::graphql_http {

struct Prepared {
  std::shared_ptr<const KnownDocument> document;  // what `operation` views
  graphql::Operation operation;
};

/// An answer that is an error of the request as a whole.
struct Failure {
  int status = 400;  // 422: the request is understood, its document is not right
  graphql::Errors errors;
};

/// Of one loop.
class Preparer {
 public:
  explicit Preparer(const Shared& shared) : shared_(shared) {}

  std::expected<Prepared, Failure> prepare(const Parameters& parameters);
  const Shared& shared() const { return shared_; }

 private:
  std::expected<std::string, Failure> text_of(const Parameters& parameters);
  std::expected<std::string, Failure> registered_text(const Parameters& parameters);
  DocumentCache& cache();

  const Shared& shared_;
  std::unique_ptr<DocumentCache> cache_;  // made with the first request
};

/// One error of the request as a whole.
graphql::Errors one_error(std::string message, std::string_view code);

}  // namespace sqlxc::graphql_http
