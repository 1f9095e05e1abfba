#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/scalars.h>

// The type system that an SDL text describes (October 2021, section 3), with lookup by name. Built
// once, immutable afterwards, so that all loops of a service share one. It contains the built-in
// scalars and directives and the types of introspection. Ids are indices into its vectors.
namespace sqlxc::graphql {

using ast::TypeKind;
using TypeId = std::uint32_t;
using FieldId = std::uint32_t;

/// A type where it is used: `[User!]!`.
struct TypeRef {
  TypeId type = 0;
  ast::Wrapping wrapping = {};

  bool is_list() const { return wrapping.is_list(); }
  bool is_non_null() const { return wrapping.is_non_null(); }
  TypeRef item() const { return {type, wrapping.item()}; }
  TypeRef nullable() const { return {type, wrapping.nullable()}; }
  bool operator==(const TypeRef&) const = default;
};

using Deprecation = std::optional<std::string_view>;  // the reason

/// An argument or a field of an input object.
struct InputValue {
  std::string_view name;
  ast::Description description = {};
  TypeRef type = {};
  std::optional<ast::ValueId> default_value = {};  // in Schema::document()
  Deprecation deprecation = {};
  ast::Span directives = {};  // as written, in Schema::document()

  bool is_required() const { return type.is_non_null() && !default_value; }
};

struct Field {
  std::string_view name;
  ast::Description description = {};
  TypeId owner = 0;
  TypeRef type = {};
  ast::Span arguments = {};  // of Schema::arguments_of
  Deprecation deprecation = {};
  ast::Span directives = {};
};

struct EnumValue {
  std::string_view name;
  ast::Description description = {};
  Deprecation deprecation = {};
};

struct Type {
  TypeKind kind = TypeKind::scalar;
  std::string_view name;
  ast::Description description = {};
  ast::Span fields = {};                // of an object or interface
  ast::Span inputs = {};                // of an input object
  ast::Span values = {};                // of an enum
  std::vector<TypeId> interfaces = {};  // what an object or interface implements
  std::vector<TypeId> possible = {};    // the objects of a union or interface; an object: itself
  std::optional<std::string_view> specified_by = {};  // of a scalar
  Scalar scalar = {};                                 // how a scalar's values are judged
  bool is_one_of = false;                             // of an input object
  bool is_built_in = false;                           // of GraphQL itself
  bool is_hidden = false;  // documents cannot name it: a built-in scalar that nothing uses

  bool is_composite() const {
    return kind == TypeKind::object || kind == TypeKind::interface || kind == TypeKind::union_type;
  }
  bool is_abstract() const { return kind == TypeKind::interface || kind == TypeKind::union_type; }
  bool is_input() const {
    return kind == TypeKind::scalar || kind == TypeKind::enum_type || kind == TypeKind::input;
  }
  bool is_leaf() const { return kind == TypeKind::scalar || kind == TypeKind::enum_type; }
};

struct Directive {
  std::string_view name;
  ast::Description description = {};
  ast::Span arguments = {};
  bool is_repeatable = false;
  bool is_built_in = false;
  std::vector<std::string_view> locations = {};
};

class Schema {
 public:
  Schema(Schema&&) = default;
  Schema& operator=(Schema&&) = default;

  const std::vector<Type>& types() const { return types_; }
  const std::vector<Directive>& directives() const { return directives_; }
  const Type& type(TypeId id) const { return types_[id]; }
  const Field& field(FieldId id) const { return fields_[id]; }
  const ast::Description& description() const { return description_; }

  std::optional<TypeId> find_type(std::string_view name) const;
  std::optional<TypeId> root(ast::OperationKind kind) const {
    return roots_[static_cast<std::size_t>(kind)];
  }
  /// With `__typename` of every composite type, and `__schema` and `__type` of the query type.
  const Field* find_field(TypeId type, std::string_view name) const;
  const InputValue* find_argument(ast::Span arguments, std::string_view name) const;
  const InputValue* find_input(TypeId type, std::string_view name) const;
  const EnumValue* find_value(TypeId type, std::string_view name) const;
  const Directive* find_directive(std::string_view name) const;

  std::span<const Field> fields_of(const Type& type) const { return part(fields_, type.fields); }
  std::span<const InputValue> inputs_of(const Type& type) const {
    return part(inputs_, type.inputs);
  }
  std::span<const EnumValue> values_of(const Type& type) const {
    return part(values_, type.values);
  }
  std::span<const InputValue> arguments_of(const Field& field) const {
    return part(inputs_, field.arguments);
  }
  std::span<const InputValue> arguments_of(const Directive& directive) const {
    return part(inputs_, directive.arguments);
  }
  FieldId id_of(const Field& field) const { return static_cast<FieldId>(&field - fields_.data()); }
  TypeId id_of(const Type& type) const { return static_cast<TypeId>(&type - types_.data()); }

  /// Whether a value of `super` may be the object `object`.
  bool is_possible(TypeId super, TypeId object) const {
    return is_subtype(object, super) && types_[object].kind == TypeKind::object;
  }
  /// Whether there is an object that is both.
  bool overlap(TypeId a, TypeId b) const;
  /// Whether `type` is `super`, or implements it, or is a member of it.
  bool is_subtype(TypeId type, TypeId super) const;

  /// What default values and directives are written in.
  const ast::Document& document() const { return document_; }

  /// `[User!]!`.
  std::string print(const TypeRef& ref) const;

 private:
  friend class SchemaBuilder;
  struct Member {
    TypeId owner;
    std::string_view name;
    bool operator==(const Member&) const = default;
  };
  struct MemberHash {
    std::size_t operator()(const Member& member) const {
      return std::hash<std::string_view>()(member.name) ^
             member.owner * std::size_t{0x9E3779B97F4A7C15};
    }
  };

  Schema() = default;
  std::optional<std::uint32_t> find_member(TypeId type, std::string_view name) const;
  template <class T>
  static std::span<const T> part(const std::vector<T>& all, ast::Span span) {
    return std::span<const T>(all).subspan(span.first, span.count);
  }

  std::unique_ptr<const std::string> text_;  // what the document's views point into
  ast::Document document_;
  ast::Description description_;
  std::vector<Type> types_;
  std::vector<Field> fields_;
  std::vector<InputValue> inputs_;
  std::vector<EnumValue> values_;
  std::vector<Directive> directives_;
  std::optional<TypeId> roots_[3];
  TypeId meta_ = 0;
  std::unordered_set<std::uint64_t> subtypes_;  // super << 32 | sub
  std::unordered_map<std::string_view, TypeId> type_names_;
  std::unordered_map<std::string_view, std::uint32_t> directive_names_;
  std::unordered_map<Member, std::uint32_t, MemberHash> members_;  // fields, inputs or values
};

/// The type system of `sdl`, or what is wrong with the text. Scalars that are neither GraphQL's own
/// nor in `scalars` take every value.
std::expected<Schema, Errors> build_schema(std::string_view sdl,
                                           std::span<const Scalar> scalars = kCommonScalars);

}  // namespace sqlxc::graphql
