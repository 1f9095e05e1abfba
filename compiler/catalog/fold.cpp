#include "compiler/catalog/fold.h"

#include <algorithm>

#include "compiler/base/nearest.h"

namespace sqlxc::catalog {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string key_of(const Fold& fold, std::string_view schema, std::string_view name) {
  std::string key(schema);
  key += '\0';
  key += name;
  return fold.row->ignores_table_case ? to_lower(key) : key;
}

std::string schema_spelled(const Fold& fold, std::string_view schema) {
  if (fold.is_mysql()) {
    // A file that names its database without USE speaks of one database: the default one.
    const bool is_default = fold.first_database.empty()
                                ? !fold.schemas.contains(std::string(schema))
                                : schema == fold.first_database;
    return is_default ? std::string() : std::string(schema);
  }
  const bool is_default = fold.row->ignores_table_case
                              ? equal_ignoring_case(schema, fold.row->default_schema)
                              : schema == fold.row->default_schema;
  return is_default ? std::string() : std::string(schema);
}

std::string schema_for(Fold& fold, const ast::Path& path) {
  if (path.names.size() < 2) {
    if (fold.is_mysql()) return schema_spelled(fold, fold.database);
    return fold.search_path.empty() ? std::string() : fold.search_path.front();
  }
  const ast::Name& name = path.names[path.names.size() - 2];
  const bool is_first =
      fold.is_mysql() && fold.first_database.empty() && !fold.schemas.contains(name.text);
  if (is_first) fold.first_database = fold.database = name.text;
  const std::string schema = schema_spelled(fold, name.text);
  if (schema.empty() || fold.schemas.contains(schema)) return schema;
  if (fold.is_postgres() && !schema.starts_with("pg_temp")) {
    fold.diagnostics.report<diag::UnknownObject>(name.range, "schema", schema)
        .help("`create schema` makes it");
  }
  fold.schemas.insert(schema);
  fold.catalog.schemas.push_back(schema);
  return schema;
}

std::uint32_t search_path_now(Fold& fold) {
  auto& paths = fold.catalog.search_paths;
  auto found = std::ranges::find(paths, fold.search_path);
  if (found == paths.end()) found = paths.insert(found, fold.search_path);
  return static_cast<std::uint32_t>(found - paths.begin());
}

std::string statement_text(const Fold& fold) {
  std::string_view text = fold.sources.text(fold.statement);
  const auto is_end = [](char c) { return c == ';' || c == ' ' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_end(text.back())) text.remove_suffix(1);
  return std::string(text);
}

Id<Table> find_table(const Fold& fold, const ast::Path& path) {
  const auto look = [&](std::string_view schema) {
    const auto found = fold.tables.find(key_of(fold, schema, path.last()));
    return found == fold.tables.end() ? Id<Table>() : found->second;
  };
  if (path.names.size() >= 2) return look(schema_spelled(fold, path.qualifier()));
  if (const Id<Table> id = look("pg_temp"); id.is_valid()) return id;
  if (fold.is_mysql()) return look(schema_spelled(fold, fold.database));
  for (const std::string& schema : fold.search_path) {
    if (const Id<Table> id = look(schema); id.is_valid()) return id;
  }
  return {};
}

Id<Table> require_table(Fold& fold, const ast::Path& path) {
  const Id<Table> id = find_table(fold, path);
  if (id.is_valid()) return id;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    if (fold.notes[i].is_alive) names.push_back(fold.catalog.tables[i].name);
  }
  fold.diagnostics.report<diag::UnknownTable>(path.range, display_name(path))
      .help(did_you_mean(nearest(path.last(), names)));
  return {};
}

std::string display_name(const Table& table) {
  return table.schema.empty() ? table.name : table.schema + "." + table.name;
}

std::string display_name(const ast::Path& path) {
  std::string out;
  for (const ast::Name& name : path.names) {
    if (!out.empty()) out += '.';
    out += name.text;
  }
  return out;
}

