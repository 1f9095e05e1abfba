#include "compiler/stdlib/rows.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "compiler/base/nearest.h"
#include "compiler/base/render.h"

namespace sqlxc::stdlib {
namespace {

/// One line with its end cut off; `at` moves past it.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = end + 1;
  return line;
}

void add_value(Row& row, RowValue value, std::span<const std::string_view> known,
               Diagnostics& diagnostics) {
  if (std::ranges::find(known, value.key) == known.end()) {
    diagnostics.report<diag::StdlibUnknownKey>(value.range, value.key, row.name)
        .help(did_you_mean(nearest(value.key, known)));
    return;
  }
  if (row.has(value.key)) {
    diagnostics.report<diag::StdlibTwice>(value.range, value.key);
    return;
  }
  row.values.push_back(value);
}

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string_view Row::get(std::string_view key) const {
  for (const RowValue& value : values) {
    if (value.key == key) return value.text;
  }
  return {};
}

bool Row::has(std::string_view key) const {
  return std::ranges::any_of(values, [&](const RowValue& value) { return value.key == key; });
}

std::vector<Row> read_rows(const SourceMap& sources, SourceId source,
                           std::span<const std::string_view> known, Diagnostics& diagnostics) {
  std::vector<Row> rows;
  const std::string_view text = sources.text(source);
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const std::string_view line = trim(next_line(text, at));
    const SourceRange range{source, begin, static_cast<std::uint32_t>(at - 1)};
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      const std::string_view name = trim(line.substr(1, line.size() - 2));
      if (std::ranges::any_of(rows, [&](const Row& row) { return row.name == name; })) {
        diagnostics.report<diag::StdlibTwice>(range, name);
      }
      rows.push_back({name, {}, range});
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || rows.empty()) {
      diagnostics.report<diag::StdlibLine>(range, line);
      continue;
    }
    add_value(rows.back(), {trim(line.substr(0, equals)), trim(line.substr(equals + 1)), range},
              known, diagnostics);
  }
  return rows;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!trim(text).empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    parts.push_back(trim(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

void abort_with(const SourceMap& sources, const Diagnostics& diagnostics) {
  const std::string text = render(sources, diagnostics.all(), {});
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::abort();
}

}  // namespace sqlxc::stdlib
