#include "emit/openapi/paths.h"

#include "emit/openapi/calls.h"
#include "emit/openapi/filters.h"
#include "emit/openapi/parts.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace sqlxc::emit {
namespace {

std::string in_words(const ir::Entity& entity) {
  return entity.description.empty() ? "Rows of `" + entity.table + "`." : entity.description;
}

class PathPrinter {
 public:
  PathPrinter(const ir::Module& module, OpenApi version) : module_(module), version_(version) {}

  void print(ObjectText& paths) {
    paths.add("/api", tables());
    for (const ir::Entity& entity : module_.entities) {
      paths.add("/api/" + entity.name, collection(entity));
      if (!entity.search.empty()) paths.add("/api/" + entity.name + "/search", search(entity));
      if (!entity.primary_key) continue;
      const std::string item = "/api/" + entity.name + "/" + key_in_path(entity);
      paths.add(item, one(entity));
      for (const ir::Relation& relation : entity.relations) {
        if (relation.function.empty())
          paths.add(item + "/" + relation.name, related(entity, relation));
      }
    }
    Json calls = Json::object();
    add_calls(module_, version_, operations_, calls);
    paths.add_all(calls);
    paths.add("/api/batch", batch());
  }

 private:
  const ir::Entity& target(const ir::Relation& relation) const {
    return at(module_.entities, relation.target);
  }

  /// `{id}`, or `{order_id},{line}` of a key with several columns.
  static std::string key_in_path(const ir::Entity& entity) {
    std::string key;
    for (const std::uint16_t field : entity.primary_key->fields) {
      key += (key.empty() ? "{" : ",{") + entity.fields[field].name + "}";
    }
    return key;
  }

  Json key_parameters(const ir::Entity& entity) const {
    Json parameters = Json::array();
    for (const std::uint16_t index : entity.primary_key->fields) {
      Json schema = schema_of(module_, entity, index, version_);
      schema.erase("readOnly");
      parameters.push_back({{"name", entity.fields[index].name},
                            {"in", "path"},
                            {"required", true},
                            {"schema", schema}});
    }
    return parameters;
  }

  static void add_filters(Json& parameters, const ir::Entity& entity) {
    for (const ir::Field& field : entity.fields) {
      if (has_filter(field)) parameters.push_back(ref("parameters", filter_name(entity, field)));
    }
  }

  void add_profile(Json& operation, bool reads) const {
    emit::add_profile(operation, module_, reads);
  }

  Json operation(const char* verb, const std::string& tag, const std::string& name,
                 const std::string& summary) {
    return operations_.begin(verb, tag, name, summary);
  }

  Json tables() {
    Json list = operation("list", "api", "Tables", "The tables that are served");
    const Json table = {{"type", "object"},
                        {"properties",
                         {{"name", text_schema()},
                          {"path", text_schema()},
                          {"is_view", {{"type", "boolean"}}},
                          {"description", text_schema()}}}};
    list["responses"]["200"] = {{"description", "Names and paths."},
                                {"content", content("application/json", array_of(table))}};
    add_problems(list, {{"405", "MethodNotAllowed"}});
    return {{"get", std::move(list)}};
  }

  Json list_operation(const char* verb, const ir::Entity& tag, const ir::Entity& rows,
                      const std::string& id, const std::string& summary) {
    Json list = operation(verb, tag.name, id, summary);
    list["parameters"] = refs("parameters", {"select", "order", "limit", "offset", "after", "or",
                                             "and", "preferRead", "range"});
    add_profile(list, true);
    add_filters(list["parameters"], rows);
    list["responses"]["200"] = ref("responses", rows.cpp_name + "Rows");
    list["responses"]["206"] = ref("responses", rows.cpp_name + "Rows");
    add_read_problems(list);
    list["responses"]["416"] = ref("responses", "RangeNotSatisfiable");
    return list;
  }

  /// The same request for its headers alone: how many rows there are, for one.
  Json head_of(const Json& get, const std::string& id, const std::string& summary) {
    const std::string tag = get["tags"][0];
    Json head = operation("head", tag, id, summary);
    head["parameters"] = get["parameters"];
    for (const char* status : {"200", "206"}) {
      head["responses"][status] = {
          {"description", "The headers alone."},
          {"headers", {{"Content-Range", ref("headers", "ContentRange")}}}};
    }
    add_problems(head, {});
    return head;
  }

  Json body(const ir::Entity& entity, const char* shape, bool takes_list) const {
    Json schema = ref("schemas", entity.cpp_name + shape);
    if (!takes_list) return {{"required", true}, {"content", content("application/json", schema)}};
    Json types = content("application/json", {{"oneOf", Json::array({schema, array_of(schema)})}});
    for (const char* type :
         {"application/x-ndjson", "text/csv", "application/x-www-form-urlencoded"}) {
      types[type]["schema"] = text_schema();
    }
    types["application/x-www-form-urlencoded"]["schema"] = {{"type", "object"}};
    return {{"required", true}, {"content", std::move(types)}};
  }

