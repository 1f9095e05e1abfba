#include <algorithm>
#include <string>
#include <utility>

#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {

void Validator::check_names() {
  if (has(Rule::executable_definitions)) {
    for (const ast::Definition& definition : document_.definitions) {
      const auto refuse = [&](std::string_view name, ast::Offset at) {
        add(say("The ", name, " definition is not executable."), {at});
      };
      if (definition.kind == ast::DefinitionKind::schema)
        refuse("schema", document_.schemas[definition.index].at);
      if (definition.kind == ast::DefinitionKind::type) {
        const ast::TypeDefinition& type = document_.types[definition.index];
        refuse(say("\"", type.name, "\""), type.at);
      }
      if (definition.kind == ast::DefinitionKind::directive) {
        const auto& directive = document_.directive_definitions[definition.index];
        refuse(say("\"", directive.name, "\""), directive.at);
      }
    }
  }
  std::unordered_map<std::string_view, ast::Offset> names;
  for (const ast::Operation& operation : document_.operations) {
    if (operation.name.empty()) {
      if (has(Rule::lone_anonymous_operation) && document_.operations.size() > 1)
        add("This anonymous operation must be the only defined operation.", {operation.at});
      continue;
    }
    const auto [first, is_new] = names.emplace(operation.name, operation.name_at);
    if (!is_new && has(Rule::unique_operation_names)) {
      add(say("There can be only one operation named \"", operation.name, "\"."),
          {first->second, operation.name_at});
    }
  }
  names.clear();
  for (const ast::Fragment& fragment : document_.fragments) {
    const auto [first, is_new] = names.emplace(fragment.name, fragment.name_at);
    if (!is_new && has(Rule::unique_fragment_names)) {
      add(say("There can be only one fragment named \"", fragment.name, "\"."),
          {first->second, fragment.name_at});
    }
  }
}

// A subscription has one root field, whatever it spreads. Directives that hang on variables are
// not known here: what they stand at counts.
void Validator::check_subscription(const ast::Operation& operation) {
  if (!schema_.root(ast::OperationKind::subscription)) return;
  std::vector<std::string_view> keys;
  std::unordered_map<std::string_view, std::vector<const ast::Selection*>> fields;
  std::unordered_set<std::string_view> visited;
  std::vector<ast::Span> open{operation.selections};
  while (!open.empty()) {
    ast::Span& span = open.back();
    if (span.is_empty()) {
      open.pop_back();
      continue;
    }
    const ast::Selection& selection = document_.selections[span.first];
    ++span.first;
    --span.count;
    if (!spend(1)) return;
    if (selection.kind == ast::SelectionKind::inline_fragment) {
      open.push_back(selection.selections);
    } else if (selection.kind == ast::SelectionKind::spread) {
      const ast::Fragment* fragment = find_fragment(selection.name);
      if (fragment != nullptr && visited.insert(selection.name).second)
        open.push_back(fragment->selections);
    } else {
      if (!fields.contains(selection.key())) keys.push_back(selection.key());
      fields[selection.key()].push_back(&selection);
    }
  }
  const std::string subject = operation.name.empty()
                                  ? "Anonymous Subscription must"
                                  : say("Subscription \"", operation.name, "\" must");
  std::vector<ast::Offset> places;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    for (const ast::Selection* field : fields[keys[i]]) places.push_back(field->at);
  }
  if (!places.empty()) report_.add(subject + " select only one top level field.", places);
  for (const std::string_view key : keys) {
    if (!fields[key].front()->name.starts_with("__")) continue;
    places.clear();
    for (const ast::Selection* field : fields[key]) places.push_back(field->at);
    report_.add(subject + " not select an introspection top level field.", places);
  }
}

void Validator::check_fragment_use() {
  if (!has(Rule::no_unused_fragments)) return;
  std::unordered_set<std::string_view> used;
  // All operations at once: whatever one of them spreads is used.
  Body all;
  for (const Body& body : operation_bodies_)
    all.spreads.insert(all.spreads.end(), body.spreads.begin(), body.spreads.end());
  for_each_fragment_of(all, [&](const ast::Fragment& fragment) { used.insert(fragment.name); });
  for (const ast::Fragment& fragment : document_.fragments) {
    if (!used.contains(fragment.name))
      add(say("Fragment \"", fragment.name, "\" is never used."), {fragment.at});
  }
}

// In graphql-js's order, so that cycles are found from the same end.
std::vector<const ast::Selection*> Validator::spreads_in(ast::Span selections) const {
  std::vector<const ast::Selection*> spreads;
  std::vector<ast::Span> open{selections};
  while (!open.empty()) {
    const ast::Span span = open.back();
    open.pop_back();
    for (const ast::Selection& selection : document_.selections_of(span)) {
      if (selection.kind == ast::SelectionKind::spread) {
        spreads.push_back(&selection);
      } else if (selection.has_selections) {
        open.push_back(selection.selections);
      }
    }
  }
  return spreads;
}

void Validator::check_cycles() {
  std::unordered_set<std::string_view> visited;
  for (const ast::Fragment& fragment : document_.fragments) {
    if (report_.is_full()) return;
    if (!visited.contains(fragment.name)) find_cycles(fragment, visited);
  }
}

// Depth first, without recursion: fragments may form a chain of any length.
void Validator::find_cycles(const ast::Fragment& start,
                            std::unordered_set<std::string_view>& visited) {
  struct Level {
    std::string_view name;
    std::vector<const ast::Selection*> spreads;
    std::size_t next = 0;
  };
  std::vector<Level> open;
  std::vector<const ast::Selection*> path;  // the spreads that lead to the innermost level
  std::unordered_map<std::string_view, std::size_t> place_in_path;
  const auto enter = [&](const ast::Fragment& fragment) {
    visited.insert(fragment.name);
    place_in_path.emplace(fragment.name, path.size());
    open.push_back({fragment.name, spreads_in(fragment.selections)});
  };
  enter(start);
  while (!open.empty() && !report_.is_full()) {
    Level& level = open.back();
    if (level.next == level.spreads.size()) {
      place_in_path.erase(level.name);
      open.pop_back();
      if (!path.empty()) path.pop_back();
      continue;
    }
    const ast::Selection& spread = *level.spreads[level.next++];
    const auto cycle = place_in_path.find(spread.name);
    path.push_back(&spread);
    if (cycle != place_in_path.end()) {
      report_cycle(std::span(path).subspan(cycle->second));
      path.pop_back();
      continue;
    }
    const ast::Fragment* fragment = find_fragment(spread.name);
    if (fragment == nullptr || visited.contains(spread.name)) {
      path.pop_back();
    } else {
      enter(*fragment);
    }
  }
}

void Validator::report_cycle(std::span<const ast::Selection* const> path) {
  constexpr std::size_t kMostNames = 50;
  std::string message = say("Cannot spread fragment \"", path.back()->name, "\" within itself");
  std::vector<ast::Offset> places;
  for (std::size_t i = 0; i < path.size(); ++i) {
    places.push_back(path[i]->at);
    if (i + 1 == path.size() || i > kMostNames) continue;
    message += i == 0 ? " via " : ", ";
    message += i == kMostNames ? "…" : say("\"", path[i]->name, "\"");
  }
  report_.add(message + ".", places);
}

}  // namespace sqlxc::graphql
