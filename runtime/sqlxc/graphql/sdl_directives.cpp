#include <sqlxc/graphql/sdl_directives.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/suggest.h>

namespace sqlxc::graphql {
namespace {

using ast::Offset;

std::string_view location_of(ast::TypeKind kind) {
  switch (kind) {
    case ast::TypeKind::scalar:
      return "SCALAR";
    case ast::TypeKind::object:
      return "OBJECT";
    case ast::TypeKind::interface:
      return "INTERFACE";
    case ast::TypeKind::union_type:
      return "UNION";
    case ast::TypeKind::enum_type:
      return "ENUM";
    case ast::TypeKind::input:
      return "INPUT_OBJECT";
  }
  return {};
}

class DirectiveChecker {
 public:
  DirectiveChecker(const ast::Document& document, std::size_t own, Report& report)
      : document_(document), own_(own), report_(report) {
    // The last definition of a name counts: the text's own, where it has one.
    for (const ast::DirectiveDefinition& definition : document.directive_definitions)
      definitions_[definition.name] = &definition;
  }

  void run() {
    Seen of_schema;
    for (const ast::SchemaDefinition& schema : document_.schemas)
      check(schema.directives, "SCHEMA", of_schema);
    for (const ast::TypeDefinition& type : document_.types) {
      if (type.at >= own_) check_type(type);
    }
    for (const ast::DirectiveDefinition& directive : document_.directive_definitions) {
      if (directive.at >= own_) check_inputs(directive.arguments, "ARGUMENT_DEFINITION");
    }
  }

 private:
  using Seen = std::unordered_map<std::string_view, Offset>;

  void check_type(const ast::TypeDefinition& type) {
    check(type.directives, location_of(type.kind), of_types_[type.name]);
    for (const ast::Field& field : document_.fields_of(type.fields)) {
      check_once(field.directives, "FIELD_DEFINITION");
      check_inputs(field.arguments, "ARGUMENT_DEFINITION");
    }
    check_inputs(type.inputs, "INPUT_FIELD_DEFINITION");
    for (const ast::EnumValue& value : document_.enum_values_of(type.values))
      check_once(value.directives, "ENUM_VALUE");
  }

  void check_inputs(ast::Span inputs, std::string_view location) {
    for (const ast::InputValue& input : document_.inputs_of(inputs)) {
      if (input.default_value) check_value(document_.values[*input.default_value]);
      check_once(input.directives, location);
    }
  }

  void check_once(ast::Span directives, std::string_view location) {
    if (directives.is_empty()) return;
    Seen seen;
    check(directives, location, seen);
  }

  void check(ast::Span directives, std::string_view location, Seen& seen) {
    for (const ast::Directive& directive : document_.directives_of(directives)) {
      check_arguments_once(directive);
      const auto found = definitions_.find(directive.name);
      if (found == definitions_.end()) {
        report_.add(say("Unknown directive \"@", directive.name, "\"."), {directive.at});
        continue;
      }
      const ast::DirectiveDefinition& definition = *found->second;
      const auto locations = document_.names_of(definition.locations);
      const bool is_at_home = std::ranges::any_of(
          locations, [&](const ast::Name& name) { return name.text == location; });
      if (!is_at_home) {
        report_.add(say("Directive \"@", directive.name, "\" may not be used on ", location, "."),
                    {directive.at});
      }
      const auto [first, is_new] = seen.emplace(directive.name, directive.at);
      if (!is_new && !definition.is_repeatable) {
        report_.add(
            say("The directive \"@", directive.name, "\" can only be used once at this location."),
            {first->second, directive.at});
      }
      check_arguments(directive, definition);
    }
  }

  void check_arguments(const ast::Directive& directive,
                       const ast::DirectiveDefinition& definition) {
    const auto given = document_.arguments_of(directive.arguments);
    const auto known = document_.inputs_of(definition.arguments);
    std::vector<std::string_view> names;
    for (const ast::InputValue& input : known) names.push_back(input.name);
    for (const ast::Argument& argument : given) {
      if (std::ranges::find(names, argument.name) != names.end()) continue;
      report_.add(say("Unknown argument \"", argument.name, "\" on directive \"@", directive.name,
                      "\".", did_you_mean(suggestions(argument.name, names))),
                  {argument.at});
    }
    for (const ast::InputValue& input : known) {
      if (!input.type.wrapping.is_non_null() || input.default_value) continue;
      const bool is_given = std::ranges::any_of(
          given, [&](const ast::Argument& argument) { return argument.name == input.name; });
      if (is_given) continue;
      report_.add(
          say("Directive \"@", directive.name, "\" argument \"", input.name, "\" of type \"",
              print(input.type), "\" is required, but it was not provided."),
          {directive.at});
    }
  }

  void check_arguments_once(const ast::Directive& directive) {
    std::unordered_map<std::string_view, std::vector<Offset>> places;
    const auto given = document_.arguments_of(directive.arguments);
    for (const ast::Argument& argument : given) {
      places[argument.name].push_back(argument.at);
      check_value(document_.values[argument.value]);
    }
    for (const ast::Argument& argument : given) {
      const std::vector<Offset>& all = places[argument.name];
      if (all.size() == 1 || all.front() != argument.at) continue;
      report_.add(say("There can be only one argument named \"", argument.name, "\"."), all);
    }
  }

  void check_value(const ast::Value& value) {
    if (value.kind == ast::ValueKind::list) {
      for (const ast::Value& item : document_.values_of(value.children)) check_value(item);
    }
    if (value.kind != ast::ValueKind::object) return;
    Seen seen;
    for (const ast::Argument& field : document_.arguments_of(value.children)) {
      const auto [first, is_new] = seen.emplace(field.name, field.at);
      if (!is_new) {
        report_.add(say("There can be only one input field named \"", field.name, "\"."),
                    {first->second, field.at});
      }
      check_value(document_.values[field.value]);
    }
  }

  const ast::Document& document_;
  std::size_t own_;
  Report& report_;
  std::unordered_map<std::string_view, const ast::DirectiveDefinition*> definitions_;
  std::unordered_map<std::string_view, Seen> of_types_;
};

}  // namespace

void check_sdl_directives(const ast::Document& document, std::size_t own, Report& report) {
  DirectiveChecker(document, own, report).run();
}

}  // namespace sqlxc::graphql
