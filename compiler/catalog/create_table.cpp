// CREATE TABLE in all its forms: columns, LIKE, INHERITS, OF, PARTITION OF, AS, and SQLite's
// virtual tables.
#include <algorithm>

#include "compiler/catalog/constraints.h"
#include "compiler/catalog/fold.h"
#include "compiler/catalog/infer.h"

namespace sqlxc::catalog {
namespace {

using ConstraintKind = ast::Constraint::Kind;

/// Whether the name is free; reports it, or not where the statement says what to do.
bool is_free(Fold& fold, const ast::CreateTable& create, const std::string& schema) {
  const std::string key = key_of(fold, schema, create.name.last());
  const auto found = fold.tables.find(key);
  if (found != fold.tables.end() && create.or_replace) {
    drop_table(fold, found->second);
    return true;
  }
  const bool is_taken =
      found != fold.tables.end() || (fold.is_postgres() && fold.relations.contains(key));
  if (!is_taken) return true;
  if (create.if_not_exists) return false;
  const bool is_view = found != fold.tables.end() && fold.table(found->second).query.has_value();
  const std::string_view what = found == fold.tables.end() ? "relation"
                                : is_view                  ? "view"
                                                           : "table";
  Diagnostic& error = fold.diagnostics.report<diag::DuplicateTable>(create.name.range, what,
                                                                    display_name(create.name));
  if (found != fold.tables.end()) {
    error.label(fold.table(found->second).name_range, "the first one");
  }
  return false;
}

bool engine_ignores_foreign_keys(std::string_view engine) {
  for (const std::string_view name :
       {"myisam", "mrg_myisam", "merge", "memory", "heap", "aria", "csv", "archive", "blackhole"}) {
    if (equal_ignoring_case(engine, name)) return true;
  }
  return false;
}

/// ENGINE, COMMENT and CHARSET mean something here; the others are kept.
void read_options(Fold& fold, Id<Table> id, const ast::Options& options) {
  Table& table = fold.table(id);
  for (const auto& [name, value] : options) {
    if (name == "comment") {
      table.comment = value;
      continue;
    }
    if (name == "engine" || name == "type") {
      fold.notes[id.index].ignores_foreign_keys = engine_ignores_foreign_keys(value);
    }
    const auto same =
        std::ranges::find(table.options, name, &std::pair<std::string, std::string>::first);
    if (same != table.options.end()) {
      same->second = value;
    } else {
      table.options.emplace_back(name, value);
    }
  }
}

/// A column that an earlier source (a parent, a type) has already given.
void merge_column(Fold& fold, Id<Table> id, std::uint32_t index, const ast::ColumnDef& definition,
                  std::vector<PendingConstraint>& pending) {
  Column read = read_column(fold, fold.table(id), definition);
  Column& column = fold.table(id).columns[index];
  column.is_nullable = column.is_nullable && read.is_nullable;
  if (read.default_value) {
    column.default_value = std::move(read.default_value);
    column.generated = read.generated;
  }
  if (read.comment) column.comment = std::move(read.comment);
  column.range = read.range;
  column.name_range = read.name_range;
  for (const ast::Constraint& clause : definition.constraints) {
    pending.push_back({&clause, definition.name});
  }
}

Column inherited(const Column& from) {
  Column column = from;
  column.identity = Identity::no;
  column.is_serial = false;
  column.is_rowid = false;
  column.annotations.clear();
  column.comment.reset();
  return column;
}

void inherit_from(Fold& fold, Id<Table> id, Id<Table> parent) {
  for (const Column& from : fold.table(parent).columns) {
    const auto same = find_column(fold, fold.table(id), from.name);
    if (same) {
      Column& column = fold.table(id).columns[*same];
      column.is_nullable = column.is_nullable && from.is_nullable;
      continue;
    }
    fold.table(id).columns.push_back(inherited(from));
  }
  for (const Check& check : fold.table(parent).checks) {
    Table& table = fold.table(id);
    const bool is_there = std::ranges::any_of(
        table.checks, [&](const Check& other) { return other.name == check.name; });
    if (check.is_no_inherit || is_there) continue;
    Check copy = check;
    copy.columns = columns_read(fold, table, copy.expr);
    fold.table(id).checks.push_back(std::move(copy));
  }
  fold.table(id).inherits.push_back(parent);
}

void take_attributes(Fold& fold, Id<Table> id, const ast::Path& type) {
  const TypeEntry* entry = find_type_entry(fold, type);
  if (entry == nullptr || !entry->composite.is_valid()) {
    fold.diagnostics.report<diag::UnknownType>(type.range, display_name(type));
    return;
  }
  for (const Column& attribute : at(fold.catalog.composites, entry->composite).attributes) {
    fold.table(id).columns.push_back(attribute);
  }
}

/// A column, or a LIKE clause, in the order of the text.
struct Element {
  const ast::ColumnDef* column = nullptr;
  const ast::Constraint* like = nullptr;
  SourceRange range;
};

std::vector<Element> elements_of(const ast::CreateTable& create) {
  std::vector<Element> out;
  for (const ast::ColumnDef& column : create.columns)
    out.push_back({&column, nullptr, column.range});
  for (const ast::Constraint& constraint : create.constraints) {
    if (constraint.kind == ConstraintKind::like) {
      out.push_back({nullptr, &constraint, constraint.range});
    }
  }
  std::ranges::stable_sort(out, {}, [](const Element& element) { return element.range.begin; });
  return out;
}

void add_elements(Fold& fold, Id<Table> id, const ast::CreateTable& create,
                  std::vector<PendingConstraint>& pending) {
  const std::size_t given = fold.table(id).columns.size();
  for (const Element& element : elements_of(create)) {
    if (element.like != nullptr) {
      copy_like(fold, id, *element.like);
      continue;
    }
    const auto same = find_column(fold, fold.table(id), element.column->name.text);
    if (same && *same < given) {
      merge_column(fold, id, *same, *element.column, pending);
    } else {
      add_column(fold, id, *element.column, pending);
    }
  }
}

/// CREATE TABLE ... AS: what the query gives stands after what is written, as MySQL allows.
void add_query_columns(Fold& fold, Id<Table> id, const ast::CreateTable& create) {
  std::vector<InferredColumn> inferred = infer_query(fold, create.as_query.front());
  for (std::size_t i = 0; i < inferred.size(); ++i) {
    const std::string& name =
        i < create.as_columns.size() ? create.as_columns[i].text : inferred[i].name;
    if (find_column(fold, fold.table(id), name)) continue;
    Column column;
    column.name = name;
    column.type = std::move(inferred[i].type);
    column.range = create.name.range;
    column.name_range = create.name.range;
    column.is_nullable = !fold.is_mysql() || inferred[i].is_nullable;
    fold.table(id).columns.push_back(std::move(column));
  }
}

/// The name that begins a module's argument: `[a name] unindexed`, `"title"`, `body porter`.
std::string module_column(std::string_view argument) {
  if (argument.empty()) return {};
  const char open = argument.front();
  if (std::string_view("\"`['").find(open) == std::string_view::npos) {
    return std::string(argument.substr(0, argument.find_first_of(" \t\n")));
  }
  const std::size_t close = argument.find(open == '[' ? ']' : open, 1);
  return std::string(argument.substr(1, close == std::string_view::npos ? close : close - 1));
}

/// The columns of FTS and R-Tree modules are their arguments that are no options.
void add_module_columns(Fold& fold, Id<Table> id, const ast::CreateTable& create) {
  Table& table = fold.table(id);
  table.kind = TableKind::virtual_table;
  table.module = create.module;
  table.module_arguments = create.module_arguments;
  const std::string module = to_lower(create.module);
  if (!module.starts_with("fts") && !module.starts_with("rtree")) return;
  for (const std::string& argument : create.module_arguments) {
    if (argument.find('=') != std::string::npos) continue;
    const std::string name = module_column(argument);
    if (name.empty() || find_column(fold, table, name)) continue;
    Column column;
    column.name = name;
    column.range = column.name_range = table.name_range;
    if (module.starts_with("fts")) column.type = type_of_row(fold, "text");
    if (module.starts_with("rtree")) column.type = type_of_row(fold, "double precision");
    table.columns.push_back(std::move(column));
  }
}

struct Shadow {
  std::string_view module, suffix, columns, types, key;
  bool is_without_rowid;
};

// What the modules themselves keep: fts3.html section 9, fts5.html section 9, rtree.html section 5.
constexpr Shadow kShadows[] = {
    {"fts5", "data", "id block", "INTEGER BLOB", "id", false},
    {"fts5", "idx", "segid term pgno", "", "segid term", true},
    {"fts5", "content", "id", "INTEGER", "id", false},
    {"fts5", "docsize", "id sz", "INTEGER BLOB", "id", false},
    {"fts5", "config", "k v", "", "k", true},
    {"fts4", "content", "docid", "INTEGER", "docid", false},
    {"fts4", "segments", "blockid block", "INTEGER BLOB", "blockid", false},
    {"fts4", "segdir", "level idx start_block leaves_end_block end_block root",
     "INTEGER INTEGER INTEGER INTEGER INTEGER BLOB", "level idx", false},
    {"fts4", "docsize", "docid size", "INTEGER BLOB", "docid", false},
    {"fts4", "stat", "id value", "INTEGER BLOB", "id", false},
    {"fts3", "content", "docid", "INTEGER", "docid", false},
    {"fts3", "segments", "blockid block", "INTEGER BLOB", "blockid", false},
    {"fts3", "segdir", "level idx start_block leaves_end_block end_block root",
     "INTEGER INTEGER INTEGER INTEGER INTEGER BLOB", "level idx", false},
    {"rtree", "rowid", "rowid nodeno", "INTEGER ", "rowid", false},
    {"rtree", "node", "nodeno data", "INTEGER ", "nodeno", false},
    {"rtree", "parent", "nodeno parentnode", "INTEGER ", "nodeno", false},
};

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; !text.empty() && at <= text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool has_option(const ast::CreateTable& create, std::string_view option) {
  return std::ranges::any_of(create.module_arguments, [&](const std::string& argument) {
    std::string text = to_lower(argument);
    std::erase(text, ' ');
    return text.starts_with(option);
  });
}

void add_shadow(Fold& fold, const Table& owner, const Shadow& shadow, bool is_fts5) {
  Table table;
  table.schema = owner.schema;
  table.name = owner.name + "_" + std::string(shadow.suffix);
  table.is_shadow = true;
  table.is_without_rowid = shadow.is_without_rowid;
  const std::vector<std::string_view> types = words(shadow.types);
  const auto add = [&](std::string_view name, std::string_view type) {
    Column column;
    column.name = name;
    column.type.spelled = type;
    if (type == "INTEGER") column.type.name = "bigint";
    if (type == "BLOB") column.type.name = "blob";
    table.columns.push_back(std::move(column));
  };
  for (const std::string_view name : words(shadow.columns)) {
    const std::size_t i = table.columns.size();
    add(name, i < types.size() ? types[i] : "");
  }
  for (std::size_t i = 0; shadow.suffix == "content" && i < owner.columns.size(); ++i) {
    add("c" + std::to_string(i) + (is_fts5 ? "" : owner.columns[i].name), "");
  }
  Key key;
  for (const std::string_view name : words(shadow.key)) {
    const auto column = find_column(fold, table, name);
    key.columns.push_back(*column);
    table.columns[*column].is_nullable = !shadow.is_without_rowid;
  }
  if (key.columns.size() == 1) table.columns[key.columns[0]].is_rowid = !shadow.is_without_rowid;
  table.primary_key = std::move(key);
  if (!fold.tables.contains(key_of(fold, table.schema, table.name))) {
    add_table(fold, std::move(table), {});
  }
}

/// The tables in which FTS and R-Tree keep what they know: SQLite lists them like any other.
void add_shadows(Fold& fold, Id<Table> id, const ast::CreateTable& create) {
  const std::string module = to_lower(create.module);
  const Table owner = fold.table(id);
  const bool has_content = !has_option(create, "content=");
  for (const Shadow& shadow : kShadows) {
    if (!module.starts_with(shadow.module)) continue;
    if (shadow.suffix == "content" && !has_content) continue;
    if (shadow.module == "fts5" && shadow.suffix == "docsize" &&
        has_option(create, "columnsize=0")) {
      continue;
    }
    add_shadow(fold, owner, shadow, module == "fts5");
  }
}

Table make_table(Fold& fold, const ast::CreateTable& create, std::string schema) {
  Table table;
  table.schema = std::move(schema);
  table.name = create.name.last();
  table.kind = create.is_foreign ? TableKind::foreign_table : TableKind::table;
  table.partition_by = create.partition_by;
  table.partition_bound = create.partition_bound;
  table.is_unlogged = create.is_unlogged;
  table.is_without_rowid = create.is_without_rowid;
  table.is_strict = create.is_strict;
  table.range = fold.statement;
  table.name_range = create.name.range;
  return table;
}

void add_parents(Fold& fold, Id<Table> id, const ast::CreateTable& create) {
  for (const ast::Path& path : create.inherits) {
    const Id<Table> parent = require_table(fold, path);
    if (parent.is_valid()) inherit_from(fold, id, parent);
  }
  if (create.of_type) take_attributes(fold, id, *create.of_type);
  if (!create.partition_of) return;
  const Id<Table> parent = require_table(fold, *create.partition_of);
  if (!parent.is_valid()) return;
  for (const Column& from : fold.table(parent).columns) {
    fold.table(id).columns.push_back(inherited(from));
  }
}

}  // namespace

void apply_create_table(Fold& fold, const ast::CreateTable& create) {
  const std::string schema = create.is_temporary ? "pg_temp" : schema_for(fold, create.name);
  if (!is_free(fold, create, schema)) return;
  const Id<Table> id = add_table(fold, make_table(fold, create, schema),
                                 {.is_temporary = create.is_temporary || schema == "temp"});
  read_options(fold, id, create.options);
  std::vector<PendingConstraint> pending;
  add_parents(fold, id, create);
  if (create.like) {
    ast::Constraint like;
    like.references.emplace().table = *create.like;
    like.text = "mysql";
    copy_like(fold, id, like);
  }
  add_elements(fold, id, create, pending);
  if (create.is_virtual) {
    add_module_columns(fold, id, create);
    add_shadows(fold, id, create);
  }
  if (!create.as_query.empty()) add_query_columns(fold, id, create);
  for (const ast::Constraint& constraint : create.constraints) pending.push_back({&constraint, {}});
  apply_constraints(fold, id, pending, true);
  if (create.partition_of) {
    const Id<Table> parent = find_table(fold, *create.partition_of);
    if (parent.is_valid() && parent != id) copy_partition(fold, parent, id);
  }
}

}  // namespace sqlxc::catalog
