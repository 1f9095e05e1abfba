#pragma once

#include <cstdint>
#include <initializer_list>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/schema.h>

// Whether a document may be executed (October 2021, section 5): all rules of the specification, in
// time that is linear in the document but for what it spreads, which is bounded.
namespace sqlxc::graphql {

/// The rules, by the names that graphql-js gives them.
enum class Rule : std::uint8_t {
  executable_definitions,
  unique_operation_names,
  lone_anonymous_operation,
  single_field_subscriptions,
  known_type_names,
  fragments_on_composite_types,
  variables_are_input_types,
  scalar_leafs,
  fields_on_correct_type,
  unique_fragment_names,
  known_fragment_names,
  no_unused_fragments,
  possible_fragment_spreads,
  no_fragment_cycles,
  unique_variable_names,
  no_undefined_variables,
  no_unused_variables,
  known_directives,
  unique_directives_per_location,
  known_argument_names,
  unique_argument_names,
  values_of_correct_type,
  provided_required_arguments,
  variables_in_allowed_position,
  overlapping_fields_can_be_merged,
  unique_input_field_names,
  max_introspection_depth,
  // Not of the specification: for who asks for them.
  no_deprecated,
  no_schema_introspection,
};

class Rules {
 public:
  constexpr Rules() = default;
  constexpr Rules(std::initializer_list<Rule> rules) {
    for (const Rule rule : rules) bits_ |= bit(rule);
  }
  constexpr bool has(Rule rule) const { return (bits_ & bit(rule)) != 0; }
  constexpr Rules with(Rule rule) const {
    Rules more = *this;
    more.bits_ |= bit(rule);
    return more;
  }
  /// All of the specification.
  static constexpr Rules specified() {
    Rules all;
    all.bits_ = bit(Rule::no_deprecated) - 1;
    return all;
  }

 private:
  static constexpr std::uint32_t bit(Rule rule) {
    return std::uint32_t{1} << static_cast<unsigned>(rule);
  }
  std::uint32_t bits_ = 0;
};

/// What is wrong with the document, at most a hundred errors; none: it may be executed.
Errors validate(const Schema& schema, const ast::Document& document,
                Rules rules = Rules::specified());

}  // namespace sqlxc::graphql
