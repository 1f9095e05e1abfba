#include <sqlxc/graphql/validate_sdl.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlxc/graphql/report.h>
#include <sqlxc/graphql/sdl_directives.h>
#include <sqlxc/graphql/suggest.h>

namespace sqlxc::graphql {
namespace {

using ast::Offset;
using ast::TypeDefinition;

std::string_view word_of(ast::TypeKind kind) {
  switch (kind) {
    case ast::TypeKind::scalar:
      return "scalar";
    case ast::TypeKind::object:
      return "object";
    case ast::TypeKind::interface:
      return "interface";
    case ast::TypeKind::union_type:
      return "union";
    case ast::TypeKind::enum_type:
      return "enum";
    case ast::TypeKind::input:
      return "input object";
  }
  return {};
}

std::string_view word_of(ast::OperationKind kind) {
  switch (kind) {
    case ast::OperationKind::query:
      return "query";
    case ast::OperationKind::mutation:
      return "mutation";
    case ast::OperationKind::subscription:
      return "subscription";
  }
  return {};
}

class SdlValidator {
 public:
  SdlValidator(const ast::Document& document, std::size_t own)
      : document_(document), own_(own), report_(document.source) {}

  Errors run() {
    check_schemas();
    check_type_names();
    for (const TypeDefinition& type : document_.types) check_type(type);
    check_directive_names();
    for (const ast::DirectiveDefinition& directive : document_.directive_definitions)
      check_inputs(directive.arguments, say("@", directive.name));
    check_sdl_directives(document_, own_, report_);
    return report_.take();
  }

 private:
  bool is_own(Offset at) const { return at >= own_; }

  void check_schemas();
  void check_type_names();
  void check_type(const TypeDefinition& type);
  void check_extension(const TypeDefinition& type);
  void check_fields(const TypeDefinition& type);
  void check_directive_names();
  void check_inputs(ast::Span inputs, const std::string& owner);
  void check_reference(std::string_view name, Offset at);

  const ast::Document& document_;
  std::size_t own_;
  Report report_;
  std::unordered_map<std::string_view, const TypeDefinition*> types_;
  std::vector<std::string_view> type_names_;
  // Members of a type and its extensions: "User.name".
  std::unordered_map<std::string, Offset> members_;
};

void SdlValidator::check_schemas() {
  std::unordered_map<std::string_view, Offset> roots;
  bool has_definition = false;
  for (const ast::SchemaDefinition& schema : document_.schemas) {
    if (!schema.is_extension && has_definition)
      report_.add("Must provide only one schema definition.", {schema.at});
    has_definition |= !schema.is_extension;
    for (const ast::RootType& root : document_.roots_of(schema.roots)) {
      const auto [known, is_new] = roots.emplace(word_of(root.kind), root.at);
      if (is_new) continue;
      report_.add(say("There can be only one ", word_of(root.kind), " type in schema."),
                  {known->second, root.at});
    }
  }
}

void SdlValidator::check_type_names() {
  for (const TypeDefinition& type : document_.types) {
    if (type.is_extension) continue;
    const auto [known, is_new] = types_.emplace(type.name, &type);
    if (is_new) {
      if (type.name != "__Meta") type_names_.push_back(type.name);
    } else if (is_own(known->second->at)) {
      report_.add(say("There can be only one type named \"", type.name, "\"."),
                  {known->second->name_at, type.name_at});
    }
  }
  for (const ast::SchemaDefinition& schema : document_.schemas) {
    for (const ast::RootType& root : document_.roots_of(schema.roots))
      check_reference(root.type.text, root.type.at);
  }
}

void SdlValidator::check_type(const TypeDefinition& type) {
  if (type.is_extension) check_extension(type);
  for (const ast::Name& name : document_.names_of(type.interfaces))
    check_reference(name.text, name.at);
  for (const ast::Name& name : document_.names_of(type.members))
    check_reference(name.text, name.at);
  for (const ast::EnumValue& value : document_.enum_values_of(type.values)) {
    const std::string path = say(type.name, ".", value.name);
    const auto [known, is_new] = members_.emplace(path, value.at);
    if (is_new || !is_own(value.at)) continue;
    report_.add(say("Enum value \"", path, "\" can only be defined once."),
                {known->second, value.at});
  }
  check_fields(type);
}

void SdlValidator::check_extension(const TypeDefinition& type) {
  const auto base = types_.find(type.name);
  if (base == types_.end()) {
    report_.add(say("Cannot extend type \"", type.name, "\" because it is not defined.",
                    did_you_mean(suggestions(type.name, type_names_))),
                {type.name_at});
  } else if (base->second->kind != type.kind) {
    report_.add(say("Cannot extend non-", word_of(type.kind), " type \"", type.name, "\"."),
                {base->second->at, type.at});
  }
}

void SdlValidator::check_fields(const TypeDefinition& type) {
  const auto note = [&](std::string_view name, Offset at) {
    const std::string path = say(type.name, ".", name);
    const auto [known, is_new] = members_.emplace(path, at);
    if (!is_new && is_own(at)) {
      report_.add(say("Field \"", path, "\" can only be defined once."), {known->second, at});
    }
  };
  for (const ast::Field& field : document_.fields_of(type.fields)) {
    note(field.name, field.at);
    check_reference(field.type.name, field.type.name_at);
    check_inputs(field.arguments, say(type.name, ".", field.name));
  }
  for (const ast::InputValue& input : document_.inputs_of(type.inputs)) {
    note(input.name, input.at);
    check_reference(input.type.name, input.type.name_at);
  }
}

void SdlValidator::check_directive_names() {
  std::unordered_map<std::string_view, Offset> names;
  for (const ast::DirectiveDefinition& directive : document_.directive_definitions) {
    if (!is_own(directive.at)) continue;
    const auto [known, is_new] = names.emplace(directive.name, directive.name_at);
    if (is_new) continue;
    report_.add(say("There can be only one directive named \"@", directive.name, "\"."),
                {known->second, directive.name_at});
  }
}

void SdlValidator::check_inputs(ast::Span inputs, const std::string& owner) {
  std::unordered_map<std::string_view, std::vector<Offset>> places;
  for (const ast::InputValue& input : document_.inputs_of(inputs)) {
    check_reference(input.type.name, input.type.name_at);
    places[input.name].push_back(input.at);
  }
  for (const ast::InputValue& input : document_.inputs_of(inputs)) {
    const std::vector<Offset>& all = places[input.name];
    if (all.size() == 1 || all.front() != input.at) continue;
    report_.add(say("Argument \"", owner, "(", input.name, ":)\" can only be defined once."), all);
  }
}

void SdlValidator::check_reference(std::string_view name, Offset at) {
  if (types_.contains(name) && name != "__Meta") return;
  report_.add(say("Unknown type \"", name, "\".", did_you_mean(suggestions(name, type_names_))),
              {at});
}

}  // namespace

Errors validate_sdl(const ast::Document& document, std::size_t own) {
  Errors errors = SdlValidator(document, own).run();
  const auto lines =
      static_cast<std::uint32_t>(std::ranges::count(document.source.substr(0, own), '\n'));
  for (Error& error : errors) {
    for (Location& location : error.locations) location.line -= lines;
  }
  return errors;
}

}  // namespace sqlxc::graphql