std::optional<std::uint32_t> find_column(const Fold& fold, const Table& table,
                                         std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& candidate = table.columns[i].name;
    if (candidate == name ||
        (fold.row->ignores_column_case && equal_ignoring_case(candidate, name))) {
      return static_cast<std::uint32_t>(i);
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> require_column(Fold& fold, const Table& table, const ast::Name& name) {
  const std::optional<std::uint32_t> found = find_column(fold, table, name.text);
  if (found) return found;
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  fold.diagnostics.report<diag::UnknownColumn>(name.range, display_name(table), name.text)
      .help(did_you_mean(nearest(name.text, names)));
  return std::nullopt;
}

Id<Table> add_table(Fold& fold, Table table, TableNotes notes) {
  table.search_path = search_path_now(fold);
  const Id<Table> id(fold.catalog.tables.size());
  const std::string key = key_of(fold, table.schema, table.name);
  fold.tables[key] = id;
  fold.relations.insert(key);
  fold.catalog.tables.push_back(std::move(table));
  fold.notes.push_back(notes);
  return id;
}

void drop_table(Fold& fold, Id<Table> id) {
  Table& table = fold.table(id);
  fold.notes[id.index].is_alive = false;
  const std::string key = key_of(fold, table.schema, table.name);
  fold.tables.erase(key);
  fold.relations.erase(key);
  const auto forget = [&](const std::string& name) {
    fold.relations.erase(key_of(fold, table.schema, name));
    fold.constraints.erase(key_of(fold, table.schema, name));
  };
  if (table.primary_key) forget(table.primary_key->name);
  for (const Key& unique : table.uniques) forget(unique.name);
  for (const Check& check : table.checks) forget(check.name);
  for (const ForeignKey& foreign_key : table.foreign_keys) forget(foreign_key.name);
  for (const Index& index : table.indexes) forget(index.name);
  for (const Exclusion& exclusion : table.exclusions) forget(exclusion.name);
  for (std::size_t i = 0; i < fold.catalog.sequences.size(); ++i) {
    Sequence& sequence = fold.catalog.sequences[i];
    if (!fold.sequence_alive[i] || sequence.owner != id) continue;
    fold.sequence_alive[i] = false;
    fold.sequences.erase(key_of(fold, sequence.schema, sequence.name));
    fold.relations.erase(key_of(fold, sequence.schema, sequence.name));
  }
  for (std::size_t i = 0; i < fold.catalog.triggers.size(); ++i) {
    if (fold.catalog.triggers[i].table == id) fold.trigger_alive[i] = false;
  }
}

void rename_table(Fold& fold, Id<Table> id, std::string schema, std::string name) {
  settle_readers(fold, id);
  Table& table = fold.table(id);
  const std::string old_key = key_of(fold, table.schema, table.name);
  fold.tables.erase(old_key);
  fold.relations.erase(old_key);
  table.schema = std::move(schema);
  table.name = std::move(name);
  const std::string key = key_of(fold, table.schema, table.name);
  fold.tables[key] = id;
  fold.relations.insert(key);
  for (Table& other : fold.catalog.tables) {
    for (ForeignKey& foreign_key : other.foreign_keys) {
      if (foreign_key.table != id || foreign_key.written.names.empty()) continue;
      ast::Path written;
      written.range = foreign_key.written.range;
      if (!table.schema.empty()) written.names.push_back({table.schema, true, {}});
      written.names.push_back({table.name, true, written.range});
      foreign_key.written = written;
    }
  }
}

namespace {

/// Whether the name stands for something else than a column: system columns, SQLite's "string".
bool is_no_column(const Fold& fold, const Table& table, const ast::Expr& expr) {
  const std::string_view name = expr.path.last();
  if (std::ranges::any_of(fold.row->system_columns,
                          [&](const std::string& c) { return equal_ignoring_case(c, name); })) {
    return true;
  }
  if (expr.path.names.size() == 1 && equal_ignoring_case(name, table.name)) return true;
  return fold.is_sqlite() && expr.path.names.back().quoted;
}

}  // namespace

std::vector<std::uint32_t> columns_read(Fold& fold, const Table& table, const ast::Expr& expr) {
  std::vector<std::uint32_t> out;
  visit_exprs(expr, [&](const ast::Expr& node) {
    if (node.kind != ast::Expr::Kind::column || node.path.names.empty()) return;
    std::optional<std::uint32_t> column = find_column(fold, table, node.path.last());
    if (!column && is_no_column(fold, table, node)) return;
    if (!column) column = require_column(fold, table, node.path.names.back());
    if (column && std::ranges::find(out, *column) == out.end()) out.push_back(*column);
  });
  return out;
}

}  // namespace sqlxc::catalog
