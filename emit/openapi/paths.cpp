#include "emit/openapi/paths.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace sqlxc::emit {
namespace {

Json ref(const std::string& kind, const std::string& name) {
  return {{"$ref", "#/components/" + kind + "/" + name}};
}

Json refs(const char* kind, std::initializer_list<const char*> names) {
  Json list = Json::array();
  for (const char* name : names) list.push_back(ref(kind, name));
  return list;
}

Json json_content(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

Json answer(const std::string& description, Json schema) {
  return {{"description", description}, {"content", json_content(std::move(schema))}};
}

Json list_of(const std::string& name) {
  return {{"type", "array"}, {"items", ref("schemas", name)}};
}

std::string in_words(const ir::Entity& entity) {
  return entity.description.empty() ? "Rows of `" + entity.table + "`." : entity.description;
}

/// Query parameters with a meaning of their own: a column of such a name has no filter parameter in
/// the document.
constexpr std::array<std::string_view, 8> kReserved = {"select", "order", "limit", "offset",
                                                       "after",  "or",    "and",   "on_conflict"};

/// What an operation adds to the answers that all of them may give.
void add_problems(Json& operation,
                  std::initializer_list<std::pair<const char*, const char*>> problems) {
  for (const auto& [status, name] : problems)
    operation["responses"][status] = ref("responses", name);
}

class Paths {
 public:
  Paths(const ir::Module& module, OpenApi version) : module_(module), version_(version) {}

  Json take() {
    for (const ir::Entity& entity : module_.entities) {
      paths_["/api/" + entity.name] = collection(entity);
      if (!entity.primary_key) continue;
      const std::string item = "/api/" + entity.name + "/" + key_in_path(entity);
      paths_[item] = one(entity);
      for (const ir::Relation& relation : entity.relations)
        paths_[item + "/" + relation.name] = related(entity, relation);
    }
    return std::move(paths_);
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

  /// `?age=gte.18`: a parameter a column that a response shows.
  static void add_filters(Json& parameters, const ir::Entity& entity) {
    for (const ir::Field& field : entity.fields) {
      if (field.is_hidden || field.is_writeonly || std::ranges::count(kReserved, field.name))
        continue;
      parameters.push_back(
          {{"name", field.name},
           {"in", "query"},
           {"description", "Filter on `" + field.name + "`: operator and value, as in `eq.1`."},
           {"schema", {{"type", "string"}}}});
    }
  }

  /// The id is unique in the document: one that is taken gets a number.
  Json operation(const char* verb, const ir::Entity& entity, const std::string& name,
                 const std::string& summary) {
    const std::string wanted = verb + name;
    std::string id = wanted;
    for (int i = 2; !ids_.insert(id).second; ++i) id = wanted + std::to_string(i);
    return {{"operationId", id}, {"tags", Json::array({entity.name})}, {"summary", summary}};
  }

  Json list_operation(const ir::Entity& tag, const ir::Entity& rows, const std::string& id,
                      const std::string& summary) {
    Json list = operation("list", tag, id, summary);
    list["parameters"] = refs(
        "parameters", {"select", "order", "limit", "offset", "after", "or", "and", "preferRead"});
    add_filters(list["parameters"], rows);
    list["responses"]["200"] = answer(in_words(rows), list_of(rows.cpp_name));
    list["responses"]["200"]["headers"]["Content-Range"] = ref("headers", "ContentRange");
    list["responses"]["206"] = list["responses"]["200"];
    list["responses"]["206"]["description"] = "A part of the rows, the whole counted.";
    add_problems(list, {{"400", "BadRequest"}, {"416", "RangeNotSatisfiable"}});
    return list;
  }

  Json body(const ir::Entity& entity, const char* shape, bool takes_list) const {
    Json schema = ref("schemas", entity.cpp_name + shape);
    if (takes_list) {
      Json list = {{"type", "array"}, {"items", schema}};
      schema = {{"oneOf", Json::array({schema, list})}};
    }
    return {{"required", true}, {"content", json_content(std::move(schema))}};
  }

  Json collection(const ir::Entity& entity) {
    Json path = {{"get", list_operation(entity, entity, entity.cpp_name,
                                        "Rows of `" + entity.name +
                                            "`, filtered, in order, a page at a time")}};
    if (entity.is_view) return path;
    const std::string name = "`" + entity.name + "`";

    Json create =
        operation("create", entity, entity.cpp_name, "Insert a row into " + name + ", or several");
    create["parameters"] = refs("parameters", {"select", "onConflict", "preferInsert"});
    create["requestBody"] = body(entity, "Create", true);
    create["responses"]["201"] = answer(
        "Inserted. The rows only with `Prefer: return=representation`.", list_of(entity.cpp_name));
    create["responses"]["201"]["headers"]["Location"] = ref("headers", "Location");
    create["responses"]["200"] = answer(
        "Nothing new: rows that stood already were merged or ignored.", list_of(entity.cpp_name));
    add_problems(create, {{"400", "BadRequest"},
                          {"409", "Conflict"},
                          {"413", "TooLarge"},
                          {"415", "UnsupportedMediaType"},
                          {"422", "Unprocessable"}});
    path["post"] = std::move(create);

    Json change = operation("updateMany", entity, entity.cpp_name,
                            "Change the rows of " + name + " that a filter finds");
    change["parameters"] = refs("parameters", {"select", "or", "and", "preferWrite"});
    add_filters(change["parameters"], entity);
    change["requestBody"] = body(entity, "Change", false);
    change["responses"]["200"] = answer("The changed rows.", list_of(entity.cpp_name));
    change["responses"]["204"] = {{"description", "Changed."}};
    add_problems(change, {{"400", "BadRequest"},
                          {"409", "Conflict"},
                          {"413", "TooLarge"},
                          {"415", "UnsupportedMediaType"},
                          {"422", "Unprocessable"}});
    path["patch"] = std::move(change);

    Json remove = operation("deleteMany", entity, entity.cpp_name,
                            "Delete the rows of " + name + " that a filter finds");
    remove["parameters"] = refs("parameters", {"select", "or", "and", "preferWrite"});
    add_filters(remove["parameters"], entity);
    remove["responses"]["200"] = answer("The deleted rows.", list_of(entity.cpp_name));
    remove["responses"]["204"] = {{"description", "Deleted."}};
    add_problems(remove, {{"400", "BadRequest"}, {"409", "Conflict"}});
    path["delete"] = std::move(remove);
    return path;
  }

  Json one(const ir::Entity& entity) {
    const std::string name = "`" + entity.name + "`";
    Json path = {{"parameters", key_parameters(entity)}};

    Json read = operation("read", entity, entity.cpp_name, "One row of " + name);
    read["parameters"] = refs("parameters", {"select"});
    read["responses"]["200"] = answer(in_words(entity), ref("schemas", entity.cpp_name));
    add_problems(read, {{"400", "BadRequest"}, {"404", "NotFound"}});
    path["get"] = std::move(read);
    if (entity.is_view) return path;

    Json put =
        operation("put", entity, entity.cpp_name, "Put a row of " + name + " in place, new or not");
    put["parameters"] = refs("parameters", {"select", "preferWrite"});
    put["requestBody"] = body(entity, "Create", false);
    put["responses"]["200"] = answer("The row.", ref("schemas", entity.cpp_name));
    put["responses"]["201"] = answer("The row, new.", ref("schemas", entity.cpp_name));
    put["responses"]["204"] = {{"description", "In place."}};
    add_problems(put, {{"400", "BadRequest"},
                       {"409", "Conflict"},
                       {"413", "TooLarge"},
                       {"415", "UnsupportedMediaType"},
                       {"422", "Unprocessable"}});
    path["put"] = std::move(put);

    Json change = operation("update", entity, entity.cpp_name, "Change one row of " + name);
    change["parameters"] = refs("parameters", {"select", "preferWrite"});
    change["requestBody"] = body(entity, "Change", false);
    change["responses"]["200"] = answer("The changed row.", ref("schemas", entity.cpp_name));
    change["responses"]["204"] = {{"description", "Changed."}};
    add_problems(change, {{"400", "BadRequest"},
                          {"404", "NotFound"},
                          {"409", "Conflict"},
                          {"413", "TooLarge"},
                          {"415", "UnsupportedMediaType"},
                          {"422", "Unprocessable"}});
    path["patch"] = std::move(change);

    Json remove = operation("delete", entity, entity.cpp_name, "Delete one row of " + name);
    remove["parameters"] = refs("parameters", {"select", "preferWrite"});
    remove["responses"]["200"] = answer("The deleted row.", ref("schemas", entity.cpp_name));
    remove["responses"]["204"] = {{"description", "Deleted."}};
    add_problems(remove, {{"400", "BadRequest"}, {"404", "NotFound"}, {"409", "Conflict"}});
    path["delete"] = std::move(remove);
    return path;
  }

  Json related(const ir::Entity& entity, const ir::Relation& relation) {
    const ir::Entity& rows = target(relation);
    const std::string id = entity.cpp_name + relation.cpp_name;
    const std::string from = "of a row of `" + entity.name + "`";
    Json path = {{"parameters", key_parameters(entity)}};
    if (relation.cardinality == ir::Cardinality::to_one) {
      Json read = operation("read", entity, id, "The `" + relation.name + "` " + from);
      read["parameters"] = refs("parameters", {"select"});
      read["responses"]["200"] = answer(in_words(rows), ref("schemas", rows.cpp_name));
      add_problems(read, {{"400", "BadRequest"}, {"404", "NotFound"}});
      path["get"] = std::move(read);
    } else {
      path["get"] = list_operation(entity, rows, id, "The `" + relation.name + "` " + from);
      add_problems(path["get"], {{"404", "NotFound"}});
    }
    return path;
  }

  const ir::Module& module_;
  OpenApi version_;
  Json paths_ = Json::object();
  std::set<std::string> ids_;
};

}  // namespace

Json openapi_paths(const ir::Module& module, OpenApi version) {
  return Paths(module, version).take();
}

}  // namespace sqlxc::emit
