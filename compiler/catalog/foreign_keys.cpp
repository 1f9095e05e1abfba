// Foreign keys: read where they are written, resolved as soon as their target stands, and checked
// against it when the fold is over.
#include <algorithm>
#include <charconv>

#include "compiler/base/nearest.h"
#include "compiler/catalog/constraints.h"
#include "compiler/stdlib/types.h"

namespace sqlxc::catalog {
namespace {

Id<Table> find_target(const Fold& fold, const Table& table, const ForeignKey& key) {
  if (fold.is_postgres() || key.written.names.size() > 1) return find_table(fold, key.written);
  const auto found = fold.tables.find(key_of(fold, table.schema, key.written.last()));
  return found == fold.tables.end() ? Id<Table>() : found->second;
}

/// Sets the target and its columns; false where there is no such table yet.
bool resolve(Fold& fold, const Table& table, ForeignKey& key) {
  key.table = find_target(fold, table, key);
  if (!key.table.is_valid()) return false;
  const Table& target = fold.table(key.table);
  key.references.clear();
  if (key.reference_names.empty() && target.primary_key) {
    key.references = target.primary_key->columns;
    for (const std::uint32_t column : key.references) {
      key.reference_names.push_back(target.columns[column].name);
    }
    return true;
  }
  for (std::string& name : key.reference_names) {
    const auto column = find_column(fold, target, name);
    if (!column) continue;
    key.references.push_back(*column);
    name = target.columns[*column].name;
  }
  return true;
}

void report_missing(Fold& fold, const Table& table, const ForeignKey& key, bool is_later) {
  const std::string name = display_name(key.written);
  const SourceRange range = key.written.range;
  if (is_later) {
    fold.diagnostics.report<diag::ForeignKeyAhead>(range, name)
        .help("move this table below it, or add the key by `alter table` afterwards");
    return;
  }
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    if (fold.notes[i].is_alive) names.push_back(fold.catalog.tables[i].name);
  }
  const std::string hint = did_you_mean(nearest(key.written.last(), names));
  const bool is_error = fold.row->refuses_missing_table && key.must_exist;
  if (is_error) {
    fold.diagnostics.report<diag::ForeignKeyToNothing>(range, name).help(hint);
  } else {
    fold.diagnostics.report<diag::ForeignKeyDangling>(range, name).help(hint);
  }
  (void)table;
}

const Type& base_type(const Fold& fold, const Type& type) {
  return type.domain.is_valid() ? base_type(fold, at(fold.catalog.domains, type.domain).type)
                                : type;
}

bool is_integer(const stdlib::TypeRow& row) { return row.kind.starts_with("int") && row.rank > 0; }

/// Whether PostgreSQL finds an operator that compares the two (ATAddForeignKeyConstraint).
bool postgres_compares(const stdlib::TypeRow& from, const stdlib::TypeRow& to) {
  if (from.category != to.category) return false;
  if (from.category == "number") return is_integer(from) || from.rank <= to.rank || !is_integer(to);
  if (from.category == "string" || from.category == "time") return true;
  return from.name == to.name;
}

/// InnoDB wants the same size and sign of numbers; the length of texts may differ.
bool mysql_compares(const Type& from, const stdlib::TypeRow& from_row, const Type& to,
                    const stdlib::TypeRow& to_row) {
  if (from_row.category == "number") {
    return from_row.name == to_row.name && from.is_unsigned == to.is_unsigned;
  }
  return from_row.category == to_row.category;
}

bool compares(const Fold& fold, const Type& from_type, const Type& to_type) {
  const Type& from = base_type(fold, from_type);
  const Type& to = base_type(fold, to_type);
  if (fold.is_sqlite() || !from.is_known || !to.is_known) return true;
  if (from.enumeration.is_valid() || to.enumeration.is_valid()) {
    return from.enumeration == to.enumeration;
  }
  const stdlib::TypeRow* from_row = stdlib::type_named(from.name);
  const stdlib::TypeRow* to_row = stdlib::type_named(to.name);
  if (from_row == nullptr || to_row == nullptr) return from.name == to.name;
  if ((from.array_dimensions > 0) != (to.array_dimensions > 0)) return false;
  return fold.is_mysql() ? mysql_compares(from, *from_row, to, *to_row)
                         : postgres_compares(*from_row, *to_row);
}

void check_types(Fold& fold, const Table& table, const ForeignKey& key) {
  const Table& target = fold.table(key.table);
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const Column& from = table.columns[key.columns[i]];
    const Column& to = target.columns[key.references[i]];
    if (compares(fold, from.type, to.type)) continue;
    const SourceRange range = from.type.range.is_known() ? from.type.range : key.range;
    Diagnostic& error = fold.diagnostics.report<diag::ForeignKeyType>(
        range, table.name + "." + from.name, from.type.spelled, target.name + "." + to.name,
        to.type.spelled);
    if (to.type.range.is_known()) {
      error.label(to.type.range, "the referenced column is `" + to.type.spelled + "`");
    }
    if (from.type.range.is_known()) {
      error.fix(from.type.range, to.type.spelled, "give both columns the same type");
    }
  }
}

