#include "compiler/stdlib/types.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "compiler/base/nearest.h"
#include "compiler/stdlib/rows.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_types();
}

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 19> kKeys = {
    "kind",        "category",    "args",        "size",
    "rank",        "postgres",    "mysql",       "sqlite",
    "as_postgres", "as_mysql",    "as_sqlite",   "postgres_args",
    "mysql_args",  "sqlite_args", "mysql_width", "mysql_unsigned_width",
    "mysql_bytes", "extension",   "doc"};

constexpr std::array<std::string_view, 20> kKinds = {
    "boolean",  "int16", "int32", "int64",       "float32", "float64",   "decimal",
    "text",     "bytes", "date",  "time",        "timetz",  "timestamp", "timestamptz",
    "interval", "uuid",  "json",  "enumeration", "array",   "other"};

constexpr std::array<std::string_view, 8> kArgs = {"none",    "width",   "length", "precision",
                                                   "decimal", "display", "labels", "any"};

constexpr std::array<std::string_view, 3> kDialects = {"postgres", "mysql", "sqlite"};

template <typename Number>
void read_number(const Row& row, std::string_view key, Number& out, Diagnostics& diagnostics) {
  const std::string_view text = row.get(key);
  if (text.empty()) return;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) {
    diagnostics.report<diag::StdlibValue>(row.range, key, "a number", text);
  }
}

template <typename Words>
std::size_t read_word(const Row& row, std::string_view key, const Words& words,
                      Diagnostics& diagnostics) {
  const std::string_view text = row.get(key);
  const auto found = std::ranges::find(words, text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  diagnostics.report<diag::StdlibValue>(row.range, key, "a word that is known there", text)
      .help(did_you_mean(nearest(text, words)));
  return 0;
}

std::vector<std::string> read_list(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view part : split_list(text)) out.emplace_back(part);
  return out;
}

TypeRow read_type(const Row& row, Diagnostics& diagnostics) {
  TypeRow type;
  type.name = row.name;
  type.kind = kKinds[read_word(row, "kind", kKinds, diagnostics)];
  type.category = row.get("category");
  if (row.has("args")) {
    type.args = static_cast<TypeArgs>(read_word(row, "args", kArgs, diagnostics));
  }
  if (type.category.empty()) {
    diagnostics.report<diag::StdlibValue>(row.range, "category", "a word", "");
  }
  read_number(row, "size", type.size, diagnostics);
  read_number(row, "rank", type.rank, diagnostics);
  read_number(row, "mysql_width", type.width, diagnostics);
  read_number(row, "mysql_unsigned_width", type.unsigned_width, diagnostics);
  read_number(row, "mysql_bytes", type.max_bytes, diagnostics);
  for (std::size_t i = 0; i < kDialects.size(); ++i) {
    type.spellings[i] = read_list(row.get(kDialects[i]));
    type.default_args[i] = read_list(row.get(std::string(kDialects[i]) + "_args"));
    type.translation[i] = row.get("as_" + std::string(kDialects[i]));
    if (type.spellings[i].empty() && type.translation[i].empty()) {
      diagnostics.report<diag::StdlibValue>(row.range, kDialects[i],
                                            "a spelling, or a translation under `as_`", "");
    }
  }
  type.extension = row.get("extension");
  return type;
}

struct Table {
  std::vector<TypeRow> rows;
  std::array<std::unordered_map<std::string_view, std::size_t>, 3> by_spelling;
  std::unordered_map<std::string_view, std::size_t> by_name;
};

Table read_table() {
  Table table;
  read_embedded(stdlib_types(), [&](const SourceMap& sources, SourceId id, Diagnostics& errors) {
    for (TypeRow& row : read_types(sources, id, errors)) table.rows.push_back(std::move(row));
  });
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.by_name.emplace(table.rows[i].name, i);
    for (std::size_t d = 0; d < kDialects.size(); ++d) {
      for (const std::string& spelling : table.rows[i].spellings[d]) {
        table.by_spelling[d].emplace(spelling, i);
      }
    }
  }
  return table;
}

const Table& table() {
  static const Table kTable = read_table();
  return kTable;
}

}  // namespace

std::string_view TypeRow::spelling(Dialect dialect) const {
  const auto i = static_cast<std::size_t>(dialect);
  return spellings[i].empty() ? std::string_view(translation[i]) : spellings[i].front();
}

std::span<const TypeRow> types() { return table().rows; }

const TypeRow* find_type(Dialect dialect, std::string_view written) {
  const auto& map = table().by_spelling[static_cast<std::size_t>(dialect)];
  const auto found = map.find(written);
  return found == map.end() ? nullptr : &table().rows[found->second];
}

const TypeRow* type_named(std::string_view name) {
  const auto found = table().by_name.find(name);
  return found == table().by_name.end() ? nullptr : &table().rows[found->second];
}

std::vector<std::string_view> type_spellings(Dialect dialect) {
  std::vector<std::string_view> out;
  for (const TypeRow& row : table().rows) {
    for (const std::string& spelling : row.spellings[static_cast<std::size_t>(dialect)]) {
      out.push_back(spelling);
    }
  }
  return out;
}

std::vector<TypeRow> read_types(const SourceMap& sources, SourceId source,
                                Diagnostics& diagnostics) {
  std::vector<TypeRow> out;
  for (const Row& row : read_rows(sources, source, kKeys, diagnostics)) {
    out.push_back(read_type(row, diagnostics));
  }
  return out;
}

}  // namespace sqlxc::stdlib
