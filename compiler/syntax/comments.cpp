#include "compiler/syntax/comments.h"

#include <algorithm>

namespace sqlxc::syntax {

namespace {

// Text and its place within a comment's marks.
struct Inner {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_annotation = false;
};

Inner inner_of(std::string_view text, const CommentSpan& span) {
  Inner made{span.begin, span.end, false};
  const std::string_view all = text.substr(span.begin, span.end - span.begin);
  if (all.starts_with("/*")) {
    made.begin += 2;
    if (all.size() >= 4 && all.ends_with("*/")) made.end -= 2;
  } else if (all.starts_with("--")) {
    made.begin += 2;
  } else {
    made.begin += 1;
  }
  if (made.begin < made.end && text[made.begin] == '@') {
    made.is_annotation = true;
    ++made.begin;
  }
  const auto is_blank = [&](std::uint32_t at) {
    return text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n';
  };
  while (made.begin < made.end && is_blank(made.begin)) ++made.begin;
  while (made.end > made.begin && is_blank(made.end - 1)) --made.end;
  return made;
}

}  // namespace

bool CommentReader::has_blank_line(std::uint32_t from, std::uint32_t to) const {
  const std::string_view between = context_.text.substr(from, to - from);
  return std::count(between.begin(), between.end(), '\n') > 1;
}

void CommentReader::add(const CommentSpan& span, const Piece& piece,
                        ast::Statement& statement) const {
  const Inner inner = inner_of(context_.text, span);
  std::uint32_t line = span.begin;
  while (line > 0 && context_.text[line - 1] != '\n') --line;
  const std::string_view before = context_.text.substr(line, span.begin - line);
  const bool is_trailing =
      span.begin > piece.begin && before.find_first_not_of(" \t\r") != std::string_view::npos;
  const SourceRange range{context_.source, inner.begin, inner.end};
  std::string text(context_.text.substr(inner.begin, inner.end - inner.begin));
  if (inner.is_annotation) {
    statement.annotations.push_back({std::move(text), range, is_trailing});
  } else if (!text.empty()) {
    statement.comments.push_back({std::move(text), range, is_trailing});
  }
}

void CommentReader::attach(const Piece& piece, ast::Statement& statement) {
  std::size_t end = next_;
  while (end < comments_.size() && comments_[end].begin < piece.begin) ++end;
  // Of the comments before it, those without a blank line down to the statement; annotations all.
  std::size_t first = end;
  std::uint32_t below = piece.begin;
  while (first > next_ && !has_blank_line(comments_[first - 1].end, below)) {
    --first;
    below = comments_[first].begin;
  }
  for (std::size_t i = next_; i < end; ++i) {
    if (i >= first || inner_of(context_.text, comments_[i]).is_annotation)
      add(comments_[i], piece, statement);
  }
  while (end < comments_.size() && comments_[end].begin < piece.end)
    add(comments_[end++], piece, statement);
  // Behind the semicolon, on the same line.
  const std::size_t line = context_.text.find('\n', piece.end);
  while (end < comments_.size() && comments_[end].begin < std::min(line, context_.text.size())) {
    const std::string_view between =
        context_.text.substr(piece.end, comments_[end].begin - piece.end);
    if (between.find_first_not_of("; \t\r") != std::string_view::npos) break;
    add(comments_[end++], piece, statement);
  }
  next_ = end;
}

std::optional<ast::Statement> CommentReader::rest() {
  ast::Statement made;
  const auto size = static_cast<std::uint32_t>(context_.text.size());
  for (; next_ < comments_.size(); ++next_) {
    const CommentSpan& span = comments_[next_];
    if (inner_of(context_.text, span).is_annotation)
      add(span, {Piece::Kind::sql, size, size, size, false, {}}, made);
  }
  if (made.annotations.empty()) return std::nullopt;
  made.range = made.annotations.front().range;
  made.node = ast::Other{"", true};
  return made;
}

}  // namespace sqlxc::syntax
