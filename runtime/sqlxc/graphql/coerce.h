#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/input.h>
#include <sqlxc/graphql/schema.h>

// What a client sent becomes what the types say (October 2021, section 6.1.2 and 6.4.1). Nothing is
// trusted: values of variables are judged here, literals were judged by validation.
namespace sqlxc::graphql {

/// The variables of an operation that have a value; those that were not given and have no default
/// are absent.
using Variables = std::unordered_map<std::string_view, Input>;

/// `json` is an object of values by the names of variables, or empty: none. Names that the
/// operation does not declare are passed over.
std::expected<Variables, Errors> coerce_variables(const Schema& schema,
                                                  const ast::Document& document,
                                                  const ast::Operation& operation,
                                                  std::string_view json);

/// Why arguments cannot be coerced, and where that stands in the document.
struct ArgumentError {
  std::string message;
  ast::Offset at = 0;
};

/// The arguments of a field or directive, as an object: defaults filled in, absent ones absent.
/// `given` is a Span of `document`'s arguments; `at` is where the field or directive stands.
std::expected<Input, ArgumentError> coerce_arguments(const Schema& schema,
                                                     std::span<const InputValue> definitions,
                                                     const ast::Document& document, ast::Span given,
                                                     ast::Offset at, const Variables& variables);

/// The literal as a value of `type`; nothing if it is none.
std::optional<Input> coerce_literal(const Schema& schema, TypeRef type,
                                    const ast::Document& document, const ast::Value& value,
                                    const Variables& variables);

/// The default of an argument or input field that has one, with its name.
Input default_value(const Schema& schema, const InputValue& definition);

/// What the literal is by itself: variables, which have no value yet, are null.
Input input_of(const ast::Document& document, const ast::Value& value);

/// Gives a value that its leaf type took the form that the type has: 1.0 is the Int 1, 7 the ID
/// "7".
void normalize_leaf(const Type& type, Input& value);

}  // namespace sqlxc::graphql
