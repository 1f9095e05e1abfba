#include <sqlxc/graphql/introspect.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/graphql/print.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graphql {
namespace {

std::string_view kind_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::scalar:
      return "SCALAR";
    case TypeKind::object:
      return "OBJECT";
    case TypeKind::interface:
      return "INTERFACE";
    case TypeKind::union_type:
      return "UNION";
    case TypeKind::enum_type:
      return "ENUM";
    case TypeKind::input:
      return "INPUT_OBJECT";
  }
  return {};
}

// Writes objects of the type system, each by the fields that are selected of it. All types of
// introspection are objects, so every selection has one branch.
class Writer {
 public:
  Writer(const Schema& schema, std::size_t max_bytes) : schema_(schema), max_bytes_(max_bytes) {}

  std::string out;

  bool is_too_large() const { return out.size() > max_bytes_; }

  void schema(const Selected& selected) {
    object(selected, [&](const Selected& field) {
      const std::string_view name = field.field->name;
      if (name == "description") return text(schema_.description());
      if (name == "types") return types(field);
      if (name == "queryType") return root(field, ast::OperationKind::query);
      if (name == "mutationType") return root(field, ast::OperationKind::mutation);
      if (name == "subscriptionType") return root(field, ast::OperationKind::subscription);
      array(schema_.directives(), [&](const Directive& each) { directive(field, each); });
    });
  }

  void named_type(const Selected& selected, TypeId id) { type(selected, {id, {}}); }

 private:
  template <class Write>
  void object(const Selected& selected, Write write) {
    if (is_too_large()) {
      out += "null";
      return;
    }
    out += '{';
    bool is_first = true;
    for (const Selected& field : selected.branches.front().fields) {
      if (!is_first) out += ',';
      is_first = false;
      json::append_string(out, field.key);
      out += ':';
      if (field.field->name == "__typename") {
        json::append_string(out, schema_.type(selected.field->type.type).name);
      } else {
        write(field);
      }
    }
    out += '}';
  }

  template <class Items, class Write>
  void array(const Items& items, Write write) {
    out += '[';
    bool is_first = true;
    for (const auto& item : items) {
      if (!is_first) out += ',';
      is_first = false;
      write(item);
    }
    out += ']';
  }

  // Those that are deprecated only where they are asked for.
  template <class Items, class Write>
  void current(const Selected& field, const Items& items, Write write) {
    const Input* asked = field.arguments.find("includeDeprecated");
    const bool has_all = asked != nullptr && asked->boolean;
    out += '[';
    bool is_first = true;
    for (const auto& item : items) {
      if (item.deprecation && !has_all) continue;
      if (!is_first) out += ',';
      is_first = false;
      write(item);
    }
    out += ']';
  }

  void null() { out += "null"; }
  void boolean(bool value) { out += value ? "true" : "false"; }
  void string(std::string_view value) { json::append_string(out, value); }
  void text(const std::optional<std::string_view>& value) {
    if (value) {
      string(*value);
    } else {
      null();
    }
  }

  // The service's own types in the order of its text, GraphQL's after them.
  void types(const Selected& selected) {
    std::vector<TypeId> ids;
    for (const bool is_built_in : {false, true}) {
      for (TypeId id = 0; id < schema_.types().size(); ++id) {
        const Type& type = schema_.type(id);
        if (type.is_built_in == is_built_in && !type.is_hidden) ids.push_back(id);
      }
    }
    array(ids, [&](TypeId id) { named_type(selected, id); });
  }

  void root(const Selected& selected, ast::OperationKind kind) {
    const std::optional<TypeId> id = schema_.root(kind);
    if (!id) return null();
    named_type(selected, *id);
  }

  void type(const Selected& selected, TypeRef ref) {
    object(selected, [&](const Selected& field) {
      if (ref.is_non_null() || ref.is_list()) return wrapper(field, ref);
      type_member(field, schema_.type(ref.type));
    });
  }

  void wrapper(const Selected& field, TypeRef ref) {
    const std::string_view name = field.field->name;
    if (name == "kind") return string(ref.is_non_null() ? "NON_NULL" : "LIST");
    if (name != "ofType") return null();
    type(field, ref.is_non_null() ? ref.nullable() : ref.item());
  }

