#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/graphql/lexer.h>
#include <sqlxc/graphql/parser.h>

// What both halves of the grammar stand on. After the first error the parser sees nothing but an
// error token, so that every loop and every expectation ends at once; the first error is kept.
namespace sqlxc::graphql {

class Parser {
 public:
  Parser(ast::Document& document, const ParseLimits& limits);

  void parse_document();
  bool has_failed() const { return has_failed_; }
  const Lexer::Error& error() const { return error_; }

 private:
  enum class Constness : bool { variable, constant };

  // Nothing may nest deeper than the limit: the parser calls itself.
  class Level {
   public:
    explicit Level(Parser& parser);
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  // parser.cpp: tokens
  void advance();
  bool peek(TokenKind kind) const { return token_.kind == kind; }
  bool peek_keyword(std::string_view word) const;
  bool peek_string() const;
  bool take(TokenKind kind);
  bool take_keyword(std::string_view word);
  Token expect(TokenKind kind);
  void expect_keyword(std::string_view word);
  std::string_view name() { return expect(TokenKind::name).text; }
  void fail(std::string message, ast::Offset at);
  void unexpected(const Token& token);
  template <class Read>
  void one_or_more(TokenKind open, TokenKind close, Read read);
  template <class T>
  static ast::Span move_tail(std::vector<T>& from, std::size_t start, std::vector<T>& to);

  // parser.cpp: executable definitions
  void definition();
  bool type_system_definition(std::string_view keyword, ast::Description description,
                              ast::Offset at);
  void operation(ast::Offset at);
  void fragment(ast::Offset at);
  ast::Span variable_definitions();
  ast::Span selection_set();
  ast::Selection selection();
  ast::Selection field();
  ast::Selection spread();
  std::string_view fragment_name();

  // parser_values.cpp: what both kinds of definitions are made of
  ast::Span arguments(Constness constness);
  ast::Argument argument(Constness constness);
  ast::Span directives(Constness constness);
  ast::ValueId value_id(Constness constness);
  ast::Value value(Constness constness);
  ast::Value list(Constness constness);
  ast::Value object(Constness constness);
  ast::Value variable(Constness constness);
  ast::Type type();

  // parser_schema.cpp
  ast::Description description();
  void extension(ast::Offset at);
  void schema_definition(ast::SchemaDefinition definition);
  void type_definition(ast::TypeDefinition definition, ast::TypeKind kind);
  void directive_definition(ast::Description description, ast::Offset at);
  ast::Span interfaces();
  ast::Span fields();
  ast::Span input_values(TokenKind open, TokenKind close);
  ast::Span union_members();
  ast::Span enum_values();

  ast::Document& document_;
  const ParseLimits& limits_;
  Lexer lexer_;
  Token token_;
  std::size_t depth_ = 0;
  bool has_failed_ = false;
  Lexer::Error error_;
  // Siblings are gathered here, so that those of one parent end up beside each other.
  std::vector<ast::Selection> open_selections_;
  std::vector<ast::Argument> open_arguments_;
  std::vector<ast::Value> open_values_;
};

template <class Read>
void Parser::one_or_more(TokenKind open, TokenKind close, Read read) {
  expect(open);
  do {
    read();
  } while (!has_failed_ && !take(close));
}

template <class T>
ast::Span Parser::move_tail(std::vector<T>& from, std::size_t start, std::vector<T>& to) {
  const ast::Span span{static_cast<std::uint32_t>(to.size()),
                       static_cast<std::uint32_t>(from.size() - start)};
  to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(start), from.end());
  from.resize(start);
  return span;
}

}  // namespace sqlxc::graphql
