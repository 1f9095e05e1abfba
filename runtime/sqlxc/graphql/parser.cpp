#include <sqlxc/graphql/parser.h>

#include <utility>

#include <sqlxc/graphql/parser_base.h>

namespace sqlxc::graphql {

std::expected<ast::Document, Error> parse(std::string_view source, const ParseLimits& limits) {
  if (source.size() > limits.max_bytes) {
    return std::unexpected(Error{.message = "Syntax Error: Document has more than " +
                                            std::to_string(limits.max_bytes) +
                                            " bytes. Parsing aborted.",
                                 .code = std::string(kParseFailed)});
  }
  ast::Document document;
  document.source = source;
  Parser parser(document, limits);
  parser.parse_document();
  if (!parser.has_failed()) return document;
  return std::unexpected(Error{.message = "Syntax Error: " + parser.error().message,
                               .locations = {LineIndex(source).locate(parser.error().at)},
                               .code = std::string(kParseFailed)});
}

Parser::Parser(ast::Document& document, const ParseLimits& limits)
    : document_(document), limits_(limits), lexer_(document.source, document.unescaped) {}

Parser::Level::Level(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ > parser_.limits_.max_depth) {
    parser_.fail("Document nests more than " + std::to_string(parser_.limits_.max_depth) +
                     " levels. Parsing aborted.",
                 parser_.token_.at);
  }
}

void Parser::advance() {
  if (has_failed_) return;
  token_ = lexer_.next();
  if (token_.kind == TokenKind::error) return fail(lexer_.error().message, lexer_.error().at);
  if (token_.kind != TokenKind::end && ++document_.token_count > limits_.max_tokens) {
    fail("Document contains more than " + std::to_string(limits_.max_tokens) +
             " tokens. Parsing aborted.",
         token_.at);
  }
}

bool Parser::peek_keyword(std::string_view word) const {
  return token_.kind == TokenKind::name && token_.text == word;
}

bool Parser::peek_string() const {
  return peek(TokenKind::string) || peek(TokenKind::block_string);
}

bool Parser::take(TokenKind kind) {
  if (!peek(kind)) return false;
  advance();
  return true;
}

bool Parser::take_keyword(std::string_view word) {
  if (!peek_keyword(word)) return false;
  advance();
  return true;
}

Token Parser::expect(TokenKind kind) {
  const Token token = token_;
  if (peek(kind)) {
    advance();
  } else {
    fail("Expected " + std::string(describe(kind)) + ", found " + describe(token) + ".", token.at);
  }
  return token;
}

void Parser::expect_keyword(std::string_view word) {
  if (take_keyword(word)) return;
  fail("Expected \"" + std::string(word) + "\", found " + describe(token_) + ".", token_.at);
}

void Parser::fail(std::string message, ast::Offset at) {
  if (has_failed_) return;
  has_failed_ = true;
  error_ = {std::move(message), at};
  token_ = {TokenKind::error, at, at, {}};
}

void Parser::unexpected(const Token& token) {
  fail("Unexpected " + describe(token) + ".", token.at);
}

void Parser::parse_document() {
  advance();
  do {
    definition();
  } while (!has_failed_ && !peek(TokenKind::end));
}

void Parser::definition() {
  const ast::Offset at = token_.at;
  if (peek(TokenKind::brace_open)) return operation(at);
  const ast::Description text = description();
  if (!peek(TokenKind::name)) return unexpected(token_);
  const std::string_view keyword = token_.text;
  if (type_system_definition(keyword, text, at)) return;
  if (keyword == "query" || keyword == "mutation" || keyword == "subscription") {
    return operation(at);
  }
  if (keyword == "fragment") return fragment(at);
  if (text) {
    return fail("Unexpected description, descriptions are supported only on type definitions.", at);
  }
  if (keyword == "extend") return extension(at);
  unexpected(token_);
}