bool same_set(std::vector<std::uint32_t> a, std::vector<std::uint32_t> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

bool begins_with(const std::vector<std::uint32_t>& columns,
                 const std::vector<std::uint32_t>& wanted) {
  return columns.size() >= wanted.size() &&
         std::equal(wanted.begin(), wanted.end(), columns.begin());
}

std::vector<std::uint32_t> plain_columns(const Index& index) {
  std::vector<std::uint32_t> out;
  for (const IndexElement& element : index.elements) {
    if (!element.column) break;
    out.push_back(*element.column);
  }
  return out;
}

/// PostgreSQL wants a unique key over exactly these columns, InnoDB an index that begins with them.
bool has_key(const Fold& fold, const Table& target, const std::vector<std::uint32_t>& columns) {
  const auto fits = [&](const std::vector<std::uint32_t>& key) {
    return fold.is_mysql() ? begins_with(key, columns) : same_set(key, columns);
  };
  if (target.primary_key && fits(target.primary_key->columns)) return true;
  if (std::ranges::any_of(target.uniques, [&](const Key& key) { return fits(key.columns); })) {
    return true;
  }
  return std::ranges::any_of(target.indexes, [&](const Index& index) {
    const std::vector<std::uint32_t> plain = plain_columns(index);
    if (fold.is_mysql()) return fits(plain);
    return index.is_unique && !index.where && plain.size() == index.elements.size() && fits(plain);
  });
}

void check(Fold& fold, const Table& table, const ForeignKey& key) {
  const Table& target = fold.table(key.table);
  bool is_whole = true;
  for (const std::string& name : key.reference_names) {
    if (find_column(fold, target, name)) continue;
    is_whole = false;
    if (fold.is_sqlite()) continue;
    require_column(fold, target, {name, false, key.range});
  }
  if (!is_whole || fold.is_sqlite()) return;
  if (key.references.size() != key.columns.size()) {
    fold.diagnostics.report<diag::ForeignKeyCount>(key.range, std::to_string(key.columns.size()),
                                                   std::to_string(key.references.size()),
                                                   display_name(target));
    return;
  }
  if (!has_key(fold, target, key.references)) {
    fold.diagnostics.report<diag::ForeignKeyNoKey>(key.range, display_name(target))
        .label(target.name_range, "it needs a unique key over them");
    return;
  }
  check_types(fold, table, key);
}

std::string foreign_key_name(Fold& fold, Table& table, const ast::Constraint& constraint,
                             const ForeignKey& key) {
  if (constraint.name) {
    fold.constraints.insert(key_of(fold, table.schema, constraint.name->text));
    return constraint.name->text;
  }
  if (fold.is_sqlite()) return {};
  if (fold.is_mysql()) {
    std::size_t next = 1;
    const std::string prefix = table.name + "_ibfk_";
    for (const ForeignKey& other : table.foreign_keys) {
      if (!other.name.starts_with(prefix)) continue;
      std::size_t taken = 0;
      const char* digits = other.name.data() + prefix.size();
      std::from_chars(digits, other.name.data() + other.name.size(), taken);
      next = std::max(next, taken + 1);
    }
    return prefix + std::to_string(next);
  }
  std::string columns;
  for (const std::uint32_t column : key.columns) {
    if (!columns.empty()) columns += '_';
    columns += table.columns[column].name;
  }
  return choose_constraint_name(fold, table.schema, table.name, columns, "fkey");
}

/// InnoDB makes an index for a foreign key that has none.
void add_implicit_index(Fold& fold, Table& table, const ForeignKey& key, bool is_named) {
  const auto covers = [&](const std::vector<std::uint32_t>& columns) {
    return begins_with(columns, key.columns);
  };
  if (table.primary_key && covers(table.primary_key->columns)) return;
  if (std::ranges::any_of(table.uniques, [&](const Key& k) { return covers(k.columns); })) return;
  if (std::ranges::any_of(table.indexes,
                          [&](const Index& index) { return covers(plain_columns(index)); })) {
    return;
  }
  Index index;
  index.name =
      is_named ? key.name : choose_mysql_key_name(fold, table, table.columns[key.columns[0]].name);
  index.is_implicit = true;
  index.range = key.range;
  for (const std::uint32_t column : key.columns) {
    IndexElement element;
    element.column = column;
    index.elements.push_back(std::move(element));
  }
  table.indexes.push_back(std::move(index));
}

bool read_columns(Fold& fold, const Table& table, const PendingConstraint& pending,
                  ForeignKey& key) {
  if (pending.column) {
    const auto column = find_column(fold, table, pending.column->text);
    if (column) key.columns.push_back(*column);
    return column.has_value();
  }
  bool is_whole = true;
  for (const ast::Name& name : pending.constraint->columns) {
    const auto column = require_column(fold, table, name);
    column ? key.columns.push_back(*column) : void(is_whole = false);
  }
  return is_whole && !key.columns.empty();
}

}  // namespace

