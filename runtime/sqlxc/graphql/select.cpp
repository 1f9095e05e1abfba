#include <sqlxc/graphql/select.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <sqlxc/graphql/report.h>

namespace sqlxc::graphql {
namespace {

// All fields of one response key.
struct Group {
  const ast::Selection* first = nullptr;
  std::vector<ast::Span> sets = {};  // what the fields select
};

using Sets = std::vector<ast::Span>;

std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

std::uint64_t add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

// Values of all arguments together, those within lists and objects counted: a variable may stand in
// many fields, and each has it for itself.
constexpr std::size_t kMaxArgumentValues = 250'000;

std::size_t count_of(const Input& value) {
  std::size_t count = 1;
  for (const Input& item : value.items) count += count_of(item);
  return count;
}

class Selector {
 public:
  Selector(const Schema& schema, const ast::Document& document, const Variables& variables,
           const Limits& limits)
      : schema_(schema),
        document_(document),
        variables_(variables),
        limits_(limits),
        lines_(document.source) {
    for (const ast::Fragment& fragment : document.fragments)
      fragments_.emplace(fragment.name, &fragment);
  }

  std::expected<Operation, Errors> run(const ast::Operation& operation) {
    Operation selected{.kind = operation.kind};
    const std::optional<TypeId> root = schema_.root(operation.kind);
    if (!root) {
      fail("The schema has no type for this operation.", operation.at);
      return std::unexpected(std::move(errors_));
    }
    selected.root = *root;
    selected.source = document_.source;
    selected.fields = fields_of(*root, {operation.selections}, {});
    if (selected.fields.size() > limits_.max_root_fields) {
      fail(say("The operation selects more than ", std::to_string(limits_.max_root_fields),
               " fields at its root."),
           operation.at);
    }
    for (const Selected& field : selected.fields)
      selected.cost = add(selected.cost, cost_of(field, false));
    if (selected.cost > limits_.max_cost) {
      fail(say("The operation costs ", std::to_string(selected.cost), ", more than ",
               std::to_string(limits_.max_cost), "."),
           operation.at);
    }
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return selected;
  }

 private:
  struct Place {
    std::size_t depth = 0;
    bool is_introspection = false;
  };

  void fail(std::string message, ast::Offset at) {
    if (!errors_.empty()) return;
    errors_.push_back({.message = std::move(message),
                       .locations = {lines_.locate(at)},
                       .code = std::string(kValidationFailed)});
  }

  bool is_too_deep(Place place, ast::Offset at) {
    const std::size_t most =
        place.is_introspection ? limits_.max_introspection_depth : limits_.max_depth;
    if (place.depth <= most) return false;
    fail(say("The operation nests fields more than ", std::to_string(most), " levels."), at);
    return true;
  }

  // What is selected of an object of type `object`, and below it.
  std::vector<Selected> fields_of(TypeId object, const Sets& sets, Place place) {
    std::vector<Selected> fields;
    for (const Group& group : collect(object, sets)) {
      if (!errors_.empty()) break;
      if (++field_count_ > limits_.max_fields) {
        fail(
            say("The operation selects more than ", std::to_string(limits_.max_fields), " fields."),
            group.first->at);
        break;
      }
      fields.push_back(field_of(object, group, place));
    }
    return fields;
  }

  Selected field_of(TypeId object, const Group& group, Place place) {
    const ast::Selection& node = *group.first;
    Selected field{.key = node.key()};
    field.field = schema_.find_field(object, node.name);
    field.at = node.at;
    auto arguments = coerce_arguments(schema_, schema_.arguments_of(*field.field), document_,
                                      node.arguments, node.at, variables_);
    if (arguments) {
      value_count_ += count_of(*arguments);
      if (value_count_ > kMaxArgumentValues) {
        fail(say("The arguments of the operation have more than ",
                 std::to_string(kMaxArgumentValues), " values."),
             node.at);
        return field;
      }
      field.arguments = std::move(*arguments);
    } else {
      field.error = std::move(arguments.error());
    }
    const TypeId type = field.field->type.type;
    if (!schema_.type(type).is_composite()) return field;
    place.is_introspection |= node.name.starts_with("__");
    ++place.depth;
    if (!is_too_deep(place, node.at)) field.branches = branches_of(type, group.sets, place);
    return field;
  }

