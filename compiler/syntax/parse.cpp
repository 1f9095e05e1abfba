#include "compiler/syntax/parse.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "compiler/base/nearest.h"
#include "compiler/syntax/beyond.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/classify.h"
#include "compiler/syntax/comments.h"
#include "compiler/syntax/cut_names.h"
#include "compiler/syntax/deep_stack.h"
#include "compiler/syntax/do_block.h"
#include "compiler/syntax/narrow.h"
#include "compiler/syntax/parse_error.h"
#include "compiler/syntax/settings.h"
#include "compiler/syntax/split.h"

namespace sqlxc::syntax {

namespace {

constexpr std::uint32_t kDeepest = 1000;
constexpr std::uint32_t kShallow = 100;  // what any stack has room for

std::string_view name_of(Unterminated::What what) {
  switch (what) {
    case Unterminated::What::string:
      return "the string";
    case Unterminated::What::quoted_name:
      return "the quoted name";
    case Unterminated::What::comment:
      return "the comment";
    case Unterminated::What::dollar_string:
      return "the dollar-quoted string";
    case Unterminated::What::nothing:
      break;
  }
  return "the text";
}

// One source: the parser is kept from statement to statement.
class SourceParser {
 public:
  SourceParser(std::string_view text, SourceId source, Dialect dialect, Diagnostics* diagnostics,
               const ParseOptions& options)
      : options_(options), diagnostics_(diagnostics) {
    context_.text = text;
    context_.source = source;
    context_.dialect = dialect;
    context_.diagnostics = diagnostics;
    context_.tree = &tree_;
    context_.cut_names = &cut_names_;
  }

  ast::File file();
  std::optional<ast::Expr> expression(std::uint32_t begin, std::uint32_t end);
  std::optional<ast::Statement> query(std::uint32_t begin, std::uint32_t end);

 private:
  SourceRange range(std::uint32_t begin, std::uint32_t end) const {
    return {context_.source, begin, end};
  }
  SourceRange range(const Token& token) const { return range(token.begin, token.end); }
  std::optional<ast::Statement> statement(const Piece& piece);
  Block block_of(const Piece& piece);
  std::vector<ast::Statement> statements(const Piece& piece);
  ast::Statement rows(const Piece& piece);
  void with_room(const std::function<void()>& work) const {
    if (tokens_.depth > kShallow) return on_deep_stack(work);
    work();
  }
  bool lex_piece(std::uint32_t begin, std::uint32_t end);
  bool is_ended() const;
  bool run(std::uint16_t entry);
  bool is_refused(const std::optional<Refusal>& refused);
  void report_psql_variable();
  ast::Statement build(std::uint16_t entry);
  void report_unknown(const Class& found);

