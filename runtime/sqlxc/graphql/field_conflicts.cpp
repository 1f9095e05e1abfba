#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sqlxc/graphql/overlapping_fields.h>
#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/suggest.h>

// The slow look: fields are compared in pairs, as graphql-js does it, so that messages and places
// are the same. It stops when it has taken too many steps.
namespace sqlxc::graphql {
namespace {

struct FieldUse {
  std::optional<TypeId> parent;
  const ast::Selection* node = nullptr;
  const Field* field = nullptr;
};

/// The fields of one selection set by response key, inline fragments included, and the fragments
/// that it spreads.
struct Uses {
  std::vector<std::pair<std::string_view, std::vector<FieldUse>>> fields;
  std::unordered_map<std::string_view, std::size_t> by_key;
  std::vector<std::string_view> fragments;
};

struct Conflict {
  std::string_view key;
  std::string reason;
  std::vector<ast::Offset> left;
  std::vector<ast::Offset> right;
};

using Conflicts = std::vector<Conflict>;

class Finder {
 public:
  Finder(const Schema& schema, const ast::Document& document, Report& report)
      : schema_(schema), document_(document), report_(report) {
    for (const ast::Fragment& fragment : document.fragments) fragments_[fragment.name] = &fragment;
  }

  bool run() {
    for (const ast::Definition& definition : document_.definitions) {
      if (definition.kind == ast::DefinitionKind::operation) {
        const ast::Operation& operation = document_.operations[definition.index];
        visit(schema_.root(operation.kind), operation.selections);
      } else if (definition.kind == ast::DefinitionKind::fragment) {
        const ast::Fragment& fragment = document_.fragments[definition.index];
        visit(composite(fragment.type.text), fragment.selections);
      }
    }
    return has_reported_ || steps_ <= kMaxSteps;
  }

 private:
  static constexpr std::size_t kMaxSteps = 1'000'000;
  static constexpr std::size_t kMaxDepth = 200;
  static constexpr std::size_t kMaxReason = 2'000;

  bool spend() { return ++steps_ <= kMaxSteps; }

  std::optional<TypeId> composite(std::string_view name) const {
    const std::optional<TypeId> type = schema_.find_type(name);
    return type && schema_.type(*type).is_composite() ? type : std::nullopt;
  }

  // Every selection set, outer ones first.
  void visit(std::optional<TypeId> parent, ast::Span selections) {
    if (report_.is_full() || !spend()) return;
    for (Conflict& conflict : within(parent, selections)) {
      has_reported_ = true;
      conflict.left.insert(conflict.left.end(), conflict.right.begin(), conflict.right.end());
      report_.add(say("Fields \"", conflict.key, "\" conflict because ", conflict.reason,
                      ". Use different aliases on the fields to fetch both if this was "
                      "intentional."),
                  conflict.left);
    }
    visit_below(parent, selections);
  }

  void visit_below(std::optional<TypeId> parent, ast::Span selections) {
    for (const ast::Selection& selection : document_.selections_of(selections)) {
      if (!selection.has_selections) continue;
      std::optional<TypeId> type = parent;
      if (selection.kind == ast::SelectionKind::field) {
        const Field* field = parent ? schema_.find_field(*parent, selection.name) : nullptr;
        type = field != nullptr && schema_.type(field->type.type).is_composite()
                   ? std::optional(field->type.type)
                   : std::nullopt;
      } else if (!selection.name.empty()) {
        type = composite(selection.name);
      }
      visit(type, selection.selections);
    }
  }

  const Uses& uses_of(std::optional<TypeId> parent, ast::Span selections) {
    const auto [uses, is_new] = uses_.try_emplace(selections.first);
    if (is_new) collect(parent, selections, uses->second);
    return uses->second;
  }

  const Uses* uses_of(std::string_view fragment) {
    const auto found = fragments_.find(fragment);
    if (found == fragments_.end()) return nullptr;
    return &uses_of(composite(found->second->type.text), found->second->selections);
  }