void add_foreign_key(Fold& fold, Id<Table> id, const PendingConstraint& pending) {
  const ast::Constraint& constraint = *pending.constraint;
  if (!constraint.references) return;
  ForeignKey key;
  if (!read_columns(fold, fold.table(id), pending, key)) return;
  if (fold.notes[id.index].ignores_foreign_keys) return;
  const ast::References& references = *constraint.references;
  key.written = references.table;
  key.on_delete = references.on_delete;
  key.on_update = references.on_update;
  if (fold.is_mysql()) {
    if (!references.says_on_delete) key.on_delete = ast::ReferenceAction::restrict_;
    if (!references.says_on_update) key.on_update = ast::ReferenceAction::restrict_;
  }
  key.set_columns = references.set_columns;
  key.match = references.match;
  key.is_deferrable = constraint.is_deferrable;
  key.is_initially_deferred = constraint.is_initially_deferred;
  key.is_not_valid = constraint.is_not_valid;
  key.range = constraint.range;
  for (const ast::Name& name : references.columns) key.reference_names.push_back(name.text);
  Table& table = fold.table(id);
  key.must_exist = fold.checks_foreign_keys;
  key.was_ahead = !resolve(fold, table, key);
  key.name = foreign_key_name(fold, table, constraint, key);
  if (fold.is_mysql()) add_implicit_index(fold, table, key, constraint.name.has_value());
  table.foreign_keys.push_back(std::move(key));
}

void finish_foreign_keys(Fold& fold) {
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    Table& table = fold.catalog.tables[i];
    if (!fold.notes[i].is_alive) continue;
    for (ForeignKey& key : table.foreign_keys) {
      const bool is_resolved = key.table.is_valid() && fold.notes[key.table.index].is_alive;
      if (!is_resolved && !resolve(fold, table, key)) {
        report_missing(fold, table, key, false);
        continue;
      }
      if (key.was_ahead && key.must_exist && fold.row->refuses_missing_table) {
        report_missing(fold, table, key, true);
      }
      check(fold, table, key);
    }
  }
}

}  // namespace sqlxc::catalog
