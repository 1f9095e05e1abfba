#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/ast.h"

// Plain comments as descriptions: which lines belong together, which are decoration, licences,
// banners of dump tools or SQL that was commented out.
namespace sqlxc::catalog {

struct CommentBlock {
  std::string text;  // without decoration; never empty
  SourceRange range;
  bool is_trailing = false;
};

/// The comments of a statement, those in lines below each other as one; what describes nothing is
/// left out.
std::vector<CommentBlock> comment_blocks(const SourceMap& sources, const ast::Statement& statement);

/// The lines of comment directly above an annotation of no table's, as a named query is: from the
/// text itself. Empty if nothing there describes it.
std::string comment_above(const SourceMap& sources, SourceRange annotation);

/// Whether the annotation is what stands in the line below the block.
bool stands_above_annotation(const SourceMap& sources, const CommentBlock& block,
                             SourceRange annotation);

/// Whether the block stands directly above the thing (no blank line between), which is in the
/// statement.
bool stands_above(const SourceMap& sources, const CommentBlock& block, SourceRange statement,
                  SourceRange thing);

}  // namespace sqlxc::catalog
