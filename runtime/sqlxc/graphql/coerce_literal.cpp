#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/report.h>

namespace sqlxc::graphql {
namespace {

InputKind kind_of(ast::ValueKind kind) {
  switch (kind) {
    case ast::ValueKind::int_value:
      return InputKind::int_value;
    case ast::ValueKind::float_value:
      return InputKind::float_value;
    case ast::ValueKind::string:
      return InputKind::string;
    case ast::ValueKind::boolean:
      return InputKind::boolean;
    case ast::ValueKind::enum_value:
      return InputKind::enum_value;
    case ast::ValueKind::list:
      return InputKind::list;
    case ast::ValueKind::object:
      return InputKind::object;
    case ast::ValueKind::variable:
    case ast::ValueKind::null:
      return InputKind::null;
  }
  return InputKind::null;
}

class Coercer {
 public:
  Coercer(const Schema& schema, const ast::Document& document, const Variables& variables)
      : schema_(schema), document_(document), variables_(variables) {}

  std::optional<Input> coerce(TypeRef type, const ast::Value& value) const {
    if (value.kind == ast::ValueKind::variable) return variable(type, value);
    if (value.kind == ast::ValueKind::null) {
      if (type.is_non_null()) return std::nullopt;
      return Input{};
    }
    if (type.is_list()) return list(type, value);
    const Type& named = schema_.type(type.type);
    return named.kind == TypeKind::input ? object(type.type, value) : leaf(named, value);
  }

  bool is_absent(const ast::Value& value) const {
    return value.kind == ast::ValueKind::variable && !variables_.contains(value.text);
  }

 private:
  std::optional<Input> variable(TypeRef type, const ast::Value& value) const {
    const auto known = variables_.find(value.text);
    if (known == variables_.end()) return std::nullopt;
    if (known->second.is_null() && type.is_non_null()) return std::nullopt;
    return known->second;
  }

  std::optional<Input> list(TypeRef type, const ast::Value& value) const {
    Input list{.kind = InputKind::list};
    if (value.kind != ast::ValueKind::list) {
      std::optional<Input> only = coerce(type.item(), value);
      if (!only) return std::nullopt;
      list.items.push_back(std::move(*only));
      return list;
    }
    for (const ast::Value& each : document_.values_of(value.children)) {
      // A variable without a value is null in a list.
      std::optional<Input> item =
          is_absent(each) && !type.item().is_non_null() ? Input{} : coerce(type.item(), each);
      if (!item) return std::nullopt;
      list.items.push_back(std::move(*item));
    }
    return list;
  }

  std::optional<Input> object(TypeId id, const ast::Value& value) const {
    if (value.kind != ast::ValueKind::object) return std::nullopt;
    Input object{.kind = InputKind::object};
    for (const ast::Argument& given : document_.arguments_of(value.children)) {
      const InputValue* definition = schema_.find_input(id, given.name);
      if (definition == nullptr) return std::nullopt;
      const ast::Value& field = document_.values[given.value];
      if (is_absent(field)) continue;
      std::optional<Input> item = coerce(definition->type, field);
      if (!item) return std::nullopt;
      item->name = given.name;
      object.items.push_back(std::move(*item));
    }
    for (const InputValue& definition : schema_.inputs_of(schema_.type(id))) {
      if (object.find(definition.name) != nullptr) continue;
      if (!definition.default_value) {
        if (definition.type.is_non_null()) return std::nullopt;
        continue;
      }
      object.items.push_back(default_value(schema_, definition));
    }
    const bool is_one = object.items.size() == 1 && !object.items[0].is_null();
    if (schema_.type(id).is_one_of && !is_one) return std::nullopt;
    return object;
  }

  std::optional<Input> leaf(const Type& type, const ast::Value& value) const {
    Input input = input_with_variables(value);
    if (type.kind == TypeKind::enum_type) {
      const bool is_known = input.kind == InputKind::enum_value &&
                            schema_.find_value(schema_.id_of(type), input.text) != nullptr;
      if (!is_known) return std::nullopt;
      return input;
    }
    const Accept accept =
        type.scalar.accept_literal != nullptr ? type.scalar.accept_literal : type.scalar.accept;
    if (accept != nullptr && !accept(input, "").empty()) return std::nullopt;
    normalize_leaf(type, input);
    return input;
  }