bool Parser::type_system_definition(std::string_view keyword, ast::Description text,
                                    ast::Offset at) {
  constexpr std::pair<std::string_view, ast::TypeKind> kTypes[] = {
      {"scalar", ast::TypeKind::scalar},       {"type", ast::TypeKind::object},
      {"interface", ast::TypeKind::interface}, {"union", ast::TypeKind::union_type},
      {"enum", ast::TypeKind::enum_type},      {"input", ast::TypeKind::input},
  };
  for (const auto& [word, kind] : kTypes) {
    if (keyword != word) continue;
    advance();
    type_definition({.at = at, .description = text}, kind);
    return true;
  }
  if (keyword == "schema") {
    advance();
    schema_definition({.at = at, .description = text});
    return true;
  }
  if (keyword == "directive") {
    advance();
    directive_definition(text, at);
    return true;
  }
  return false;
}

void Parser::operation(ast::Offset at) {
  ast::Operation operation;
  operation.at = at;
  if (!peek(TokenKind::brace_open)) {
    if (peek_keyword("mutation")) operation.kind = ast::OperationKind::mutation;
    if (peek_keyword("subscription")) operation.kind = ast::OperationKind::subscription;
    advance();
    operation.name_at = token_.at;
    if (peek(TokenKind::name)) operation.name = name();
    operation.variables = variable_definitions();
    operation.directives = directives(Constness::variable);
  }
  operation.selections = selection_set();
  document_.definitions.push_back(
      {ast::DefinitionKind::operation, static_cast<std::uint32_t>(document_.operations.size())});
  document_.operations.push_back(operation);
}

void Parser::fragment(ast::Offset at) {
  advance();
  ast::Fragment fragment;
  fragment.at = at;
  fragment.name_at = token_.at;
  fragment.name = fragment_name();
  expect_keyword("on");
  const Token type = expect(TokenKind::name);
  fragment.type = {type.text, type.at};
  fragment.directives = directives(Constness::variable);
  fragment.selections = selection_set();
  document_.definitions.push_back(
      {ast::DefinitionKind::fragment, static_cast<std::uint32_t>(document_.fragments.size())});
  document_.fragments.push_back(fragment);
}

ast::Span Parser::variable_definitions() {
  const auto first = static_cast<std::uint32_t>(document_.variables.size());
  if (!peek(TokenKind::paren_open)) return {first, 0};
  one_or_more(TokenKind::paren_open, TokenKind::paren_close, [&] {
    ast::VariableDefinition variable;
    variable.at = token_.at;
    expect(TokenKind::dollar);
    variable.name_at = token_.at;
    variable.name = name();
    expect(TokenKind::colon);
    variable.type = type();
    if (take(TokenKind::equals)) variable.default_value = value_id(Constness::constant);
    variable.directives = directives(Constness::constant);
    document_.variables.push_back(variable);
  });
  return {first, static_cast<std::uint32_t>(document_.variables.size()) - first};
}

ast::Span Parser::selection_set() {
  const Level level(*this);
  const std::size_t start = open_selections_.size();
  one_or_more(TokenKind::brace_open, TokenKind::brace_close,
              [&] { open_selections_.push_back(selection()); });
  return move_tail(open_selections_, start, document_.selections);
}

ast::Selection Parser::selection() { return peek(TokenKind::spread) ? spread() : field(); }

ast::Selection Parser::field() {
  ast::Selection field;
  field.at = token_.at;
  field.name_at = token_.at;
  field.name = name();
  if (take(TokenKind::colon)) {
    field.alias = field.name;
    field.name_at = token_.at;
    field.name = name();
  }
  field.arguments = arguments(Constness::variable);
  field.directives = directives(Constness::variable);
  field.has_selections = peek(TokenKind::brace_open);
  field.selections_at = token_.at;
  if (field.has_selections) field.selections = selection_set();
  return field;
}

ast::Selection Parser::spread() {
  ast::Selection spread;
  spread.at = token_.at;
  advance();
  spread.name_at = token_.at;
  const bool has_type = take_keyword("on");
  if (!has_type && peek(TokenKind::name)) {
    spread.kind = ast::SelectionKind::spread;
    spread.name = fragment_name();
    spread.directives = directives(Constness::variable);
    return spread;
  }
  spread.kind = ast::SelectionKind::inline_fragment;
  spread.name_at = token_.at;
  if (has_type) spread.name = name();
  spread.directives = directives(Constness::variable);
  spread.has_selections = true;
  spread.selections = selection_set();
  return spread;
}

std::string_view Parser::fragment_name() {
  if (peek_keyword("on")) unexpected(token_);
  return name();
}

}  // namespace sqlxc::graphql
