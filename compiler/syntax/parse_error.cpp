#include "compiler/syntax/parse_error.h"

#include <algorithm>
#include <array>

#include "compiler/base/nearest.h"

namespace sqlxc::syntax {

namespace {

struct TokenWord {
  std::uint16_t token;
  std::string_view word;
};

constexpr TokenWord kWords[] = {
#define SQLXC_KEYWORD(TOKEN, WORD, POSTGRES, MYSQL, SQLITE) {sym::TOKEN, WORD},
#include "compiler/syntax/keywords.def"
#undef SQLXC_KEYWORD
};

std::string_view symbol_of(std::uint16_t token) {
  switch (token) {
    case sym::LPAREN:
    case sym::LPAREN_Q:
      return "(";
    case sym::RPAREN:
      return ")";
    case sym::RBRACKET:
      return "]";
    case sym::COMMA:
      return ",";
    case sym::EQ:
      return "=";
    case sym::SEMICOLON:
      return ";";
    default:
      return {};
  }
}

std::string_view word_of(std::uint16_t token) {
  if (const std::string_view symbol = symbol_of(token); !symbol.empty()) return symbol;
  for (const TokenWord& one : kWords) {
    if (one.token == token) return one.word;
  }
  return {};
}

// What a name would be, by the innermost rules.
std::string_view name_in(const std::vector<std::uint16_t>& rules) {
  for (const std::uint16_t rule : rules) {
    switch (rule) {
      case sym::RuleIdentifier:
      case sym::RulePath:
      case sym::RuleSoftKeyword:
      case sym::RuleIfNotExists:
      case sym::RuleIfExists:
        continue;
      case sym::RuleColumnDef:
      case sym::RuleTableElement:
      case sym::RuleTableElements:
      case sym::RuleNameList:
      case sym::RuleInsertColumn:
      case sym::RuleAssignTarget:
      case sym::RuleAlterAction:
        return "a column name";
      case sym::RuleTypeName:
      case sym::RuleTypePath:
        return "a type";
      case sym::RuleFromItem:
      case sym::RuleFromPrimary:
      case sym::RuleReferences:
      case sym::RuleCreateTable:
      case sym::RuleAlterTable:
      case sym::RuleInsertStatement:
      case sym::RuleDeleteTarget:
        return "a table name";
      default:
        return "a name";
    }
  }
  return "a name";
}

bool has(const ParseFailure& failure, std::uint16_t token) {
  return std::binary_search(failure.expected.begin(), failure.expected.end(), token);
}

bool is_in(const ParseFailure& failure, std::uint16_t rule) {
  return !failure.rules.empty() && failure.rules.front() == rule;
}

std::string quoted(std::string_view word) { return "`" + std::string(word) + "`"; }

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " or " : ", ";
    out += parts[i];
  }
  return out;
}

}  // namespace

std::string seen(std::string_view text, const Token& token) {
  if (token.type == sym::END_OF_TEXT) return "the end of the statement";
  std::string_view shown = text_of(text, token);
  if (shown.size() > 40 || shown.find('\n') != std::string_view::npos) {
    if (token.type == sym::STRING) return "a string";
    shown = shown.substr(0, std::min<std::size_t>(40, shown.find('\n')));
  }
  return quoted(shown);
}

std::string expected(const ParseFailure& failure) {
  std::vector<std::string> parts;
  const bool has_name = has(failure, sym::IDENTIFIER);
  const bool has_expr = has(failure, sym::NUMBER) && has(failure, sym::STRING) && has_name;
  const bool has_infix = has(failure, sym::OP) && has(failure, sym::AND);
  if (has_expr) {
    parts.emplace_back(has(failure, sym::SELECT) ? "an expression or a query" : "an expression");
  } else if (has_infix) {
    parts.emplace_back("an operator");
  } else if (is_in(failure, sym::RuleColumnDef) && has_name && has(failure, sym::NOT)) {
    parts.emplace_back("a type");
    parts.emplace_back("a constraint");
  } else if (has(failure, sym::NOT) && has(failure, sym::CHECK_) && has(failure, sym::REFERENCES)) {
    parts.emplace_back("a constraint");
  } else if (has_name) {
    parts.emplace_back(name_in(failure.rules));
  } else if (has(failure, sym::STRING)) {
    parts.emplace_back("a string");
  } else if (has(failure, sym::NUMBER)) {
    parts.emplace_back("a number");
  }
  static constexpr std::array<std::uint16_t, 4> kMarks = {sym::COMMA, sym::RPAREN, sym::RBRACKET,
                                                          sym::EQ};
  for (const std::uint16_t mark : kMarks) {
    if (mark == sym::EQ && has_infix) continue;
    if (has(failure, mark)) parts.push_back(quoted(symbol_of(mark)));
  }
  if ((has(failure, sym::LPAREN) || has(failure, sym::LPAREN_Q)) && !has_expr)
    parts.emplace_back("`(`");
  // Words, where there are few of them.
  std::vector<std::string> words;
  for (const std::uint16_t token : failure.expected) {
    if (!symbol_of(token).empty() || token == sym::END_OF_TEXT) continue;
    const std::string_view word = word_of(token);
    if (!word.empty()) words.push_back(quoted(word));
  }
  if (words.size() <= 5 && !has_expr && !has_infix)
    parts.insert(parts.end(), words.begin(), words.end());
  if (has(failure, sym::END_OF_TEXT) && parts.size() < 4)
    parts.emplace_back("the end of the statement");
  if (parts.empty() && !words.empty())
    parts.assign(words.begin(), words.begin() + std::min<std::ptrdiff_t>(
                                                    4, static_cast<std::ptrdiff_t>(words.size())));
  if (parts.empty()) return "something else";
  return joined(parts);
}

std::string hint(std::string_view text, const ParseTree& tree, const ParseFailure& failure) {
  const Token& token = tree.tokens[failure.token];
  const std::string_view word = text_of(text, token);
  if (token.type != sym::IDENTIFIER || word.size() < 3) return {};
  std::vector<std::string_view> candidates;
  for (const std::uint16_t type : failure.expected) {
    const std::string_view candidate = word_of(type);
    if (candidate.size() > 2) candidates.push_back(candidate);
  }
  return did_you_mean(nearest(word, candidates));
}

}  // namespace sqlxc::syntax
