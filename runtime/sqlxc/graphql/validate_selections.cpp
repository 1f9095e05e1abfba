#include <algorithm>
#include <string>
#include <utility>

#include <sqlxc/graphql/suggest.h>
#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {
namespace {

std::string_view location_of(ast::OperationKind kind) {
  switch (kind) {
    case ast::OperationKind::query:
      return "QUERY";
    case ast::OperationKind::mutation:
      return "MUTATION";
    case ast::OperationKind::subscription:
      return "SUBSCRIPTION";
  }
  return {};
}

}  // namespace

void Validator::walk_operation(const ast::Operation& operation) {
  const std::size_t index = static_cast<std::size_t>(&operation - document_.operations.data());
  body_ = &operation_bodies_[index];
  operation_ = &operation;
  if (operation.kind == ast::OperationKind::subscription && has(Rule::single_field_subscriptions))
    check_subscription(operation);
  check_variable_definitions(operation);
  walk_directives(operation.directives, location_of(operation.kind));
  walk_selections(schema_.root(operation.kind), operation.selections);
}

void Validator::walk_fragment(const ast::Fragment& fragment) {
  body_ = &fragment_bodies_[&fragment];
  operation_ = nullptr;
  check_type_name(fragment.type.text, fragment.type.at);
  const std::optional<TypeId> type = schema_.find_type(fragment.type.text);
  if (has(Rule::fragments_on_composite_types) && type && !schema_.type(*type).is_composite()) {
    add(say("Fragment \"", fragment.name, "\" cannot condition on non composite type \"",
            fragment.type.text, "\"."),
        {fragment.type.at});
  }
  walk_directives(fragment.directives, "FRAGMENT_DEFINITION");
  walk_selections(composite(fragment.type.text), fragment.selections);
}

void Validator::walk_selections(std::optional<TypeId> parent, ast::Span selections) {
  for (const ast::Selection& selection : document_.selections_of(selections)) {
    if (report_.is_full()) return;
    switch (selection.kind) {
      case ast::SelectionKind::field:
        walk_field(parent, selection);
        break;
      case ast::SelectionKind::spread:
        walk_spread(parent, selection);
        break;
      case ast::SelectionKind::inline_fragment:
        walk_inline_fragment(parent, selection);
        break;
    }
  }
}

void Validator::walk_field(std::optional<TypeId> parent, const ast::Selection& selection) {
  const Field* field = parent ? schema_.find_field(*parent, selection.name) : nullptr;
  std::optional<TypeId> type;
  if (field != nullptr) {
    check_field_type(*field, selection);
    const bool is_composite = schema_.type(field->type.type).is_composite();
    if (is_composite) type = field->type.type;
    const std::string_view owner = schema_.type(*parent).name;
    walk_arguments(selection.arguments, schema_.arguments_of(*field),
                   say(" on field \"", owner, ".", field->name, "\"."),
                   say("Field \"", owner, ".", field->name, "\""));
  } else {
    if (parent && has(Rule::fields_on_correct_type)) report_unknown_field(*parent, selection);
    for (const ast::Argument& argument : document_.arguments_of(selection.arguments))
      walk_value(document_.values[argument.value], {});
  }
  check_unique(selection.arguments);
  const bool is_introspection = selection.name == "__schema" || selection.name == "__type";
  if (is_introspection && has(Rule::max_introspection_depth)) check_introspection_depth(selection);
  walk_directives(selection.directives, "FIELD");
  if (selection.has_selections) walk_selections(type, selection.selections);
  if (field != nullptr && has(Rule::provided_required_arguments)) {
    check_required(selection.arguments, schema_.arguments_of(*field),
                   say("Field \"", field->name, "\""), selection.at);
  }
}

void Validator::check_field_type(const Field& field, const ast::Selection& selection) {
  const Type& type = schema_.type(field.type.type);
  const bool is_leaf = type.is_leaf();
  if (has(Rule::scalar_leafs) && is_leaf && selection.has_selections) {
    add(say("Field \"", selection.name, "\" must not have a selection since type \"",
            schema_.print(field.type), "\" has no subfields."),
        {selection.selections_at});
  }
  if (has(Rule::scalar_leafs) && !is_leaf && !selection.has_selections) {
    add(say("Field \"", selection.name, "\" of type \"", schema_.print(field.type),
            "\" must have a selection of subfields. Did you mean \"", selection.name,
            " { ... }\"?"),
        {selection.at});
  }
  if (has(Rule::no_deprecated) && field.deprecation) {
    add(say("The field ", schema_.type(field.owner).name, ".", field.name, " is deprecated. ",
            *field.deprecation),
        {selection.at});
  }
  if (has(Rule::no_schema_introspection) && type.is_built_in && type.name.starts_with("__")) {
    add(say("GraphQL introspection has been disabled, but the requested query contained the field "
            "\"",
            selection.name, "\"."),
        {selection.at});
  }
}

void Validator::report_unknown_field(TypeId parent, const ast::Selection& selection) {
  const Type& type = schema_.type(parent);
  std::string hint =
      did_you_mean(types_with_field(parent, selection.name), "to use an inline fragment on");
  if (hint.empty()) {
    std::vector<std::string_view> names;
    for (const Field& field : schema_.fields_of(type)) names.push_back(field.name);
    hint = did_you_mean(suggestions(selection.name, names));
  }
  add(say("Cannot query field \"", selection.name, "\" on type \"", type.name, "\".", hint),
      {selection.at});
}

