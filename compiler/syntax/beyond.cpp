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
    {Dialect::postgres, "", "all", "group", "", "group by all"},
    {Dialect::mysql, "returning", "", "json_value", "", "json_value returning"},
    {Dialect::mysql, "array", "", "cast", "", "cast as array"},
    {Dialect::mysql, "fields", "", "outfile", "", "into outfile fields"},
    {Dialect::mysql, "columns", "", "outfile", "", "into outfile columns"},
    {Dialect::mysql, "lines", "", "outfile", "", "into outfile lines"},
};

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
