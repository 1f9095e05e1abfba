#include "emit/openapi/parts.h"

#include <algorithm>
#include <span>

namespace sqlxc::emit {

Json ref(const std::string& kind, const std::string& name) {
  return {{"$ref", "#/components/" + kind + "/" + name}};
}

Json refs(const char* kind, std::initializer_list<const char*> names) {
  Json list = Json::array();
  for (const char* name : names) list.push_back(ref(kind, name));
  return list;
}

Json content(const char* type, Json schema) { return {{type, {{"schema", std::move(schema)}}}}; }

Json text_schema() { return {{"type", "string"}}; }

Json array_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

void add_problems(Json& operation, Problems problems) {
  for (const auto& [status, name] : problems)
    operation["responses"][status] = ref("responses", name);
  operation["responses"]["503"] = ref("responses", "Unavailable");
  operation["responses"]["default"] = ref("responses", "Failure");
}

void add_write_problems(Json& operation) {
  add_problems(operation, {{"300", "Ambiguous"},
                           {"400", "BadRequest"},
                           {"404", "NotFound"},
                           {"405", "MethodNotAllowed"},
                           {"406", "NotAcceptable"},
                           {"409", "Conflict"},
                           {"413", "TooLarge"},
                           {"414", "UriTooLong"},
                           {"415", "UnsupportedMediaType"},
                           {"422", "Unprocessable"}});
}

void add_write(Json& operation) {
  operation["parameters"].push_back(ref("parameters", "idempotencyKey"));
  add_write_problems(operation);
}

void add_replayed(Json& response) {
  response["headers"]["Idempotent-Replayed"] = ref("headers", "IdempotentReplayed");
}

void add_read_problems(Json& operation) {
  add_problems(operation, {{"300", "Ambiguous"},
                           {"400", "BadRequest"},
                           {"404", "NotFound"},
                           {"406", "NotAcceptable"},
                           {"414", "UriTooLong"}});
}

Json media_types(Json json, const Json& row) {
  Json types = content("application/json", std::move(json));
  types["application/vnd.pgrst.object+json"]["schema"] = row;
  types["application/vnd.pgrst.array+json"]["schema"] = array_of(row);
  types["application/x-ndjson"]["schema"] = text_schema();
  types["text/csv"]["schema"] = text_schema();
  return types;
}

void add_profile(Json& operation, const ir::Module& module, bool reads) {
  if (module.schemas.size() < 2) return;
  operation["parameters"].push_back(ref("parameters", reads ? "acceptProfile" : "contentProfile"));
}

void add_handlers(Json& types, const ir::Module& module, Id<ir::Entity> entity) {
  for (const ir::Handler& handler : module.handlers) {
    if (handler.entity.is_valid() && handler.entity != entity) continue;
    const bool is_json = handler.media_type.ends_with("json");
    Json made = is_json ? Json::object() : text_schema();
    made["description"] = "What the aggregate " + handler.function + " makes of the rows.";
    Json& schema = types[handler.media_type]["schema"];
    schema = schema.is_null() ? made : Json{{"anyOf", Json::array({schema, made})}};
  }
}

std::string result_schema_name(const ir::Module& module, std::size_t index) {
  const std::string& name = module.results[index].cpp_name;
  if (name.empty()) return {};
  // Names that differ in what no identifier holds are told apart by a number.
  const auto before = std::span(module.results).first(index);
  const auto same = std::ranges::count(before, name, &ir::Entity::cpp_name);
  return "Result" + name + (same > 0 ? "_" + std::to_string(same + 1) : "");
}

// An id that is taken gets a number. Names of queries and functions may hold anything.
Json Operations::begin(const char* verb, const std::string& tag, const std::string& name,
                       const std::string& summary) {
  std::string wanted = verb + name;
  for (char& c : wanted) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_letter && (c < '0' || c > '9') && c != '_') c = '_';
  }
  std::string id = wanted;
  for (int i = 2; !ids_.insert(id).second; ++i) id = wanted + std::to_string(i);
  return {{"operationId", id}, {"tags", Json::array({tag})}, {"summary", summary}};
}

}  // namespace sqlxc::emit
