#include "compiler/syntax/split.h"

#include <algorithm>
#include <array>

#include "compiler/syntax/tokens.h"

namespace sqlxc::syntax {

namespace {

class Splitter {
 public:
  Splitter(std::string_view text, Dialect dialect, const Server& server)
      : text_(text),
        dialect_(dialect),
        size_(static_cast<std::uint32_t>(text.size())),
        scanner_(text, dialect, 0, size_) {
    scanner_.set_server(server);
  }

  Pieces run();

 private:
  // What is known of the statement that is being read.
  struct State {
    Piece piece;
    std::uint32_t lexemes = 0;
    std::array<std::string_view, 4> words{};  // its first ones
    std::uint32_t brackets = 0;
    std::uint32_t blocks = 0;   // BEGINs and CASEs that are open
    bool is_routine = false;    // a trigger's or routine's body may hold semicolons
    bool is_rule = false;       // PostgreSQL's CREATE RULE ... DO (a; b)
    bool is_begun = false;      // the body's BEGIN was seen
    bool wants_atomic = false;  // PostgreSQL: only BEGIN ATOMIC opens a body
    std::string_view before;    // the word before this one
  };

  void read_statement();
  void report_open_comment();
  bool at_client_comment();
  bool at_line_command();
  void take_line(Piece::Kind kind, std::uint32_t begin);
  void take_delimiter();
  void word(State& state, std::string_view word);
  void finish(State& state, std::uint32_t end);
  void take_copy_data(State& state);
  void take_sql_mode(std::string_view statement);
  bool first_is(const State& state, std::string_view w) const { return is_word(state.words[0], w); }
  std::uint32_t line_end(std::uint32_t from) const {
    const std::size_t found = text_.find('\n', from);
    return found == std::string_view::npos ? size_ : static_cast<std::uint32_t>(found);
  }
  bool is_at_line_start(std::uint32_t at) const {
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == 0 || text_[at - 1] == '\n';
  }

