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
    std::string name = argument.substr(0, argument.find_first_of(" \t\n"));
    if (name.size() > 1 && std::string_view("\"`['").find(name.front()) != std::string_view::npos) {
      name = name.substr(1, name.size() - 2);
    }
    if (name.empty() || find_column(fold, table, name)) continue;
    Column column;
    column.name = name;
    column.range = column.name_range = table.name_range;
    if (module.starts_with("fts")) column.type = type_of_row(fold, "text");
    if (module.starts_with("rtree")) column.type = type_of_row(fold, "double precision");
    table.columns.push_back(std::move(column));
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
  if (create.is_virtual) add_module_columns(fold, id, create);
  if (!create.as_query.empty()) add_query_columns(fold, id, create);
  for (const ast::Constraint& constraint : create.constraints) pending.push_back({&constraint, {}});
  apply_constraints(fold, id, pending, true);
  if (create.partition_of) {
    const Id<Table> parent = find_table(fold, *create.partition_of);
    if (parent.is_valid() && parent != id) copy_partition(fold, parent, id);
  }
}

}  // namespace sqlxc::catalog
