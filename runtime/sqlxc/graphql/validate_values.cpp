#include <string>

#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/suggest.h>
#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {

std::string Validator::show(const ast::Value& value) const { return print(document_, value, true); }

void Validator::walk_value(const ast::Value& value, Expected expected) {
  if (report_.is_full()) return;
  switch (value.kind) {
    case ast::ValueKind::variable:
      body_->usages.push_back({.name = value.text,
                               .at = value.at,
                               .type = expected.type,
                               .has_default = expected.has_default,
                               .one_of = expected.one_of});
      return;
    case ast::ValueKind::list:
      return walk_list(value, expected);
    case ast::ValueKind::object:
      return walk_object(value, expected);
    default:
      break;
  }
  if (!expected.type || !expected.is_judged) return;
  if (value.kind == ast::ValueKind::null) {
    if (has(Rule::values_of_correct_type) && expected.type->is_non_null()) {
      add(say("Expected value of type \"", schema_.print(*expected.type), "\", found null."),
          {value.at});
    }
    return;
  }
  check_leaf(value, *expected.type);
}

void Validator::walk_list(const ast::Value& value, Expected expected) {
  Expected item{.is_judged = expected.is_judged};
  if (expected.type && expected.type->is_list()) {
    item.type = expected.type->item();
  } else if (expected.type) {
    item.type = expected.type->nullable();
    if (expected.is_judged) check_leaf(value, *item.type);
    item.is_judged = false;
  }
  for (const ast::Value& each : document_.values_of(value.children)) walk_value(each, item);
}

void Validator::walk_object(const ast::Value& value, Expected expected) {
  const Type* type = expected.type ? &schema_.type(expected.type->type) : nullptr;
  const bool is_input = type != nullptr && type->kind == TypeKind::input;
  if (is_input && expected.is_judged) check_object(value, *type);
  if (type != nullptr && !is_input && expected.is_judged) {
    check_leaf(value, *expected.type);
    expected.is_judged = false;
  }
  std::unordered_map<std::string_view, ast::Offset> seen;
  for (const ast::Argument& field : document_.arguments_of(value.children)) {
    if (report_.is_full()) return;
    const auto [first, is_new] = seen.emplace(field.name, field.at);
    if (!is_new && has(Rule::unique_input_field_names)) {
      add(say("There can be only one input field named \"", field.name, "\"."),
          {first->second, field.at});
    }
    Expected inner{.is_judged = expected.is_judged};
    const InputValue* definition =
        is_input ? schema_.find_input(expected.type->type, field.name) : nullptr;
    if (definition != nullptr) {
      inner.type = definition->type;
      inner.has_default = definition->default_value.has_value();
      if (type->is_one_of) inner.one_of = expected.type->type;
      if (has(Rule::no_deprecated) && definition->deprecation) {
        add(say("The input field ", type->name, ".", field.name, " is deprecated. ",
                *definition->deprecation),
            {field.at});
      }
    } else if (is_input && expected.is_judged && has(Rule::values_of_correct_type)) {
      std::vector<std::string_view> names;
      for (const InputValue& input : schema_.inputs_of(*type)) names.push_back(input.name);
      add(say("Field \"", field.name, "\" is not defined by type \"", type->name, "\".",
              did_you_mean(suggestions(field.name, names))),
          {field.at});
    }
    walk_value(document_.values[field.value], inner);
  }
}

// The fields that an input object must have.
void Validator::check_object(const ast::Value& value, const Type& type) {
  if (!has(Rule::values_of_correct_type)) return;
  std::unordered_set<std::string_view> given;
  for (const ast::Argument& field : document_.arguments_of(value.children))
    given.insert(field.name);
  // An empty object costs little to write and all fields of its type to look at.
  if (!spend(type.inputs.count)) return;
  for (const InputValue& input : schema_.inputs_of(type)) {
    if (!input.is_required() || given.contains(input.name)) continue;
    add(say("Field \"", type.name, ".", input.name, "\" of required type \"",
            schema_.print(input.type), "\" was not provided."),
        {value.at});
  }
  if (!type.is_one_of) return;
  if (given.size() == 1) return check_one_of(value, type);
  add(say("OneOf Input Object \"", type.name, "\" must specify exactly one key."), {value.at});
}

void Validator::check_one_of(const ast::Value& value, const Type& type) {
  const ast::Argument& field = document_.arguments_of(value.children).back();
  const ast::Value& only = document_.values[field.value];
  if (only.kind == ast::ValueKind::null) {
    add(say("Field \"", type.name, ".", field.name, "\" must be non-null."), {value.at});
  }
  if (only.kind != ast::ValueKind::variable || operation_ == nullptr) return;
  if (!spend(operation_->variables.count)) return;
  for (const ast::VariableDefinition& variable : document_.variables_of(operation_->variables)) {
    if (variable.name != only.text || variable.type.wrapping.is_non_null()) continue;
    add(say("Variable \"", only.text,
            "\" must be non-nullable to be used for OneOf Input Object \"", type.name, "\"."),
        {value.at});
    return;
  }
}

void Validator::check_leaf(const ast::Value& value, TypeRef ref) {
  const Type& type = schema_.type(ref.type);
  if (type.kind == TypeKind::enum_type) return check_enum(value, type);
  if (!has(Rule::values_of_correct_type)) return;
  if (type.kind != TypeKind::scalar) {
    add(say("Expected value of type \"", schema_.print(ref), "\", found ", show(value), "."),
        {value.at});
    return;
  }
  const Accept accept =
      type.scalar.accept_literal != nullptr ? type.scalar.accept_literal : type.scalar.accept;
  if (accept == nullptr) return;
  const bool is_leaf = value.kind != ast::ValueKind::list && value.kind != ast::ValueKind::object;
  // What nests is refused without a copy of all of it.
  const Input input = is_leaf ? input_of(document_, value) : Input{.kind = InputKind::list};
  std::string refusal = accept(input, "");
  if (!refusal.empty()) add(refusal + show(value), {value.at});
}

void Validator::check_enum(const ast::Value& value, const Type& type) {
  const EnumValue* known = value.kind == ast::ValueKind::enum_value
                               ? schema_.find_value(schema_.id_of(type), value.text)
                               : nullptr;
  if (known != nullptr) {
    if (has(Rule::no_deprecated) && known->deprecation) {
      add(say("The enum value \"", type.name, ".", known->name, "\" is deprecated. ",
              *known->deprecation),
          {value.at});
    }
    return;
  }
  if (!has(Rule::values_of_correct_type)) return;
  std::vector<std::string_view> names;
  for (const EnumValue& each : schema_.values_of(type)) names.push_back(each.name);
  const std::string shown = show(value);
  const std::string hint = did_you_mean(suggestions(shown, names), "the enum value");
  if (value.kind == ast::ValueKind::enum_value) {
    add(say("Value \"", shown, "\" does not exist in \"", type.name, "\" enum.", hint), {value.at});
  } else {
    add(say("Enum \"", type.name, "\" cannot represent non-enum value: ", shown, ".", hint),
        {value.at});
  }
}

}  // namespace sqlxc::graphql
