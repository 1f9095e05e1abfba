#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/syntax/tokens.h"

// The wall: tokens -> a flat tree of the grammar's rules. parse_tree.cpp is the only file that sees
// ANTLR.
namespace sqlxc::syntax {

/// A node of the tree in pre-order: a rule with what it holds, or a token.
struct TreeNode {
  std::uint16_t rule = 0;
  bool is_token = false;
  std::uint32_t token = 0;  // of a token: its index; of a rule: its first token's
  std::uint32_t token_end = 0;
  std::uint32_t end = 0;  // index of the node behind this one and all that it holds
};

struct ParseTree {
  std::vector<Token> tokens;
  std::vector<TreeNode> nodes;
};

/// Where the grammar could not go on.
struct ParseFailure {
  std::uint32_t token = 0;
  std::vector<std::uint16_t> rules;     // innermost first
  std::vector<std::uint16_t> expected;  // token types, ascending
};

/// Reads statements one after the other; keeps ANTLR's parser, whose start is dear.
class TreeParser {
 public:
  TreeParser();
  ~TreeParser();
  TreeParser(const TreeParser&) = delete;
  TreeParser& operator=(const TreeParser&) = delete;

  /// By the rule `entry` of the grammar; on failure `tree` keeps its tokens only.
  std::optional<ParseFailure> parse(std::uint16_t entry, ParseTree& tree);

 private:
  struct State;
  State* state_;  // owned: it hides ANTLR's types
};

}  // namespace sqlxc::syntax