// The objects of an abstract type that have the field, and their interfaces: those of most objects
// first, interfaces before what implements them.
std::vector<std::string_view> Validator::types_with_field(TypeId type,
                                                          std::string_view name) const {
  if (!schema_.type(type).is_abstract()) return {};
  std::vector<TypeId> types;
  std::unordered_map<TypeId, std::size_t> uses;
  const auto note = [&](TypeId id) {
    if (uses[id]++ == 0) types.push_back(id);
  };
  for (const TypeId object : schema_.type(type).possible) {
    if (schema_.find_field(object, name) == nullptr) continue;
    note(object);
    for (const TypeId interface : schema_.type(object).interfaces) {
      if (schema_.find_field(interface, name) != nullptr) note(interface);
    }
  }
  std::ranges::stable_sort(types, [&](TypeId a, TypeId b) {
    if (uses[a] != uses[b]) return uses[a] > uses[b];
    if (schema_.is_subtype(b, a) != schema_.is_subtype(a, b)) return schema_.is_subtype(b, a);
    return natural_less(schema_.type(a).name, schema_.type(b).name);
  });
  std::vector<std::string_view> names;
  for (const TypeId id : types) names.push_back(schema_.type(id).name);
  return names;
}

void Validator::walk_spread(std::optional<TypeId> parent, const ast::Selection& selection) {
  body_->spreads.push_back(&selection);
  const ast::Fragment* fragment = find_fragment(selection.name);
  if (fragment == nullptr) {
    if (has(Rule::known_fragment_names))
      add(say("Unknown fragment \"", selection.name, "\"."), {selection.name_at});
  } else if (const auto type = composite(fragment->type.text);
             has(Rule::possible_fragment_spreads) && type && parent && !overlap(*type, *parent)) {
    add(say("Fragment \"", selection.name, "\" cannot be spread here as objects of type \"",
            schema_.type(*parent).name, "\" can never be of type \"", schema_.type(*type).name,
            "\"."),
        {selection.at});
  }
  walk_directives(selection.directives, "FRAGMENT_SPREAD");
}

void Validator::walk_inline_fragment(std::optional<TypeId> parent,
                                     const ast::Selection& selection) {
  std::optional<TypeId> type = parent;
  if (!selection.name.empty()) {
    check_type_name(selection.name, selection.name_at);
    const std::optional<TypeId> named = schema_.find_type(selection.name);
    type = composite(selection.name);
    if (has(Rule::fragments_on_composite_types) && named && !type) {
      add(say("Fragment cannot condition on non composite type \"", selection.name, "\"."),
          {selection.name_at});
    }
    if (has(Rule::possible_fragment_spreads) && type && parent && !overlap(*type, *parent)) {
      add(say("Fragment cannot be spread here as objects of type \"", schema_.type(*parent).name,
              "\" can never be of type \"", schema_.type(*type).name, "\"."),
          {selection.at});
    }
  }
  walk_directives(selection.directives, "INLINE_FRAGMENT");
  walk_selections(type, selection.selections);
}

void Validator::check_type_name(std::string_view name, ast::Offset at) {
  if (!has(Rule::known_type_names) || schema_.find_type(name)) return;
  const bool is_defined_here = std::ranges::any_of(
      document_.types, [&](const ast::TypeDefinition& type) { return type.name == name; });
  if (is_defined_here) return;
  std::vector<std::string_view> names;
  for (const Type& type : schema_.types()) {
    if (!type.is_hidden) names.push_back(type.name);
  }
  add(say("Unknown type \"", name, "\".", did_you_mean(suggestions(name, names))), {at});
}

bool Validator::overlap(TypeId a, TypeId b) {
  const auto [known, is_new] = overlaps_.emplace(std::uint64_t{a} << 32 | b, false);
  if (is_new) known->second = schema_.overlap(a, b);
  return known->second;
}

// Lists in lists of the type system grow without end: three levels of them are too many.
void Validator::check_introspection_depth(const ast::Selection& selection) {
  constexpr std::size_t kTooDeep = 3;
  if (list_depth(selection.selections, 0) >= kTooDeep)
    add("Maximum introspection depth exceeded", {selection.at});
}

// How many lists of the type system are in one another. Each fragment is looked at once; while that
// lasts, it counts nothing, so that a cycle ends.
std::size_t Validator::list_depth(ast::Span selections, std::size_t level) {
  constexpr std::size_t kMaxLevel = 500;
  if (level > kMaxLevel) return kMaxLevel;
  std::size_t deepest = 0;
  for (const ast::Selection& selection : document_.selections_of(selections)) {
    std::size_t depth = 0;
    if (selection.kind == ast::SelectionKind::spread) {
      const ast::Fragment* fragment = find_fragment(selection.name);
      if (fragment == nullptr) continue;
      const auto [known, is_new] = list_depths_.emplace(selection.name, 0);
      if (is_new) {
        const std::size_t of_fragment = list_depth(fragment->selections, level + 1);
        list_depths_[selection.name] = of_fragment;
        depth = of_fragment;
      } else {
        depth = known->second;
      }
    } else {
      constexpr std::string_view kLists[] = {"fields", "interfaces", "possibleTypes",
                                             "inputFields"};
      const bool is_list = selection.kind == ast::SelectionKind::field &&
                           std::ranges::find(kLists, selection.name) != std::end(kLists);
      depth = (is_list ? 1 : 0) + list_depth(selection.selections, level + 1);
    }
    deepest = std::max(deepest, depth);
  }
  return deepest;
}

}  // namespace sqlxc::graphql
