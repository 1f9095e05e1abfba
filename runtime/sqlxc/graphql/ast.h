#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A GraphQL document as it was written (October 2021, section 2 and 3): executable definitions and
// type system definitions alike. A document is a value of flat vectors; what belongs to a node is a
// Span of one of them, so there are no pointers and no recursion in the types. Names and strings
// are views into the source, which outlives the document, or into what the document unescaped.
namespace sqlxc::graphql::ast {

/// A byte offset into the source.
using Offset = std::uint32_t;

/// Consecutive elements of one of the document's vectors.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  bool is_empty() const { return count == 0; }
  bool operator==(const Span&) const = default;
};

struct Name {
  std::string_view text = {};
  Offset at = 0;
};

/// How a named type is wrapped: `[[Int!]]!` has two lists, and bits 0 and 2 say what is non-null
/// (bit 0: the named type, bit n: the nth list from inside).
struct Wrapping {
  static constexpr int kMaxLists = 30;

  std::uint8_t lists = 0;
  std::uint32_t non_null = 0;

  bool is_list() const { return lists > 0; }
  bool is_non_null() const { return (non_null >> lists & 1U) != 0; }
  /// Of the items of a list.
  Wrapping item() const {
    const auto inner = static_cast<std::uint8_t>(lists - 1);
    return {inner, non_null & ((2U << inner) - 1)};
  }
  Wrapping nullable() const { return {lists, non_null & ~(1U << lists)}; }
  bool operator==(const Wrapping&) const = default;
};

struct Type {
  std::string_view name = {};
  Wrapping wrapping;
  Offset at = 0;       // of the outermost bracket
  Offset name_at = 0;  // of the name
};

enum class ValueKind : std::uint8_t {
  variable,     // text: its name, without `$`
  int_value,    // text: its digits
  float_value,  // text: its digits
  string,       // text: unescaped
  boolean,      // text: "true" or "false"
  null,
  enum_value,  // text: its name
  list,        // children: of Document::values
  object,      // children: of Document::arguments
};

struct Value {
  ValueKind kind = ValueKind::null;
  bool is_block = false;  // a """block string"""
  Offset at = 0;
  std::string_view text = {};
  Span children = {};
};

using ValueId = std::uint32_t;

/// An argument of a field or directive, or a field of an input object.
struct Argument {
  std::string_view name = {};
  Offset at = 0;
  ValueId value = 0;
};

struct Directive {
  std::string_view name = {};  // without `@`
  Offset at = 0;
  Span arguments = {};
};

enum class SelectionKind : std::uint8_t { field, spread, inline_fragment };

struct Selection {
  SelectionKind kind = SelectionKind::field;
  bool has_selections = false;
  Offset at = 0;
  Offset name_at = 0;           // of a field's name or an inline fragment's type condition
  Offset selections_at = 0;     // of the brace that opens its selections
  std::string_view alias = {};  // of a field; empty where there is none
  std::string_view
      name;  // of a field, of a spread fragment, of an inline fragment's type (or empty)
  Span arguments = {};
  Span directives = {};
  Span selections = {};

  /// The response key of a field.
  std::string_view key() const { return alias.empty() ? name : alias; }
};

struct VariableDefinition {
  std::string_view name = {};  // without `$`
  Offset at = 0;
  Offset name_at = 0;
  Type type = {};
  std::optional<ValueId> default_value = {};
  Span directives = {};
};

enum class OperationKind : std::uint8_t { query, mutation, subscription };

struct Operation {
  OperationKind kind = OperationKind::query;
  std::string_view name = {};  // empty: anonymous
  Offset at = 0;
  Offset name_at = 0;
  Span variables = {};
  Span directives = {};
  Span selections = {};
};

struct Fragment {
  std::string_view name = {};
  Name type = {};  // its type condition
  Offset at = 0;
  Offset name_at = 0;
  Span directives = {};
  Span selections = {};
};

