#include <string>

#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {
namespace {

// Whether a value of the one wrapping can stand where the other is expected; the named types are
// equal.
bool fits(ast::Wrapping value, ast::Wrapping place) {
  while (true) {
    if (place.is_non_null() && !value.is_non_null()) return false;
    if (place.is_list() != value.is_list()) return false;
    if (!place.is_list()) return true;
    value = value.item();
    place = place.item();
  }
}

}  // namespace

void Validator::check_variable_definitions(const ast::Operation& operation) {
  std::unordered_map<std::string_view, std::vector<ast::Offset>> places;
  const auto definitions = document_.variables_of(operation.variables);
  for (const ast::VariableDefinition& definition : definitions)
    places[definition.name].push_back(definition.name_at);
  for (const ast::VariableDefinition& definition : definitions) {
    const std::vector<ast::Offset>& all = places[definition.name];
    if (has(Rule::unique_variable_names) && all.size() > 1 && all.front() == definition.name_at) {
      report_.add(say("There can be only one variable named \"$", definition.name, "\"."), all);
    }
    check_type_name(definition.type.name, definition.type.name_at);
    const std::optional<TypeId> named = schema_.find_type(definition.type.name);
    const bool is_input = named && schema_.type(*named).is_input();
    if (has(Rule::variables_are_input_types) && named && !is_input) {
      add(say("Variable \"$", definition.name, "\" cannot be non-input type \"",
              print(definition.type), "\"."),
          {definition.type.at});
    }
    if (definition.default_value) {
      Expected expected;
      if (is_input) expected.type = TypeRef{*named, definition.type.wrapping};
      walk_value(document_.values[*definition.default_value], expected);
    }
    walk_directives(definition.directives, "VARIABLE_DEFINITION");
  }
}

void Validator::check_variables(const ast::Operation& operation, const Body& body) {
  const bool is_asked = has(Rule::no_undefined_variables) || has(Rule::no_unused_variables) ||
                        has(Rule::variables_in_allowed_position);
  if (!is_asked) return;
  std::unordered_map<std::string_view, const ast::VariableDefinition*> definitions;
  for (const ast::VariableDefinition& definition : document_.variables_of(operation.variables))
    definitions[definition.name] = &definition;
  std::unordered_set<std::string_view> used;
  const auto check_all = [&](const Body& of) {
    if (!spend(of.usages.size())) return;
    for (const Usage& usage : of.usages) {
      if (report_.is_full()) return;
      used.insert(usage.name);
      const auto definition = definitions.find(usage.name);
      check_usage(operation, definition == definitions.end() ? nullptr : definition->second, usage);
    }
  };
  check_all(body);
  for_each_fragment_of(
      body, [&](const ast::Fragment& fragment) { check_all(fragment_bodies_[&fragment]); });
  if (!has(Rule::no_unused_variables)) return;
  for (const ast::VariableDefinition& definition : document_.variables_of(operation.variables)) {
    if (used.contains(definition.name)) continue;
    const std::string where =
        operation.name.empty() ? "" : say(" in operation \"", operation.name, "\"");
    add(say("Variable \"$", definition.name, "\" is never used", where, "."), {definition.at});
  }
}

void Validator::check_usage(const ast::Operation& operation,
                            const ast::VariableDefinition* definition, const Usage& usage) {
  if (definition == nullptr) {
    if (!has(Rule::no_undefined_variables)) return;
    const std::string by =
        operation.name.empty() ? "" : say(" by operation \"", operation.name, "\"");
    return add(say("Variable \"$", usage.name, "\" is not defined", by, "."),
               {usage.at, operation.at});
  }
  const std::optional<TypeId> named = schema_.find_type(definition->type.name);
  if (!has(Rule::variables_in_allowed_position) || !usage.type || !named) return;
  ast::Wrapping place = usage.type->wrapping;
  if (place.is_non_null() && !definition->type.wrapping.is_non_null()) {
    const bool has_own_default =
        definition->default_value &&
        document_.values[*definition->default_value].kind != ast::ValueKind::null;
    if (has_own_default || usage.has_default) place = place.nullable();
  }
  if (*named != usage.type->type || !fits(definition->type.wrapping, place)) {
    add(say("Variable \"$", usage.name, "\" of type \"", print(definition->type),
            "\" used in position expecting type \"", schema_.print(*usage.type), "\"."),
        {definition->at, usage.at});
  }
  if (usage.one_of && !definition->type.wrapping.is_non_null()) {
    add(say("Variable \"$", usage.name, "\" is of type \"", print(definition->type),
            "\" but must be non-nullable to be used for OneOf Input Object \"",
            schema_.type(*usage.one_of).name, "\"."),
        {definition->at, usage.at});
  }
}

}  // namespace sqlxc::graphql
