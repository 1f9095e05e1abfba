#include "compiler/base/source.h"

#include <algorithm>
#include <utility>

namespace sqlxc {

SourceRange join(SourceRange a, SourceRange b) {
  if (!a.is_known()) return b;
  if (!b.is_known()) return a;
  return {a.source, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceId SourceMap::add(std::string name, std::string text) {
  sources_.push_back({std::move(name), std::move(text), {}});
  return {static_cast<std::uint32_t>(sources_.size() - 1)};
}

std::string_view SourceMap::text(SourceRange range) const {
  if (!range.is_known()) return {};
  const std::string_view all = text(range.source);
  const std::size_t begin = std::min<std::size_t>(range.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, all.size());
  return all.substr(begin, end - begin);
}

const SourceMap::Source& SourceMap::with_lines(SourceId id) const {
  const Source& source = sources_[id.index];
  if (!source.line_starts.empty()) return source;
  source.line_starts.push_back(0);
  for (std::size_t at = source.text.find('\n'); at != std::string::npos;
       at = source.text.find('\n', at + 1)) {
    source.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return source;
}

LineColumn SourceMap::position(SourceId id, std::uint32_t offset) const {
  const Source& source = with_lines(id);
  offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
  const auto next = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - source.line_starts.begin());
  std::uint32_t column = 1;
  for (std::uint32_t i = *(next - 1); i < offset; ++i) {
    // A UTF-8 continuation byte begins no code point.
    if ((static_cast<unsigned char>(source.text[i]) & 0xC0U) != 0x80U) ++column;
  }
  return {line, column};
}

std::string_view SourceMap::line(SourceId id, std::uint32_t number) const {
  const Source& source = with_lines(id);
  if (number == 0 || number > source.line_starts.size()) return {};
  const std::string_view all = source.text;
  const std::size_t begin = source.line_starts[number - 1];
  std::size_t end =
      number < source.line_starts.size() ? source.line_starts[number] - 1 : all.size();
  if (end > begin && all[end - 1] == '\r') --end;
  return all.substr(begin, end - begin);
}

}  // namespace sqlxc