  ParseOptions options_;
  Diagnostics* diagnostics_;
  CutNames cut_names_;
  BuildContext context_;
  ParseTree tree_;
  TokenList tokens_;
  TreeParser parser_;
  bool ansi_quotes_ = false;
  bool has_named_parameters_ = false;
  Server server_;
  std::string_view skipped_;  // the construct for which run() gave up without an error
};

// False where what was read cannot be parsed; it was reported.
bool SourceParser::lex_piece(std::uint32_t begin, std::uint32_t end) {
  tokens_ = lex(context_.text, begin, end,
                {context_.dialect, ansi_quotes_, server_, has_named_parameters_});
  if (tokens_.depth > kDeepest) {
    const std::uint32_t at = tokens_.deepest_begin;
    if (diagnostics_ != nullptr) {
      diagnostics_->report<diag::NestedTooDeeply>(range(at, at + 1), std::to_string(kDeepest));
    }
    return false;
  }
  return true;
}

// Parses tokens_ into tree_ by the entry; false after an error, which was reported.
bool SourceParser::run(std::uint16_t entry) {
  tree_.tokens = tokens_.tokens;
  const std::optional<ParseFailure> failure = parser_.parse(entry, tree_);
  skipped_ = {};
  if (!failure) return !is_refused(refusal(context_));
  if (diagnostics_ == nullptr) return false;
  skipped_ = beyond(context_.text, tree_.tokens, failure->token, context_.dialect);
  if (!skipped_.empty()) {
    diagnostics_->report<diag::StatementSkipped>(range(tree_.tokens[failure->token]),
                                                 std::string(skipped_));
    return false;
  }
  const Token& token = tree_.tokens[failure->token];
  SourceRange where = range(token);
  if (token.type == sym::END_OF_TEXT && failure->token > 0) {
    // Just behind the last word.
    const std::uint32_t end = tree_.tokens[failure->token - 1].end;
    where = range(end, end);
  }
  Diagnostic& made = diagnostics_->report<diag::SyntaxError>(where, seen(context_.text, token),
                                                             expected(*failure));
  if (const std::string text = hint(context_.text, tree_, *failure); !text.empty()) made.help(text);
  return false;
}

// Reports what the dialect does not read of what the grammar did.
bool SourceParser::is_refused(const std::optional<Refusal>& refused) {
  if (refused && diagnostics_ != nullptr) {
    const Token& token = tree_.tokens[refused->token];
    SourceRange where = range(token);
    if (token.type == sym::END_OF_TEXT && refused->token > 0) {
      const std::uint32_t end = tree_.tokens[refused->token - 1].end;
      where = range(end, end);
    }
    diagnostics_->report<diag::SyntaxError>(where, seen(context_.text, token), refused->expected);
  }
  return refused.has_value();
}

// COPY t FROM :'file'; CREATE FUNCTION ... AS :'library': what psql puts there is not known.
void SourceParser::report_psql_variable() {
  if (context_.dialect != Dialect::postgres || diagnostics_ == nullptr) return;
  for (std::size_t i = 0; i + 1 < tree_.tokens.size(); ++i) {
    const Token& colon = tree_.tokens[i];
    const Token& name = tree_.tokens[i + 1];
    if (colon.type != sym::COLON || name.begin != colon.end || name.begin == name.end) continue;
    const bool is_copy = is_word(text_of(context_.text, tree_.tokens[0]), "copy");
    if (name.type != sym::STRING && !is_copy) continue;  // a[i:j] in a body
    diagnostics_->report<diag::StatementSkipped>(range(colon.begin, name.end), "psql variable");
    return;
  }
}

ast::Statement SourceParser::build(std::uint16_t entry) {
  const Node root(&context_, 0);
  const Node node = root.first();
  ast::Statement made;
  switch (entry) {
    case sym::RuleCreateTableEntry:
      made.node = build::create_table(node);
      break;
    case sym::RuleAlterTableEntry:
      made.node = build::alter_table(node);
      break;
    case sym::RuleCreateViewEntry:
      made.node = build::create_view(node);
      break;
    case sym::RuleCreateIndexEntry:
      made.node = build::create_index(node);
      break;
    case sym::RuleCreateTypeEntry:
      made.node = build::create_type(node);
      break;
    case sym::RuleAlterTypeEntry:
      made.node = build::alter_type(node);
      break;
    case sym::RuleCreateDomainEntry:
      made.node = build::create_domain(node);
      break;
    case sym::RuleAlterDomainEntry:
      made.node = build::alter_domain(node);
      break;
    case sym::RuleCreateSequenceEntry:
      return build::create_sequence(node);
    case sym::RuleCreateSchemaEntry:
      made.node = build::create_schema(node);
      break;
    case sym::RuleCreateFunctionEntry:
      report_psql_variable();
      made.node = build::create_function(node);
      break;
    case sym::RuleCreateTriggerEntry:
      made.node = build::create_trigger(node);
      break;
    case sym::RuleCommentOnEntry:
      made.node = build::comment_on(node);
      break;
    case sym::RuleDropEntry:
      made.node = build::drop(node);
      break;
    case sym::RuleRenameTableEntry:
      made.node = build::rename_table(node);
      break;
    default:
      return build::write(node);
  }
  return made;
}

void SourceParser::report_unknown(const Class& found) {
  if (diagnostics_ == nullptr) return;
  const Token& token = tokens_.tokens[found.token];
  const bool is_first = found.token == 0;
  const std::string what = !found.expected.empty() ? found.expected
                           : is_first              ? "a statement"
                                                   : "what it is to " +
                                            lower_case(text_of(context_.text, tokens_.tokens[0])) +
                                            ", as `table`, `view` or `index`";
  Diagnostic& made =
      diagnostics_->report<diag::SyntaxError>(range(token), seen(context_.text, token), what);
  if (!found.nearest.empty()) made.help(did_you_mean(found.nearest));
}

// INSERT INTO t ..., COPY t ...: the name is all that is wanted.
ast::Statement SourceParser::rows(const Piece& piece) {
  ast::Statement made;
  ast::DataRows data;
  const std::uint32_t end = std::min(piece.end, piece.begin + 2000);
  tokens_ = lex(context_.text, piece.begin, end, {context_.dialect, ansi_quotes_, server_, false});
  const auto& tokens = tokens_.tokens;
  std::size_t at = 1;
  while (at < tokens.size() && tokens[at].type != sym::INTO &&
         !is_word(text_of(context_.text, tokens[0]), "copy") && at < 5) {
    ++at;
  }
  if (at < tokens.size() && tokens[at].type == sym::INTO) ++at;
  if (at >= tokens.size() || at >= 5) at = 1;
  context_.tree = &tree_;
  tree_.tokens = tokens;
  // Names with dots between them.
  while (at < tokens.size() && tokens[at].type != sym::END_OF_TEXT) {
    data.table.names.push_back(build::name_of_token(context_, static_cast<std::uint32_t>(at)));
    if (at + 1 >= tokens.size() || tokens[at + 1].type != sym::DOT) break;
    at += 2;
  }
  if (!data.table.names.empty()) {
    data.table.range = join(data.table.names.front().range, data.table.names.back().range);
  }
  made.node = std::move(data);
  return made;
}

std::optional<ast::Statement> SourceParser::statement(const Piece& piece) {
  ansi_quotes_ = piece.ansi_quotes;
  if (piece.unterminated.what != Unterminated::What::nothing) {
    if (diagnostics_ != nullptr) {
      const std::uint32_t at = piece.unterminated.begin;
      diagnostics_->report<diag::Unterminated>(range(at, at + 1), name_of(piece.unterminated.what));
    }
    return std::nullopt;
  }
  if (piece.kind == Piece::Kind::command) return command(context_, piece.begin, piece.end);
  const bool is_copy = piece.data_end > piece.end;
  if (piece.kind == Piece::Kind::rows && (!options_.reads_rows || is_copy)) return rows(piece);
  if (!lex_piece(piece.begin, piece.end)) return std::nullopt;
  Class found = classify(context_.text, tokens_, context_.dialect);
  ast::Statement made;
  switch (found.kind) {
    case Class::Kind::grammar: {
      bool is_parsed = false;
      with_room([&] {
        is_parsed = run(found.entry);
        if (is_parsed) made = build(found.entry);
      });
      if (!is_parsed && skipped_.empty()) return std::nullopt;
      if (!is_parsed) made.node = ast::Other{std::string(skipped_), false};
    }
      as_setting(made);
      return made;
    case Class::Kind::setting:
      tree_.tokens = tokens_.tokens;
      if (is_refused(strange_character(context_))) return std::nullopt;
      if (found.construct == "pragma" && is_refused(pragma_refusal(context_))) return std::nullopt;
      made.node = setting(context_);
      return made;
    case Class::Kind::unsupported:
      if (diagnostics_ != nullptr) {
        const std::uint32_t last =
            std::min<std::uint32_t>(3, static_cast<std::uint32_t>(tokens_.tokens.size()) - 2);
        const SourceRange where = range(piece.begin, tokens_.tokens[last].end);
        diagnostics_->report<diag::StatementSkipped>(where, found.construct);
      }
      made.node = ast::Other{found.construct, false};
      return made;
    case Class::Kind::ignored:
      tree_.tokens = tokens_.tokens;
      if (is_refused(strange_character(context_))) return std::nullopt;
      if (found.construct == "copy" && context_.dialect == Dialect::postgres &&
          is_refused(copy_refusal(context_)))
        return std::nullopt;
      if (found.construct == "copy") report_psql_variable();
      made.node = ast::Other{found.construct, true};
      return made;
    case Class::Kind::unknown:
      report_unknown(found);
      return std::nullopt;
  }
  return std::nullopt;
}

// As if it had IF NOT EXISTS. CREATE TYPE has none in PostgreSQL: there it is an option.
void tolerate_existing(ast::Statement& statement) {
  std::visit(ast::Overloaded{
                 [](ast::CreateTable& node) { node.if_not_exists = true; },
                 [](ast::CreateView& node) { node.if_not_exists = !node.or_replace; },
                 [](ast::CreateIndex& node) { node.if_not_exists = true; },
                 [](ast::CreateSequence& node) { node.if_not_exists = true; },
                 [](ast::CreateType& node) {
                   using Kind = ast::CreateType::Kind;
                   if (node.kind == Kind::enumeration || node.kind == Kind::composite)
                     node.options.emplace_back("if not exists", "");
                 },
                 [](ast::AlterTable& node) {
                   for (ast::AlterAction& action : node.actions) action.if_not_exists = true;
                 },
                 [](const auto&) {},
             },
             statement.node);
}

// Of DO $$ ... $$; of any other statement nothing.
Block SourceParser::block_of(const Piece& piece) {
  constexpr std::string_view kVerb = "do";
  if (context_.dialect != Dialect::postgres || piece.kind != Piece::Kind::sql) return {};
  if (!is_word(context_.text.substr(piece.begin, kVerb.size()), kVerb)) return {};
  tokens_ = lex(context_.text, piece.begin, piece.end, {context_.dialect, false, server_, false});
  if (!is_word(text_of(context_.text, tokens_.tokens.front()), kVerb)) return {};
  for (const Token& token : tokens_.tokens) {
    const std::string_view body = text_of(context_.text, token);
    if (token.type != sym::STRING || !body.starts_with('$')) continue;
    const auto quote = static_cast<std::uint32_t>(body.find('$', 1) + 1);
    return read_block(context_.text, token.begin + quote, token.end - quote);
  }
  return {.statements = {}, .is_whole = false};
}

// What a piece amounts to: a DO whose statements are known is those.
std::vector<ast::Statement> SourceParser::statements(const Piece& piece) {
  std::vector<ast::Statement> made;
  const Block block = block_of(piece);
  if (block.statements.empty() || !block.is_whole) {
    if (std::optional<ast::Statement> one = statement(piece)) {
      one->range = range(piece.begin, piece.end);
      made.push_back(std::move(*one));
    }
  }
  for (const BlockStatement& inner : block.statements) {
    const Piece part{Piece::Kind::sql, inner.begin, inner.end, inner.end, false, {}};
    std::optional<ast::Statement> one = statement(part);
    if (!one) continue;
    one->range = range(inner.begin, inner.end);
    if (inner.tolerates_existing) tolerate_existing(*one);
    made.push_back(std::move(*one));
  }
  return made;
}

ast::File SourceParser::file() {
  ast::File made;
  made.source = context_.source;
  made.dialect = context_.dialect;
  if (context_.dialect == Dialect::mysql) server_ = server_of(context_.text);
  const Pieces pieces = split(context_.text, context_.dialect, server_);
  CommentReader comments(context_, pieces.comments);
  for (const Piece& piece : pieces.pieces) {
    std::vector<ast::Statement> read = statements(piece);
    if (read.empty()) {
      // What stands at a statement that is not read does not stand at the next one.
      ast::Statement lost;
      comments.attach(piece, lost);
      continue;
    }
    comments.attach(piece, read.front());
    std::ranges::move(read, std::back_inserter(made.statements));
  }
  if (std::optional<ast::Statement> one = comments.rest())
    made.statements.push_back(std::move(*one));
  return made;
}

// False where a string, name or comment is open; it was reported.
bool SourceParser::is_ended() const {
  if (tokens_.unterminated.what == Unterminated::What::nothing) return true;
  if (diagnostics_ != nullptr) {
    const std::uint32_t at = tokens_.unterminated.begin;
    diagnostics_->report<diag::Unterminated>(range(at, at + 1), name_of(tokens_.unterminated.what));
  }
  return false;
}

std::optional<ast::Statement> SourceParser::query(std::uint32_t begin, std::uint32_t end) {
  has_named_parameters_ = true;
  if (!lex_piece(begin, end) || !is_ended()) return std::nullopt;
  ast::Statement made;
  made.range = range(begin, end);
  made.node = ast::Other{"nothing", false};
  std::vector<Token>& tokens = tokens_.tokens;
  // A semicolon at the end ends nothing that goes on.
  if (tokens.size() > 1 && tokens[tokens.size() - 2].type == sym::SEMICOLON) {
    tokens.erase(tokens.end() - 2);
  }
  if (tokens.size() < 2) return made;
  const auto second = std::ranges::find(tokens, sym::SEMICOLON, &Token::type);
  if (second != tokens.end()) {
    made.node = ast::Other{"more than one statement", false};
    made.range = range(*second);
    return made;
  }
  const Class found = classify(context_.text, tokens_, context_.dialect);
  if (found.kind != Class::Kind::grammar || found.entry != sym::RuleWithEntry) {
    made.node = ast::Other{'`' + lower_case(text_of(context_.text, tokens.front())) + '`', false};
    return made;
  }
  bool is_parsed = false;
  with_room([&] {
    is_parsed = run(found.entry);
    if (is_parsed) made.node = build(found.entry).node;
  });
  if (!is_parsed) return std::nullopt;
  return made;
}

std::optional<ast::Expr> SourceParser::expression(std::uint32_t begin, std::uint32_t end) {
  if (!lex_piece(begin, end) || !is_ended()) return std::nullopt;
  std::optional<ast::Expr> made;
  with_room([&] {
    if (run(sym::RuleExpressionEntry)) made = build::expr(Node(&context_, 0).first());
  });
  return made;
}

}  // namespace

ast::File parse(const SourceMap& sources, SourceId source, Dialect dialect,
                Diagnostics& diagnostics, const ParseOptions& options) {
  return SourceParser(sources.text(source), source, dialect, &diagnostics, options).file();
}

std::optional<ast::Expr> parse_expression(const SourceMap& sources, SourceRange range,
                                          Dialect dialect, Diagnostics& diagnostics) {
  SourceParser parser(sources.text(range.source), range.source, dialect, &diagnostics, {});
  return parser.expression(range.begin, range.end);
}

std::optional<ast::Statement> parse_query(const SourceMap& sources, SourceRange range,
                                          Dialect dialect, Diagnostics& diagnostics) {
  SourceParser parser(sources.text(range.source), range.source, dialect, &diagnostics, {});
  return parser.query(range.begin, range.end);
}

std::optional<ast::Expr> parse_expression_text(std::string_view text, Dialect dialect) {
  SourceParser parser(text, SourceId{}, dialect, nullptr, {});
  return parser.expression(0, static_cast<std::uint32_t>(text.size()));
}

}  // namespace sqlxc::syntax