  std::string_view text_;
  Dialect dialect_;
  std::uint32_t size_;
  Scanner scanner_;
  std::string_view delimiter_;  // empty: the semicolon
  bool ansi_quotes_ = false;
  bool saved_ansi_quotes_ = false;  // by SET @old = @@sql_mode
  Pieces made_;
};

Pieces Splitter::run() {
  if (text_.starts_with("\xEF\xBB\xBF")) scanner_.go_to(3);
  while (scanner_.skip() < size_) {
    if (!at_client_comment() && !at_line_command()) read_statement();
  }
  report_open_comment();
  made_.comments = scanner_.comments();
  return std::move(made_);
}

// A comment behind the last statement that does not end belongs to none.
void Splitter::report_open_comment() {
  const Unterminated& open = scanner_.unterminated();
  if (open.what == Unterminated::What::nothing) return;
  for (const Piece& piece : made_.pieces) {
    if (piece.unterminated.what != Unterminated::What::nothing) return;
  }
  made_.pieces.push_back({Piece::Kind::sql, open.begin, size_, size_, ansi_quotes_, open});
}

void Splitter::take_line(Piece::Kind kind, std::uint32_t begin) {
  const std::uint32_t end = line_end(begin);
  made_.pieces.push_back({kind, begin, end, end, ansi_quotes_, {}});
  scanner_.go_to(end);
}

// DELIMITER takes the rest of its line.
void Splitter::take_delimiter() {
  const std::uint32_t begin = scanner_.position();
  const std::uint32_t end = line_end(begin);
  std::string_view rest = text_.substr(begin + 9, end - begin - 9);
  const std::size_t first = rest.find_first_not_of(" \t\r");
  rest = first == std::string_view::npos ? std::string_view{} : rest.substr(first);
  rest = rest.substr(0, rest.find_first_of(" \t\r"));
  delimiter_ = rest == ";" ? std::string_view{} : rest;
  scanner_.set_delimiter(delimiter_);
  scanner_.go_to(end);
}

// Between statements MySQL's client takes dashes without a blank behind them for a comment, too.
bool Splitter::at_client_comment() {
  if (dialect_ != Dialect::mysql || !text_.substr(scanner_.position()).starts_with("--"))
    return false;
  scanner_.skip_line_comment();
  return true;
}

bool Splitter::at_line_command() {
  const std::uint32_t at = scanner_.position();
  const char c = text_[at];
  if (!is_at_line_start(at)) return false;
  if (c == '\\' || (c == '.' && dialect_ == Dialect::sqlite)) {
    take_line(Piece::Kind::command, at);
    return true;
  }
  const std::uint32_t end = line_end(at);
  std::string_view line = text_.substr(at, end - at);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
    line.remove_suffix(1);
  if (line == "/" || is_word(line, "go")) {
    scanner_.go_to(end);
    return true;
  }
  if (dialect_ == Dialect::mysql && line.size() > 9 && is_word(line.substr(0, 9), "delimiter")) {
    take_delimiter();
    return true;
  }
  return false;
}

void Splitter::word(State& state, std::string_view w) {
  if (state.lexemes < state.words.size()) state.words[state.lexemes] = w;
  if (state.is_routine) {
    const bool is_end_of_flow = is_word(state.before, "end") &&
                                (is_word(w, "if") || is_word(w, "while") || is_word(w, "loop") ||
                                 is_word(w, "repeat") || is_word(w, "for"));
    if (is_word(w, "begin") && !state.wants_atomic) {
      ++state.blocks;
    } else if (is_word(w, "atomic") && is_word(state.before, "begin")) {
      ++state.blocks;
    } else if (is_word(w, "case") && state.blocks > 0 && !is_word(state.before, "end")) {
      ++state.blocks;
    } else if (is_word(w, "end") && state.blocks > 0) {
      --state.blocks;
    } else if (is_end_of_flow) {
      ++state.blocks;  // END IF ends no block
    }
  } else if (state.lexemes < 12 && state.brackets == 0 && first_is(state, "create")) {
    if (is_word(w, "trigger") || is_word(w, "procedure") || is_word(w, "function") ||
        is_word(w, "event") || is_word(w, "package")) {
      state.is_routine = true;
      state.wants_atomic = dialect_ == Dialect::postgres;
    }
    if (is_word(w, "rule")) state.is_rule = dialect_ == Dialect::postgres;
  } else if (state.brackets == 0 && (first_is(state, "insert") || first_is(state, "replace"))) {
    if (is_word(w, "values") || is_word(w, "value")) state.piece.kind = Piece::Kind::rows;
  }
  state.before = w;
}

void Splitter::finish(State& state, std::uint32_t end) {
  state.piece.end = end;
  state.piece.data_end = end;
  if (first_is(state, "copy") && dialect_ == Dialect::postgres) take_copy_data(state);
  state.piece.ansi_quotes = ansi_quotes_;
  made_.pieces.push_back(state.piece);
  if (dialect_ == Dialect::mysql && first_is(state, "set")) {
    take_sql_mode(text_.substr(state.piece.begin, end - state.piece.begin));
  }
}

// SET sql_mode = 'ANSI_QUOTES' holds from the next statement on, until the mode is set again.
// mysqldump keeps the mode it found in a variable, and sets it back from there.
void Splitter::take_sql_mode(std::string_view statement) {
  std::string lower(statement);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  for (std::size_t at = lower.find("sql_mode"); at != std::string::npos;
       at = lower.find("sql_mode", at + 8)) {
    std::size_t value = lower.find_first_not_of(" \t\r\n`:", at + 8);
    const bool is_own = at < 4 || lower.substr(at - 4, 4) != "old_";
    if (!is_own || value == std::string::npos || lower[value] != '=') continue;
    value = lower.find_first_not_of(" \t\r\n", value + 1);
    if (value == std::string::npos) continue;
    if (lower.find("@@sql_mode", 0) < at) saved_ansi_quotes_ = ansi_quotes_;
    if (lower[value] == '@' && lower.compare(value, 2, "@@") != 0) {
      ansi_quotes_ = saved_ansi_quotes_;
      continue;
    }
    // ANSI, ORACLE and their kin are modes that hold ANSI_QUOTES.
    bool holds = false;
    for (const std::string_view mode : {"ansi", "oracle", "postgresql", "db2", "maxdb", "mssql"}) {
      holds = holds || lower.find(mode, value) != std::string::npos;
    }
    const bool is_removed = lower.compare(value, 7, "replace") == 0;
    ansi_quotes_ = holds && !is_removed;
  }
  scanner_.set_ansi_quotes(ansi_quotes_);
}

// COPY t FROM stdin; and lines up to `\.`.
void Splitter::take_copy_data(State& state) {
  const std::string statement = [&] {
    std::string lower(text_.substr(state.piece.begin, state.piece.end - state.piece.begin));
    for (char& c : lower) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return lower;
  }();
  if (statement.find("stdin") == std::string::npos) return;
  state.piece.kind = Piece::Kind::rows;
  std::uint32_t at = line_end(scanner_.position());
  const std::size_t end = text_.find("\n\\.", at);
  at = end == std::string_view::npos ? size_ : line_end(static_cast<std::uint32_t>(end) + 1);
  state.piece.data_end = at;
  scanner_.go_to(at);
}

void Splitter::read_statement() {
  State state;
  state.piece.begin = scanner_.skip();
  std::uint32_t end = state.piece.begin;
  const Unterminated::What before = scanner_.unterminated().what;
  while (true) {
    const std::uint32_t at = scanner_.skip();
    if (!delimiter_.empty() && text_.substr(at, delimiter_.size()) == delimiter_) {
      scanner_.go_to(at + static_cast<std::uint32_t>(delimiter_.size()));
      break;
    }
    const Lexeme lexeme = scanner_.next();
    if (lexeme.shape == Shape::end) break;
    if (lexeme.shape == Shape::semicolon) {
      const bool is_inside = state.blocks > 0 || (state.is_rule && state.brackets > 0);
      // With a delimiter of its own the client sends all up to it, and the server reads statement
      // by statement; only a routine may be one statement with semicolons.
      const bool is_body = !delimiter_.empty() && state.is_routine;
      if (!is_inside && !is_body) break;
    }
    if (lexeme.shape == Shape::other && text_[lexeme.begin] == '\\' &&
        dialect_ == Dialect::postgres) {
      scanner_.go_to(line_end(lexeme.begin));
      break;
    }
    if (lexeme.shape == Shape::word) {
      // GO on a line of its own ends a statement that has no semicolon.
      const std::string_view w = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
      if (w.size() == 2 && is_word(w, "go") && is_at_line_start(lexeme.begin) &&
          state.brackets == 0) {
        const std::uint32_t line = line_end(lexeme.end);
        if (text_.substr(lexeme.end, line - lexeme.end).find_first_not_of(" \t\r;") ==
            std::string_view::npos) {
          scanner_.go_to(line);
          break;
        }
      }
      word(state, w);
    } else {
      if (lexeme.shape == Shape::lparen) ++state.brackets;
      if (lexeme.shape == Shape::rparen && state.brackets > 0) --state.brackets;
      if (lexeme.shape != Shape::dot) state.before = {};
    }
    ++state.lexemes;
    end = lexeme.end;
  }
  if (before == Unterminated::What::nothing) state.piece.unterminated = scanner_.unterminated();
  if (state.lexemes > 0) {
    finish(state, end);
  } else if (state.piece.unterminated.what != Unterminated::What::nothing) {
    state.piece.end = state.piece.data_end = size_;
    made_.pieces.push_back(state.piece);
  }
}

}  // namespace

Pieces split(std::string_view text, Dialect dialect, const Server& server) {
  return Splitter(text, dialect, server).run();
}

}  // namespace sqlxc::syntax
