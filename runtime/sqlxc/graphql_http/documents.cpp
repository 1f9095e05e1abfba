#include <sqlxc/graphql_http/documents.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <sqlxc/core/sha256.h>
#include <sqlxc/graphql/validate.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::graphql_http {

DocumentCache::DocumentCache(const graphql::Schema& schema, graphql::ParseLimits parse_limits,
                             bool introspects, CacheLimits limits)
    : schema_(schema), parse_limits_(parse_limits), introspects_(introspects), limits_(limits) {}

std::expected<std::shared_ptr<KnownDocument>, graphql::Errors> DocumentCache::find(
    std::string_view text) {
  const auto known = by_text_.find(text);
  if (known != by_text_.end()) {
    order_.splice(order_.begin(), order_, known->second);
    return order_.front();
  }
  auto entry = std::make_shared<KnownDocument>();
  entry->text = text;
  auto document = graphql::parse(entry->text, parse_limits_);
  if (!document) return std::unexpected(graphql::Errors{std::move(document.error())});
  graphql::Rules rules = graphql::Rules::specified();
  if (!introspects_) rules = rules.with(graphql::Rule::no_schema_introspection);
  graphql::Errors errors = graphql::validate(schema_, *document, rules);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  entry->document = std::move(*document);
  if (text.size() > limits_.max_bytes) return entry;
  make_room(text.size());
  entry->bytes = text.size();
  bytes_ += text.size();
  order_.push_front(entry);
  by_text_.emplace(order_.front()->text, order_.begin());
  return entry;
}

void DocumentCache::make_room(std::size_t bytes) {
  while (!order_.empty() &&
         (order_.size() >= limits_.max_documents || bytes_ + bytes > limits_.max_bytes)) {
    bytes_ -= order_.back()->bytes;
    by_text_.erase(order_.back()->text);
    order_.pop_back();
  }
}

void DocumentCache::keep(KnownDocument& document, KnownOperation operation) {
  constexpr std::size_t kMaxOperations = 8;
  const auto known = by_text_.find(document.text);
  const bool is_kept = known != by_text_.end() && known->second->get() == &document;
  if (!is_kept || operation.plan->bytes > limits_.max_bytes / 8) return;
  if (document.operations.size() == kMaxOperations) {
    document.bytes -= document.operations.front().plan->bytes;
    bytes_ -= document.operations.front().plan->bytes;
    document.operations.erase(document.operations.begin());
  }
  document.bytes += operation.plan->bytes;
  bytes_ += operation.plan->bytes;
  document.operations.push_back(std::move(operation));
  make_room(0);
}

const std::string* DocumentCache::find_hash(const std::string& hash) {
  const auto known = by_hash_.find(hash);
  if (known == by_hash_.end()) return nullptr;
  const auto document = known->second.lock();
  if (document != nullptr) return &document->text;
  by_hash_.erase(known);
  return nullptr;
}

void DocumentCache::keep_hash(const std::string& hash,
                              std::shared_ptr<const KnownDocument> document) {
  // A hash whose document is gone is worth nothing.
  if (by_hash_.size() >= limits_.max_documents)
    std::erase_if(by_hash_, [](const auto& entry) { return entry.second.expired(); });
  by_hash_.insert_or_assign(hash, std::move(document));
}

Result<TrustedDocuments> TrustedDocuments::read(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".graphql" || extension == ".gql" || extension == ".json")
      paths.push_back(entry.path().string());
  }
  if (error) return fail("cannot read the folder `" + folder + "`: " + error.message());
  std::ranges::sort(paths);
  TrustedDocuments documents;
  for (const std::string& path : paths) {
    if (auto added = documents.add_file(path); !added) return std::unexpected(added.error());
  }
  return documents;
}

Result<void> TrustedDocuments::add_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) return fail("cannot read `" + path + "`");
  if (path.ends_with(".json")) return add_manifest(path, text);
  add(std::filesystem::path(path).stem().string(), std::move(text));
  return {};
}

Result<void> TrustedDocuments::add_manifest(const std::string& path, std::string_view json) {
  json::Reader reader(json);
  bool is_map = reader.next() == json::Token::begin_object;
  while (is_map && reader.next() == json::Token::key) {
    std::string id(reader.text());
    is_map = reader.next() == json::Token::string;
    if (is_map) add(std::move(id), std::string(reader.text()));
  }
  if (!is_map || reader.token() != json::Token::end_object)
    return fail("`" + path + "` is not a JSON object of documents by their ids");
  return {};
}

void TrustedDocuments::add(std::string id, std::string text) {
  by_id_.insert_or_assign(sha256_hex(text), text);
  by_id_.insert_or_assign(std::move(id), std::move(text));
}

const std::string* TrustedDocuments::find(std::string_view id) const {
  constexpr std::string_view kPrefix = "sha256:";
  if (id.starts_with(kPrefix)) id.remove_prefix(kPrefix.size());
  const auto known = by_id_.find(std::string(id));
  return known == by_id_.end() ? nullptr : &known->second;
}

bool TrustedDocuments::has_text(std::string_view text) const {
  return by_id_.contains(sha256_hex(text));
}

}  // namespace sqlxc::graphql_http
