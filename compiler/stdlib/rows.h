#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/embedded.h"
#include "compiler/base/source.h"

// The one format of stdlib's data: sections of `key = value` lines, `#` before a comment. Readers
// say which keys they know; another one is an error, so a misspelt row never passes in silence.
namespace sqlxc::stdlib {

struct RowValue {
  std::string_view key;
  std::string_view text;
  SourceRange range;  // of the line
};

/// A section: `[name]` and the lines below it.
struct Row {
  std::string_view name;
  std::vector<RowValue> values;
  SourceRange range;

  /// The value of a key, empty where the row has none.
  std::string_view get(std::string_view key) const;
  bool has(std::string_view key) const;
};

/// Views into the source's text. Reports lines that are neither section, value nor comment, keys
/// that are not `known`, and rows or keys that stand there twice (SX7001...).
std::vector<Row> read_rows(const SourceMap& sources, SourceId source,
                           std::span<const std::string_view> known, Diagnostics& diagnostics);

/// The parts of `a, b, c`, without blanks round them; none of an empty text.
std::vector<std::string_view> split_list(std::string_view text);

std::string_view trim(std::string_view text);

/// Reads embedded files with `read(sources, id, diagnostics)`. What is embedded was tested: an
/// error in it is one of the program, and aborts with the diagnostics.
template <typename Read>
void read_embedded(std::span<const EmbeddedFile> files, const Read& read);

[[noreturn]] void abort_with(const SourceMap& sources, const Diagnostics& diagnostics);

template <typename Read>
void read_embedded(std::span<const EmbeddedFile> files, const Read& read) {
  SourceMap sources;
  Diagnostics diagnostics;
  for (const EmbeddedFile& file : files) {
    const SourceId id = sources.add(std::string(file.name), std::string(file.text));
    read(sources, id, diagnostics);
  }
  if (diagnostics.has_errors()) abort_with(sources, diagnostics);
}

}  // namespace sqlxc::stdlib