  void collect(std::optional<TypeId> parent, ast::Span selections, Uses& uses) {
    for (const ast::Selection& selection : document_.selections_of(selections)) {
      spend();
      if (selection.kind == ast::SelectionKind::field) {
        const auto [place, is_new] = uses.by_key.emplace(selection.key(), uses.fields.size());
        if (is_new) uses.fields.push_back({selection.key(), {}});
        const Field* field = parent ? schema_.find_field(*parent, selection.name) : nullptr;
        // graphql-js does not look at the type of __typename.
        if (field != nullptr && field->name.starts_with("__")) field = nullptr;
        uses.fields[place->second].second.push_back({parent, &selection, field});
      } else if (selection.kind == ast::SelectionKind::spread) {
        if (std::ranges::find(uses.fragments, selection.name) == uses.fragments.end())
          uses.fragments.push_back(selection.name);
      } else {
        collect(selection.name.empty() ? parent : composite(selection.name), selection.selections,
                uses);
      }
    }
  }

  Conflicts within(std::optional<TypeId> parent, ast::Span selections) {
    Conflicts conflicts;
    const Uses& uses = uses_of(parent, selections);
    for (const auto& [key, fields] : uses.fields) {
      for (std::size_t i = 0; i < fields.size(); ++i) {
        for (std::size_t j = i + 1; j < fields.size(); ++j)
          compare(conflicts, false, key, fields[i], fields[j]);
      }
    }
    for (std::size_t i = 0; i < uses.fragments.size(); ++i) {
      between_fields_and_fragment(conflicts, false, uses, uses.fragments[i]);
      for (std::size_t j = i + 1; j < uses.fragments.size(); ++j)
        between_fragments(conflicts, false, uses.fragments[i], uses.fragments[j]);
    }
    return conflicts;
  }

  void between_fields_and_fragment(Conflicts& conflicts, bool are_exclusive, const Uses& uses,
                                   std::string_view fragment) {
    const Level level(*this);
    if (!level.is_open() || !is_first(fields_and_fragments_[{&uses, fragment}], are_exclusive))
      return;
    const Uses* others = uses_of(fragment);
    if (others == nullptr || others == &uses) return;
    between(conflicts, are_exclusive, uses, *others);
    for (const std::string_view name : others->fragments)
      between_fields_and_fragment(conflicts, are_exclusive, uses, name);
  }

  void between_fragments(Conflicts& conflicts, bool are_exclusive, std::string_view left,
                         std::string_view right) {
    if (left == right) return;
    const Level level(*this);
    const auto pair = std::minmax(left, right);
    if (!level.is_open() || !is_first(fragment_pairs_[pair], are_exclusive)) return;
    const Uses* left_uses = uses_of(left);
    const Uses* right_uses = uses_of(right);
    if (left_uses == nullptr || right_uses == nullptr) return;
    between(conflicts, are_exclusive, *left_uses, *right_uses);
    for (const std::string_view name : right_uses->fragments)
      between_fragments(conflicts, are_exclusive, left, name);
    for (const std::string_view name : left_uses->fragments)
      between_fragments(conflicts, are_exclusive, name, right);
  }

  // A pair that was compared without being exclusive need not be compared again.
  static bool is_first(std::optional<bool>& compared_exclusively, bool are_exclusive) {
    if (compared_exclusively && (are_exclusive || !*compared_exclusively)) return false;
    compared_exclusively = are_exclusive;
    return true;
  }

  void between(Conflicts& conflicts, bool are_exclusive, const Uses& left, const Uses& right) {
    for (const auto& [key, fields] : left.fields) {
      if (!spend()) return;
      const auto others = right.by_key.find(key);
      if (others == right.by_key.end()) continue;
      for (const FieldUse& a : fields) {
        for (const FieldUse& b : right.fields[others->second].second)
          compare(conflicts, are_exclusive, key, a, b);
      }
    }
  }

  void compare(Conflicts& conflicts, bool are_exclusive, std::string_view key, const FieldUse& a,
               const FieldUse& b) {
    if (!spend()) return;
    const auto conflict = [&](std::string reason) {
      conflicts.push_back({key, std::move(reason), {a.node->at}, {b.node->at}});
    };
    are_exclusive |= a.parent != b.parent && is_object(a.parent) && is_object(b.parent);
    if (!are_exclusive && a.node->name != b.node->name) {
      return conflict(
          say("\"", a.node->name, "\" and \"", b.node->name, "\" are different fields"));
    }
    if (!are_exclusive && !have_same_arguments(*a.node, *b.node))
      return conflict("they have differing arguments");
    if (a.field != nullptr && b.field != nullptr && have_other_types(*a.field, *b.field)) {
      return conflict(say("they return conflicting types \"", schema_.print(a.field->type),
                          "\" and \"", schema_.print(b.field->type), "\""));
    }
    if (a.node->has_selections && b.node->has_selections)
      compare_below(conflicts, are_exclusive, key, a, b);
  }

