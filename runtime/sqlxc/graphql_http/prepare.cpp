#include <sqlxc/graphql_http/prepare.h>

#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/core/sha256.h>

namespace sqlxc::graphql_http {

using graphql::Errors;

Errors one_error(std::string message, std::string_view code) {
  return {{.message = std::move(message), .code = std::string(code)}};
}

const graphql::Schema& Shared::schema() const {
  std::call_once(built_, [&] {
    auto schema = graphql::build_schema(sdl_);
    SQLXC_CHECK(schema.has_value());
    schema_ = std::move(*schema);
  });
  return *schema_;
}

DocumentCache& Preparer::cache() {
  if (cache_ == nullptr) {
    const Options& options = shared_.options();
    cache_ = std::make_unique<DocumentCache>(shared_.schema(), options.parse_limits,
                                             options.introspects);
  }
  return *cache_;
}

std::expected<std::string_view, Failure> Preparer::registered_text(const Parameters& parameters) {
  const std::string* text = nullptr;
  if (shared_.trusted() != nullptr) text = shared_.trusted()->find(parameters.document_id);
  if (text == nullptr && parameters.is_apollo_hash && !shared_.options().trusts_only)
    text = cache().find_hash(parameters.document_id);
  if (text != nullptr) return *text;
  // Apollo's clients wait for these words, and then send the text along.
  if (parameters.is_apollo_hash) {
    return std::unexpected(
        Failure{422, one_error("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")});
  }
  return std::unexpected(
      Failure{404, one_error("There is no trusted document of this id.", "UNKNOWN_DOCUMENT")});
}

std::expected<std::string_view, Failure> Preparer::text_of(const Parameters& parameters) {
  if (!parameters.query) {
    if (!parameters.document_id.empty()) return registered_text(parameters);
    return std::unexpected(Failure{
        400, one_error("`query` is missing: the text of a GraphQL document", "BAD_REQUEST")});
  }
  if (shared_.options().trusts_only &&
      (shared_.trusted() == nullptr || !shared_.trusted()->has_text(*parameters.query))) {
    return std::unexpected(
        Failure{403, one_error("Only trusted documents are carried out here.", "FORBIDDEN")});
  }
  if (parameters.is_apollo_hash && sha256_hex(*parameters.query) != parameters.document_id) {
    return std::unexpected(
        Failure{400, one_error("`extensions.persistedQuery.sha256Hash` is not the hash of `query`",
                               "BAD_REQUEST")});
  }
  return *parameters.query;
}

std::expected<Prepared, Failure> Preparer::find(const Parameters& parameters) {
  const auto fail = [](int status, Errors errors) {
    return std::unexpected(Failure{status, std::move(errors)});
  };
  const auto text = text_of(parameters);
  if (!text) return std::unexpected(text.error());
  auto known = cache().find(*text);
  if (!known) return fail(422, std::move(known.error()));
  if (parameters.is_apollo_hash) cache().keep_hash(parameters.document_id, *known);
  const graphql::ast::Document& document = (*known)->document;
  const auto operation = graphql::find_operation(document, parameters.operation_name);
  if (!operation) return fail(422, {operation.error()});
  auto variables =
      graphql::coerce_variables(shared_.schema(), document, **operation, parameters.variables);
  if (!variables) return fail(422, std::move(variables.error()));
  return Prepared{.document = std::move(*known),
                  .operation = nullptr,
                  .written = *operation,
                  .variables = std::move(*variables)};
}

std::expected<Prepared, Failure> Preparer::select(Prepared prepared) {
  auto selected = graphql::select(shared_.schema(), prepared.document->document, *prepared.written,
                                  prepared.variables, shared_.options().limits);
  if (!selected) return std::unexpected(Failure{422, std::move(selected.error())});
  prepared.operation = std::make_shared<const graphql::Operation>(std::move(*selected));
  return prepared;
}

std::expected<Prepared, Failure> Preparer::prepare(const Parameters& parameters) {
  auto found = find(parameters);
  return found ? select(std::move(*found)) : std::move(found);
}

std::expected<Prepared, Failure> Preparer::recall(const Parameters& parameters) {
  auto found = find(parameters);
  if (!found || found->written->kind != graphql::ast::OperationKind::query) {
    return found ? select(std::move(*found)) : std::move(found);
  }
  KnownDocument& document = *found->document;
  auto leaves = graphql::number_leaves(document.document, *found->written, found->variables);
  if (!leaves) return select(std::move(*found));
  found->leaves = std::move(*leaves);
  for (const KnownOperation& known : document.operations) {
    const bool serves = known.written == found->written &&
                        known.variation.covers(document.document, *found->written, found->variables,
                                               known.plan->has_place);
    if (!serves) continue;
    ++document.hits;
    found->operation = known.operation;
    found->plan = known.plan;
    return found;
  }
  // Where values that have no place differ from request to request, plans are made in vain.
  constexpr std::size_t kTrials = 8;
  found->is_worth_keeping = ++document.misses <= kTrials + document.hits;
  return select(std::move(*found));
}

void Preparer::keep(const Prepared& prepared) {
  const graphql::ast::Document& document = prepared.document->document;
  cache().keep(*prepared.document, {.written = prepared.written,
                                    .variation = {document, *prepared.written, prepared.variables},
                                    .operation = prepared.operation,
                                    .plan = prepared.plan});
}

}  // namespace sqlxc::graphql_http
