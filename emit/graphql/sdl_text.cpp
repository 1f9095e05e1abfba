#include "emit/graphql/sdl_text.h"

#include <algorithm>

#include "compiler/base/json_text.h"
#include "compiler/ir/graphql.h"
#include "compiler/ir/lower_types.h"

namespace sqlxc::emit {
namespace {

std::string_view element_name(const ir::Module& module, const ir::Type& type) {
  const std::string_view scalar = ir::graphql_scalar(type);
  if (!scalar.empty()) return scalar;
  const ir::Enumeration& enumeration = at(module.enumerations, type.enumeration);
  // An enum of GraphQL has a value.
  return enumeration.labels.empty() ? std::string_view("String") : enumeration.graphql_name;
}

}  // namespace

std::string sdl_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
          out += c;
        } else {
          constexpr std::string_view kDigits = "0123456789ABCDEF";
          out += "\\u00";
          out += kDigits[byte >> 4];
          out += kDigits[byte & 15];
        }
      }
    }
  }
  return out + '"';
}

std::string sdl_description(std::string_view text, int indent) {
  if (text.empty()) return {};
  return std::string(static_cast<std::size_t>(indent), ' ') + sdl_string(text) + '\n';
}

std::string sdl_deprecated(std::string_view reason) {
  if (reason.empty()) return {};
  if (reason == "true") return " @deprecated";
  return " @deprecated(reason: " + sdl_string(reason) + ")";
}

std::string sdl_type(const ir::Module& module, const ir::Type& type) {
  if (type.kind != ir::TypeKind::array) return std::string(element_name(module, type));
  // SQL's arrays hold nulls, and may be of any number of dimensions.
  if (type.element.empty()) return "JSON";
  return "[" + sdl_type(module, type.element[0]) + "]";
}

std::string sdl_filter(const ir::Module& module, const ir::Type& type) {
  if (type.kind != ir::TypeKind::array) return std::string(element_name(module, type)) + "Filter";
  if (type.element.empty()) return "JSONFilter";
  return std::string(element_name(module, ir::element_of(type))) + "ArrayFilter";
}

std::string sdl_shown_type(const ir::Module& module, const ir::Field& field) {
  return field.represented.to_json.empty() ? sdl_type(module, field.type) : "JSON";
}

std::string sdl_written_type(const ir::Module& module, const ir::Field& field) {
  return field.represented.from_json.empty() ? sdl_type(module, field.type) : "JSON";
}

std::string sdl_compared_type(const ir::Module& module, const ir::Field& field) {
  return field.represented.from_text.empty() ? sdl_type(module, field.type) : "JSON";
}

std::string sdl_filter(const ir::Module& module, const ir::Field& field) {
  return field.represented.from_text.empty() ? sdl_filter(module, field.type) : "JSONFilter";
}

bool has_order(const ir::Type& type) {
  if (type.kind == ir::TypeKind::array) return !type.element.empty() && has_order(type.element[0]);
  return type.kind != ir::TypeKind::json && type.kind != ir::TypeKind::other;
}

bool is_shown(const ir::Field& field) {
  return !field.graphql_name.empty() && !field.is_writeonly && !field.is_hidden;
}

bool is_input(const ir::Field& field) {
  return !field.graphql_name.empty() && !field.is_readonly && !field.is_generated &&
         !field.is_hidden;
}

std::vector<const ir::Relation*> relations_of(const ir::Entity& entity) {
  std::vector<const ir::Relation*> relations;
  for (const ir::Relation& relation : entity.relations) {
    if (!relation.graphql_name.empty()) relations.push_back(&relation);
  }
  return relations;
}

std::string key_arguments(const ir::Module& module, const ir::Entity& entity, const ir::Key& key) {
  std::string out;
  for (const std::uint16_t index : key.fields) {
    const ir::Field& field = entity.fields[index];
    if (!out.empty()) out += ", ";
    out += field.graphql_name + ": " + sdl_compared_type(module, field) + '!';
  }
  return out;
}

}  // namespace sqlxc::emit