using Description = std::optional<std::string_view>;

struct InputValue {  // an argument's or input field's definition
  std::string_view name = {};
  Offset at = 0;  // of the name
  Description description = {};
  Type type = {};
  std::optional<ValueId> default_value = {};
  Span directives = {};
};

struct Field {
  std::string_view name = {};
  Offset at = 0;  // of the name
  Description description = {};
  Span arguments = {};  // of Document::input_values
  Type type = {};
  Span directives = {};
};

struct EnumValue {
  std::string_view name = {};
  Offset at = 0;
  Description description = {};
  Span directives = {};
};

enum class TypeKind : std::uint8_t { scalar, object, interface, union_type, enum_type, input };

struct TypeDefinition {
  TypeKind kind = TypeKind::scalar;
  bool is_extension = false;
  std::string_view name = {};
  Offset at = 0;
  Offset name_at = 0;
  Description description = {};
  Span directives = {};
  Span interfaces = {};  // of Document::names: what an object or interface implements
  Span fields = {};      // of an object or interface
  Span inputs = {};      // of Document::input_values: the fields of an input
  Span members = {};     // of Document::names: the types of a union
  Span values = {};      // of Document::enum_values
};

struct RootType {  // `query: Query` in a schema definition
  OperationKind kind = OperationKind::query;
  Name type = {};
  Offset at = 0;
};

struct SchemaDefinition {
  bool is_extension = false;
  Offset at = 0;
  Description description = {};
  Span directives = {};
  Span roots = {};  // of Document::root_types
};

struct DirectiveDefinition {
  std::string_view name = {};  // without `@`
  Offset at = 0;
  Offset name_at = 0;
  Description description = {};
  Span arguments = {};  // of Document::input_values
  bool is_repeatable = false;
  Span locations = {};  // of Document::names
};

enum class DefinitionKind : std::uint8_t { operation, fragment, schema, type, directive };

/// The definitions in the order of the document; `index` is into the vector of their kind.
struct Definition {
  DefinitionKind kind = DefinitionKind::operation;
  std::uint32_t index = 0;
};

struct Document {
  std::string_view source = {};
  std::vector<Definition> definitions;

  std::vector<Operation> operations;
  std::vector<Fragment> fragments;
  std::vector<SchemaDefinition> schemas;
  std::vector<TypeDefinition> types;
  std::vector<DirectiveDefinition> directive_definitions;

  std::vector<VariableDefinition> variables;
  std::vector<Selection> selections;
  std::vector<Argument> arguments;
  std::vector<Directive> directives;
  std::vector<Value> values;
  std::vector<Field> fields;
  std::vector<InputValue> input_values;
  std::vector<EnumValue> enum_values;
  std::vector<RootType> root_types;
  std::vector<Name> names;

  std::deque<std::string> unescaped;  // what views point to that do not point into the source
  std::size_t token_count = 0;

  std::span<const Selection> selections_of(Span span) const { return part(selections, span); }
  std::span<const Argument> arguments_of(Span span) const { return part(arguments, span); }
  std::span<const Directive> directives_of(Span span) const { return part(directives, span); }
  std::span<const VariableDefinition> variables_of(Span span) const {
    return part(variables, span);
  }
  std::span<const Value> values_of(Span span) const { return part(values, span); }
  std::span<const Field> fields_of(Span span) const { return part(fields, span); }
  std::span<const InputValue> inputs_of(Span span) const { return part(input_values, span); }
  std::span<const EnumValue> enum_values_of(Span span) const { return part(enum_values, span); }
  std::span<const RootType> roots_of(Span span) const { return part(root_types, span); }
  std::span<const Name> names_of(Span span) const { return part(names, span); }

 private:
  template <class T>
  static std::span<const T> part(const std::vector<T>& all, Span span) {
    return std::span<const T>(all).subspan(span.first, span.count);
  }
};

}  // namespace sqlxc::graphql::ast
