#include "emit/openapi/openapi.h"

#include "emit/openapi/paths.h"

namespace sqlxc::emit {
namespace {

Json text_schema() { return {{"type", "string"}}; }

Json query_parameter(const char* name, const char* description, Json schema, const char* example) {
  return {{"name", name},
          {"in", "query"},
          {"description", description},
          {"schema", std::move(schema)},
          {"example", example}};
}

Json prefer(const char* description) {
  return {{"name", "Prefer"},
          {"in", "header"},
          {"description", description},
          {"schema", text_schema()}};
}

Json parameters() {
  const Json count = {{"type", "integer"}, {"minimum", 0}};
  Json offset = query_parameter("offset", "Leave out so many rows first.", count, "");
  Json limit = query_parameter("limit", "At most so many rows.", count, "");
  offset["example"] = 0;
  limit["example"] = 20;
  return {
      {"select", query_parameter("select",
                                 "Columns and relations of the answer: `id,name,posts(id,title)`. "
                                 "All columns by default.",
                                 text_schema(), "*")},
      {"order", query_parameter("order",
                                "Columns in order of weight, each with `.asc` or `.desc`, "
                                "`.nullsfirst` or `.nullslast`.",
                                text_schema(), "")},
      {"limit", std::move(limit)},
      {"offset", std::move(offset)},
      {"after",
       query_parameter("after",
                       "The page after a row, as the `Link` header of the page before it says.",
                       text_schema(), "")},
      {"or", query_parameter("or", "Filters of which one must hold: `(age.lt.18,age.gt.65)`.",
                             text_schema(), "")},
      {"and", query_parameter("and", "Filters that must all hold: `(age.gte.18,age.lte.65)`.",
                              text_schema(), "")},
      {"onConflict",
       query_parameter("on_conflict",
                       "Columns of the unique key by which an upsert finds the row that stands.",
                       text_schema(), "")},
      {"preferRead", prefer("`count=exact` counts all rows that the filter finds.")},
      {"preferWrite",
       prefer("`return=representation` answers with the rows, `return=minimal` without.")},
      {"preferInsert",
       prefer("`return=representation`, `return=minimal` or `return=headers-only`; "
              "`resolution=merge-duplicates` or "
              "`resolution=ignore-duplicates` makes it an upsert; `missing=default`.")},
  };
}

/// An optional example that would be empty is none.
void drop_empty_examples(Json& parameters) {
  for (auto& [name, parameter] : parameters.items()) {
    if (parameter.contains("example") && parameter["example"] == "") parameter.erase("example");
  }
}

Json problem_response(const char* description) {
  const Json schema = {{"$ref", "#/components/schemas/Problem"}};
  return {{"description", description},
          {"content", {{"application/problem+json", {{"schema", schema}}}}}};
}

Json responses() {
  return {
      {"BadRequest",
       problem_response("The request could not be read: its query string, headers or body.")},
      {"NotFound", problem_response("There is no such row.")},
      {"Conflict",
       problem_response("Another row stands in the way: a unique key or a foreign key.")},
      {"TooLarge", problem_response("The body is larger than the service takes.")},
      {"UnsupportedMediaType",
       problem_response("The body is of a type that the service does not read.")},
      {"RangeNotSatisfiable", problem_response("The page begins after the last row.")},
      {"Unprocessable",
       problem_response("The values break rules of the schema; all of them are named.")},
  };
}

Json headers() {
  return {
      {"ContentRange",
       {{"description",
         "First and last row of the answer and, where counted, how many there are: `0-19/134`."},
        {"schema", text_schema()}}},
      {"Location", {{"description", "Where the new row is."}, {"schema", text_schema()}}},
  };
}

Json violation_schema() {
  Json schema = {{"type", "object"}, {"description", "One broken rule."}};
  Json& properties = schema["properties"];
  properties["field"] = {{"type", "string"}, {"description", "The column."}};
  properties["rule"] = {{"type", "string"}, {"description", "The rule, or the constraint's name."}};
  properties["message"] = text_schema();
  properties["source"] = {{"type", "string"}, {"description", "Where the schema states the rule."}};
  properties["row"] = {{"type", "integer"}, {"description", "Which row of a list, from 0."}};
  return schema;
}

/// RFC 9457, with the members that clients of the PostgREST dialect read.
Json problem_schema(OpenApi version) {
  const auto nullable = [&](const char* description) {
    Json schema = {{"type", "string"}, {"description", description}};
    if (version == OpenApi::v3_0) {
      schema["nullable"] = true;
    } else {
      schema["type"] = Json::array({"string", "null"});
    }
    return schema;
  };
  Json schema = {{"type", "object"}, {"description", "What went wrong (RFC 9457)."}};
  Json& properties = schema["properties"];
  properties["type"] = text_schema();
  properties["title"] = text_schema();
  properties["status"] = {{"type", "integer"}};
  properties["detail"] = text_schema();
  properties["instance"] = text_schema();
  properties["code"] = text_schema();
  properties["message"] = text_schema();
  properties["details"] = nullable("More of the same, for people.");
  properties["hint"] = nullable("What may mend it.");
  properties["violations"] = {{"type", "array"},
                              {"items", {{"$ref", "#/components/schemas/Violation"}}}};
  return schema;
}

Json schemas(const ir::Module& module, OpenApi version) {
  Json all = Json::object();
  for (const ir::Entity& entity : module.entities) {
    all[entity.cpp_name] = schema_of(module, entity, Shape::read, version);
    if (entity.is_view) continue;
    all[entity.cpp_name + "Create"] = schema_of(module, entity, Shape::create, version);
    all[entity.cpp_name + "Change"] = schema_of(module, entity, Shape::change, version);
  }
  all["Problem"] = problem_schema(version);
  all["Violation"] = violation_schema();
  return all;
}

Json tags(const ir::Module& module) {
  Json list = Json::array();
  for (const ir::Entity& entity : module.entities) {
    Json tag = {{"name", entity.name}};
    if (!entity.description.empty()) tag["description"] = entity.description;
    list.push_back(std::move(tag));
  }
  return list;
}

}  // namespace

std::string openapi(const ir::Module& module, OpenApi version) {
  Json document = {{"openapi", version == OpenApi::v3_1 ? "3.1.0" : "3.0.3"}};
  document["info"] = {
      {"title", module.name},
      {"version", module.fingerprint.empty() ? "0" : module.fingerprint.substr(0, 12)},
      {"description", "Compiled by sqlxc from the database schema."}};
  document["servers"] = Json::array({{{"url", "/"}}});
  document["tags"] = tags(module);
  document["paths"] = openapi_paths(module, version);
  Json shared = parameters();
  drop_empty_examples(shared);
  document["components"] = {{"schemas", schemas(module, version)},
                            {"parameters", std::move(shared)},
                            {"responses", responses()},
                            {"headers", headers()}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sqlxc::emit