  void add_answers(Json& operation, const std::string& answer, const char* done) {
    operation["responses"]["200"] = ref("responses", answer);
    operation["responses"]["204"] = {{"description", done}};
    add_replayed(operation["responses"]["204"]);
  }

  Json collection(const ir::Entity& entity) {
    const std::string name = "`" + entity.name + "`";
    const std::string rows = entity.cpp_name + "Rows";
    Json path = {
        {"get", list_operation("list", entity, entity, entity.cpp_name,
                               "Rows of " + name + ", filtered, in order, a page at a time")}};
    path["head"] = head_of(path["get"], entity.cpp_name, "How many rows of " + name + " there are");
    if (entity.is_view) return path;

    Json create = operation("create", entity.name, entity.cpp_name,
                            "Insert a row into " + name + ", or several");
    create["parameters"] = refs("parameters", {"select", "columns", "onConflict", "preferInsert"});
    add_profile(create, false);
    create["requestBody"] = body(entity, "Create", true);
    create["responses"]["200"] = ref("responses", rows);
    create["responses"]["201"] = ref("responses", rows);
    add_write(create);
    path["post"] = std::move(create);

    if (entity.primary_key) path["put"] = put_by_filter(entity);

    Json change = operation("updateMany", entity.name, entity.cpp_name,
                            "Change the rows of " + name + " that a filter finds");
    change["parameters"] = refs("parameters", {"select", "columns", "order", "limit", "offset",
                                               "or", "and", "preferWrite"});
    add_profile(change, false);
    add_filters(change["parameters"], entity);
    change["requestBody"] = body(entity, "Change", false);
    add_answers(change, rows, "Changed.");
    add_write(change);
    path["patch"] = std::move(change);

    Json remove = operation("deleteMany", entity.name, entity.cpp_name,
                            "Delete the rows of " + name + " that a filter finds");
    remove["parameters"] =
        refs("parameters", {"select", "order", "limit", "offset", "or", "and", "preferWrite"});
    add_profile(remove, false);
    add_filters(remove["parameters"], entity);
    add_answers(remove, rows, "Deleted.");
    add_write(remove);
    path["delete"] = std::move(remove);
    return path;
  }

  Json search(const ir::Entity& entity) {
    const std::string name = "`" + entity.name + "`";
    Json get = list_operation("search", entity, entity, entity.cpp_name,
                              "Rows of " + name + " in which a text is found, the best first");
    std::string columns;
    for (const ir::SearchField& one : entity.search) {
      columns += (columns.empty() ? "`" : ", `") + entity.fields[one.field].name + '`';
    }
    // One of that name is met by `and=(q.eq.1)`.
    const std::string filter = "/" + entity.cpp_name + ".q";
    Json parameters = Json::array();
    parameters.push_back(
        {{"name", "q"},
         {"in", "query"},
         {"required", true},
         {"description", "What to look for in " + columns +
                             ": words that must all be there, \"phrases\", -exclusions, and "
                             "`or` between what may stand for each other."},
         {"schema", {{"type", "string"}, {"minLength", 1}}}});
    for (Json& parameter : get["parameters"]) {
      const bool is_hidden =
          parameter.contains("$ref") && parameter["$ref"].get<std::string>().ends_with(filter);
      if (!is_hidden) parameters.push_back(std::move(parameter));
    }
    get["parameters"] = std::move(parameters);
    Json path = {{"get", std::move(get)}};
    path["head"] = head_of(path["get"], entity.cpp_name + "Search",
                           "How many rows of " + name + " a text is found in");
    return path;
  }

  /// PUT /api/tags?id=eq.7: the key stands in the filter, and in the body.
  Json put_by_filter(const ir::Entity& entity) {
    Json put =
        operation("putByFilter", entity.name, entity.cpp_name,
                  "Put the row of `" + entity.name + "` whose key the filter names, new or not");
    put["parameters"] = refs("parameters", {"select", "columns", "preferWrite"});
    add_profile(put, false);
    for (const std::uint16_t index : entity.primary_key->fields) {
      const ir::Field& field = entity.fields[index];
      if (has_filter(field))
        put["parameters"].push_back(ref("parameters", filter_name(entity, field)));
    }
    put["requestBody"] = body(entity, "Create", false);
    put["responses"]["201"] = ref("responses", entity.cpp_name + "Rows");
    add_answers(put, entity.cpp_name + "Rows", "In place.");
    add_write(put);
    return put;
  }

