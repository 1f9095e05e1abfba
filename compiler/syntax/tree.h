#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "compiler/base/diagnostic.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parse_tree.h"

// How the builders look at a parse tree: a node with its children, its words and its place. Private
// to syntax/build_*.
namespace sqlxc::syntax {

/// What all builders of one statement share.
struct CutNames;

struct BuildContext {
  const ParseTree* tree = nullptr;
  std::string_view text;  // of the source
  SourceId source;
  Dialect dialect = Dialect::postgres;
  Diagnostics* diagnostics = nullptr;
  CutNames* cut_names = nullptr;  // none: nobody is told
};

class Node {
 public:
  Node() = default;
  Node(const BuildContext* context, std::uint32_t index) : context_(context), index_(index) {}

  explicit operator bool() const { return context_ != nullptr; }
  bool is(std::uint16_t rule) const { return !raw().is_token && raw().rule == rule; }
  bool is_token(std::uint16_t type) const { return raw().is_token && token_type() == type; }
  bool is_token() const { return raw().is_token; }
  std::uint16_t rule() const { return raw().rule; }
  /// Of a token, or of the first token of a rule.
  std::uint16_t token_type() const { return context_->tree->tokens[raw().token].type; }

  struct Iterator {
    const BuildContext* context;
    std::uint32_t index;
    Node operator*() const { return {context, index}; }
    Iterator& operator++() {
      index = context->tree->nodes[index].end;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index != other.index; }
  };
  Iterator begin() const { return {context_, index_ + 1}; }
  Iterator end() const { return {context_, raw().end}; }
  bool is_empty() const { return raw().is_token || raw().end == index_ + 1; }

  /// The first child of the rule; an empty node where there is none.
  Node find(std::uint16_t rule) const {
    for (const Node child : *this) {
      if (child.is(rule)) return child;
    }
    return {};
  }
  Node find_token(std::uint16_t type) const {
    for (const Node child : *this) {
      if (child.is_token(type)) return child;
    }
    return {};
  }
  bool has(std::uint16_t type) const { return static_cast<bool>(find_token(type)); }
  Node first() const { return {context_, index_ + 1}; }
  Node last() const {
    Node found;
    for (const Node child : *this) found = child;
    return found;
  }
  std::vector<Node> children() const {
    std::vector<Node> all;
    for (const Node child : *this) all.push_back(child);
    return all;
  }

  std::string_view text() const {
    if (raw().token_end <= raw().token) return {};
    const auto& tokens = context_->tree->tokens;
    const std::uint32_t from = tokens[raw().token].begin;
    return context_->text.substr(from, tokens[raw().token_end - 1].end - from);
  }
  /// The first token's text.
  std::string_view word() const {
    return text_of(context_->text, context_->tree->tokens[raw().token]);
  }
  bool is_word(std::string_view lower) const { return syntax::is_word(word(), lower); }
  SourceRange range() const {
    const auto& tokens = context_->tree->tokens;
    const std::uint32_t from = tokens[raw().token].begin;
    const std::uint32_t to = raw().token_end > raw().token ? tokens[raw().token_end - 1].end : from;
    return {context_->source, from, to};
  }
  /// The tokens from first to last with single spaces, words in lower case, names and strings as
  /// written.
  std::string words() const;
  std::uint32_t first_token() const { return raw().token; }
  std::uint32_t end_token() const { return raw().token_end; }
  const Token& token(std::uint32_t index) const { return context_->tree->tokens[index]; }
  std::string_view token_text(std::uint32_t index) const {
    return text_of(context_->text, token(index));
  }
  const BuildContext& context() const { return *context_; }

 private:
  const TreeNode& raw() const { return context_->tree->nodes[index_]; }
  const BuildContext* context_ = nullptr;
  std::uint32_t index_ = 0;
};

std::string lower_case(std::string_view text);
/// The value of a string literal: '', E'', $$, N'', _utf8'', neighbours joined.
std::string decode_string(std::string_view literal, Dialect dialect);
/// A string literal's own value; the introducer or prefix in `prefix`.
std::string decode_string(std::string_view literal, Dialect dialect, std::string& prefix);

}  // namespace sqlxc::syntax
