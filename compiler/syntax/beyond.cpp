#include "compiler/syntax/beyond.h"

#include <algorithm>

namespace sqlxc::syntax {

namespace {

// `word` stands where the grammar stopped, `before` right before it, `earlier` somewhere before;
// an empty one is not asked for.
struct Construct {
  Dialect dialect;
  std::string_view word;
  std::string_view before;
  std::string_view earlier;
  std::string_view behind;
  std::string_view name;
};

constexpr Construct kConstructs[] = {
    {Dialect::postgres, "match", "", "graph_table", "", "graph_table"},
    {Dialect::postgres, "for", "", "", "portion", "for portion of"},
    {Dialect::postgres, "", "uescape", "", "", "uescape"},
    {Dialect::postgres, "local", "at", "", "", "at local"},
    {Dialect::postgres, "without", "", "primary", "overlaps", "without overlaps"},
    {Dialect::postgres, "without", "", "unique", "overlaps", "without overlaps"},
    {Dialect::postgres, "", "period", "foreign", "", "foreign key with period"},
    {Dialect::postgres, "with", "returning", "", "", "returning with"},
    {Dialect::postgres, "do", "", "conflict", "select", "on conflict do select"},
    {Dialect::postgres, "", "all", "group", "", "group by all"},
    {Dialect::mysql, "returning", "", "json_value", "", "json_value returning"},
    {Dialect::mysql, "array", "", "cast", "", "cast as array"},
    {Dialect::mysql, "fields", "", "outfile", "", "into outfile fields"},
    {Dialect::mysql, "columns", "", "outfile", "", "into outfile columns"},
    {Dialect::mysql, "lines", "", "outfile", "", "into outfile lines"},
};

// PostgreSQL 16's constructors and 17's functions, whose arguments have words of their own.
constexpr std::string_view kJsonCalls[] = {
    "json",       "json_array",  "json_arrayagg",  "json_exists", "json_object", "json_objectagg",
    "json_query", "json_scalar", "json_serialize", "json_table",  "json_value"};
constexpr std::string_view kJsonWords[] = {":",      "absent",  "default", "empty",     "error",
                                           "false",  "format",  "keep",    "null",      "omit",
                                           "on",     "passing", "quotes",  "returning", "true",
                                           "unique", "unknown", "value",   "with",      "without"};

// Which of those the token at `at` stands in, if it is one of their words.
std::string_view json_call(std::string_view text, const std::vector<Token>& tokens,
                           std::size_t at) {
  const auto is_one_of = [&](const auto& words, std::size_t i) -> std::string_view {
    for (const std::string_view word : words) {
      if (is_word(text_of(text, tokens[i]), word)) return word;
    }
    return {};
  };
  int depth = 0;
  for (std::size_t i = at; i-- > 0;) {
    const std::uint16_t type = tokens[i].type;
    if (type == sym::RPAREN) ++depth;
    if (type != sym::LPAREN && type != sym::LPAREN_Q) continue;
    if (depth-- > 0) continue;
    const std::string_view call = i > 0 ? is_one_of(kJsonCalls, i - 1) : std::string_view{};
    return is_one_of(kJsonWords, at).empty() ? std::string_view{} : call;
  }
  return {};
}

}  // namespace

std::string_view beyond(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                        Dialect dialect) {
  const auto word = [&](std::size_t i) {
    return i < tokens.size() ? text_of(text, tokens[i]) : std::string_view{};
  };
  // psql: :name, :'name' and :"name", without a blank.
  if (dialect == Dialect::postgres && tokens[at].type == sym::COLON && at + 1 < tokens.size() &&
      tokens[at + 1].begin == tokens[at].end && tokens[at + 1].begin < tokens[at + 1].end) {
    return "psql variable";
  }
  if (dialect == Dialect::postgres) {
    if (const std::string_view call = json_call(text, tokens, at); !call.empty()) return call;
    // json_array(select 1): a query is its argument.
    if (tokens[at].type == sym::LPAREN_Q && at > 0 && is_word(word(at - 1), "json_array"))
      return "json_array";
  }
  for (const Construct& one : kConstructs) {
    if (one.dialect != dialect || (!one.word.empty() && !is_word(word(at), one.word))) continue;
    if (!one.before.empty() && (at == 0 || !is_word(word(at - 1), one.before))) continue;
    if (!one.behind.empty() && !is_word(word(at + 1), one.behind)) continue;
    const auto is_earlier = [&](const Token& token) {
      return is_word(text_of(text, token), one.earlier);
    };
    const auto end = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    if (one.earlier.empty() || std::any_of(tokens.begin(), end, is_earlier)) return one.name;
  }
  return {};
}

}  // namespace sqlxc::syntax
