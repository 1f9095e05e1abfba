#include <sqlxc/graphql/overlapping_fields.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <sqlxc/graphql/print.h>

namespace sqlxc::graphql {
namespace {

// A selection set and the type that it is of.
struct TypedSet {
  ast::Span selections;
  std::optional<TypeId> parent;
};

struct TypedField {
  const ast::Selection* node = nullptr;
  std::optional<TypeId> parent;
  const Field* field = nullptr;

  std::optional<TypedSet> below(const Schema& schema) const {
    if (!node->has_selections) return std::nullopt;
    TypedSet set{.selections = node->selections, .parent = {}};
    if (field != nullptr && schema.type(field->type.type).is_composite())
      set.parent = field->type.type;
    return set;
  }
};

// Fields that no object has both of may differ in everything but the shape of their values.
enum class Strictness : std::uint8_t { shape, full };

struct Task {
  Strictness strictness = Strictness::full;
  std::vector<TypedSet> sets;
};

class Looker {
 public:
  Looker(const Schema& schema, const ast::Document& document)
      : schema_(schema), document_(document) {
    for (const ast::Fragment& fragment : document.fragments) fragments_[fragment.name] = &fragment;
  }

  Merging run() {
    for (const ast::Operation& operation : document_.operations)
      tasks_.push_back({Strictness::full, {{operation.selections, schema_.root(operation.kind)}}});
    for (const ast::Fragment& fragment : document_.fragments)
      tasks_.push_back({Strictness::full, {{fragment.selections, composite(fragment.type.text)}}});
    while (!tasks_.empty()) {
      const Task task = std::move(tasks_.back());
      tasks_.pop_back();
      if (!look(task)) return Merging::maybe_not;
      if (steps_ > kMaxSteps) return Merging::too_many_ways;
    }
    return Merging::fine;
  }

 private:
  static constexpr std::size_t kMaxSteps = 5'000'000;

  std::optional<TypeId> composite(std::string_view name) const {
    const std::optional<TypeId> type = schema_.find_type(name);
    return type && schema_.type(*type).is_composite() ? type : std::nullopt;
  }

  // The fields of the sets and of what they spread, each once.
  std::vector<TypedField> flatten(const std::vector<TypedSet>& sets) {
    std::vector<TypedField> fields;
    std::unordered_set<std::string_view> visited;
    std::vector<TypedSet> open(sets.rbegin(), sets.rend());
    while (!open.empty() && steps_ <= kMaxSteps) {
      const TypedSet set = open.back();
      open.pop_back();
      for (const ast::Selection& selection : document_.selections_of(set.selections)) {
        ++steps_;
        if (selection.kind == ast::SelectionKind::field) {
          const Field* field =
              set.parent ? schema_.find_field(*set.parent, selection.name) : nullptr;
          fields.push_back({&selection, set.parent, field});
        } else if (selection.kind == ast::SelectionKind::inline_fragment) {
          open.push_back({selection.selections,
                          selection.name.empty() ? set.parent : composite(selection.name)});
        } else if (visited.insert(selection.name).second) {
          const auto fragment = fragments_.find(selection.name);
          if (fragment == fragments_.end()) continue;
          open.push_back({fragment->second->selections, composite(fragment->second->type.text)});
        }
      }
    }
    return fields;
  }

  // False where fields of one key may conflict.
  bool look(const Task& task) {
    const std::vector<TypedField> fields = flatten(task.sets);
    std::vector<std::uint32_t> key{static_cast<std::uint32_t>(task.strictness)};
    for (const TypedField& field : fields)
      key.push_back(static_cast<std::uint32_t>(field.node - document_.selections.data()));
    std::sort(key.begin() + 1, key.end());
    key.erase(std::unique(key.begin() + 1, key.end()), key.end());
    if (!seen_.insert(std::move(key)).second) return true;

    std::unordered_map<std::string_view, std::vector<TypedField>> groups;
    for (const TypedField& field : fields) groups[field.node->key()].push_back(field);
    for (const auto& [name, group] : groups) {
      if (!have_same_shape(group)) return false;
      if (task.strictness == Strictness::shape) {
        add_task(Strictness::shape, group);
      } else if (!look_full(group)) {
        return false;
      }
    }
    return true;
  }

  bool have_same_shape(const std::vector<TypedField>& group) const {
    const Field* first = nullptr;
    for (const TypedField& each : group) {
      if (each.field == nullptr) continue;
      if (first == nullptr) first = each.field;
      if (first->type.wrapping != each.field->type.wrapping) return false;
      const bool has_leaf =
          schema_.type(first->type.type).is_leaf() || schema_.type(each.field->type.type).is_leaf();
      if (has_leaf && first->type.type != each.field->type.type) return false;
    }
    return true;
  }

  bool look_full(const std::vector<TypedField>& group) {
    // The fields that each object type is known to have, and those that any object may have.
    std::map<TypeId, std::vector<TypedField>> of_objects;
    std::vector<TypedField> of_any;
    for (const TypedField& field : group) {
      const bool is_of_object =
          field.parent && schema_.type(*field.parent).kind == TypeKind::object;
      (is_of_object ? of_objects[*field.parent] : of_any).push_back(field);
    }
    if (of_objects.size() <= 1) {
      if (!ask_the_same(group)) return false;
      add_task(Strictness::full, group);
      return true;
    }
    add_task(Strictness::shape, group);
    for (auto& [type, fields] : of_objects) {
      steps_ += fields.size() + of_any.size();
      if (steps_ > kMaxSteps) return true;  // said by run()
      fields.insert(fields.end(), of_any.begin(), of_any.end());
      if (!ask_the_same(fields)) return false;
      add_task(Strictness::full, fields);
    }
    return true;
  }

  bool ask_the_same(const std::vector<TypedField>& fields) {
    const ast::Selection& first = *fields.front().node;
    return std::ranges::all_of(fields, [&](const TypedField& each) {
      if (each.node->name != first.name) return false;
      if (each.node->arguments.count != first.arguments.count) return false;
      return first.arguments.is_empty() || print_arguments(*each.node) == print_arguments(first);
    });
  }

  const std::string& print_arguments(const ast::Selection& field) {
    std::string& text = arguments_[&field];
    if (!text.empty()) return text;
    std::vector<std::string> each;
    for (const ast::Argument& argument : document_.arguments_of(field.arguments)) {
      each.push_back(std::string(argument.name) + ':' +
                     print(document_, document_.values[argument.value]));
      steps_ += each.back().size() / 16;
    }
    std::ranges::sort(each);
    for (const std::string& argument : each) text += argument + ',';
    return text;
  }

  void add_task(Strictness strictness, const std::vector<TypedField>& fields) {
    Task task{.strictness = strictness, .sets = {}};
    for (const TypedField& field : fields) {
      if (const auto set = field.below(schema_)) task.sets.push_back(*set);
    }
    if (!task.sets.empty()) tasks_.push_back(std::move(task));
  }

  const Schema& schema_;
  const ast::Document& document_;
  std::unordered_map<std::string_view, const ast::Fragment*> fragments_;
  std::unordered_map<const ast::Selection*, std::string> arguments_;
  std::set<std::vector<std::uint32_t>> seen_;
  std::vector<Task> tasks_;
  std::size_t steps_ = 0;
};

}  // namespace

Merging look_for_conflicts(const Schema& schema, const ast::Document& document) {
  return Looker(schema, document).run();
}

}  // namespace sqlxc::graphql
