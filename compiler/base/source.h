#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Texts with ids, and places in them. Every value that the compiler makes points back to what the
// user wrote as a byte range; line and column are computed only when something is shown.
namespace sqlxc {

/// An index into SourceMap. The default is no source: what the compiler made up itself.
struct SourceId {
  std::uint32_t index = UINT32_MAX;
  auto operator<=>(const SourceId&) const = default;
};

/// Bytes [begin, end) of a source.
struct SourceRange {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool is_known() const { return source.index != UINT32_MAX; }
  auto operator<=>(const SourceRange&) const = default;
};

/// The smallest range over both; they are of one source, or one of them is unknown.
SourceRange join(SourceRange a, SourceRange b);

/// 1-based; a column counts code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceMap {
 public:
  /// `name` is shown in diagnostics: the path as the user gave it.
  SourceId add(std::string name, std::string text);

  std::string_view name(SourceId id) const { return sources_[id.index].name; }
  std::string_view text(SourceId id) const { return sources_[id.index].text; }
  std::string_view text(SourceRange range) const;
  LineColumn position(SourceId id, std::uint32_t offset) const;
  /// The line (1-based) without its end.
  std::string_view line(SourceId id, std::uint32_t number) const;
  std::size_t size() const { return sources_.size(); }

 private:
  struct Source {
    std::string name;
    std::string text;
    mutable std::vector<std::uint32_t> line_starts;  // filled at the first question
  };
  const Source& with_lines(SourceId id) const;
  std::vector<Source> sources_;
};

}  // namespace sqlxc