  // A scalar may be an object or list, such as JSON, with variables in it.
  Input input_with_variables(const ast::Value& value) const {
    if (value.kind == ast::ValueKind::variable) {
      const auto known = variables_.find(value.text);
      return known == variables_.end() ? Input{} : known->second;
    }
    Input input{.kind = kind_of(value.kind)};
    input.text = value.text;
    input.boolean = value.kind == ast::ValueKind::boolean && value.text == "true";
    if (value.kind == ast::ValueKind::list) {
      for (const ast::Value& item : document_.values_of(value.children))
        input.items.push_back(input_with_variables(item));
    }
    if (value.kind == ast::ValueKind::object) {
      for (const ast::Argument& field : document_.arguments_of(value.children)) {
        if (is_absent(document_.values[field.value])) continue;
        input.items.push_back(input_with_variables(document_.values[field.value]));
        input.items.back().name = field.name;
      }
    }
    return input;
  }

  const Schema& schema_;
  const ast::Document& document_;
  const Variables& variables_;
};

}  // namespace

Input default_value(const Schema& schema, const InputValue& definition) {
  static const Variables kNone;
  const ast::Document& document = schema.document();
  const ast::Value& value = document.values[*definition.default_value];
  std::optional<Input> input = Coercer(schema, document, kNone).coerce(definition.type, value);
  // A default that its own type does not take is kept as it was written.
  if (!input) input = input_of(document, value);
  input->name = definition.name;
  return std::move(*input);
}

std::expected<Input, ArgumentError> coerce_arguments(const Schema& schema,
                                                     std::span<const InputValue> definitions,
                                                     const ast::Document& document, ast::Span given,
                                                     ast::Offset at, const Variables& variables) {
  const Coercer coercer(schema, document, variables);
  Input arguments{.kind = InputKind::object};
  const auto fail = [](std::string message, ast::Offset where) {
    return std::unexpected(ArgumentError{std::move(message), where});
  };
  for (const InputValue& definition : definitions) {
    const ast::Argument* argument = nullptr;
    for (const ast::Argument& each : document.arguments_of(given)) {
      if (each.name == definition.name) argument = &each;
    }
    const ast::Value* value = argument != nullptr ? &document.values[argument->value] : nullptr;
    const auto said = [&](std::string_view how) {
      return say("Argument \"", definition.name, "\" of ", how, " type \"",
                 schema.print(definition.type), "\" ");
    };
    if (value == nullptr || coercer.is_absent(*value)) {
      if (definition.default_value) {
        arguments.items.push_back(default_value(schema, definition));
      } else if (definition.type.is_non_null() && value == nullptr) {
        return fail(said("required") + "was not provided.", at);
      } else if (definition.type.is_non_null()) {
        return fail(say(said("required"), "was provided the variable \"$", value->text,
                        "\" which was not provided a runtime value."),
                    value->at);
      }
      continue;
    }
    std::optional<Input> input = coercer.coerce(definition.type, *value);
    if (!input) {
      const auto known = variables.find(value->text);
      const bool is_null = value->kind == ast::ValueKind::null ||
                           (value->kind == ast::ValueKind::variable && known != variables.end() &&
                            known->second.is_null());
      if (is_null) return fail(said("non-null") + "must not be null.", value->at);
      return fail(say("Argument \"", definition.name, "\" has invalid value ",
                      print(document, *value, true), "."),
                  value->at);
    }
    input->name = definition.name;
    arguments.items.push_back(std::move(*input));
  }
  return arguments;
}

std::optional<Input> coerce_literal(const Schema& schema, TypeRef type,
                                    const ast::Document& document, const ast::Value& value,
                                    const Variables& variables) {
  return Coercer(schema, document, variables).coerce(type, value);
}

Input input_of(const ast::Document& document, const ast::Value& value) {
  Input input{.kind = kind_of(value.kind)};
  input.text = value.text;
  input.boolean = value.kind == ast::ValueKind::boolean && value.text == "true";
  if (value.kind == ast::ValueKind::list) {
    for (const ast::Value& item : document.values_of(value.children))
      input.items.push_back(input_of(document, item));
  }
  if (value.kind == ast::ValueKind::object) {
    for (const ast::Argument& field : document.arguments_of(value.children)) {
      input.items.push_back(input_of(document, document.values[field.value]));
      input.items.back().name = field.name;
    }
  }
  return input;
}

void normalize_leaf(const Type& type, Input& value) {
  if (!type.is_built_in) return;
  if (type.name == "ID" && value.kind == InputKind::int_value) value.kind = InputKind::string;
  if (type.name != "Int" || value.kind != InputKind::float_value) return;
  double number = 0;
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  value.kind = InputKind::int_value;
  value.text = std::to_string(static_cast<std::int64_t>(number));
}

}  // namespace sqlxc::graphql
