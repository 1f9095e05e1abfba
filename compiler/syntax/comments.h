#pragma once

#include <optional>
#include <vector>

#include "compiler/syntax/split.h"
#include "compiler/syntax/tree.h"

// Comments and annotations -> the statement that they speak of, by their place. Private to
// compiler/syntax.
namespace sqlxc::syntax {

class CommentReader {
 public:
  CommentReader(const BuildContext& context, const std::vector<CommentSpan>& comments)
      : context_(context), comments_(comments) {}

  /// Gives `statement` the comments in the lines directly before the piece, inside it, and behind
  /// it on its last line. Pieces come in order.
  void attach(const Piece& piece, ast::Statement& statement);
  /// A statement of no meaning with the annotations behind the last one, if there are any.
  std::optional<ast::Statement> rest();

 private:
  void add(const CommentSpan& span, const Piece& piece, ast::Statement& statement) const;
  bool has_blank_line(std::uint32_t from, std::uint32_t to) const;

  const BuildContext& context_;
  const std::vector<CommentSpan>& comments_;
  std::size_t next_ = 0;
};

}  // namespace sqlxc::syntax
