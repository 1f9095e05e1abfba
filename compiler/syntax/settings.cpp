#include "compiler/syntax/settings.h"

#include "compiler/syntax/build.h"

namespace sqlxc::syntax {

namespace {

std::string value_of(const BuildContext& context, std::uint32_t index) {
  const Token& token = context.tree->tokens[index];
  if (token.type == sym::STRING || token.type == sym::QUOTED_IDENTIFIER) {
    return build::name_of_token(context, index).text;
  }
  return std::string(text_of(context.text, token));
}

}  // namespace

ast::Setting setting(const BuildContext& context) {
  const auto& tokens = context.tree->tokens;
  const auto text = [&](std::size_t i) { return text_of(context.text, tokens[i]); };
  ast::Setting made;
  made.verb = lower_case(text(0));
  std::uint32_t at = 1;
  const auto is_end = [&](std::uint32_t i) { return tokens[i].type == sym::END_OF_TEXT; };
  if (made.verb == "set") {
    while (!is_end(at) && (is_word(text(at), "session") || is_word(text(at), "local") ||
                           is_word(text(at), "global") || is_word(text(at), "persist"))) {
      ++at;
    }
  }
  if (made.verb == "use") {
    made.name = "database";
    if (!is_end(at)) made.values.push_back(value_of(context, at));
    return made;
  }
  // The name goes up to = or TO.
  for (; !is_end(at); ++at) {
    const std::uint16_t type = tokens[at].type;
    if (type == sym::EQ || type == sym::ASSIGN || type == sym::TO || type == sym::LPAREN) {
      ++at;
      break;
    }
    const bool is_joined = type == sym::DOT || made.name.ends_with('.') || made.name.empty();
    if (!is_joined) {
      // SET NAMES utf8: no sign between the two.
      break;
    }
    made.name += lower_case(value_of(context, at));
  }
  while (made.name.starts_with('@')) made.name.erase(0, 1);
  for (const std::string_view scope : {"session.", "global.", "local."}) {
    if (made.name.starts_with(scope)) made.name.erase(0, scope.size());
  }
  for (; !is_end(at); ++at) {
    const std::uint16_t type = tokens[at].type;
    if (type != sym::COMMA && type != sym::RPAREN) made.values.push_back(value_of(context, at));
  }
  return made;
}

ast::Statement command(const BuildContext& context, std::uint32_t begin, std::uint32_t end) {
  ast::Statement made;
  std::string_view line = context.text.substr(begin, end - begin);
  const std::size_t blank = line.find_first_of(" \t\r");
  const std::string word = lower_case(line.substr(0, blank));
  if (word != "\\connect" && word != "\\c") {
    made.node = ast::Other{word, true};
    return made;
  }
  ast::Setting connect;
  connect.verb = "connect";
  connect.name = "database";
  if (blank != std::string_view::npos) {
    line.remove_prefix(blank);
    const std::size_t first = line.find_first_not_of(" \t\r");
    const std::size_t last = line.find_last_not_of(" \t\r");
    if (first != std::string_view::npos)
      connect.values.emplace_back(line.substr(first, last - first + 1));
  }
  made.node = std::move(connect);
  return made;
}

void as_setting(ast::Statement& statement) {
  const auto* select = std::get_if<ast::SelectStatement>(&statement.node);
  if (select == nullptr || select->query.select.empty()) return;
  const auto& items = select->query.select[0].items;
  if (items.size() != 1 || items[0].expr.kind != ast::Expr::Kind::call) return;
  const ast::Expr& call = items[0].expr;
  if (call.path.last() != "set_config" || call.args.size() < 2 ||
      call.args[0].kind != ast::Expr::Kind::string)
    return;
  ast::Setting made;
  made.verb = "set_config";
  made.name = call.args[0].text;
  // The value is a list of names, as SET would take it.
  std::string value;
  for (const char c : call.args[1].text + ",") {
    if (c == ',') {
      if (!value.empty()) made.values.push_back(std::move(value));
      value.clear();
    } else if (c != ' ' && c != '"') {
      value += c;
    }
  }
  if (made.values.empty()) made.values.emplace_back();
  statement.node = std::move(made);
}

}  // namespace sqlxc::syntax
