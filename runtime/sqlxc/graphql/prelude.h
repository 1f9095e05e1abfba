#pragma once

#include <string_view>

// GraphQL's own types and directives in its own language (October 2021, sections 3.5, 3.13 and
// 4.2), and `@oneOf` of later drafts. `__Meta` holds the fields that every query may select.
namespace sqlxc::graphql {

inline constexpr std::string_view kPrelude = R"graphql(
"A whole number of 32 bits with a sign."
scalar Int
"A number of double precision (IEEE 754)."
scalar Float
"Text in UTF-8."
scalar String
"true or false."
scalar Boolean
"A unique identifier: a string, also where it looks like a number."
scalar ID

"Includes this only when `if` is true."
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Leaves this out when `if` is true."
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Marks what should not be used any more."
directive @deprecated(
  "Why, and what to use instead, in CommonMark."
  reason: String = "No longer supported"
) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
"Says where a scalar is specified."
directive @specifiedBy("The URL of the specification." url: String!) on SCALAR
"An input of which exactly one field is given, and not null."
directive @oneOf on INPUT_OBJECT

"What this service can be asked: its types, directives and entry points."
type __Schema {
  description: String
  "All types of the service."
  types: [__Type!]!
  "Where queries start."
  queryType: __Type!
  "Where mutations start, if there are any."
  mutationType: __Type
  "Where subscriptions start, if there are any."
  subscriptionType: __Type
  "All directives of the service."
  directives: [__Directive!]!
}

"A type; `kind` says which of the fields mean something."
type __Type {
  kind: __TypeKind!
  name: String
  description: String
  specifiedByURL: String
  fields(includeDeprecated: Boolean = false): [__Field!]
  interfaces: [__Type!]
  possibleTypes: [__Type!]
  enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean = false): [__InputValue!]
  ofType: __Type
  isOneOf: Boolean
}

"The kinds of types."
enum __TypeKind {
  "A scalar."
  SCALAR
  "An object: `fields` and `interfaces`."
  OBJECT
  "An interface: `fields`, `interfaces` and `possibleTypes`."
  INTERFACE
  "A union: `possibleTypes`."
  UNION
  "An enum: `enumValues`."
  ENUM
  "An input object: `inputFields`."
  INPUT_OBJECT
  "A list: `ofType`."
  LIST
  "Never null: `ofType`."
  NON_NULL
}

"A field of an object or interface."
type __Field {
  name: String!
  description: String
  args(includeDeprecated: Boolean = false): [__InputValue!]!
  type: __Type!
  isDeprecated: Boolean!
  deprecationReason: String
}

"An argument or a field of an input object."
type __InputValue {
  name: String!
  description: String
  type: __Type!
  "In the language of GraphQL."
  defaultValue: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"A value of an enum."
type __EnumValue {
  name: String!
  description: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"A directive."
type __Directive {
  name: String!
  description: String
  isRepeatable: Boolean!
  locations: [__DirectiveLocation!]!
  args(includeDeprecated: Boolean = false): [__InputValue!]!
}

"Where a directive may stand."
enum __DirectiveLocation {
  QUERY
  MUTATION
  SUBSCRIPTION
  FIELD
  FRAGMENT_DEFINITION
  FRAGMENT_SPREAD
  INLINE_FRAGMENT
  VARIABLE_DEFINITION
  SCHEMA
  SCALAR
  OBJECT
  FIELD_DEFINITION
  ARGUMENT_DEFINITION
  INTERFACE
  UNION
  ENUM
  ENUM_VALUE
  INPUT_OBJECT
  INPUT_FIELD_DEFINITION
}

type __Meta {
  __typename: String!
  __schema: __Schema!
  __type(name: String!): __Type
}
)graphql";

}  // namespace sqlxc::graphql
