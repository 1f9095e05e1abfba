// ALTER TABLE, action by action, and RENAME TABLE.
#include <algorithm>

#include "compiler/catalog/alter_columns.h"
#include "compiler/catalog/alter_table.h"
#include "compiler/catalog/constraints.h"
#include "compiler/catalog/fold.h"
#include "compiler/catalog/forget.h"

namespace sqlxc::catalog {
namespace {

using Action = ast::AlterAction;
using Kind = ast::AlterAction::Kind;

/// Partitions and heirs follow what is said of their parent, but for ONLY.
std::vector<Id<Table>> heirs_of(const Fold& fold, Id<Table> parent) {
  std::vector<Id<Table>> out;
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    const Table& table = fold.catalog.tables[i];
    if (!fold.notes[i].is_alive) continue;
    if (table.partition_of == parent ||
        std::ranges::find(table.inherits, parent) != table.inherits.end()) {
      out.emplace_back(i);
    }
  }
  return out;
}

// --- constraints

bool is_name(const Fold& fold, std::string_view a, std::string_view b) {
  return fold.is_postgres() ? a == b : equal_ignoring_case(a, b);
}

/// A table has one primary key, and of each name one constraint.
bool has_constraint(const Fold& fold, const Table& table, const ast::Constraint& constraint) {
  if (constraint.kind == ast::Constraint::Kind::primary_key && table.primary_key) return true;
  if (!constraint.name) return false;
  const auto is_it = [&](const auto& thing) {
    return is_name(fold, thing.name, constraint.name->text);
  };
  return std::ranges::any_of(table.uniques, is_it) || std::ranges::any_of(table.checks, is_it) ||
         std::ranges::any_of(table.foreign_keys, is_it) ||
         std::ranges::any_of(table.exclusions, is_it);
}

void add_constraint(Alter& alter, const Action& action) {
  for (const ast::Constraint& constraint : action.constraint) {
    if (action.if_not_exists && has_constraint(alter.fold, alter.table(), constraint)) continue;
    alter.pending.push_back({&constraint, {}});
  }
}

template <typename Things>
bool erase_named(Fold& fold, const Table& table, Things& things, std::string_view name) {
  const auto found = std::ranges::find_if(
      things, [&](const auto& thing) { return is_name(fold, thing.name, name); });
  if (found == things.end()) return false;
  forget_name(fold, table, *found);
  things.erase(found);
  return true;
}

bool drop_key(Alter& alter, std::string_view name, bool is_cascade) {
  Fold& fold = alter.fold;
  Table& table = alter.table();
  if (table.primary_key && is_name(fold, table.primary_key->name, name)) {
    if (is_cascade) forget_keys_on(fold, alter.id, table.primary_key->columns);
    forget_name(fold, table, *table.primary_key);
    table.primary_key.reset();
    return true;
  }
  for (const Key& key : table.uniques) {
    if (!is_name(fold, key.name, name) || !is_cascade) continue;
    const std::vector<std::uint32_t> columns = key.columns;
    forget_keys_on(fold, alter.id, columns);
    break;
  }
  return erase_named(fold, table, table.uniques, name);
}

void drop_constraint(Alter& alter, const Action& action) {
  Fold& fold = alter.fold;
  Table& table = alter.table();
  const std::string& name = action.name.text;
  const bool is_index = action.kind == Kind::drop_index;
  bool found = action.kind == Kind::drop_foreign_key || is_index
                   ? false
                   : erase_named(fold, table, table.checks, name);
  if (!found && !is_index) found = erase_named(fold, table, table.foreign_keys, name);
  if (!found && !is_index) found = erase_named(fold, table, table.exclusions, name);
  if (!found && action.kind != Kind::drop_foreign_key) {
    found = drop_key(alter, name, action.is_cascade);
  }
  if (!found && is_index) found = erase_named(fold, table, table.indexes, name);
  if (!found && fold.is_mysql() && equal_ignoring_case(name, "primary")) {
    found = table.primary_key.has_value();
    table.primary_key.reset();
  }
  if (found || action.if_exists) return;
  fold.diagnostics.report<diag::UnknownObject>(action.name.range, is_index ? "index" : "constraint",
                                               name);
}

template <typename Things>
bool rename_in(const Fold& fold, Things& things, std::string_view from, const std::string& to) {
  for (auto& thing : things) {
    if (!is_name(fold, thing.name, from)) continue;
    thing.name = to;
    return true;
  }
  return false;
}

void rename_constraint(Alter& alter, const Action& action) {
  Fold& fold = alter.fold;
  Table& table = alter.table();
  const std::string& from = action.name.text;
  const std::string& to = action.new_name.text;
  if (table.primary_key && is_name(fold, table.primary_key->name, from)) {
    table.primary_key->name = to;
  } else if (!rename_in(fold, table.uniques, from, to) &&
             !rename_in(fold, table.indexes, from, to) &&
             !rename_in(fold, table.checks, from, to) &&
             !rename_in(fold, table.foreign_keys, from, to) &&
             !rename_in(fold, table.exclusions, from, to)) {
    fold.diagnostics.report<diag::UnknownObject>(action.name.range, "constraint", from);
    return;
  }
  for (auto* names : {&fold.relations, &fold.constraints}) {
    if (names->erase(key_of(fold, table.schema, from)) > 0) {
      names->insert(key_of(fold, table.schema, to));
    }
  }
}

// --- the table itself

void rename(Alter& alter, const Action& action) {
  const ast::Path& path = action.new_path;
  const std::string& name = path.names.empty() ? action.new_name.text : path.names.back().text;
  const std::string schema =
      path.names.size() > 1 ? schema_for(alter.fold, path) : alter.table().schema;
  const auto taken = alter.fold.tables.find(key_of(alter.fold, schema, name));
  if (taken != alter.fold.tables.end() && taken->second != alter.id) {
    alter.fold.diagnostics.report<diag::DuplicateTable>(action.range, "table", name);
    return;
  }
  rename_table(alter.fold, alter.id, schema, name);
}

void set_schema(Alter& alter, const Action& action) {
  ast::Path path;
  path.names = {action.name, action.name};
  const std::string schema = schema_for(alter.fold, path);
  rename_table(alter.fold, alter.id, schema, alter.table().name);
}

void set_options(Alter& alter, const Action& action) {
  for (const auto& [name, value] : action.options) {
    if (name == "comment") {
      alter.table().comment = value;
      continue;
    }
    auto& options = alter.table().options;
    const auto same = std::ranges::find(options, name, &std::pair<std::string, std::string>::first);
    if (same == options.end()) {
      options.emplace_back(name, value);
    } else {
      same->second = value;
    }
  }
}

void attach_partition(Alter& alter, const Action& action) {
  const Id<Table> child = require_table(alter.fold, action.new_path);
  if (!child.is_valid() || child == alter.id) return;
  alter.fold.table(child).partition_bound = action.text;
  copy_partition(alter.fold, alter.id, child);
}

void detach_partition(Alter& alter, const Action& action) {
  const Id<Table> child = require_table(alter.fold, action.new_path);
  if (!child.is_valid()) return;
  alter.fold.table(child).partition_of = {};
  alter.fold.table(child).partition_bound.clear();
}

void inherit(Alter& alter, const Action& action) {
  const Id<Table> parent = require_table(alter.fold, action.new_path);
  if (!parent.is_valid()) return;
  std::vector<Id<Table>>& inherits = alter.table().inherits;
  if (action.kind == Kind::no_inherit) {
    std::erase(inherits, parent);
  } else {
    inherits.push_back(parent);
  }
}

void drop_primary_key(Alter& alter, const Action& action) {
  if (!alter.table().primary_key && !action.if_exists) {
    alter.fold.diagnostics.report<diag::UnknownObject>(action.range, "primary key of",
                                                       display_name(alter.table()));
  }
  alter.table().primary_key.reset();
}

void apply_action(Alter& alter, const Action& action) {
  switch (action.kind) {
    case Kind::add_column:
    case Kind::drop_column:
    case Kind::alter_type:
    case Kind::set_default:
    case Kind::drop_default:
    case Kind::set_not_null:
    case Kind::drop_not_null:
    case Kind::add_identity:
    case Kind::set_identity:
    case Kind::drop_identity:
    case Kind::set_expression:
    case Kind::drop_expression:
    case Kind::modify_column:
    case Kind::change_column:
    case Kind::rename_column:
      return alter_columns(alter, action);
    case Kind::rename_table:
      return rename(alter, action);
    case Kind::rename_constraint:
    case Kind::rename_index:
      return rename_constraint(alter, action);
    case Kind::add_constraint:
      return add_constraint(alter, action);
    case Kind::drop_constraint:
    case Kind::drop_foreign_key:
    case Kind::drop_index:
    case Kind::drop_check:
      return drop_constraint(alter, action);
    case Kind::drop_primary_key:
      return drop_primary_key(alter, action);
    case Kind::set_schema:
      return set_schema(alter, action);
    case Kind::set_options:
      return set_options(alter, action);
    case Kind::attach_partition:
      return attach_partition(alter, action);
    case Kind::detach_partition:
      return detach_partition(alter, action);
    case Kind::inherit:
    case Kind::no_inherit:
      return inherit(alter, action);
    case Kind::validate_constraint:
    case Kind::alter_constraint:
    case Kind::owner_to:
    case Kind::convert_charset:
    case Kind::other:
      return;
  }
}

/// Whether heirs and partitions follow: what is said of columns and constraints, not of the table
/// as such.
bool is_inherited(const Fold& fold, const Action& action, bool is_partitioned) {
  if (!fold.is_postgres()) return false;
  switch (action.kind) {
    case Kind::add_column:
    case Kind::drop_column:
    case Kind::alter_type:
    case Kind::set_not_null:
    case Kind::drop_not_null:
    case Kind::set_default:
    case Kind::drop_default:
    case Kind::rename_column:
      return true;
    case Kind::add_constraint: {
      const bool is_check = !action.constraint.empty() &&
                            action.constraint.front().kind == ast::Constraint::Kind::check;
      return is_check || is_partitioned;
    }
    default:
      return false;
  }
}

void apply_to(Fold& fold, Id<Table> id, const ast::AlterTable& statement);

void apply_to_heirs(Fold& fold, Id<Table> id, const ast::AlterTable& statement) {
  ast::AlterTable inherited = statement;
  const bool is_partitioned = fold.table(id).partition_by.has_value();
  std::erase_if(inherited.actions,
                [&](const Action& action) { return !is_inherited(fold, action, is_partitioned); });
  if (inherited.actions.empty()) return;
  for (Action& action : inherited.actions) {
    action.if_not_exists = true;
    action.if_exists = true;
    for (ast::Constraint& constraint : action.constraint) {
      const bool is_key = constraint.kind != ast::Constraint::Kind::check;
      if (is_key) constraint.name.reset();
    }
  }
  for (const Id<Table> heir : heirs_of(fold, id)) apply_to(fold, heir, inherited);
}

void apply_to(Fold& fold, Id<Table> id, const ast::AlterTable& statement) {
  Alter alter{fold, id, statement, {}};
  for (const Action& action : statement.actions) {
    apply_action(alter, action);
    // A key may stand on a column that the same statement adds, so keys follow at once.
    if (!alter.pending.empty()) {
      const std::vector<PendingConstraint> pending = std::move(alter.pending);
      alter.pending.clear();
      apply_constraints(fold, id, pending, false);
    }
  }
  if (!statement.is_only) apply_to_heirs(fold, id, statement);
}

/// ALTER INDEX ... RENAME TO; the rest of it changes no structure.
void alter_index(Fold& fold, const ast::AlterTable& statement) {
  for (const Action& action : statement.actions) {
    if (action.kind != Kind::rename_table) continue;
    for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
      if (!fold.notes[i].is_alive) continue;
      Table& table = fold.catalog.tables[i];
      const std::string from(statement.name.last());
      const std::string& to =
          action.new_path.names.empty() ? action.new_name.text : action.new_path.names.back().text;
      if (rename_in(fold, table.indexes, from, to) || rename_in(fold, table.uniques, from, to) ||
          (table.primary_key && table.primary_key->name == from &&
           !(table.primary_key->name = to).empty())) {
        fold.relations.erase(key_of(fold, table.schema, from));
        fold.relations.insert(key_of(fold, table.schema, to));
        return;
      }
    }
  }
}

}  // namespace

