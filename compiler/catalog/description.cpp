#include "compiler/catalog/description.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

constexpr std::string_view kDecoration = "-=*#_~+/!| \t\r";

std::string_view trim_line(std::string_view line) {
  const std::size_t begin = line.find_first_not_of("-*#=/ \t\r");
  if (begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  // A comment's end and a frame's right side; a dash or star inside the text stays.
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  for (const std::string_view frame : {"*/", "--", "==", "##"}) {
    while (line.ends_with(frame)) line.remove_suffix(frame.size());
  }
  const std::size_t end = line.find_last_not_of(" \t\r*=#");
  return end == std::string_view::npos ? std::string_view() : line.substr(0, end + 1);
}

std::string without_decoration(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.find_first_not_of(kDecoration) == std::string_view::npos) continue;
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

/// pg_dump: "Name: users; Type: TABLE; ..."; mysqldump: "Table structure for table `users`".
bool is_banner(std::string_view lower) {
  static constexpr std::array<std::string_view, 9> kBegins = {"table structure for",
                                                              "dumping data for",
                                                              "structure for table",
                                                              "temporary table structure",
                                                              "final view structure",
                                                              "temporary view structure",
                                                              "table `",
                                                              "data for name:",
                                                              "toc entry"};
  if (std::ranges::any_of(kBegins, [&](std::string_view b) { return lower.starts_with(b); })) {
    return true;
  }
  return lower.starts_with("name: ") && lower.find("; type: ") != std::string_view::npos;
}

bool is_licence(std::string_view lower) {
  static constexpr std::array<std::string_view, 6> kWords = {
      "copyright", "licensed under", "license", "licence", "spdx-", "all rights reserved"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return lower.find(word) != std::string_view::npos; });
}

/// A statement or a column that somebody took out.
bool is_code(std::string_view lower) {
  if (lower.ends_with(';') || lower.ends_with(',')) return true;
  static constexpr std::array<std::string_view, 8> kBegins = {
      "create ", "alter ", "drop ", "insert ", "select ", "update ", "delete from ", "grant "};
  return lower.find('(') != std::string_view::npos &&
         std::ranges::any_of(kBegins, [&](std::string_view b) { return lower.starts_with(b); });
}

bool describes(std::string_view text) {
  const std::string lower = to_lower(text);
  return !lower.empty() && !is_banner(lower) && !is_licence(lower) && !is_code(lower);
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Takes the comment off the end of the text: a line, or a block in lines of its own. Empty if none
/// stands there.
std::string_view take_comment(std::string_view& text) {
  const std::size_t line_begin = text.rfind('\n') + 1;  // npos + 1 is 0
  std::string_view comment = trim(text.substr(line_begin));
  std::size_t begin = line_begin;
  if (comment.ends_with("*/")) {
    begin = text.rfind("/*");
    if (begin == std::string_view::npos) return {};
    comment = trim(text.substr(begin));
  } else if (!comment.starts_with("--") && !comment.starts_with("#")) {
    return {};
  }
  if (comment.starts_with("--@") || comment.starts_with("/*@")) return {};
  const std::size_t own_line = text.rfind('\n', begin) + 1;
  if (begin > 0 && !trim(text.substr(own_line, begin - own_line)).empty()) return {};
  text = text.substr(0, own_line == 0 ? 0 : own_line - 1);
  return comment;
}

/// Blanks and one line end: the lines stand below each other.
bool are_neighbours(const SourceMap& sources, SourceRange above, SourceRange below) {
  if (above.source != below.source || below.begin < above.end) return false;
  const std::string_view between = sources.text({above.source, above.end, below.begin});
  return between.find_first_not_of(" \t\r\n-/*#") == std::string_view::npos &&
         std::ranges::count(between, '\n') <= 1;
}

}  // namespace

std::vector<CommentBlock> comment_blocks(const SourceMap& sources,
                                         const ast::Statement& statement) {
  std::vector<CommentBlock> out;
  for (const ast::Comment& comment : statement.comments) {
    const bool goes_on = !out.empty() && !comment.is_trailing && !out.back().is_trailing &&
                         are_neighbours(sources, out.back().range, comment.range);
    if (goes_on) {
      out.back().text += '\n';
      out.back().text += comment.text;
      out.back().range.end = comment.range.end;
    } else {
      out.push_back({comment.text, comment.range, comment.is_trailing});
    }
  }
  for (CommentBlock& block : out) block.text = without_decoration(block.text);
  std::erase_if(out, [](const CommentBlock& block) { return !describes(block.text); });
  return out;
}

std::string comment_above(const SourceMap& sources, SourceRange annotation) {
  std::string_view before = sources.text({annotation.source, 0, annotation.begin});
  const std::size_t line = before.rfind('\n');
  if (line == std::string_view::npos) return {};
  before = before.substr(0, line);
  std::string text;
  while (!before.empty()) {
    const std::string_view comment = take_comment(before);
    if (comment.empty()) break;
    text = std::string(comment) + (text.empty() ? "" : "\n") + text;
  }
  text = without_decoration(text);
  return describes(text) ? text : std::string();
}

bool stands_above_annotation(const SourceMap& sources, const CommentBlock& block,
                             SourceRange annotation) {
  if (block.range.source != annotation.source || annotation.begin < block.range.end) return false;
  const std::string_view between =
      sources.text({annotation.source, block.range.end, annotation.begin});
  return between.find_first_not_of(" \t\r\n-/*@") == std::string_view::npos &&
         std::ranges::count(between, '\n') <= 1;
}

bool stands_above(const SourceMap& sources, const CommentBlock& block, SourceRange statement,
                  SourceRange thing) {
  if (block.range.source != thing.source) return false;
  // Above a table stands what is above its statement.
  const std::uint32_t begin = block.range.end <= statement.begin ? statement.begin : thing.begin;
  if (begin < block.range.end) return true;  // below the thing, or inside it
  std::string_view between = sources.text({thing.source, block.range.end, begin});
  int line_ends = 0;
  bool is_blank_line = true;
  for (const char c : between) {
    if (c == '\n') {
      if (is_blank_line && line_ends > 0) return false;
      ++line_ends;
      is_blank_line = true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      is_blank_line = false;
    }
  }
  return true;
}

}  // namespace sqlxc::catalog
