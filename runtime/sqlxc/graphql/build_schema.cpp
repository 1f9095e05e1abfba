#include <algorithm>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/prelude.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/validate_sdl.h>

namespace sqlxc::graphql {

// Makes a type system of a document whose every name is known to resolve.
class SchemaBuilder {
 public:
  SchemaBuilder(std::unique_ptr<const std::string> text, ast::Document document,
                std::span<const Scalar> scalars)
      : scalars_(scalars) {
    schema_.text_ = std::move(text);
    schema_.document_ = std::move(document);
  }

  Schema build() && {
    declare_types();
    for (TypeId id = 0; id < schema_.types_.size(); ++id) define_type(id);
    collect_subtypes();
    for (const ast::DirectiveDefinition& directive : document().directive_definitions)
      define_directive(directive);
    find_roots();
    hide_unused_scalars();
    return std::move(schema_);
  }

 private:
  const ast::Document& document() const { return schema_.document_; }

  static bool is_prelude(ast::Offset at) { return at < kPrelude.size(); }

  void declare_types();
  void define_type(TypeId id);
  void define_scalar(Type& type, ast::Span directives);
  void define_directive(const ast::DirectiveDefinition& directive);
  void collect_subtypes();
  void find_roots();
  void hide_unused_scalars();
  TypeRef resolve(const ast::Type& type) const;
  TypeId resolve(std::string_view name) const;
  std::vector<InputValue> resolve_inputs(ast::Span inputs) const;
  ast::Span add_inputs(ast::Span inputs);
  const ast::Directive* find(ast::Span directives, std::string_view name) const;
  std::optional<std::string_view> argument_of(const ast::Directive& directive,
                                              std::string_view name) const;
  Deprecation deprecation_of(ast::Span directives) const;

  template <class T>
  ast::Span index_members(TypeId owner, const std::vector<T>& all, std::size_t first) {
    for (std::size_t i = first; i < all.size(); ++i)
      schema_.members_.emplace(Schema::Member{owner, all[i].name}, static_cast<std::uint32_t>(i));
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(all.size() - first)};
  }

  Schema schema_;
  std::span<const Scalar> scalars_;
  std::vector<std::vector<std::uint32_t>> definitions_;  // of each type, its extensions last
};

void SchemaBuilder::declare_types() {
  const auto is_redefined = [&](const ast::TypeDefinition& definition) {
    return schema_.type_names_.contains(definition.name);
  };
  for (std::uint32_t i = 0; i < document().types.size(); ++i) {
    const ast::TypeDefinition& definition = document().types[i];
    // GraphQL's own types stay what they are, also where a text defines them again.
    if (definition.is_extension || is_redefined(definition)) continue;
    const auto id = static_cast<TypeId>(schema_.types_.size());
    Type type{.kind = definition.kind, .name = definition.name};
    type.description = definition.description;
    type.is_built_in = is_prelude(definition.at);
    schema_.types_.push_back(std::move(type));
    definitions_.push_back({i});
    if (definition.name == "__Meta" && is_prelude(definition.at)) {
      schema_.meta_ = id;
      schema_.types_[id].is_hidden = true;
    } else {
      schema_.type_names_.emplace(definition.name, id);
    }
  }
  for (std::uint32_t i = 0; i < document().types.size(); ++i) {
    const ast::TypeDefinition& definition = document().types[i];
    if (definition.is_extension) definitions_[resolve(definition.name)].push_back(i);
  }
}

void SchemaBuilder::define_type(TypeId id) {
  Type& type = schema_.types_[id];
  const std::size_t first_field = schema_.fields_.size();
  const std::size_t first_value = schema_.values_.size();
  std::vector<InputValue> inputs;
  for (const std::uint32_t index : definitions_[id]) {
    const ast::TypeDefinition& definition = document().types[index];
    if (type.kind == TypeKind::scalar) define_scalar(type, definition.directives);
    type.is_one_of |= find(definition.directives, "oneOf") != nullptr;
    for (const ast::Name& name : document().names_of(definition.interfaces))
      type.interfaces.push_back(resolve(name.text));
    for (const ast::Name& name : document().names_of(definition.members))
      type.possible.push_back(resolve(name.text));
    for (const InputValue& input : resolve_inputs(definition.inputs)) inputs.push_back(input);
    for (const ast::Field& field : document().fields_of(definition.fields)) {
      schema_.fields_.push_back({.name = field.name,
                                 .description = field.description,
                                 .owner = id,
                                 .type = resolve(field.type),
                                 .arguments = add_inputs(field.arguments),
                                 .deprecation = deprecation_of(field.directives),
                                 .directives = field.directives});
    }
    for (const ast::EnumValue& value : document().enum_values_of(definition.values)) {
      schema_.values_.push_back({.name = value.name,
                                 .description = value.description,
                                 .deprecation = deprecation_of(value.directives)});
    }
  }
  const std::size_t first_input = schema_.inputs_.size();
  schema_.inputs_.insert(schema_.inputs_.end(), inputs.begin(), inputs.end());
  // A field's arguments stand among the inputs too, but are not members of the type.
  type.fields = index_members(id, schema_.fields_, first_field);
  type.values = index_members(id, schema_.values_, first_value);
  type.inputs = index_members(id, schema_.inputs_, first_input);
}

void SchemaBuilder::define_scalar(Type& type, ast::Span directives) {
  if (const ast::Directive* specified = find(directives, "specifiedBy"))
    type.specified_by = argument_of(*specified, "url");
  if (const Scalar* built_in = find_built_in_scalar(type.name)) {
    type.scalar = *built_in;
    return;
  }
  const auto known = std::find_if(scalars_.begin(), scalars_.end(),
                                  [&](const Scalar& scalar) { return scalar.name == type.name; });
  type.scalar = known != scalars_.end() ? *known : Scalar{.name = type.name};
}

