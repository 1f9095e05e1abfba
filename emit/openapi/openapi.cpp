#include "emit/openapi/openapi.h"

#include "emit/openapi/parts.h"
#include "emit/openapi/paths.h"

namespace sqlxc::emit {
namespace {

Json parameter(const char* in, const char* name, const char* description, Json schema) {
  return {{"name", name}, {"in", in}, {"description", description}, {"schema", std::move(schema)}};
}

Json query(const char* name, const char* description, Json schema = text_schema()) {
  return parameter("query", name, description, std::move(schema));
}

Json header(const char* name, const char* description) {
  return parameter("header", name, description, text_schema());
}

Json with_example(Json parameter, Json example) {
  parameter["example"] = std::move(example);
  return parameter;
}

/// A parameter that may stand several times.
Json texts() { return array_of(text_schema()); }

Json parameters() {
  const Json count = {{"type", "integer"}, {"minimum", 0}};
  const Json any_integer = {{"type", "integer"}};
  return {
      {"select", with_example(query("select",
                                    "Columns and relations of the answer: `id,who:name,id::text,"
                                    "posts(id,title),...author(name),data->a->>b,rating.avg()`. "
                                    "All columns by default. What is renamed, cast or "
                                    "aggregated has the name and type that is asked for."),
                              "*")},
      {"order", query("order",
                      "Columns in order of weight, each with `.asc` or `.desc`, `.nullsfirst` or "
                      "`.nullslast`: `rating.desc.nullslast,id`.")},
      {"limit", with_example(query("limit", "At most so many rows.", count), 20)},
      {"offset", with_example(query("offset", "Leave out so many rows first.", any_integer), 0)},
      {"after",
       query("after", "The page after a row, as the `Link` header of the page before it says.")},
      {"or", query("or", "Filters of which one must hold: `(age.lt.18,age.gt.65)`.", texts())},
      {"and",
       query("and", "Filters that must all hold: `(age.gte.18,or(id.eq.1,id.eq.2))`.", texts())},
      {"onConflict",
       query("on_conflict",
             "Columns of the unique key by which an upsert finds the row that stands.")},
      {"columns",
       query(
           "columns",
           "The members of the body that are written; others are not. Without it a member that is "
           "no column is refused.")},
      {"preferRead", header("Prefer",
                            "`count=exact`, `count=planned` or `count=estimated` counts all rows "
                            "that the filter finds; `timezone=...`; `handling=strict` refuses "
                            "what is not known.")},
      {"preferWrite",
       header("Prefer",
              "`return=representation`, `return=minimal` or `return=headers-only`; `count=exact`; "
              "`tx=rollback` tries only; `affect=all` means every row where no filter is; "
              "`handling=strict, max-affected=10` refuses to change more.")},
      {"preferInsert",
       header("Prefer",
              "`return=representation`, `return=minimal` or `return=headers-only`; "
              "`resolution=merge-duplicates` or `resolution=ignore-duplicates` makes it an upsert; "
              "`missing=default` gives absent members their defaults; `count=exact`; "
              "`tx=rollback` tries only.")},
      {"range", header("Range", "Rows by number, as in `0-19`, with `Range-Unit: items` or none.")},
      {"ifMatch", header("If-Match", "Only if the row still has this ETag, else 412.")},
      {"ifNoneMatch", header("If-None-Match",
                             "If the row has this ETag, a 304 without the row; `*` with PUT: "
                             "only if there is no row, else 412.")},
      {"idempotencyKey",
       with_example(header("Idempotency-Key",
                           "Carried out once: sent again with the same key, the request has the "
                           "answer of the first time. A string of 1 to 255 visible characters, in "
                           "quotes or bare, of this request alone."),
                    "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")},
      {"acceptProfile", header("Accept-Profile", "The schema that is read.")},
      {"contentProfile", header("Content-Profile", "The schema that is written to.")},
  };
}

Json problem_response(const char* description) {
  const Json schema = {{"$ref", "#/components/schemas/Problem"}};
  return {{"description", description},
          {"content", {{"application/problem+json", {{"schema", schema}}}}}};
}

Json header_ref(const char* name) {
  return {{"$ref", std::string("#/components/headers/") + name}};
}

Json responses() {
  Json busy = problem_response(
      "The database is busy, cannot be reached, or was too slow; nothing was done.");
  busy["headers"]["Retry-After"] = header_ref("RetryAfter");
  Json conflict = problem_response(
      "Another row stands in the way: a unique key or a foreign key. With `Retry-After`: the first "
      "request with this Idempotency-Key is on its way.");
  conflict["headers"]["Retry-After"] = header_ref("RetryAfter");
  return {
      {"NotModified", {{"description", "The row is as the client knows it."}}},
      {"Ambiguous", problem_response("More than one relation leads there: a hint says which.")},
      {"BadRequest",
       problem_response("The request could not be read: its query string, headers or body.")},
      {"NotFound", problem_response("There is no such row, table or path.")},
      {"MethodNotAllowed", problem_response("The method is not possible here.")},
      {"NotAcceptable",
       problem_response(
           "No media type that is accepted can be had, one row was asked for and there "
           "is another number of them, or there is no such schema.")},
      {"Conflict", std::move(conflict)},
      {"PreconditionFailed", problem_response("The row is not as the client knows it.")},
      {"TooLarge", problem_response("The body is larger than the service takes.")},
      {"UriTooLong", problem_response("The target is longer than the service takes.")},
      {"UnsupportedMediaType",
       problem_response("The body is of a type that the service does not read.")},
      {"RangeNotSatisfiable", problem_response("The page begins after the last row, or nowhere.")},
      {"Unprocessable",
       problem_response("The values break rules of the schema; all of them are named. Or the "
                        "Idempotency-Key was another request's, or the answer is too long to be "
                        "kept for it.")},
      {"Failure", problem_response("Anything else that went wrong.")},
      {"Unavailable", std::move(busy)},
  };
}

Json headers() {
  const auto text = [](const char* description) {
    return Json{{"description", description}, {"schema", text_schema()}};
  };
  return {
      {"ContentRange",
       text("First and last row of the answer and, where counted, how many there are: "
            "`0-19/134`.")},
      {"Location", text("Where the new row is.")},
      {"Link", text("`<...>; rel=\"next\"`: the page behind a full one.")},
      {"ETag", text("What the row is like; changes with it.")},
      {"PreferenceApplied", text("The preferences that were heeded.")},
      {"IdempotentReplayed",
       text("`true`: the answer of the first request with this Idempotency-Key.")},
      {"RetryAfter", {{"description", "Seconds."}, {"schema", {{"type", "integer"}}}}},
  };
}

Json nullable_text(const char* description, OpenApi version) {
  Json schema = {{"type", "string"}, {"description", description}};
  if (version == OpenApi::v3_0) {
    schema["nullable"] = true;
  } else {
    schema["type"] = Json::array({"string", "null"});
  }
  return schema;
}

Json violation_schema(OpenApi version) {
  Json schema = {{"type", "object"}, {"description", "One broken rule."}};
  Json& properties = schema["properties"];
  properties["field"] = nullable_text("The column; null where no single one is to blame.", version);
  properties["rule"] = {{"type", "string"}, {"description", "The rule, or the constraint's name."}};
  properties["message"] = text_schema();
  properties["source"] = {{"type", "string"}, {"description", "Where the schema states the rule."}};
  properties["row"] = {{"type", "integer"}, {"description", "Which row of a list, from 0."}};
  return schema;
}

/// RFC 9457, with the members that clients of the PostgREST dialect read.
Json problem_schema(OpenApi version) {
  Json schema = {{"type", "object"}, {"description", "What went wrong (RFC 9457)."}};
  Json& properties = schema["properties"];
  properties["type"] = text_schema();
  properties["title"] = text_schema();
  properties["status"] = {{"type", "integer"}};
  properties["detail"] = text_schema();
  properties["instance"] = text_schema();
  properties["code"] = text_schema();
  properties["message"] = text_schema();
  properties["details"] = nullable_text("More of the same, for people.", version);
  properties["hint"] = nullable_text("What may mend it.", version);
  properties["violations"] = {{"type", "array"},
                              {"items", {{"$ref", "#/components/schemas/Violation"}}}};
  return schema;
}

void add_schemas(ObjectText& all, const ir::Module& module, OpenApi version) {
  for (const ir::Entity& entity : module.entities) {
    all.add(entity.cpp_name, schema_of(module, entity, Shape::read, version));
    if (entity.is_view) continue;
    all.add(entity.cpp_name + "Create", schema_of(module, entity, Shape::create, version));
    if (entity.primary_key)
      all.add(entity.cpp_name + "Replace", schema_of(module, entity, Shape::replace, version));
    all.add(entity.cpp_name + "Change", schema_of(module, entity, Shape::change, version));
  }
  for (std::size_t i = 0; i < module.results.size(); ++i) {
    const std::string name = result_schema_name(module, i);
    if (!name.empty()) all.add(name, schema_of(module, module.results[i], Shape::read, version));
  }
  all.add("Problem", problem_schema(version));
  all.add("Violation", violation_schema(version));
}

Json tags(const ir::Module& module) {
  Json list = Json::array();
  for (const ir::Entity& entity : module.entities) {
    Json tag = {{"name", entity.name}};
    if (!entity.description.empty()) tag["description"] = entity.description;
    list.push_back(std::move(tag));
  }
  if (!module.functions.empty())
    list.push_back({{"name", "rpc"}, {"description", "Functions and named queries."}});
  list.push_back({{"name", "api"}, {"description", "The service itself."}});
  return list;
}

}  // namespace

std::string openapi(const ir::Module& module, OpenApi version) {
  std::string text;
  text.reserve(module.entities.size() * 40'000);  // what most schemas need
  {
    ObjectText document(text);
    document.add("openapi", version == OpenApi::v3_1 ? "3.1.0" : "3.0.3");
    document.add("info",
                 {{"title", module.name},
                  {"version", module.fingerprint.empty() ? "0" : module.fingerprint.substr(0, 12)},
                  {"description", "Compiled by sqlxc from the database schema."}});
    document.add("servers", Json::array({{{"url", "/"}}}));
    document.add("security", Json::array());  // who may do what is not said here
    document.add("tags", tags(module));
    {
      ObjectText paths = document.object("paths");
      add_paths(paths, module, version);
    }
    ObjectText components = document.object("components");
    {
      ObjectText all = components.object("schemas");
      add_schemas(all, module, version);
    }
    {
      ObjectText all = components.object("parameters");
      all.add_all(parameters());
      add_filters(all, module);
    }
    {
      ObjectText all = components.object("responses");
      all.add_all(responses());
      add_rows(all, module);
    }
    components.add("headers", headers());
  }
  return text + "\n";
}

}  // namespace sqlxc::emit
