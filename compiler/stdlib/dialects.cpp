#include "compiler/stdlib/dialects.h"

#include <array>
#include <charconv>

#include "compiler/stdlib/rows.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_dialects();
}

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 11> kKeys = {
    "title",          "folds",      "table_case", "column_case", "default_schema",
    "hidden_schemas", "name_bytes", "quote",      "types",       "missing_foreign_table",
    "system_columns"};

/// Whether the value is `yes`; another than `yes` and `no` is reported.
bool is_word(const Row& row, std::string_view key, std::string_view yes, std::string_view no,
             Diagnostics& diagnostics) {
  const std::string_view text = row.get(key);
  if (text != yes && text != no) {
    diagnostics.report<diag::StdlibValue>(row.range, key,
                                          std::string(yes) + " or " + std::string(no), text);
  }
  return text == yes;
}

std::vector<std::string> read_list(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view part : split_list(text)) out.emplace_back(part);
  return out;
}

DialectRow read_dialect(const Row& row, Diagnostics& diagnostics) {
  DialectRow dialect;
  dialect.name = row.name;
  dialect.title = row.get("title");
  dialect.folds_to_lower = is_word(row, "folds", "lower", "keep", diagnostics);
  dialect.ignores_table_case = is_word(row, "table_case", "insensitive", "sensitive", diagnostics);
  dialect.ignores_column_case =
      is_word(row, "column_case", "insensitive", "sensitive", diagnostics);
  dialect.default_schema = row.get("default_schema");
  dialect.hidden_schemas = read_list(row.get("hidden_schemas"));
  const std::string_view bytes = row.get("name_bytes");
  const auto parsed =
      std::from_chars(bytes.data(), bytes.data() + bytes.size(), dialect.name_bytes);
  if (parsed.ec != std::errc{}) {
    diagnostics.report<diag::StdlibValue>(row.range, "name_bytes", "a number", bytes);
  }
  dialect.quote = row.get("quote");
  dialect.takes_any_type = is_word(row, "types", "any", "known", diagnostics);
  dialect.refuses_missing_table =
      is_word(row, "missing_foreign_table", "error", "warning", diagnostics);
  dialect.system_columns = read_list(row.get("system_columns"));
  if (!dialect_named(row.name)) {
    diagnostics.report<diag::StdlibValue>(row.range, "the section", "a dialect's name", row.name);
  }
  return dialect;
}

std::array<DialectRow, 3> read_table() {
  std::array<DialectRow, 3> table;
  read_embedded(stdlib_dialects(), [&](const SourceMap& sources, SourceId id, Diagnostics& errors) {
    for (DialectRow& row : read_dialects(sources, id, errors)) {
      const std::optional<Dialect> dialect = dialect_named(row.name);
      if (dialect) table[static_cast<std::size_t>(*dialect)] = std::move(row);
    }
  });
  return table;
}

}  // namespace

const DialectRow& dialect_row(Dialect dialect) {
  static const std::array<DialectRow, 3> kTable = read_table();
  return kTable[static_cast<std::size_t>(dialect)];
}

std::vector<DialectRow> read_dialects(const SourceMap& sources, SourceId source,
                                      Diagnostics& diagnostics) {
  std::vector<DialectRow> out;
  for (const Row& row : read_rows(sources, source, kKeys, diagnostics)) {
    out.push_back(read_dialect(row, diagnostics));
  }
  return out;
}

}  // namespace sqlxc::stdlib