namespace {

/// PostgreSQL takes ALTER TABLE for sequences too, as old dumps write it.
bool is_other_relation(const Fold& fold, const ast::Path& path) {
  const std::string schema = path.names.size() > 1      ? schema_spelled(fold, path.qualifier())
                             : fold.search_path.empty() ? std::string()
                                                        : fold.search_path.front();
  return fold.sequences.contains(key_of(fold, schema, path.last()));
}

}  // namespace

void apply_alter_table(Fold& fold, const ast::AlterTable& alter) {
  if (alter.object == "index") return alter_index(fold, alter);
  if (alter.object == "sequence") return alter_sequence(fold, alter);
  const Id<Table> found = find_table(fold, alter.name);
  if (alter.if_exists && !found.is_valid()) return;
  if (!found.is_valid() && fold.is_postgres() && is_other_relation(fold, alter.name)) {
    return alter_sequence(fold, alter);
  }
  const Id<Table> id = require_table(fold, alter.name);
  if (!id.is_valid()) return;
  apply_to(fold, id, alter);
}

void apply_rename_table(Fold& fold, const ast::RenameTable& rename) {
  for (const auto& [from, to] : rename.pairs) {
    const Id<Table> id = require_table(fold, from);
    if (!id.is_valid()) continue;
    rename_table(fold, id, schema_for(fold, to), std::string(to.last()));
  }
}

}  // namespace sqlxc::catalog
