#include <sqlxc/graphql/parser_base.h>

namespace sqlxc::graphql {

ast::Span Parser::arguments(Constness constness) {
  if (!peek(TokenKind::paren_open)) return {};
  const std::size_t start = open_arguments_.size();
  one_or_more(TokenKind::paren_open, TokenKind::paren_close,
              [&] { open_arguments_.push_back(argument(constness)); });
  return move_tail(open_arguments_, start, document_.arguments);
}

ast::Argument Parser::argument(Constness constness) {
  ast::Argument argument;
  argument.at = token_.at;
  argument.name = name();
  expect(TokenKind::colon);
  argument.value = value_id(constness);
  return argument;
}

ast::Span Parser::directives(Constness constness) {
  const auto first = static_cast<std::uint32_t>(document_.directives.size());
  while (peek(TokenKind::at)) {
    ast::Directive directive;
    directive.at = token_.at;
    advance();
    directive.name = name();
    directive.arguments = arguments(constness);
    document_.directives.push_back(directive);
  }
  return {first, static_cast<std::uint32_t>(document_.directives.size()) - first};
}

ast::ValueId Parser::value_id(Constness constness) {
  const ast::Value parsed = value(constness);
  document_.values.push_back(parsed);
  return static_cast<ast::ValueId>(document_.values.size() - 1);
}

ast::Value Parser::value(Constness constness) {
  const Token token = token_;
  const auto scalar = [&](ast::ValueKind kind) {
    advance();
    return ast::Value{.kind = kind, .at = token.at, .text = token.text};
  };
  switch (token.kind) {
    case TokenKind::bracket_open:
      return list(constness);
    case TokenKind::brace_open:
      return object(constness);
    case TokenKind::int_value:
      return scalar(ast::ValueKind::int_value);
    case TokenKind::float_value:
      return scalar(ast::ValueKind::float_value);
    case TokenKind::string:
      return scalar(ast::ValueKind::string);
    case TokenKind::block_string: {
      ast::Value block = scalar(ast::ValueKind::string);
      block.is_block = true;
      return block;
    }
    case TokenKind::name:
      if (token.text == "true" || token.text == "false") return scalar(ast::ValueKind::boolean);
      return scalar(token.text == "null" ? ast::ValueKind::null : ast::ValueKind::enum_value);
    case TokenKind::dollar:
      return variable(constness);
    default:
      unexpected(token);
      return {};
  }
}

ast::Value Parser::list(Constness constness) {
  const Level level(*this);
  ast::Value list{.kind = ast::ValueKind::list, .at = token_.at};
  const std::size_t start = open_values_.size();
  advance();
  while (!has_failed_ && !take(TokenKind::bracket_close)) {
    const ast::Value item = value(constness);
    open_values_.push_back(item);
  }
  list.children = move_tail(open_values_, start, document_.values);
  return list;
}

ast::Value Parser::object(Constness constness) {
  const Level level(*this);
  ast::Value object{.kind = ast::ValueKind::object, .at = token_.at};
  const std::size_t start = open_arguments_.size();
  advance();
  while (!has_failed_ && !take(TokenKind::brace_close)) {
    const ast::Argument field = argument(constness);
    open_arguments_.push_back(field);
  }
  object.children = move_tail(open_arguments_, start, document_.arguments);
  return object;
}

ast::Value Parser::variable(Constness constness) {
  const Token dollar = token_;
  advance();
  if (constness == Constness::variable) {
    return {.kind = ast::ValueKind::variable, .at = dollar.at, .text = name()};
  }
  if (!peek(TokenKind::name)) {
    unexpected(dollar);
  } else {
    fail("Unexpected variable \"$" + std::string(token_.text) + "\" in constant value.", dollar.at);
  }
  return {};
}

// A loop and not a recursion: brackets are counted.
ast::Type Parser::type() {
  ast::Type type;
  type.at = token_.at;
  while (take(TokenKind::bracket_open)) {
    if (++type.wrapping.lists > ast::Wrapping::kMaxLists) {
      fail("Type nests more than " + std::to_string(ast::Wrapping::kMaxLists) + " lists.", type.at);
    }
  }
  type.name_at = token_.at;
  type.name = name();
  if (take(TokenKind::bang)) type.wrapping.non_null |= 1U;
  for (unsigned i = 1; i <= type.wrapping.lists && !has_failed_; ++i) {
    expect(TokenKind::bracket_close);
    if (take(TokenKind::bang)) type.wrapping.non_null |= 1U << i;
  }
  return type;
}

}  // namespace sqlxc::graphql