  void type_member(const Selected& field, const Type& type) {
    const std::string_view name = field.field->name;
    const bool has_fields = type.kind == TypeKind::object || type.kind == TypeKind::interface;
    if (name == "kind") return string(kind_of(type));
    if (name == "name") return string(type.name);
    if (name == "description") return text(type.description);
    if (name == "specifiedByURL") return text(type.specified_by);
    if (name == "fields" && has_fields) {
      return current(field, schema_.fields_of(type),
                     [&](const Field& each) { field_of(field, each); });
    }
    if (name == "interfaces" && has_fields) {
      return array(type.interfaces, [&](TypeId id) { named_type(field, id); });
    }
    if (name == "possibleTypes" && type.is_abstract()) {
      return array(type.possible, [&](TypeId id) { named_type(field, id); });
    }
    if (name == "enumValues" && type.kind == TypeKind::enum_type) {
      return current(field, schema_.values_of(type),
                     [&](const EnumValue& each) { enum_value(field, each); });
    }
    if (name == "inputFields" && type.kind == TypeKind::input) {
      return current(field, schema_.inputs_of(type),
                     [&](const InputValue& each) { input(field, each); });
    }
    if (name == "isOneOf" && type.kind == TypeKind::input) return boolean(type.is_one_of);
    null();
  }

  void field_of(const Selected& selected, const Field& definition) {
    object(selected, [&](const Selected& field) {
      if (field.field->name == "args") {
        return current(field, schema_.arguments_of(definition),
                       [&](const InputValue& each) { input(field, each); });
      }
      if (field.field->name == "type") return type(field, definition.type);
      common_member(field, definition);
    });
  }

  void input(const Selected& selected, const InputValue& definition) {
    object(selected, [&](const Selected& field) {
      if (field.field->name == "type") return type(field, definition.type);
      if (field.field->name == "defaultValue") {
        if (!definition.default_value) return null();
        const ast::Document& document = schema_.document();
        return string(print(document, document.values[*definition.default_value]));
      }
      common_member(field, definition);
    });
  }

  void enum_value(const Selected& selected, const EnumValue& definition) {
    object(selected, [&](const Selected& field) { common_member(field, definition); });
  }

  template <class Definition>
  void common_member(const Selected& field, const Definition& definition) {
    const std::string_view name = field.field->name;
    if (name == "name") return string(definition.name);
    if (name == "description") return text(definition.description);
    if (name == "isDeprecated") return boolean(definition.deprecation.has_value());
    text(definition.deprecation);
  }

  void directive(const Selected& selected, const Directive& definition) {
    object(selected, [&](const Selected& field) {
      const std::string_view name = field.field->name;
      if (name == "name") return string(definition.name);
      if (name == "description") return text(definition.description);
      if (name == "isRepeatable") return boolean(definition.is_repeatable);
      if (name == "locations") {
        return array(definition.locations, [&](std::string_view location) { string(location); });
      }
      current(field, schema_.arguments_of(definition),
              [&](const InputValue& each) { input(field, each); });
    });
  }

  const Schema& schema_;
  std::size_t max_bytes_;
};

}  // namespace

bool is_introspection(const Selected& field) { return field.field->name.starts_with("__"); }

std::expected<std::string, Error> introspect(const Schema& schema, TypeId parent,
                                             const Selected& field, std::size_t max_bytes) {
  Writer writer(schema, max_bytes);
  if (field.field->name == "__typename") {
    json::append_string(writer.out, schema.type(parent).name);
  } else if (field.field->name == "__schema") {
    writer.schema(field);
  } else {
    const Input* name = field.arguments.find("name");
    const auto type = name != nullptr ? schema.find_type(name->text) : std::nullopt;
    if (type) {
      writer.named_type(field, *type);
    } else {
      writer.out += "null";
    }
  }
  if (!writer.is_too_large()) return std::move(writer.out);
  return std::unexpected(Error{.message = "The answer about the schema is larger than " +
                                          std::to_string(max_bytes) + " bytes.",
                               .path = {std::string(field.key)},
                               .code = std::string(kBadInput)});
}

}  // namespace sqlxc::graphql
