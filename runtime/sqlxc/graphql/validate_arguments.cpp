#include <algorithm>
#include <string>

#include <sqlxc/graphql/suggest.h>
#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {

void Validator::walk_directives(ast::Span directives, std::string_view location) {
  if (directives.is_empty()) return;
  std::unordered_map<std::string_view, ast::Offset> seen;
  for (const ast::Directive& directive : document_.directives_of(directives)) {
    if (report_.is_full()) return;
    walk_directive(directive, location);
    const Directive* known = schema_.find_directive(directive.name);
    if (known == nullptr || known->is_repeatable || !has(Rule::unique_directives_per_location))
      continue;
    const auto [first, is_new] = seen.emplace(directive.name, directive.at);
    if (is_new) continue;
    add(say("The directive \"@", directive.name, "\" can only be used once at this location."),
        {first->second, directive.at});
  }
}

void Validator::walk_directive(const ast::Directive& directive, std::string_view location) {
  const Directive* known = schema_.find_directive(directive.name);
  check_unique(directive.arguments);
  if (known == nullptr) {
    if (has(Rule::known_directives))
      add(say("Unknown directive \"@", directive.name, "\"."), {directive.at});
    for (const ast::Argument& argument : document_.arguments_of(directive.arguments))
      walk_value(document_.values[argument.value], {});
    return;
  }
  if (has(Rule::known_directives) &&
      std::ranges::find(known->locations, location) == known->locations.end()) {
    add(say("Directive \"@", directive.name, "\" may not be used on ", location, "."),
        {directive.at});
  }
  const std::string subject = say("Directive \"@", directive.name, "\"");
  walk_arguments(directive.arguments, schema_.arguments_of(*known),
                 say(" on directive \"@", directive.name, "\"."), subject);
  if (has(Rule::provided_required_arguments))
    check_required(directive.arguments, schema_.arguments_of(*known), subject, directive.at);
}

// `owner` and `deprecated_owner` are whose arguments these are, in the words of two messages.
void Validator::walk_arguments(ast::Span arguments, std::span<const InputValue> known,
                               const std::string& owner, const std::string& deprecated_owner) {
  for (const ast::Argument& argument : document_.arguments_of(arguments)) {
    if (report_.is_full()) return;
    const auto definition =
        std::ranges::find(known, argument.name, [](const InputValue& input) { return input.name; });
    if (definition == known.end()) {
      if (has(Rule::known_argument_names)) {
        std::vector<std::string_view> names;
        for (const InputValue& input : known) names.push_back(input.name);
        add(say("Unknown argument \"", argument.name, "\"", owner,
                did_you_mean(suggestions(argument.name, names))),
            {argument.at});
      }
      walk_value(document_.values[argument.value], {});
      continue;
    }
    if (has(Rule::no_deprecated) && definition->deprecation) {
      add(say(deprecated_owner, " argument \"", argument.name, "\" is deprecated. ",
              *definition->deprecation),
          {argument.at});
    }
    walk_value(document_.values[argument.value],
               {.type = definition->type, .has_default = definition->default_value.has_value()});
  }
}

void Validator::check_unique(ast::Span arguments) {
  if (arguments.count < 2 || !has(Rule::unique_argument_names)) return;
  std::unordered_map<std::string_view, std::vector<ast::Offset>> places;
  for (const ast::Argument& argument : document_.arguments_of(arguments))
    places[argument.name].push_back(argument.at);
  for (const ast::Argument& argument : document_.arguments_of(arguments)) {
    const std::vector<ast::Offset>& all = places[argument.name];
    if (all.size() == 1 || all.front() != argument.at) continue;
    report_.add(say("There can be only one argument named \"", argument.name, "\"."), all);
  }
}

void Validator::check_required(ast::Span arguments, std::span<const InputValue> known,
                               const std::string& owner, ast::Offset at) {
  for (const InputValue& input : known) {
    if (!input.is_required()) continue;
    const bool is_given = std::ranges::any_of(
        document_.arguments_of(arguments),
        [&](const ast::Argument& argument) { return argument.name == input.name; });
    if (is_given) continue;
    add(say(owner, " argument \"", input.name, "\" of type \"", schema_.print(input.type),
            "\" is required, but it was not provided."),
        {at});
  }
}

}  // namespace sqlxc::graphql