void SchemaBuilder::define_directive(const ast::DirectiveDefinition& definition) {
  Directive directive{.name = definition.name, .description = definition.description};
  directive.arguments = add_inputs(definition.arguments);
  directive.is_repeatable = definition.is_repeatable;
  for (const ast::Name& location : document().names_of(definition.locations))
    directive.locations.push_back(location.text);
  const auto known = schema_.directive_names_.find(definition.name);
  if (known != schema_.directive_names_.end()) {
    directive.is_built_in = true;
    schema_.directives_[known->second] = std::move(directive);
    return;
  }
  directive.is_built_in = is_prelude(definition.at);
  schema_.directive_names_.emplace(definition.name,
                                   static_cast<std::uint32_t>(schema_.directives_.size()));
  schema_.directives_.push_back(std::move(directive));
}

void SchemaBuilder::collect_subtypes() {
  const auto note = [&](TypeId super, TypeId sub) {
    return schema_.subtypes_.insert(std::uint64_t{super} << 32 | sub).second;
  };
  for (TypeId id = 0; id < schema_.types_.size(); ++id) {
    Type& type = schema_.types_[id];
    if (type.kind == TypeKind::object) type.possible.push_back(id);
    if (type.kind == TypeKind::union_type) {
      for (const TypeId member : type.possible) note(id, member);
    }
    for (const TypeId interface : type.interfaces) {
      if (note(interface, id) && type.kind == TypeKind::object)
        schema_.types_[interface].possible.push_back(id);
    }
  }
}

void SchemaBuilder::find_roots() {
  bool is_defined = false;
  for (const ast::SchemaDefinition& definition : document().schemas) {
    is_defined |= !definition.is_extension;
    if (definition.description) schema_.description_ = definition.description;
    for (const ast::RootType& root : document().roots_of(definition.roots))
      schema_.roots_[static_cast<std::size_t>(root.kind)] = resolve(root.type.text);
  }
  if (is_defined) return;
  constexpr std::string_view kNames[] = {"Query", "Mutation", "Subscription"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (!schema_.roots_[i]) schema_.roots_[i] = schema_.find_type(kNames[i]);
  }
}

// GraphQL's scalars are there as far as they are used (section 3.5).
void SchemaBuilder::hide_unused_scalars() {
  std::vector<bool> is_used(schema_.types_.size());
  for (const Field& field : schema_.fields_) is_used[field.type.type] = true;
  for (const InputValue& input : schema_.inputs_) is_used[input.type.type] = true;
  for (TypeId id = 0; id < schema_.types_.size(); ++id) {
    Type& type = schema_.types_[id];
    if (is_used[id] || !type.is_built_in || type.kind != TypeKind::scalar) continue;
    type.is_hidden = true;
    schema_.type_names_.erase(type.name);
  }
}

TypeId SchemaBuilder::resolve(std::string_view name) const {
  const std::optional<TypeId> id = schema_.find_type(name);
  SQLXC_CHECK(id.has_value());
  return *id;
}

TypeRef SchemaBuilder::resolve(const ast::Type& type) const {
  return {resolve(type.name), type.wrapping};
}

std::vector<InputValue> SchemaBuilder::resolve_inputs(ast::Span inputs) const {
  std::vector<InputValue> resolved;
  for (const ast::InputValue& input : document().inputs_of(inputs)) {
    resolved.push_back({.name = input.name,
                        .description = input.description,
                        .type = resolve(input.type),
                        .default_value = input.default_value,
                        .deprecation = deprecation_of(input.directives),
                        .directives = input.directives});
  }
  return resolved;
}

ast::Span SchemaBuilder::add_inputs(ast::Span inputs) {
  const auto first = static_cast<std::uint32_t>(schema_.inputs_.size());
  for (const InputValue& input : resolve_inputs(inputs)) schema_.inputs_.push_back(input);
  return {first, inputs.count};
}

const ast::Directive* SchemaBuilder::find(ast::Span directives, std::string_view name) const {
  for (const ast::Directive& directive : document().directives_of(directives)) {
    if (directive.name == name) return &directive;
  }
  return nullptr;
}

std::optional<std::string_view> SchemaBuilder::argument_of(const ast::Directive& directive,
                                                           std::string_view name) const {
  for (const ast::Argument& argument : document().arguments_of(directive.arguments)) {
    if (argument.name == name) return document().values[argument.value].text;
  }
  return std::nullopt;
}

Deprecation SchemaBuilder::deprecation_of(ast::Span directives) const {
  const ast::Directive* deprecated = find(directives, "deprecated");
  if (deprecated == nullptr) return std::nullopt;
  return argument_of(*deprecated, "reason").value_or("No longer supported");
}

std::expected<Schema, Errors> build_schema(std::string_view sdl, std::span<const Scalar> scalars) {
  // GraphQL's own definitions and the text become one document; offsets of the latter are shifted.
  auto text = std::make_unique<const std::string>(std::string(kPrelude) + std::string(sdl));
  auto document = parse(*text, kNoLimits);
  if (!document) {
    const auto lines = static_cast<std::uint32_t>(std::ranges::count(kPrelude, '\n'));
    for (Location& location : document.error().locations) location.line -= lines;
    return std::unexpected(Errors{document.error()});
  }
  Errors errors = validate_sdl(*document, kPrelude.size());
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return SchemaBuilder(std::move(text), std::move(*document), scalars).build();
}

}  // namespace sqlxc::graphql
