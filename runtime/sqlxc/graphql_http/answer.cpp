#include <sqlxc/graphql_http/answer.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include <sqlxc/graphql/introspect.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graphql_http {
namespace {

using graphql::Error;
using graphql::Errors;
using graphql::FieldResult;
using graphql::Selected;

// The field of the response that `path` leads to, from the root field on; as far as it is known.
const Selected& field_at(const Selected& root, const std::vector<graphql::PathPart>& path) {
  const Selected* field = &root;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto* key = std::get_if<std::string>(&path[i]);
    if (key == nullptr) continue;
    const Selected* next = nullptr;
    for (const graphql::Branch& branch : field->branches) {
      const auto found = std::ranges::find(branch.fields, *key, &Selected::key);
      if (next == nullptr && found != branch.fields.end()) next = &*found;
    }
    if (next == nullptr) break;
    field = next;
  }
  return *field;
}

// Who carries the operation out knows paths; where they lead in the document is known here.
void locate(Errors& errors, const Selected& root, graphql::LineIndex& lines) {
  for (Error& error : errors) {
    if (!error.locations.empty() || error.path.empty()) continue;
    error.locations.push_back(lines.locate(field_at(root, error.path).at));
  }
}

FieldResult introspected(const graphql::Schema& schema, graphql::TypeId root, const Selected& field,
                         graphql::LineIndex& lines) {
  if (field.error) {
    return {"null",
            {{.message = field.error->message,
              .locations = {lines.locate(field.error->at)},
              .path = {std::string(field.key)},
              .code = std::string(graphql::kBadInput)}}};
  }
  auto answer = graphql::introspect(schema, root, field);
  if (answer) return {std::move(*answer)};
  return {"null", {std::move(answer.error())}};
}

}  // namespace

void append_answer(std::string& out, const graphql::Schema& schema,
                   const graphql::Operation& operation, std::vector<FieldResult> results) {
  results.resize(operation.fields.size());
  graphql::LineIndex lines(operation.source);
  Errors errors;
  bool is_null = false;
  std::string data = "{";
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Selected& field = operation.fields[i];
    FieldResult& result = results[i];
    if (graphql::is_introspection(field)) {
      result = introspected(schema, operation.root, field, lines);
    }
    locate(result.errors, field, lines);
    errors.insert(errors.end(), std::make_move_iterator(result.errors.begin()),
                  std::make_move_iterator(result.errors.end()));
    is_null |= result.json == "null" && field.field->type.is_non_null();
    if (i > 0) data += ',';
    json::append_string(data, field.key);
    data += ':';
    data += result.json;
  }
  data += '}';
  json::Writer writer(out);
  writer.begin_object();
  if (!errors.empty()) {
    writer.key("errors");
    graphql::append_errors(writer, errors);
  }
  writer.key("data");
  writer.raw(is_null ? "null" : data);
  writer.end_object();
}

}  // namespace sqlxc::graphql_http
