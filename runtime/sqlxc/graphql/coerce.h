#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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

/// `json` is an object of values by the names of variables, or empty: none. It was read as JSON
/// before; names that the operation does not declare are passed over.
std::expected<Variables, Errors> coerce_variables(const Schema& schema,
                                                  const ast::Document& document,
                                                  const ast::Operation& operation,
                                                  std::string_view json);

/// The arguments of a field or directive, as an object: defaults filled in, absent ones absent.
/// `given` is a Span of `document`'s arguments. An error speaks of a value that is missing or null
/// where a type says otherwise.
std::expected<Input, std::string> coerce_arguments(const Schema& schema,
                                                   std::span<const InputValue> definitions,
                                                   const ast::Document& document, ast::Span given,
                                                   const Variables& variables);

}  // namespace sqlxc::graphql
