// SCHEMA.sqlx: descriptions and annotations for a database that one does not own.
#include <algorithm>

#include "compiler/base/nearest.h"
#include "compiler/catalog/annotate.h"
#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/fold.h"
#include "compiler/stdlib/annotations.h"
#include "compiler/stdlib/rows.h"

namespace sqlxc::catalog {
namespace {

struct Entry {
  std::string_view path;
  SourceRange path_range;
  std::string text;
  SourceRange text_range;
};

/// `query name(...): SELECT ...` speaks of no table.
bool is_query(std::string_view line) {
  if (line.starts_with('@')) line.remove_prefix(1);
  constexpr std::string_view kWord = "query";
  return line.starts_with(kWord) && line.size() > kWord.size() &&
         (line[kWord.size()] == ' ' || line[kWord.size()] == '\t');
}

std::vector<Entry> read_entries(const SourceMap& sources, SourceId sidecar,
                                Diagnostics& diagnostics) {
  std::vector<Entry> out;
  const std::string_view text = sources.text(sidecar);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const SourceRange range{sidecar, static_cast<std::uint32_t>(at),
                            static_cast<std::uint32_t>(end)};
    at = end + 1;
    const std::string_view trimmed = stdlib::trim(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    if ((line.front() == ' ' || line.front() == '\t') && !out.empty()) {
      out.back().text += '\n';
      out.back().text += trimmed;
      out.back().text_range.end = range.end;
      continue;
    }
    if (is_query(trimmed)) {
      out.push_back({"", range, std::string(trimmed), range});
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      diagnostics.report<diag::SidecarLine>(range);
      continue;
    }
    SourceRange path_range = range;
    path_range.end = range.begin + static_cast<std::uint32_t>(colon);
    SourceRange text_range = range;
    text_range.begin = path_range.end + 1;
    out.push_back({stdlib::trim(line.substr(0, colon)), path_range,
                   std::string(stdlib::trim(line.substr(colon + 1))), text_range});
  }
  return out;
}

bool same(const Catalog& catalog, std::string_view a, std::string_view b) {
  return catalog.dialect == Dialect::postgres ? a == b : equal_ignoring_case(a, b);
}

Table* find_named(Catalog& catalog, std::string_view path) {
  for (Table& table : catalog.tables) {
    if (same(catalog, display_name(table), path)) return &table;
  }
  return nullptr;
}

/// `table`, `schema.table`, `table.column`, `schema.table.column`: a table of the whole path wins.
bool find_target(Catalog& catalog, const Entry& entry, Table*& table, Column*& column,
                 Diagnostics& diagnostics) {
  table = find_named(catalog, entry.path);
  column = nullptr;
  if (table != nullptr) return true;
  const std::size_t dot = entry.path.rfind('.');
  if (dot != std::string_view::npos) table = find_named(catalog, entry.path.substr(0, dot));
  if (table == nullptr) {
    std::vector<std::string_view> names;
    for (const Table& candidate : catalog.tables) names.push_back(candidate.name);
    diagnostics.report<diag::UnknownTable>(entry.path_range, entry.path)
        .help(did_you_mean(nearest(entry.path.substr(0, dot), names)));
    return false;
  }
  const std::string_view name = entry.path.substr(dot + 1);
  std::vector<std::string_view> names;
  for (Column& candidate : table->columns) {
    names.push_back(candidate.name);
    if (same(catalog, candidate.name, name)) column = &candidate;
  }
  if (column != nullptr) return true;
  diagnostics.report<diag::UnknownColumn>(entry.path_range, display_name(*table), name)
      .help(did_you_mean(nearest(name, names)));
  return false;
}

/// Its text is taken as it stands, lines and all.
void add_query(const SourceMap& sources, Catalog& catalog, const Entry& entry) {
  const std::string_view written = stdlib::trim(sources.text(entry.text_range));
  const std::string_view rest = written.substr(written.find("query") + 5);
  Annotation annotation;
  annotation.name = "query";
  annotation.args.emplace_back(stdlib::trim(rest));
  annotation.keys.emplace_back();
  annotation.is_quoted.push_back(false);
  annotation.range = entry.text_range;
  catalog.annotations.push_back(std::move(annotation));
}

}  // namespace

void annotate_sidecar(const SourceMap& sources, SourceId sidecar, Catalog& catalog,
                      Diagnostics& diagnostics) {
  for (Entry& entry : read_entries(sources, sidecar, diagnostics)) {
    if (entry.path.empty()) {
      add_query(sources, catalog, entry);
      continue;
    }
    Table* table = nullptr;
    Column* column = nullptr;
    if (!find_target(catalog, entry, table, column, diagnostics)) continue;
    std::vector<Annotation>& list = column != nullptr ? column->annotations : table->annotations;
    for (Annotation& annotation : extract_annotations(entry.text, entry.text_range, diagnostics)) {
      if (annotation.name == "query") {
        catalog.annotations.push_back(std::move(annotation));
        continue;
      }
      if (!check_annotation(sources, catalog, table, column != nullptr, annotation, diagnostics)) {
        continue;
      }
      // What the sidecar says stands in place of what the schema says.
      if (!stdlib::find_annotation(annotation.name)->may_repeat) {
        std::erase_if(list, [&](const Annotation& a) { return a.name == annotation.name; });
      }
      list.push_back(std::move(annotation));
    }
    if (!entry.text.empty()) (column != nullptr ? column->comment : table->comment) = entry.text;
  }
}

}  // namespace sqlxc::catalog
