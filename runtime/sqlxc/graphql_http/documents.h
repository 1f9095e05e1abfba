#pragma once

#include <cstddef>
#include <expected>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/plan.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql/variation.h>

// Documents that were looked at before: parsed and validated once, found again by their text or by
// its hash.
namespace sqlxc::graphql_http {

/// An operation of a document as it was asked for once, and what it was carried out by.
struct KnownOperation {
  const graphql::ast::Operation* written = nullptr;
  graphql::Variation variation;
  std::shared_ptr<const graphql::Operation> operation;  // with the values of that request
  std::shared_ptr<const graphql::Plan> plan;
};

/// A document that may be executed, with the text that it views.
struct KnownDocument {
  std::string text;
  graphql::ast::Document document;
  std::vector<KnownOperation> operations = {};
  std::size_t bytes = 0;   // of the text and the plans
  std::size_t hits = 0;    // requests that found a plan
  std::size_t misses = 0;  // that found none
};

struct CacheLimits {
  std::size_t max_documents = 1'000;
  std::size_t max_bytes = 16 * 1024 * 1024;  // of their texts and plans
};

/// Of one loop. The least recently used go first.
class DocumentCache {
 public:
  DocumentCache(const graphql::Schema& schema, graphql::ParseLimits parse_limits, bool introspects,
                CacheLimits limits = {});

  /// Parses and validates what is new. Texts with errors are not kept.
  std::expected<std::shared_ptr<KnownDocument>, graphql::Errors> find(std::string_view text);

  /// Keeps an operation of a document that was found here, in the place of an older one if there
  /// are many.
  void keep(KnownDocument& document, KnownOperation operation);

  /// The text that was registered under this hash, or nullptr.
  const std::string* find_hash(const std::string& hash);
  /// Keeps `document` under its text's hash.
  void keep_hash(const std::string& hash, std::shared_ptr<const KnownDocument> document);

 private:
  using Order = std::list<std::shared_ptr<KnownDocument>>;

  void make_room(std::size_t bytes);

  const graphql::Schema& schema_;
  graphql::ParseLimits parse_limits_;
  bool introspects_;
  CacheLimits limits_;
  Order order_;  // most recently used first
  std::unordered_map<std::string_view, Order::iterator> by_text_;
  std::unordered_map<std::string, std::weak_ptr<const KnownDocument>> by_hash_;
  std::size_t bytes_ = 0;
};

/// The documents that somebody trusts: those of a folder, by hash and by name. Immutable, shared by
/// all loops.
class TrustedDocuments {
 public:
  /// Reads every *.graphql file of `folder` (its name without the ending is an id, as is the
  /// SHA-256 of its text), and every *.json file that is an object of texts by id, which
  /// graphql-codegen and Relay write.
  static Result<TrustedDocuments> read(const std::string& folder);

  /// Nullptr where there is no such document. `sha256:` before a hash is passed over.
  const std::string* find(std::string_view id) const;
  bool has_text(std::string_view text) const;
  std::size_t size() const { return by_id_.size(); }

 private:
  Result<void> add_file(const std::string& path);
  Result<void> add_manifest(const std::string& path, std::string_view json);
  void add(std::string id, std::string text);

  std::unordered_map<std::string, std::string> by_id_;
};

}  // namespace sqlxc::graphql_http
