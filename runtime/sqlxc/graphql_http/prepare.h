#pragma once

#include <expected>
#include <memory>
#include <string_view>
#include <vector>

#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql_http/documents.h>
#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/graphql_http/shared.h>

// From what a client sent to an operation that can be carried out, whatever it was sent over: which
// documents are trusted, what may be asked of the schema and how much of it holds for all of them.
namespace sqlxc::graphql_http {

struct Prepared {
  std::shared_ptr<KnownDocument> document;  // what `operation` views
  std::shared_ptr<const graphql::Operation> operation;
  const graphql::ast::Operation* written = nullptr;
  graphql::Variables variables = {};
  std::vector<const graphql::Input*> leaves = {};  // of `variables`
  std::shared_ptr<const graphql::Plan> plan = {};  // of recall(): what was kept
  bool is_worth_keeping = false;                   // of recall(): a plan that is made of it
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

  /// The same, but where a plan is kept that serves: then `operation` has the values of the request
  /// that the plan was made for, and `leaves` those of this one.
  std::expected<Prepared, Failure> recall(const Parameters& parameters);
  /// Keeps `prepared.plan` for the requests to come.
  void keep(const Prepared& prepared);

  const Shared& shared() const { return shared_; }

 private:
  std::expected<std::string_view, Failure> text_of(const Parameters& parameters);
  std::expected<std::string_view, Failure> registered_text(const Parameters& parameters);
  std::expected<Prepared, Failure> find(const Parameters& parameters);
  std::expected<Prepared, Failure> select(Prepared prepared);
  DocumentCache& cache();

  const Shared& shared_;
  std::unique_ptr<DocumentCache> cache_;  // made with the first request
};

/// One error of the request as a whole.
graphql::Errors one_error(std::string message, std::string_view code);

}  // namespace sqlxc::graphql_http