  // Objects of one type, or of the types that conditions do not tell apart, share a branch.
  std::vector<Branch> branches_of(TypeId type, const Sets& sets, Place place) {
    std::vector<Branch> branches;
    if (schema_.type(type).kind == TypeKind::object) {
      branches.push_back({{type}, fields_of(type, sets, place)});
      return branches;
    }
    for (std::vector<TypeId>& objects : partition(type, sets)) {
      while (!objects.empty() && errors_.empty()) {
        Branch branch{.types = {}, .fields = fields_of(objects.front(), sets, place)};
        std::vector<TypeId> others;
        for (const TypeId object : objects)
          (has_same_fields(object, branch.fields) ? branch.types : others).push_back(object);
        branches.push_back(std::move(branch));
        objects = std::move(others);
      }
    }
    return branches;
  }

  // The possible objects, those together that the same type conditions hold for.
  std::vector<std::vector<TypeId>> partition(TypeId type, const Sets& sets) {
    const std::vector<TypeId> conditions = conditions_in(sets);
    std::map<std::vector<bool>, std::size_t> by_answers;
    std::vector<std::vector<TypeId>> parts;
    for (const TypeId object : schema_.type(type).possible) {
      if (!spend(conditions.size() + 1)) break;
      std::vector<bool> answers;
      for (const TypeId condition : conditions)
        answers.push_back(schema_.is_possible(condition, object));
      const auto [part, is_new] = by_answers.emplace(std::move(answers), parts.size());
      if (is_new) parts.emplace_back();
      parts[part->second].push_back(object);
    }
    return parts;
  }

  bool has_same_fields(TypeId object, const std::vector<Selected>& fields) const {
    return std::ranges::all_of(fields, [&](const Selected& selected) {
      const Field* field = schema_.find_field(object, selected.field->name);
      return field != nullptr && field->type == selected.field->type;
    });
  }

  // Visits the selections of `sets` and of what they spread, each fragment once, in the order of
  // the document; `enter` says whether to look into a fragment. No recursion: fragments may form
  // a chain of any length.
  template <class Enter, class Visit>
  void walk(const Sets& sets, Enter enter, Visit visit) {
    std::unordered_set<std::string_view> visited;
    std::vector<ast::Span> open(sets.rbegin(), sets.rend());
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
      if (!is_included(selection)) continue;
      if (selection.kind == ast::SelectionKind::field) {
        visit(selection);
      } else if (selection.kind == ast::SelectionKind::inline_fragment) {
        if (enter(selection.name)) open.push_back(selection.selections);
      } else if (visited.insert(selection.name).second) {
        const auto fragment = fragments_.find(selection.name);
        if (fragment != fragments_.end() && enter(fragment->second->type.text))
          open.push_back(fragment->second->selections);
      }
    }
  }

  std::vector<Group> collect(TypeId object, const Sets& sets) {
    std::vector<Group> groups;
    std::unordered_map<std::string_view, std::size_t> by_key;
    const auto enter = [&](std::string_view condition) {
      if (condition.empty()) return true;
      const std::optional<TypeId> type = schema_.find_type(condition);
      return type && schema_.is_possible(*type, object);
    };
    walk(sets, enter, [&](const ast::Selection& field) {
      if (schema_.find_field(object, field.name) == nullptr) return;
      const auto [known, is_new] = by_key.emplace(field.key(), groups.size());
      if (is_new) groups.push_back({.first = &field});
      groups[known->second].sets.push_back(field.selections);
    });
    return groups;
  }

  std::vector<TypeId> conditions_in(const Sets& sets) {
    std::vector<TypeId> conditions;
    std::unordered_set<TypeId> known;
    const auto enter = [&](std::string_view condition) {
      const auto type = condition.empty() ? std::nullopt : schema_.find_type(condition);
      if (type && known.insert(*type).second) conditions.push_back(*type);
      return true;
    };
    walk(sets, enter, [](const ast::Selection&) {});
    return conditions;
  }