  void compare_below(Conflicts& conflicts, bool are_exclusive, std::string_view key,
                     const FieldUse& a, const FieldUse& b) {
    const Level level(*this);
    if (!level.is_open()) return;
    Conflicts below;
    const Uses& left = uses_of(type_below(a), a.node->selections);
    const Uses& right = uses_of(type_below(b), b.node->selections);
    between(below, are_exclusive, left, right);
    for (const std::string_view name : right.fragments)
      between_fields_and_fragment(below, are_exclusive, left, name);
    for (const std::string_view name : left.fragments)
      between_fields_and_fragment(below, are_exclusive, right, name);
    for (const std::string_view name : left.fragments) {
      for (const std::string_view other : right.fragments)
        between_fragments(below, are_exclusive, name, other);
    }
    if (below.empty()) return;
    Conflict whole{key, {}, {a.node->at}, {b.node->at}};
    for (const Conflict& each : below) {
      if (whole.reason.size() > kMaxReason) break;
      if (!whole.reason.empty()) whole.reason += " and ";
      whole.reason += say("subfields \"", each.key, "\" conflict because ", each.reason);
      whole.left.insert(whole.left.end(), each.left.begin(), each.left.end());
      whole.right.insert(whole.right.end(), each.right.begin(), each.right.end());
    }
    conflicts.push_back(std::move(whole));
  }

  bool is_object(std::optional<TypeId> type) const {
    return type && schema_.type(*type).kind == TypeKind::object;
  }

  std::optional<TypeId> type_below(const FieldUse& use) const {
    if (use.field == nullptr || !schema_.type(use.field->type.type).is_composite())
      return std::nullopt;
    return use.field->type.type;
  }

  bool have_other_types(const Field& a, const Field& b) const {
    if (a.type.wrapping != b.type.wrapping) return true;
    const bool has_leaf =
        schema_.type(a.type.type).is_leaf() || schema_.type(b.type.type).is_leaf();
    return has_leaf && a.type.type != b.type.type;
  }

  bool have_same_arguments(const ast::Selection& a, const ast::Selection& b) {
    if (a.arguments.count != b.arguments.count) return false;
    for (const ast::Argument& left : document_.arguments_of(a.arguments)) {
      const auto others = document_.arguments_of(b.arguments);
      const auto right = std::ranges::find(others, left.name, &ast::Argument::name);
      if (!spend() || right == others.end()) return false;
      if (sorted(document_.values[left.value]) != sorted(document_.values[right->value]))
        return false;
    }
    return true;
  }

  // The value with the fields of objects in one order.
  std::string sorted(const ast::Value& value) {
    if (value.kind == ast::ValueKind::list) {
      std::string text = "[";
      for (const ast::Value& item : document_.values_of(value.children)) text += sorted(item) + ",";
      return text + "]";
    }
    if (value.kind != ast::ValueKind::object) return print(document_, value);
    std::multimap<std::string_view, std::string> fields;
    for (const ast::Argument& field : document_.arguments_of(value.children)) {
      spend();
      fields.emplace(field.name, sorted(document_.values[field.value]));
    }
    std::string text = "{";
    for (const auto& [name, field] : fields) text += say(name, ":", field, ",");
    return text + "}";
  }

  // The comparisons call each other; a document may send them as deep as it is long.
  class Level {
   public:
    explicit Level(Finder& finder) : finder_(finder) {
      if (++finder.depth_ > kMaxDepth) finder.steps_ = kMaxSteps;
    }
    ~Level() { --finder_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    bool is_open() const { return finder_.spend(); }

   private:
    Finder& finder_;
  };

  const Schema& schema_;
  const ast::Document& document_;
  Report& report_;
  std::unordered_map<std::string_view, const ast::Fragment*> fragments_;
  std::unordered_map<std::uint32_t, Uses> uses_;
  std::map<std::pair<const Uses*, std::string_view>, std::optional<bool>> fields_and_fragments_;
  std::map<std::pair<std::string_view, std::string_view>, std::optional<bool>> fragment_pairs_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool has_reported_ = false;
};

}  // namespace

bool report_conflicts(const Schema& schema, const ast::Document& document, Report& report) {
  return Finder(schema, document, report).run();
}

}  // namespace sqlxc::graphql
