#include "compiler/syntax/parse_tree.h"

#include <grammar/SqlParser.h>

#include <algorithm>
#include <memory>

namespace sqlxc::syntax {

namespace {

/// The tokens as ANTLR wants to see them.
class TokenStream final : public antlr4::TokenStream {
 public:
  void load(const std::vector<Token>& tokens) {
    tokens_.clear();
    tokens_.reserve(tokens.size());
    for (const Token& token : tokens) {
      const std::size_t type = token.type == sym::END_OF_TEXT ? antlr4::Token::EOF : token.type;
      tokens_.emplace_back(type);
      tokens_.back().setTokenIndex(tokens_.size() - 1);
    }
    at_ = 0;
  }
  antlr4::Token* LT(ssize_t k) override {
    if (k == 0) return nullptr;
    if (k < 0) {
      const auto back = static_cast<std::size_t>(-k);
      return back > at_ ? nullptr : &tokens_[at_ - back];
    }
    return &tokens_[std::min(at_ + static_cast<std::size_t>(k) - 1, tokens_.size() - 1)];
  }
  std::size_t LA(ssize_t k) override {
    const antlr4::Token* token = LT(k);
    return token == nullptr ? 0 : token->getType();
  }
  void consume() override {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  antlr4::Token* get(std::size_t index) const override {
    return const_cast<antlr4::CommonToken*>(&tokens_[index]);
  }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = std::min(index, tokens_.size() - 1); }
  std::size_t size() override { return tokens_.size(); }
  std::string getSourceName() const override { return {}; }

 private:
  std::vector<antlr4::CommonToken> tokens_;
  std::size_t at_ = 0;
};

/// Thrown out of ANTLR at the first mistake; caught in parse() below.
struct Stopped {
  ParseFailure failure;
};

class StopAtFirst final : public antlr4::DefaultErrorStrategy {
 public:
  void recover(antlr4::Parser* parser, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::RecognitionException& e) {
      stop(parser, e.getOffendingToken());
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    stop(parser, parser->getCurrentToken());
  }
  void sync(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}

 private:
  [[noreturn]] static void stop(antlr4::Parser* parser, const antlr4::Token* token) {
    Stopped stopped;
    stopped.failure.token = static_cast<std::uint32_t>(token->getTokenIndex());
    for (const antlr4::RuleContext* at = parser->getContext(); at != nullptr;
         at = dynamic_cast<const antlr4::RuleContext*>(at->parent)) {
      stopped.failure.rules.push_back(static_cast<std::uint16_t>(at->getRuleIndex()));
    }
    for (const ssize_t type : parser->getExpectedTokens().toList()) {
      stopped.failure.expected.push_back(type < 0 ? static_cast<std::uint16_t>(sym::END_OF_TEXT)
                                                  : static_cast<std::uint16_t>(type));
    }
    throw stopped;
  }
};

void flatten(antlr4::tree::ParseTree* from, std::vector<TreeNode>& nodes) {
  const std::size_t index = nodes.size();
  nodes.emplace_back();
  if (auto* rule = dynamic_cast<antlr4::ParserRuleContext*>(from)) {
    nodes[index].rule = static_cast<std::uint16_t>(rule->getRuleIndex());
    const antlr4::Token* start = rule->getStart();
    const antlr4::Token* stop = rule->getStop();
    nodes[index].token = static_cast<std::uint32_t>(start->getTokenIndex());
    nodes[index].token_end = stop == nullptr
                                 ? nodes[index].token
                                 : static_cast<std::uint32_t>(stop->getTokenIndex()) + 1;
    for (antlr4::tree::ParseTree* child : rule->children) flatten(child, nodes);
  } else {
    const antlr4::Token* token = static_cast<antlr4::tree::TerminalNode*>(from)->getSymbol();
    nodes[index].is_token = true;
    nodes[index].token = static_cast<std::uint32_t>(token->getTokenIndex());
    nodes[index].token_end = nodes[index].token + 1;
  }
  nodes[index].end = static_cast<std::uint32_t>(nodes.size());
}

antlr4::ParserRuleContext* run(SqlParser& parser, std::uint16_t entry) {
  switch (entry) {
    case sym::RuleCreateTableEntry:
      return parser.createTableEntry();
    case sym::RuleAlterTableEntry:
      return parser.alterTableEntry();
    case sym::RuleCreateViewEntry:
      return parser.createViewEntry();
    case sym::RuleCreateIndexEntry:
      return parser.createIndexEntry();
    case sym::RuleCreateTypeEntry:
      return parser.createTypeEntry();
    case sym::RuleAlterTypeEntry:
      return parser.alterTypeEntry();
    case sym::RuleCreateDomainEntry:
      return parser.createDomainEntry();
    case sym::RuleAlterDomainEntry:
      return parser.alterDomainEntry();
    case sym::RuleCreateSequenceEntry:
      return parser.createSequenceEntry();
    case sym::RuleCreateSchemaEntry:
      return parser.createSchemaEntry();
    case sym::RuleCreateFunctionEntry:
      return parser.createFunctionEntry();
    case sym::RuleCreateTriggerEntry:
      return parser.createTriggerEntry();
    case sym::RuleCommentOnEntry:
      return parser.commentOnEntry();
    case sym::RuleDropEntry:
      return parser.dropEntry();
    case sym::RuleRenameTableEntry:
      return parser.renameTableEntry();
    case sym::RuleWithEntry:
      return parser.withEntry();
    default:
      return parser.expressionEntry();
  }
}

}  // namespace

struct TreeParser::State {
  TokenStream stream;
  std::unique_ptr<SqlParser> parser;
};

TreeParser::TreeParser() : state_(new State) {}
TreeParser::~TreeParser() { delete state_; }

std::optional<ParseFailure> TreeParser::parse(std::uint16_t entry, ParseTree& tree) {
  using antlr4::atn::PredictionMode;
  tree.nodes.clear();
  state_->stream.load(tree.tokens);
  if (state_->parser == nullptr) {
    SqlParser::initialize();
    state_->parser = std::make_unique<SqlParser>(&state_->stream);
    state_->parser->removeErrorListeners();
    state_->parser->setErrorHandler(std::make_shared<StopAtFirst>());
  }
  SqlParser& parser = *state_->parser;
  // SLL is quicker, and refuses some of what LL reads: only LL's word is an error.
  for (const PredictionMode mode : {PredictionMode::SLL, PredictionMode::LL}) {
    parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
    parser.setTokenStream(&state_->stream);
    try {
      flatten(run(parser, entry), tree.nodes);
      return std::nullopt;
    } catch (const Stopped& stopped) {
      if (mode == PredictionMode::LL) return stopped.failure;
    }
    state_->stream.seek(0);
  }
  return std::nullopt;
}

}  // namespace sqlxc::syntax
