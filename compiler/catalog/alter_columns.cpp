#include "compiler/catalog/alter_columns.h"

#include <algorithm>
#include <optional>
#include <string>

#include "compiler/catalog/alter_table.h"

namespace sqlxc::catalog {
namespace {

using Action = ast::AlterAction;
using Kind = ast::AlterAction::Kind;

std::optional<std::uint32_t> column_of(Alter& alter, const Action& action) {
  const auto found = find_column(alter.fold, alter.table(), action.name.text);
  if (found || action.if_exists) return found;
  return require_column(alter.fold, alter.table(), action.name);
}

/// FIRST, AFTER x: where MySQL puts what was just added or changed.
void place_column(Alter& alter, std::uint32_t column, const ast::ColumnDef& definition) {
  if (definition.position.empty()) return;
  const std::string lower = to_lower(definition.position);
  if (lower == "first") {
    move_column(alter.fold, alter.id, column, 0);
    return;
  }
  if (!lower.starts_with("after ")) return;
  std::string name = definition.position.substr(6);
  if (name.size() > 1 && name.front() == '`') name = name.substr(1, name.size() - 2);
  const auto after = require_column(alter.fold, alter.table(), {name, true, definition.range});
  if (!after) return;
  move_column(alter.fold, alter.id, column, *after < column ? *after + 1 : *after);
}

void add_columns(Alter& alter, const Action& action) {
  for (const ast::ColumnDef& definition : action.columns) {
    const bool is_there = find_column(alter.fold, alter.table(), definition.name.text).has_value();
    if (is_there && action.if_not_exists) continue;
    const std::size_t before = alter.table().columns.size();
    add_column(alter.fold, alter.id, definition, alter.pending);
    if (alter.table().columns.size() == before) continue;
    // SQLite gives old rows no value, and refuses keys: what is left is the column.
    place_column(alter, static_cast<std::uint32_t>(before), definition);
  }
}

void drop_column(Alter& alter, const Action& action) {
  const auto column = column_of(alter, action);
  if (column) remove_column(alter.fold, alter.id, *column);
}

/// What a changed column keeps of the old one: in MySQL its keys, which stand elsewhere.
void replace_column(Alter& alter, std::uint32_t index, const ast::ColumnDef& definition) {
  Column changed = read_column(alter.fold, alter.table(), definition);
  Column& column = alter.table().columns[index];
  const std::string old_name = column.name;
  const bool is_key =
      alter.table().primary_key && std::ranges::find(alter.table().primary_key->columns, index) !=
                                       alter.table().primary_key->columns.end();
  if (is_key) changed.is_nullable = false;
  changed.annotations = std::move(column.annotations);
  column = std::move(changed);
  if (old_name != column.name) {
    const std::string name = column.name;
    rename_column_in_exprs(alter.fold, alter.table(), old_name, name);
  }
  for (const ast::Constraint& clause : definition.constraints) {
    alter.pending.push_back({&clause, definition.name});
  }
  place_column(alter, index, definition);
}

void modify_column(Alter& alter, const Action& action) {
  if (action.columns.empty()) return;
  const ast::ColumnDef& definition = action.columns.front();
  const bool is_change = action.kind == Kind::change_column;
  const ast::Name& name = is_change ? action.name : definition.name;
  auto column = find_column(alter.fold, alter.table(), name.text);
  if (!column && action.if_exists) return;
  if (!column) column = require_column(alter.fold, alter.table(), name);
  if (column) replace_column(alter, *column, definition);
}

void rename_column(Alter& alter, const Action& action) {
  const auto column = column_of(alter, action);
  if (!column) return;
  const auto same = find_column(alter.fold, alter.table(), action.new_name.text);
  if (same && *same != *column) {
    alter.fold.diagnostics.report<diag::DuplicateColumn>(
        action.new_name.range, display_name(alter.table()), action.new_name.text);
    return;
  }
  settle_readers(alter.fold, alter.id);
  const std::string old_name = alter.table().columns[*column].name;
  rename_column_in_exprs(alter.fold, alter.table(), old_name, action.new_name.text);
  alter.table().columns[*column].name = action.new_name.text;
  alter.table().has_column_list = true;
  for (Table& other : alter.fold.catalog.tables) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.table != alter.id) continue;
      for (std::string& name : key.reference_names) {
        if (name == old_name) name = action.new_name.text;
      }
    }
  }
}

void alter_type(Alter& alter, const Action& action) {
  const auto column = column_of(alter, action);
  if (!column || action.columns.empty() || !action.columns.front().type) return;
  alter.table().columns[*column].type = resolve_type(alter.fold, *action.columns.front().type);
  for (const ast::Constraint& clause : action.columns.front().constraints) {
    if (clause.kind == ast::Constraint::Kind::collate) {
      alter.table().columns[*column].collation = clause.text;
    }
  }
}

/// A default that reads a sequence which the column owns is a serial column, as pg_dump writes it.
void note_serial(Alter& alter, std::uint32_t index) {
  Column& column = alter.table().columns[index];
  column.is_serial = owns_its_default(alter.fold, alter.id, index);
}

Identity identity_of(bool is_always) { return is_always ? Identity::always : Identity::by_default; }

void alter_column(Alter& alter, const Action& action) {
  const auto index = column_of(alter, action);
  if (!index) return;
  Column& column = alter.table().columns[*index];
  switch (action.kind) {
    case Kind::set_default:
      if (!action.expr.empty()) column.default_value = action.expr.front();
      note_serial(alter, *index);
      return;
    case Kind::drop_default:
      column.default_value.reset();
      column.is_serial = false;
      return;
    case Kind::set_not_null:
      column.is_nullable = false;
      return;
    case Kind::drop_not_null:
      column.is_nullable = true;
      return;
    case Kind::set_expression:
      if (!action.expr.empty()) column.default_value = action.expr.front();
      return;
    case Kind::drop_expression:
      column.generated = Generated::no;
      column.default_value.reset();
      return;
    case Kind::drop_identity:
      column.identity = Identity::no;
      return;
    case Kind::set_identity:
      for (const auto& [option, value] : action.options) {
        if (option == "generated") column.identity = identity_of(value == "always");
      }
      return;
    case Kind::add_identity:
      column.identity = identity_of(action.constraint.front().is_always);
      column.is_nullable = false;
      add_identity_sequence(alter.fold, alter.id, *index, action.constraint.front().options);
      return;
    default:
      return;
  }
}

}  // namespace

void alter_columns(Alter& alter, const Action& action) {
  switch (action.kind) {
    case Kind::add_column:
      return add_columns(alter, action);
    case Kind::drop_column:
      return drop_column(alter, action);
    case Kind::alter_type:
      return alter_type(alter, action);
    case Kind::modify_column:
    case Kind::change_column:
      return modify_column(alter, action);
    case Kind::rename_column:
      return rename_column(alter, action);
    default:
      return alter_column(alter, action);
  }
}

}  // namespace sqlxc::catalog
