#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/report.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/validate.h>

// How validate() does its work: each definition is walked once, with the types of where it is in
// hand, and every rule looks at what passes. What rules need of whole operations (which fragments
// they spread, which variables they use) is noted on the way and judged afterwards.
namespace sqlxc::graphql {

class Validator {
 public:
  Validator(const Schema& schema, const ast::Document& document, Rules rules);

  Errors run();

 private:
  /// Where a variable is used, and what is expected there.
  struct Usage {
    std::string_view name;
    ast::Offset at = 0;
    std::optional<TypeRef> type = {};
    bool has_default = false;           // of the place, not of the variable
    std::optional<TypeId> one_of = {};  // the input object of which it is the one field
  };

  /// What one operation or fragment spreads and uses.
  struct Body {
    std::vector<const ast::Selection*> spreads;
    std::vector<Usage> usages;
  };

  /// What a value is for.
  struct Expected {
    std::optional<TypeRef> type = {};
    bool has_default = false;
    std::optional<TypeId> one_of = {};
    bool is_judged = true;  // false: an enclosing value was refused as a whole
  };

  bool has(Rule rule) const { return rules_.has(rule); }
  void add(std::string message, std::initializer_list<ast::Offset> places) {
    report_.add(std::move(message), places);
  }
  // Says that `steps` more are taken; false, with an error, where the document asks for too many.
  bool spend(std::size_t steps);
  void check_merging();
  const ast::Fragment* find_fragment(std::string_view name) const;
  std::optional<TypeId> composite(std::string_view name) const;

  // validate_definitions.cpp: what stands at the top of the document
  void check_names();
  void check_subscription(const ast::Operation& operation);
  void check_fragment_use();
  void check_cycles();
  void find_cycles(const ast::Fragment& start, std::unordered_set<std::string_view>& visited);
  void report_cycle(std::span<const ast::Selection* const> path);
  std::vector<const ast::Selection*> spreads_in(ast::Span selections) const;
  template <class Visit>
  void for_each_fragment_of(const Body& body, Visit visit);

  // validate_variables.cpp: variables of operations
  void check_variable_definitions(const ast::Operation& operation);
  void check_variables(const ast::Operation& operation, const Body& body);
  void check_usage(const ast::Operation& operation, const ast::VariableDefinition* definition,
                   const Usage& usage);

  // validate_selections.cpp: the walk
  void walk_operation(const ast::Operation& operation);
  void walk_fragment(const ast::Fragment& fragment);
  void walk_selections(std::optional<TypeId> parent, ast::Span selections);
  void walk_field(std::optional<TypeId> parent, const ast::Selection& selection);
  void check_field_type(const Field& field, const ast::Selection& selection);
  void report_unknown_field(TypeId parent, const ast::Selection& selection);
  std::vector<std::string_view> types_with_field(TypeId type, std::string_view name) const;
  void walk_spread(std::optional<TypeId> parent, const ast::Selection& selection);
  void walk_inline_fragment(std::optional<TypeId> parent, const ast::Selection& selection);
  void check_type_name(std::string_view name, ast::Offset at);
  bool overlap(TypeId a, TypeId b);
  void check_introspection_depth(const ast::Selection& selection);
  std::size_t list_depth(ast::Span selections, std::size_t level);

  // validate_arguments.cpp: arguments and directives
  void walk_directives(ast::Span directives, std::string_view location);
  void walk_directive(const ast::Directive& directive, std::string_view location);
  void walk_arguments(ast::Span arguments, std::span<const InputValue> known,
                      const std::string& owner, const std::string& deprecated_owner);
  void check_unique(ast::Span arguments);
  void check_required(ast::Span arguments, std::span<const InputValue> known,
                      const std::string& owner, ast::Offset at);

  // validate_values.cpp
  void walk_value(const ast::Value& value, Expected expected);
  void walk_list(const ast::Value& value, Expected expected);
  void walk_object(const ast::Value& value, Expected expected);
  void check_object(const ast::Value& value, const Type& type);
  void check_one_of(const ast::Value& value, const Type& type);
  void check_leaf(const ast::Value& value, TypeRef type);
  void check_enum(const ast::Value& value, const Type& type);
  std::string show(const ast::Value& value) const;

  const Schema& schema_;
  const ast::Document& document_;
  Rules rules_;
  Report report_;
  std::size_t steps_ = 0;
  std::unordered_map<std::string_view, const ast::Fragment*> fragments_;
  std::unordered_map<const ast::Fragment*, Body> fragment_bodies_;
  std::vector<Body> operation_bodies_;
  Body* body_ = nullptr;  // of what is being walked
  const ast::Operation* operation_ = nullptr;
  std::unordered_map<std::uint64_t, bool> overlaps_;
  std::unordered_map<std::string_view, std::size_t> list_depths_;  // of fragments
};

// Each fragment that `body` spreads, directly or not, once.
template <class Visit>
void Validator::for_each_fragment_of(const Body& body, Visit visit) {
  std::unordered_set<const ast::Fragment*> visited;
  std::vector<const Body*> open{&body};
  while (!open.empty()) {
    const Body& next = *open.back();
    open.pop_back();
    for (const ast::Selection* spread : next.spreads) {
      if (!spend(1)) return;
      const ast::Fragment* fragment = find_fragment(spread->name);
      if (fragment == nullptr || !visited.insert(fragment).second) continue;
      visit(*fragment);
      open.push_back(&fragment_bodies_[fragment]);
    }
  }
}

}  // namespace sqlxc::graphql
