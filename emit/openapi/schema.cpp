#include "emit/openapi/schema.h"

#include <algorithm>

namespace sqlxc::emit {
namespace {

/// The number with all the digits that a double holds, an integer where it is written as one.
Json number(const std::string& text) {
  Json value = Json::parse(text.front() == '.' ? "0" + text : text, nullptr, false);
  return value.is_number() ? value : Json(std::strtod(text.c_str(), nullptr));
}

// OpenAPI 3.0 has no null type, no `const`, and other words for bounds that are not within.
bool in_3_0(Json& schema) {
  if (schema.is_array())
    return std::ranges::all_of(schema, [](Json& item) { return in_3_0(item); });
  if (!schema.is_object()) return true;
  if (schema.contains("type") && schema["type"] == "null") return false;
  for (const auto& [exclusive, bound] :
       {std::pair{"exclusiveMinimum", "minimum"}, std::pair{"exclusiveMaximum", "maximum"}}) {
    if (!schema.contains(exclusive)) continue;
    schema[bound] = schema[exclusive];
    schema[exclusive] = true;
  }
  if (schema.contains("const")) {
    schema["enum"] = Json::array({schema["const"]});
    schema.erase("const");
  }
  for (const char* keyword : {"not", "anyOf", "allOf"}) {
    if (schema.contains(keyword) && !in_3_0(schema[keyword])) return false;
  }
  return true;
}

// What the rules say of the field alone.
void add_rules(Json& schema, const ir::Entity& entity, std::uint16_t index, OpenApi version) {
  const ir::Field& field = entity.fields[index];
  for (const ir::Rule& rule : entity.rules) {
    if (!rule.predicate || std::ranges::count(rule.fields, index) == 0) continue;
    const Json asked = rule_schema(*rule.predicate, entity, Absent::stays).schema;
    if (!is_about_properties(asked) || !asked["properties"].contains(field.name)) continue;
    Json value = asked["properties"][field.name];
    if (version == OpenApi::v3_0 && !in_3_0(value)) continue;
    merge_value_schema(schema, value);
  }
}

Json integer(const char* format, std::optional<std::int64_t> minimum,
             std::optional<std::int64_t> maximum) {
  Json schema = {{"type", "integer"}};
  if (format) schema["format"] = format;
  if (minimum) schema["minimum"] = *minimum;
  if (maximum) schema["maximum"] = *maximum;
  return schema;
}

Json text_of(const char* format) {
  Json schema = {{"type", "string"}};
  if (format) schema["format"] = format;
  return schema;
}

/// Base64: four characters hold three bytes.
Json bytes_of(const ir::Type& type, OpenApi version) {
  Json schema = version == OpenApi::v3_0 ? text_of("byte")
                                         : Json{{"type", "string"}, {"contentEncoding", "base64"}};
  if (type.max_length > 0) schema["maxLength"] = (type.max_length + 2) / 3 * 4;
  return schema;
}

Json integer_of(const ir::Type& type) {
  using ir::TypeKind;
  const bool is_unsigned = type.is_unsigned;
  const std::optional<std::int64_t> zero =
      is_unsigned ? std::optional<std::int64_t>(0) : std::nullopt;
  if (type.kind == TypeKind::int16) {
    return is_unsigned ? integer("int32", 0, 65535) : integer("int32", -32768, 32767);
  }
  if (type.kind == TypeKind::int32)
    return is_unsigned ? integer("int64", 0, 4294967295) : integer("int32", {}, {});
  return integer("int64", zero, {});
}

/// `numeric(4, 1)` holds what lies between -999.9 and 999.9. Bounds that a double cannot tell apart
/// are left out.
Json decimal_of(const ir::Type& type) {
  Json schema = {{"type", "number"}};
  const int whole = type.precision - type.scale;
  if (type.precision == 0 || type.precision > 15 || type.scale < 0 || whole < 0) return schema;
  std::string bound = whole == 0 ? "0" : std::string(static_cast<std::size_t>(whole), '9');
  if (type.scale > 0) bound += "." + std::string(static_cast<std::size_t>(type.scale), '9');
  schema["minimum"] = number((type.is_unsigned ? "0" : "-" + bound));
  schema["maximum"] = number(bound);
  return schema;
}

void allow_null(Json& schema, OpenApi version) {
  if (!schema.contains("type")) return;  // any JSON value: null is one
  if (version == OpenApi::v3_0) {
    schema["nullable"] = true;
  } else {
    schema["type"] = Json::array({schema["type"], "null"});
  }
  if (schema.contains("enum")) schema["enum"].push_back(nullptr);
}

Json base_of(const ir::Module& module, const ir::Type& type, OpenApi version) {
  using ir::TypeKind;
  switch (type.kind) {
    case TypeKind::boolean:
      return {{"type", "boolean"}};
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
      return integer_of(type);
    case TypeKind::float32:
      return {{"type", "number"}, {"format", "float"}};
    case TypeKind::float64:
      return {{"type", "number"}, {"format", "double"}};
    case TypeKind::decimal:
      return decimal_of(type);
    case TypeKind::text: {
      Json schema = text_of(nullptr);
      if (type.max_length > 0) schema["maxLength"] = type.max_length;
      return schema;
    }
    case TypeKind::bytes:
      return bytes_of(type, version);
    case TypeKind::date:
      return text_of("date");
    case TypeKind::time:
    case TypeKind::timetz:
      return text_of("time");
    case TypeKind::timestamp:
      return text_of(nullptr);
    case TypeKind::timestamptz:
      return text_of("date-time");
    case TypeKind::interval:
      return text_of(nullptr);
    case TypeKind::uuid:
      return text_of("uuid");
    case TypeKind::json:
      return Json::object();
    case TypeKind::enumeration: {
      Json schema = text_of(nullptr);
      if (type.enumeration.is_valid())
        schema["enum"] = at(module.enumerations, type.enumeration).labels;
      return schema;
    }
    case TypeKind::array: {
      Json items =
          type.element.empty() ? Json::object() : base_of(module, type.element[0], version);
      allow_null(items, version);  // an array's elements are never NOT NULL
      return {{"type", "array"}, {"items", std::move(items)}};
    }
    case TypeKind::other:
      return text_of(nullptr);
  }
  return Json::object();
}

/// Exact numbers may be written as strings, for clients that would round them.
void allow_text(Json& schema, OpenApi version) {
  if (version == OpenApi::v3_0) {
    Json number = std::move(schema);
    schema = Json{{"anyOf", Json::array({std::move(number), text_of(nullptr)})}};
  } else if (schema["type"].is_array()) {
    schema["type"].push_back("string");
  } else {
    schema["type"] = Json::array({schema["type"], "string"});
  }
}

/// Types whose range, length or form JSON Schema cannot say get it in words.
std::string in_words(const ir::Field& field) {
  std::string words = field.description;
  const auto add = [&](const std::string& sentence) {
    if (!words.empty()) words += words.back() == '.' ? " " : ". ";
    words += sentence;
  };
  if (field.type.kind == ir::TypeKind::decimal && field.type.precision > 0) {
    add("Exact: `" + field.type.sql + "`, also accepted as a string.");
  } else if (field.type.kind == ir::TypeKind::timestamp) {
    add("A local date and time, as 2026-01-31T12:00:00.");
  } else if (field.type.kind == ir::TypeKind::other || field.type.kind == ir::TypeKind::interval) {
    add("As the database writes `" + field.type.sql + "`.");
  }
  return words;
}

/// Whether the field's value may be that of a row which comes with the new one.
bool is_reference(const ir::Module& module, const ir::Entity& entity, std::uint16_t field) {
  return std::ranges::any_of(entity.relations, [&](const ir::Relation& relation) {
    return relation.cardinality == ir::Cardinality::to_one && is_nestable(module, relation) &&
           std::ranges::count(relation.from, field) > 0;
  });
}

/// A new row may come with the rows that hang on it, and those that it refers to. They are named,
/// but are no properties: those are the columns.
std::string relations_of(const ir::Module& module, const ir::Entity& entity) {
  std::string names;
  for (const ir::Relation& relation : entity.relations) {
    if (!is_nestable(module, relation)) continue;
    names += names.empty() ? "`" : ", `";
    names += relation.name + "`";
  }
  return names.empty() ? names : "Rows under these names are inserted with it: " + names + ".";
}

}  // namespace

bool is_nestable(const ir::Module& module, const ir::Relation& relation) {
  const bool is_of_pairs = relation.cardinality == ir::Cardinality::many_to_many;
  return relation.function.empty() && !at(module.entities, relation.target).is_view &&
         (!is_of_pairs || !at(module.entities, relation.via).is_view);
}

bool is_writable(const ir::Field& field) { return !field.is_generated && !field.is_readonly; }

Json schema_of(const ir::Module& module, const ir::Entity& entity, std::uint16_t index,
               OpenApi version) {
  const ir::Field& field = entity.fields[index];
  // What a function of the schema makes of a value, no type and no rule tells.
  const bool is_open = !field.represented.to_json.empty() || !field.represented.from_json.empty();
  Json schema = is_open ? Json::object() : base_of(module, field.type, version);
  const bool is_text = schema.value("type", "") == "string";
  if (is_text && !field.format.empty() && !schema.contains("format"))
    schema["format"] = field.format;
  if (field.is_nullable) allow_null(schema, version);
  if (!is_open) add_rules(schema, entity, index, version);
  if (const std::string words = in_words(field); !words.empty()) schema["description"] = words;
  if (!is_writable(field)) schema["readOnly"] = true;
  if (field.is_writeonly) schema["writeOnly"] = true;
  if (!field.deprecated.empty()) schema["deprecated"] = true;
  if (!field.example.empty()) {
    Json example = Json::parse(field.example, nullptr, false);
    const bool wants_text = base_of(module, field.type, version).value("type", "") == "string";
    if (wants_text || example.is_discarded()) example = field.example;
    if (version == OpenApi::v3_1) {
      schema["examples"] = Json::array({example});
    } else {
      schema["example"] = example;
    }
  }
  return schema;
}

Json schema_of(const ir::Module& module, const ir::Entity& entity, Shape shape, OpenApi version) {
  Json properties = Json::object();
  Json required = Json::array();
  for (std::uint16_t i = 0; i < entity.fields.size(); ++i) {
    const ir::Field& field = entity.fields[i];
    const bool is_shown = shape == Shape::read ? !field.is_writeonly : is_writable(field);
    if (field.is_hidden || !is_shown) continue;
    Json& property = properties[field.name] = schema_of(module, entity, i, version);
    if (shape != Shape::read && field.type.kind == ir::TypeKind::decimal)
      allow_text(property, version);
    const bool is_in_path = shape == Shape::replace && entity.primary_key &&
                            std::ranges::count(entity.primary_key->fields, i) > 0;
    const bool is_needed =
        !field.is_nullable && !field.has_default && !field.is_identity && !is_in_path;
    const bool is_new = shape == Shape::create || shape == Shape::replace;
    const bool may_follow = shape == Shape::create && is_reference(module, entity, i);
    if (is_new && is_needed && !may_follow) required.push_back(field.name);
  }
  Json schema = {{"type", "object"}};
  if (shape == Shape::read && !entity.description.empty())
    schema["description"] = entity.description;
  if (const std::string text = relations_of(module, entity);
      shape == Shape::create && !text.empty()) {
    schema["description"] = text;
  }
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

}  // namespace sqlxc::emit
