#include <array>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/tokens.h"

namespace sqlxc::syntax {

namespace {

struct Mark {
  std::string_view word;
  Dialect dialect;
  int weight;
};

constexpr Mark kMarks[] = {{"auto_increment", Dialect::mysql, 9},
                           {"engine", Dialect::mysql, 6},
                           {"charset", Dialect::mysql, 4},
                           {"unsigned", Dialect::mysql, 4},
                           {"tinyint", Dialect::mysql, 2},
                           {"mediumtext", Dialect::mysql, 4},
                           {"longtext", Dialect::mysql, 3},
                           {"datetime", Dialect::mysql, 1},
                           {"delimiter", Dialect::mysql, 4},
                           {"innodb", Dialect::mysql, 9},
                           {"myisam", Dialect::mysql, 9},
                           {"zerofill", Dialect::mysql, 5},
                           {"enum", Dialect::mysql, 1},
                           {"use", Dialect::mysql, 2},
                           {"mediumint", Dialect::mysql, 4},
                           {"autoincrement", Dialect::sqlite, 12},
                           {"pragma", Dialect::sqlite, 12},
                           {"rowid", Dialect::sqlite, 12},
                           {"strict", Dialect::sqlite, 2},
                           {"glob", Dialect::sqlite, 4},
                           {"strftime", Dialect::sqlite, 6},
                           {"fts5", Dialect::sqlite, 12},
                           {"virtual", Dialect::sqlite, 2},
                           {"raise", Dialect::sqlite, 2},
                           {"serial", Dialect::postgres, 5},
                           {"bigserial", Dialect::postgres, 9},
                           {"jsonb", Dialect::postgres, 9},
                           {"timestamptz", Dialect::postgres, 9},
                           {"plpgsql", Dialect::postgres, 12},
                           {"regclass", Dialect::postgres, 12},
                           {"search_path", Dialect::postgres, 12},
                           {"extension", Dialect::postgres, 9},
                           {"bytea", Dialect::postgres, 9},
                           {"owner", Dialect::postgres, 3},
                           {"uuid", Dialect::postgres, 1},
                           {"inherits", Dialect::postgres, 4},
                           {"stdin", Dialect::postgres, 6},
                           {"domain", Dialect::postgres, 2},
                           {"tsvector", Dialect::postgres, 9},
                           {"citext", Dialect::postgres, 9},
                           {"generated", Dialect::postgres, 1},
                           {"varying", Dialect::postgres, 4},
                           {"nextval", Dialect::postgres, 9},
                           {"pg_catalog", Dialect::postgres, 12}};

// Two words that only one of them writes side by side.
struct Phrase {
  std::string_view first;
  std::string_view second;
  Dialect dialect;
  int weight;
};

constexpr Phrase kPhrases[] = {
    {"create", "type", Dialect::postgres, 9},       {"create", "domain", Dialect::postgres, 9},
    {"alter", "type", Dialect::postgres, 9},        {"comment", "on", Dialect::postgres, 6},
    {"materialized", "view", Dialect::postgres, 6}, {"as", "identity", Dialect::postgres, 6}};

// SQLite's scanner takes [x] for a name: PostgreSQL's arrays are int[] and int[3].
void add_brackets(std::string_view quoted, bool is_behind_word, std::array<int, 3>& score) {
  const std::string_view inner = quoted.substr(1, quoted.size() < 2 ? 0 : quoted.size() - 2);
  const bool is_size = inner.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_size && is_behind_word) score[static_cast<std::size_t>(Dialect::postgres)] += 3;
  if (!is_size && !is_behind_word) score[static_cast<std::size_t>(Dialect::sqlite)] += 3;
}

}  // namespace

Dialect detect_dialect(std::string_view text) {
  std::array<int, 3> score{};
  const auto add = [&](Dialect dialect, int weight) {
    score[static_cast<std::size_t>(dialect)] += weight;
  };
  // The beginning says enough; strings and comments are passed over.
  const std::string_view head = text.substr(0, 400000);
  if (head.find("/*!4") != std::string_view::npos) add(Dialect::mysql, 12);
  Scanner scanner(head, Dialect::sqlite, 0, static_cast<std::uint32_t>(head.size()));
  std::string_view before;  // the word in front, where there is one
  for (Lexeme lexeme = scanner.next(); lexeme.shape != Shape::end; lexeme = scanner.next()) {
    const std::string_view word = head.substr(lexeme.begin, lexeme.end - lexeme.begin);
    if (lexeme.shape == Shape::word) {
      for (const Mark& mark : kMarks) {
        if (is_word(word, mark.word)) add(mark.dialect, mark.weight);
      }
      for (const Phrase& phrase : kPhrases) {
        if (is_word(word, phrase.second) && is_word(before, phrase.first))
          add(phrase.dialect, phrase.weight);
      }
    } else if (lexeme.shape == Shape::quoted && word.front() == '[') {
      const bool is_name = is_word(before, "table") || is_word(before, "into") ||
                           is_word(before, "from") || is_word(before, "references") ||
                           is_word(before, "on") || is_word(before, "index");
      add_brackets(word, !before.empty() && !is_name, score);
    } else if (lexeme.shape == Shape::quoted && word.front() == '`') {
      add(Dialect::mysql, 2);
    } else if (lexeme.shape == Shape::colon && lexeme.end < head.size() &&
               head[lexeme.end] == ':') {
      add(Dialect::postgres, 3);
    } else if (lexeme.shape == Shape::typecast) {
      add(Dialect::postgres, 3);
    } else if (lexeme.shape == Shape::other && word == "$") {
      add(Dialect::postgres, 2);
    }
    before = lexeme.shape == Shape::word ? word : std::string_view{};
  }
  const int postgres = score[0];
  if (score[2] > postgres && score[2] >= score[1]) return Dialect::sqlite;
  if (score[1] > postgres) return Dialect::mysql;
  return Dialect::postgres;
}

}  // namespace sqlxc::syntax
