#include "compiler/stdlib/formats.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/stdlib/rows.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_formats();
}

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 4> kKeys = {"pattern", "max_length", "standard", "doc"};

FormatRow read_format(const Row& row, Diagnostics& diagnostics) {
  FormatRow format;
  format.name = row.name;
  format.pattern = row.get("pattern");
  format.is_standard = row.get("standard") == "yes";
  format.doc = row.get("doc");
  if (const std::string_view text = row.get("max_length"); !text.empty()) {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, format.max_length);
    if (error != std::errc() || rest != end) {
      diagnostics.report<diag::StdlibValue>(row.range, "max_length", "a number", text);
    }
  }
  return format;
}

std::vector<FormatRow> read_table() {
  std::vector<FormatRow> table;
  read_embedded(stdlib_formats(), [&](const SourceMap& sources, SourceId id, Diagnostics& errors) {
    for (const Row& row : read_rows(sources, id, kKeys, errors)) {
      table.push_back(read_format(row, errors));
    }
  });
  return table;
}

}  // namespace

std::span<const FormatRow> formats() {
  static const std::vector<FormatRow> kTable = read_table();
  return kTable;
}

const FormatRow* find_format(std::string_view name) {
  const auto found = std::ranges::find(formats(), name, &FormatRow::name);
  return found == formats().end() ? nullptr : &*found;
}

}  // namespace sqlxc::stdlib