  bool is_included(const ast::Selection& selection) {
    for (const ast::Directive& directive : document_.directives_of(selection.directives)) {
      const bool is_skip = directive.name == "skip";
      if (!is_skip && directive.name != "include") continue;
      const auto arguments =
          coerce_arguments(schema_, schema_.arguments_of(*schema_.find_directive(directive.name)),
                           document_, directive.arguments, directive.at, variables_);
      if (!arguments) {
        fail(arguments.error().message, arguments.error().at);
        return false;
      }
      const Input* condition = arguments->find("if");
      if (condition != nullptr && condition->boolean == is_skip) return false;
    }
    return true;
  }

  // A document of a hundred fragments can ask for more steps than there is time.
  bool spend(std::size_t steps) {
    constexpr std::size_t kMaxSteps = 2'000'000;
    steps_ += steps;
    if (steps_ <= kMaxSteps) return true;
    fail("The operation spreads its fragments too often.", 0);
    return false;
  }

  // One for a field; what a list holds counts as often as the list is long at most. The length
  // stands in an argument of the list's field, or (of Relay's connections) of the field above it.
  std::uint64_t cost_of(const Selected& field, bool has_length) const {
    if (field.field->name.starts_with("__")) return 0;
    std::uint64_t length = 1;
    const std::optional<std::uint64_t> said = length_of(field);
    if (said) {
      length = *said;
    } else if (field.field->type.is_list() && !has_length && !field.branches.empty()) {
      length = limits_.list_length;
    }
    std::uint64_t inner = 0;
    for (const Branch& branch : field.branches) {
      std::uint64_t sum = 0;
      for (const Selected& each : branch.fields)
        sum = add(sum, cost_of(each, said && !field.field->type.is_list()));
      inner = std::max(inner, sum);
    }
    return add(1, multiply(length, inner));
  }

  static std::optional<std::uint64_t> length_of(const Selected& field) {
    for (const std::string_view name : {"first", "last", "limit"}) {
      const Input* value = field.arguments.find(name);
      if (value == nullptr || value->kind != InputKind::int_value) continue;
      std::uint64_t number = 0;
      for (const char c : value->text) {
        if (c < '0' || c > '9') return 0;
        number = add(multiply(number, 10), static_cast<std::uint64_t>(c - '0'));
      }
      return number;
    }
    return std::nullopt;
  }

  const Schema& schema_;
  const ast::Document& document_;
  const Variables& variables_;
  const Limits& limits_;
  LineIndex lines_;
  std::unordered_map<std::string_view, const ast::Fragment*> fragments_;
  std::size_t field_count_ = 0;
  std::size_t value_count_ = 0;
  std::size_t steps_ = 0;
  Errors errors_;
};

}  // namespace

const Branch* Selected::branch_of(TypeId type) const {
  for (const Branch& branch : branches) {
    if (std::ranges::find(branch.types, type) != branch.types.end()) return &branch;
  }
  return nullptr;
}

std::expected<const ast::Operation*, Error> find_operation(const ast::Document& document,
                                                           std::optional<std::string_view> name) {
  const auto fail = [](std::string message) {
    return std::unexpected(Error{.message = std::move(message), .code = std::string(kBadInput)});
  };
  if (!name || name->empty()) {
    if (document.operations.size() == 1) return &document.operations.front();
    return fail(document.operations.empty()
                    ? "Must provide an operation."
                    : "Must provide operation name if query contains multiple operations.");
  }
  for (const ast::Operation& operation : document.operations) {
    if (operation.name == *name) return &operation;
  }
  return fail(say("Unknown operation named \"", *name, "\"."));
}

std::expected<Operation, Errors> select(const Schema& schema, const ast::Document& document,
                                        const ast::Operation& operation, const Variables& variables,
                                        const Limits& limits) {
  return Selector(schema, document, variables, limits).run(operation);
}

}  // namespace sqlxc::graphql
