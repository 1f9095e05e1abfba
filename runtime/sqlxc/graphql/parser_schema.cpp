#include <algorithm>

#include <sqlxc/graphql/parser_base.h>

// Type system definitions and extensions (October 2021, section 3).
namespace sqlxc::graphql {
namespace {

constexpr std::string_view kLocations[] = {"QUERY",
                                           "MUTATION",
                                           "SUBSCRIPTION",
                                           "FIELD",
                                           "FRAGMENT_DEFINITION",
                                           "FRAGMENT_SPREAD",
                                           "INLINE_FRAGMENT",
                                           "VARIABLE_DEFINITION",
                                           "SCHEMA",
                                           "SCALAR",
                                           "OBJECT",
                                           "FIELD_DEFINITION",
                                           "ARGUMENT_DEFINITION",
                                           "INTERFACE",
                                           "UNION",
                                           "ENUM",
                                           "ENUM_VALUE",
                                           "INPUT_OBJECT",
                                           "INPUT_FIELD_DEFINITION"};

}  // namespace

ast::Description Parser::description() {
  if (!peek_string()) return std::nullopt;
  const std::string_view text = token_.text;
  advance();
  return text;
}

void Parser::extension(ast::Offset at) {
  advance();
  const Token keyword = token_;
  constexpr std::pair<std::string_view, ast::TypeKind> kTypes[] = {
      {"scalar", ast::TypeKind::scalar},       {"type", ast::TypeKind::object},
      {"interface", ast::TypeKind::interface}, {"union", ast::TypeKind::union_type},
      {"enum", ast::TypeKind::enum_type},      {"input", ast::TypeKind::input},
  };
  for (const auto& [word, kind] : kTypes) {
    if (!take_keyword(word)) continue;
    return type_definition({.is_extension = true, .at = at}, kind);
  }
  if (take_keyword("schema")) return schema_definition({.is_extension = true, .at = at});
  unexpected(keyword);
}

void Parser::schema_definition(ast::SchemaDefinition definition) {
  definition.directives = directives(Constness::constant);
  const auto first = static_cast<std::uint32_t>(document_.root_types.size());
  if (!definition.is_extension || peek(TokenKind::brace_open)) {
    one_or_more(TokenKind::brace_open, TokenKind::brace_close, [&] {
      ast::RootType root;
      root.at = token_.at;
      const Token kind = expect(TokenKind::name);
      if (kind.text == "mutation") {
        root.kind = ast::OperationKind::mutation;
      } else if (kind.text == "subscription") {
        root.kind = ast::OperationKind::subscription;
      } else if (kind.text != "query") {
        unexpected(kind);
      }
      expect(TokenKind::colon);
      const Token type = expect(TokenKind::name);
      root.type = {type.text, type.at};
      document_.root_types.push_back(root);
    });
  }
  definition.roots = {first, static_cast<std::uint32_t>(document_.root_types.size()) - first};
  if (definition.is_extension && definition.roots.is_empty() && definition.directives.is_empty())
    unexpected(token_);
  document_.definitions.push_back(
      {ast::DefinitionKind::schema, static_cast<std::uint32_t>(document_.schemas.size())});
  document_.schemas.push_back(definition);
}

void Parser::type_definition(ast::TypeDefinition definition, ast::TypeKind kind) {
  definition.kind = kind;
  definition.name_at = token_.at;
  definition.name = name();
  const bool has_fields = kind == ast::TypeKind::object || kind == ast::TypeKind::interface;
  if (has_fields) definition.interfaces = interfaces();
  definition.directives = directives(Constness::constant);
  if (has_fields) definition.fields = fields();
  if (kind == ast::TypeKind::union_type) definition.members = union_members();
  if (kind == ast::TypeKind::enum_type) definition.values = enum_values();
  if (kind == ast::TypeKind::input && peek(TokenKind::brace_open))
    definition.inputs = input_values(TokenKind::brace_open, TokenKind::brace_close);
  const bool says_nothing = definition.interfaces.is_empty() && definition.directives.is_empty() &&
                            definition.fields.is_empty() && definition.members.is_empty() &&
                            definition.values.is_empty() && definition.inputs.is_empty();
  if (definition.is_extension && says_nothing) unexpected(token_);
  document_.definitions.push_back(
      {ast::DefinitionKind::type, static_cast<std::uint32_t>(document_.types.size())});
  document_.types.push_back(definition);
}

ast::Span Parser::interfaces() {
  const auto first = static_cast<std::uint32_t>(document_.names.size());
  if (!take_keyword("implements")) return {first, 0};
  take(TokenKind::amp);
  do {
    const Token type = expect(TokenKind::name);
    document_.names.push_back({type.text, type.at});
  } while (take(TokenKind::amp));
  return {first, static_cast<std::uint32_t>(document_.names.size()) - first};
}

ast::Span Parser::fields() {
  const auto first = static_cast<std::uint32_t>(document_.fields.size());
  if (!peek(TokenKind::brace_open)) return {first, 0};
  one_or_more(TokenKind::brace_open, TokenKind::brace_close, [&] {
    ast::Field field;
    field.description = description();
    field.at = token_.at;
    field.name = name();
    if (peek(TokenKind::paren_open))
      field.arguments = input_values(TokenKind::paren_open, TokenKind::paren_close);
    expect(TokenKind::colon);
    field.type = type();
    field.directives = directives(Constness::constant);
    document_.fields.push_back(field);
  });
  return {first, static_cast<std::uint32_t>(document_.fields.size()) - first};
}

ast::Span Parser::input_values(TokenKind open, TokenKind close) {
  const auto first = static_cast<std::uint32_t>(document_.input_values.size());
  one_or_more(open, close, [&] {
    ast::InputValue input;
    input.description = description();
    input.at = token_.at;
    input.name = name();
    expect(TokenKind::colon);
    input.type = type();
    if (take(TokenKind::equals)) input.default_value = value_id(Constness::constant);
    input.directives = directives(Constness::constant);
    document_.input_values.push_back(input);
  });
  return {first, static_cast<std::uint32_t>(document_.input_values.size()) - first};
}

ast::Span Parser::union_members() {
  const auto first = static_cast<std::uint32_t>(document_.names.size());
  if (!take(TokenKind::equals)) return {first, 0};
  take(TokenKind::pipe);
  do {
    const Token type = expect(TokenKind::name);
    document_.names.push_back({type.text, type.at});
  } while (take(TokenKind::pipe));
  return {first, static_cast<std::uint32_t>(document_.names.size()) - first};
}

ast::Span Parser::enum_values() {
  const auto first = static_cast<std::uint32_t>(document_.enum_values.size());
  if (!peek(TokenKind::brace_open)) return {first, 0};
  one_or_more(TokenKind::brace_open, TokenKind::brace_close, [&] {
    ast::EnumValue value;
    value.description = description();
    value.at = token_.at;
    if (peek_keyword("true") || peek_keyword("false") || peek_keyword("null")) {
      fail(describe(token_) + " is reserved and cannot be used for an enum value.", token_.at);
    }
    value.name = name();
    value.directives = directives(Constness::constant);
    document_.enum_values.push_back(value);
  });
  return {first, static_cast<std::uint32_t>(document_.enum_values.size()) - first};
}

void Parser::directive_definition(ast::Description text, ast::Offset at) {
  ast::DirectiveDefinition definition;
  definition.description = text;
  definition.at = at;
  expect(TokenKind::at);
  definition.name_at = token_.at;
  definition.name = name();
  if (peek(TokenKind::paren_open))
    definition.arguments = input_values(TokenKind::paren_open, TokenKind::paren_close);
  definition.is_repeatable = take_keyword("repeatable");
  expect_keyword("on");
  const auto first = static_cast<std::uint32_t>(document_.names.size());
  take(TokenKind::pipe);
  do {
    const Token location = expect(TokenKind::name);
    if (std::find(std::begin(kLocations), std::end(kLocations), location.text) ==
        std::end(kLocations)) {
      unexpected(location);
    }
    document_.names.push_back({location.text, location.at});
  } while (take(TokenKind::pipe));
  definition.locations = {first, static_cast<std::uint32_t>(document_.names.size()) - first};
  document_.definitions.push_back(
      {ast::DefinitionKind::directive,
       static_cast<std::uint32_t>(document_.directive_definitions.size())});
  document_.directive_definitions.push_back(definition);
}

}  // namespace sqlxc::graphql