  Json one(const ir::Entity& entity) {
    const std::string name = "`" + entity.name + "`";
    const std::string row = entity.cpp_name + "Row";
    Json path = {{"parameters", key_parameters(entity)}};

    Json read = operation("read", entity.name, entity.cpp_name, "One row of " + name);
    read["parameters"] = refs("parameters", {"select", "preferRead", "ifNoneMatch"});
    add_profile(read, true);
    read["responses"]["200"] = ref("responses", row);
    read["responses"]["304"] = ref("responses", "NotModified");
    add_read_problems(read);
    path["get"] = std::move(read);
    if (entity.is_view) return path;

    Json put = operation("put", entity.name, entity.cpp_name,
                         "Put a row of " + name + " in place, new or not");
    put["parameters"] =
        refs("parameters", {"select", "columns", "preferWrite", "ifMatch", "ifNoneMatch"});
    add_profile(put, false);
    put["requestBody"] = body(entity, "Replace", false);
    put["responses"]["201"] = ref("responses", row);
    add_answers(put, row, "In place.");
    add_write(put);
    put["responses"]["412"] = ref("responses", "PreconditionFailed");
    path["put"] = std::move(put);

    Json change = operation("update", entity.name, entity.cpp_name, "Change one row of " + name);
    change["parameters"] = refs("parameters", {"select", "columns", "preferWrite", "ifMatch"});
    add_profile(change, false);
    change["requestBody"] = body(entity, "Change", false);
    add_answers(change, row, "Changed.");
    add_write(change);
    change["responses"]["412"] = ref("responses", "PreconditionFailed");
    path["patch"] = std::move(change);

    Json remove = operation("delete", entity.name, entity.cpp_name, "Delete one row of " + name);
    remove["parameters"] = refs("parameters", {"select", "preferWrite", "ifMatch"});
    add_profile(remove, false);
    add_answers(remove, row, "Deleted.");
    add_write(remove);
    remove["responses"]["412"] = ref("responses", "PreconditionFailed");
    path["delete"] = std::move(remove);
    return path;
  }

  Json related(const ir::Entity& entity, const ir::Relation& relation) {
    const ir::Entity& rows = target(relation);
    const std::string id = entity.cpp_name + relation.cpp_name;
    const std::string summary = "The `" + relation.name + "` of a row of `" + entity.name + "`";
    Json path = {{"parameters", key_parameters(entity)}};
    if (relation.cardinality == ir::Cardinality::to_one) {
      Json read = operation("read", entity.name, id, summary);
      read["parameters"] = refs("parameters", {"select", "preferRead"});
      add_profile(read, true);
      read["responses"]["200"] = ref("responses", rows.cpp_name + "Row");
      add_read_problems(read);
      path["get"] = std::move(read);
      return path;
    }
    path["get"] = list_operation("list", entity, rows, id, summary);
    return path;
  }

  Json batch() {
    Json post = operation("batch", "api", "", "Writes that happen together or not at all");
    const Json part = {
        {"type", "object"},
        {"required", Json::array({"method", "path"})},
        {"properties",
         {{"method",
           {{"type", "string"}, {"enum", Json::array({"POST", "PUT", "PATCH", "DELETE"})}}},
          {"path", {{"type", "string"}, {"description", "Below /api: `/posts?id=eq.1`."}}},
          {"body", Json::object()},
          {"headers", {{"type", "object"}, {"additionalProperties", text_schema()}}}}}};
    const Json answer = {{"type", "object"},
                         {"properties",
                          {{"status", {{"type", "integer"}}},
                           {"headers", {{"type", "object"}}},
                           {"body", Json::object()}}}};
    post["requestBody"] = {{"required", true},
                           {"content", content("application/json", array_of(part))}};
    post["responses"]["200"] = {{"description", "The answer to each part."},
                                {"content", content("application/json", array_of(answer))}};
    add_replayed(post["responses"]["200"]);
    add_write(post);
    return {{"post", std::move(post)}};
  }

  const ir::Module& module_;
  OpenApi version_;
  Operations operations_;
};

}  // namespace

void add_paths(ObjectText& paths, const ir::Module& module, OpenApi version) {
  PathPrinter(module, version).print(paths);
}

void add_filters(ObjectText& parameters, const ir::Module& module) {
  for (const ir::Entity& entity : module.entities) {
    for (const ir::Field& field : entity.fields) {
      if (has_filter(field)) parameters.add(filter_name(entity, field), filter(field));
    }
  }
}

void add_rows(ObjectText& responses, const ir::Module& module) {
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    const ir::Entity& entity = module.entities[i];
    const Json row = ref("schemas", entity.cpp_name);
    Json types = media_types(array_of(row), row);
    add_handlers(types, module, Id<ir::Entity>(i));
    responses.add(entity.cpp_name + "Rows",
                  {{"description", in_words(entity)},
                   {"headers",
                    {{"Content-Range", ref("headers", "ContentRange")},
                     {"Idempotent-Replayed", ref("headers", "IdempotentReplayed")},
                     {"Link", ref("headers", "Link")},
                     {"Location", ref("headers", "Location")},
                     {"Preference-Applied", ref("headers", "PreferenceApplied")}}},
                   {"content", std::move(types)}});
    responses.add(entity.cpp_name + "Row",
                  {{"description", in_words(entity)},
                   {"headers",
                    {{"ETag", ref("headers", "ETag")},
                     {"Idempotent-Replayed", ref("headers", "IdempotentReplayed")},
                     {"Location", ref("headers", "Location")},
                     {"Preference-Applied", ref("headers", "PreferenceApplied")}}},
                   {"content", media_types(row, row)}});
  }
}

}  // namespace sqlxc::emit
