#include <algorithm>

#include "compiler/ir/lower_types.h"
#include "compiler/syntax/print.h"
#include "compiler/translate/build.h"
#include "emit/ddl/sqlite_plan.h"
#include "emit/ddl/storage.h"

// Tables: columns by their storage, keys, checks and foreign keys.
namespace sqlxc::emit::ddl {
namespace {

using ast::Constraint;
using ast::Expr;
using catalog::Column;
using catalog::Table;
using translate::Place;

Constraint constraint(Constraint::Kind kind) {
  Constraint out;
  out.kind = kind;
  return out;
}

Constraint check_of(std::string_view name, Expr expr) {
  Constraint out = constraint(Constraint::Kind::check);
  if (!name.empty()) out.name = name_of(name);
  out.expr.push_back(std::move(expr));
  return out;
}

bool is_in_key(const Table& table, std::uint32_t column) {
  return table.primary_key &&
         std::ranges::find(table.primary_key->columns, column) != table.primary_key->columns.end();
}

// MySQL's '0000-00-00' and '2020-00-00' for a date; 0 is the first of them.
bool is_no_day(const catalog::Type& type, const Expr& value) {
  if (type.name != "date" && !type.name.starts_with("timestamp")) return false;
  if (value.kind == Expr::Kind::number) return true;
  if (value.kind != Expr::Kind::string || value.text.size() < 10) return false;
  const std::string_view text = value.text;
  return text.starts_with("0000") || text.substr(5, 2) == "00" || text.substr(8, 2) == "00";
}

bool reads_sequence(const Expr& expr) {
  if (expr.kind == Expr::Kind::cast && !expr.args.empty()) return reads_sequence(expr.args[0]);
  return expr.kind == Expr::Kind::call && expr.path.last() == "nextval";
}

// VALUE of a domain's check, replaced by the column.
Expr with_value(const Expr& expr, const std::string& column) {
  const bool is_value = expr.kind == Expr::Kind::column && expr.path.names.size() == 1 &&
                        (expr.path.last() == "value" || expr.path.last() == "VALUE");
  if (is_value) return translate::column_of({column});
  Expr out = expr;
  for (Expr& arg : out.args) arg = with_value(arg, column);
  return out;
}

ast::OrderItem element_of(ast::Name name) {
  ast::OrderItem item;
  item.expr = translate::column_of({name.text});
  return item;
}

bool same_columns(std::vector<std::uint32_t> a, std::vector<std::uint32_t> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

// SQLite wants a foreign key to reference exactly a key.
bool has_key(const Table& table, const std::vector<std::uint32_t>& columns) {
  if (table.primary_key && same_columns(table.primary_key->columns, columns)) return true;
  const auto is_same = [&](const catalog::Key& key) { return same_columns(key.columns, columns); };
  if (std::ranges::any_of(table.uniques, is_same)) return true;
  return std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
    if (!index.is_unique || index.where) return false;
    std::vector<std::uint32_t> of;
    for (const auto& element : index.elements) {
      const bool is_plain = element.column && !element.prefix_length && element.collation.empty();
      if (!is_plain) return false;
      of.push_back(*element.column);
    }
    return same_columns(of, columns);
  });
}

}  // namespace

ast::Name name_of(std::string_view text) {
  ast::Name name;
  name.text = text;
  return name;
}

std::string no_form(const std::string& what) { return what + " has no form there"; }

ast::Path path_of(std::string_view text) {
  ast::Path path;
  path.names.push_back(name_of(text));
  return path;
}

Planner::Planner(const ir::Module& module, Diagnostics& diagnostics)
    : module_(module), catalog_(module.catalog), diagnostics_(diagnostics) {
  tables = name_tables(catalog_, names_, diagnostics);
  for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
    const Table& table = catalog_.tables[i];
    translate::Relation relation{table.name, tables[i].name, {}};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const Column& column = table.columns[c];
      relation.columns.push_back({column.name, tables[i].columns[c],
                                  value_type_of(column.type, catalog_), column.is_nullable});
    }
    relations_.push_back(std::move(relation));
  }
  world_.find_table = [this](const ast::Path& path) { return find_relation(path); };
  world_.find_type = [this](const ast::Path& path) { return find_type(path); };
}

std::uint32_t Planner::root_of(std::uint32_t table) const {
  const Id<Table> parent = catalog_.tables[table].partition_of;
  return parent.is_valid() ? root_of(parent.index) : table;
}

// The table that a view means: of the schema it names, else of the view's own, the default one, or
// the only one of that name.
const translate::Relation* Planner::find_relation(const ast::Path& path) const {
  const bool ignores_case = catalog_.dialect != Dialect::postgres;
  const auto same = [&](std::string_view a, std::string_view b) {
    if (!ignores_case || a.size() != b.size()) return a == b;
    return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
  };
  const std::string_view schema = path.qualifier();
  const translate::Relation* best = nullptr;
  int best_rank = 0;
  for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
    const Table& table = catalog_.tables[i];
    if (!tables[i].is_held || !same(table.name, path.last())) continue;
    int rank = 1;
    if (table.schema.empty()) rank = 2;
    if (table.schema == view_schema_) rank = 3;
    if (!schema.empty() && same(table.schema, schema)) rank = 4;
    if (!schema.empty() && rank != 4 && !table.schema.empty()) continue;
    if (rank > best_rank) {
      best = &relations_[i];
      best_rank = rank;
    }
  }
  return best;
}

translate::ValueType Planner::find_type(const ast::Path& path) const {
  using translate::Kind;
  for (const auto& one : catalog_.enums) {
    if (one.name == path.last()) return {Kind::enumeration, Kind::unknown};
  }
  for (const auto& one : catalog_.domains) {
    if (one.name == path.last()) return value_type_of(one.type, catalog_);
  }
  return {};
}

translate::Request Planner::request(std::uint32_t table, Place place) const {
  translate::Request out;
  out.from = catalog_.dialect;
  out.to = Dialect::sqlite;
  out.world = &world_;
  out.row = &relations_[table];
  out.place = place;
  return out;
}

ast::Name Planner::name(std::uint32_t table, std::uint32_t column) const {
  return name_of(tables[table].columns[column]);
}

bool Planner::is_rowid(const Table& table, std::uint32_t column) const {
  if (!table.primary_key || table.primary_key->columns.size() != 1) return false;
  if (table.primary_key->columns.front() != column) return false;
  const ir::Type type = ir::lower_type(table.columns[column].type, catalog_);
  return type.kind == ir::TypeKind::int16 || type.kind == ir::TypeKind::int32 ||
         type.kind == ir::TypeKind::int64;
}

bool Planner::is_counted(const Column& column) const {
  const bool reads = column.default_value && reads_sequence(*column.default_value);
  return column.identity != catalog::Identity::no || column.is_serial || column.is_auto_increment ||
         reads;
}

void Planner::add_default(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to) {
  const Table& of = catalog_.tables[table];
  const Column& column = of.columns[index];
  if (is_counted(column)) {
    const bool is_shared =
        column.identity == catalog::Identity::no && !column.is_serial && !column.is_auto_increment;
    if (is_shared) diagnostics_.report<diag::SequenceLocal>(column.name_range, column.name);
    if (is_rowid(of, index)) return;
    Constraint next = constraint(Constraint::Kind::default_);
    next.expr.push_back(
        translate::call("next_value", {translate::string_of(tables[table].name),
                                       translate::string_of(tables[table].columns[index])}));
    to.constraints.push_back(std::move(next));
    return;
  }
  const Expr* expr = column.default_value ? &*column.default_value : nullptr;
  if (expr == nullptr && column.type.domain.is_valid()) {
    const auto& domain = at(catalog_.domains, column.type.domain);
    if (domain.default_value) expr = &*domain.default_value;
  }
  if (expr == nullptr || expr->kind == Expr::Kind::null_literal) return;
  const auto value = translate::translate_default(*expr, value_type_of(column.type, catalog_),
                                                  request(table, Place::default_value));
  if (!value) {
    tables[table].lost_defaults[index] = true;
    diagnostics_.report<diag::DefaultNotHeld>(expr->range, column.name, no_form(value.error().what))
        .help(column.is_nullable ? "it is null where a request gives no value"
                                 : "a request must give a value");
    return;
  }
  if (is_in_key(of, index) && is_no_day(column.type, *value)) {
    tables[table].lost_defaults[index] = true;
    diagnostics_
        .report<diag::DefaultNotHeld>(expr->range, column.name,
                                      "a row whose key is no day cannot be asked for")
        .help("a request must give a value");
    return;
  }
  Constraint out = constraint(Constraint::Kind::default_);
  out.expr.push_back(*value);
  to.constraints.push_back(std::move(out));
}

bool Planner::add_generated(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to) {
  const Column& column = catalog_.tables[table].columns[index];
  const auto value = translate::translate(*column.default_value, request(table, Place::generated));
  if (!value) {
    diagnostics_
        .report<diag::GeneratedNotHeld>(column.default_value->range, column.name,
                                        no_form(value.error().what))
        .help("it is null there");
    return false;
  }
  Constraint out = constraint(Constraint::Kind::generated);
  out.is_always = true;
  out.is_stored = column.generated == catalog::Generated::stored;
  out.expr.push_back(*value);
  to.constraints.push_back(std::move(out));
  return true;
}

void Planner::add_domain_checks(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to) {
  const Column& column = catalog_.tables[table].columns[index];
  catalog::Type type = column.type;
  while (type.domain.is_valid() && type.array_dimensions == 0) {
    const auto& domain = at(catalog_.domains, type.domain);
    for (const auto& check : domain.checks) {
      const auto expr =
          translate::translate(with_value(check.expr, column.name), request(table, Place::check));
      if (expr) {
        to.constraints.push_back(check_of(check.name, *expr));
      } else {
        diagnostics_.report<diag::CheckNotHeld>(check.range, check.name, domain.name,
                                                no_form(expr.error().what));
      }
    }
    type = domain.type;
  }
}

ast::ColumnDef Planner::column(std::uint32_t table, std::uint32_t index) {
  const Table& of = catalog_.tables[table];
  const Column& column = of.columns[index];
  const std::string& name = tables[table].columns[index];
  const Storage storage = storage_of(column.type, name, catalog_);
  ast::ColumnDef out;
  out.name = name_of(name);
  ast::TypeName type;
  type.spelled = storage.declared;
  out.type = std::move(type);
  if (is_rowid(of, index)) {
    out.constraints.push_back(constraint(Constraint::Kind::primary_key));
    add_domain_checks(table, index, out);
    return out;
  }
  if (!storage.collation.empty()) {
    Constraint collate = constraint(Constraint::Kind::collate);
    collate.text = storage.collation;
    out.constraints.push_back(std::move(collate));
  }
  const bool is_generated = column.generated != catalog::Generated::no && column.default_value;
  const bool is_computed = is_generated && add_generated(table, index, out);
  const bool domain_forbids_null =
      column.type.domain.is_valid() && !at(catalog_.domains, column.type.domain).is_nullable;
  // What is generated but not computed there stays null.
  if ((!column.is_nullable || domain_forbids_null) && is_generated == is_computed) {
    out.constraints.push_back(constraint(Constraint::Kind::not_null));
  }
  if (!is_generated) add_default(table, index, out);
  if (storage.check) {
    // json_valid(null) is 0 in SQLite, unlike other checks, which pass on null.
    const bool is_call = storage.check->kind == ast::Expr::Kind::call;
    ast::Expr check = *storage.check;
    if (is_call && column.is_nullable) {
      check = translate::binary(translate::is_null(translate::column_of({name})), "or", check);
    }
    out.constraints.push_back(check_of(name + "_type", std::move(check)));
  }
  add_domain_checks(table, index, out);
  return out;
}

void Planner::add_keys(std::uint32_t table, ast::CreateTable& to) {
  const Table& of = catalog_.tables[table];
  const auto add = [&](const catalog::Key& key, Constraint::Kind kind) {
    Constraint out = constraint(kind);
    if (!key.name.empty() && key.name != "PRIMARY") out.name = name_of(key.name);
    for (const std::uint32_t column : key.columns) {
      out.elements.push_back(element_of(name(table, column)));
    }
    to.constraints.push_back(std::move(out));
    if (key.is_deferrable) {
      diagnostics_.report<diag::KeyWeaker>(key.range, key.name, of.name,
                                           "it is checked at once, not at the end");
    }
    if (key.nulls_not_distinct) {
      diagnostics_.report<diag::KeyWeaker>(key.range, key.name, of.name,
                                           "two nulls do not collide");
    }
  };
  const bool has_rowid = of.primary_key && is_rowid(of, of.primary_key->columns.front());
  if (of.primary_key && !has_rowid) add(*of.primary_key, Constraint::Kind::primary_key);
  for (const catalog::Key& key : of.uniques) add(key, Constraint::Kind::unique);
  for (const catalog::Exclusion& exclusion : of.exclusions) {
    diagnostics_.report<diag::ExclusionNotHeld>(exclusion.range, exclusion.name, of.name)
        .help("rows that it would refuse are taken");
  }
}

void Planner::add_checks(std::uint32_t table, ast::CreateTable& to) {
  const Table& of = catalog_.tables[table];
  for (const catalog::Check& check : of.checks) {
    if (check.is_not_enforced) continue;
    const auto expr = translate::translate(check.expr, request(table, Place::check));
    if (expr) {
      to.constraints.push_back(check_of(check.name, *expr));
    } else {
      diagnostics_
          .report<diag::CheckNotHeld>(check.range, check.name, of.name, no_form(expr.error().what))
          .help("the service itself checks what it can (docs/openapi.json shows which rules)");
    }
  }
}

// With a foreign key that leads to no key, SQLite takes no row.
bool Planner::can_hold(const Table& of, const catalog::ForeignKey& fk) {
  const auto drop = [&](std::string_view reason) {
    diagnostics_.report<diag::ForeignKeyNotHeld>(fk.range, fk.name, of.name, reason);
    return false;
  };
  if (!fk.table.is_valid()) return false;  // SX2106 has told
  const std::uint32_t target = root_of(fk.table.index);
  const Table& parent = catalog_.tables[target];
  if (!tables[target].is_held || parent.kind == catalog::TableKind::view) {
    return drop("the table that it references is not kept there");
  }
  return has_key(parent, fk.references) || drop("it references columns that are no key");
}

void Planner::add_foreign_keys(std::uint32_t table, ast::CreateTable& to) {
  const Table& of = catalog_.tables[table];
  for (const catalog::ForeignKey& fk : of.foreign_keys) {
    if (!can_hold(of, fk)) continue;
    const std::uint32_t target = root_of(fk.table.index);
    Constraint out = constraint(Constraint::Kind::foreign_key);
    if (!fk.name.empty()) out.name = name_of(fk.name);
    for (const std::uint32_t column : fk.columns) out.columns.push_back(name(table, column));
    ast::References references;
    references.table = path_of(tables[target].name);
    for (const std::uint32_t column : fk.references) {
      references.columns.push_back(name(target, column));
    }
    references.on_delete = fk.on_delete;
    references.on_update = fk.on_update;
    out.references = std::move(references);
    out.is_deferrable = fk.is_deferrable;
    out.is_initially_deferred = fk.is_initially_deferred;
    to.constraints.push_back(std::move(out));
  }
}

void Planner::plan_virtual_table(std::uint32_t index) {
  const Table& table = catalog_.tables[index];
  ast::CreateTable create;
  create.name = path_of(tables[index].name);
  create.is_virtual = true;
  create.module = table.module;
  create.module_arguments = table.module_arguments;
  Piece piece;
  piece.statement.node = std::move(create);
  piece.table = Id<Table>(index);
  piece.name = table.name;
  piece.range = table.name_range;
  table_pieces.push_back(std::move(piece));
}

void Planner::plan_table(std::uint32_t index) {
  const Table& table = catalog_.tables[index];
  ast::CreateTable create;
  create.name = path_of(tables[index].name);
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    create.columns.push_back(column(index, i));
  }
  add_keys(index, create);
  add_checks(index, create);
  add_foreign_keys(index, create);
  for (const Id<Table> parent : table.inherits) {
    diagnostics_.report<diag::InheritanceFlat>(table.name_range, table.name, table_of(parent).name)
        .help("the two are tables of their own there");
  }
  if (table.kind == catalog::TableKind::foreign_table) {
    diagnostics_.report<diag::ForeignTableLocal>(table.name_range, table.name);
  }
  Piece piece;
  piece.statement.node = std::move(create);
  piece.table = Id<Table>(index);
  piece.name = table.name;
  piece.comment = table.comment.value_or("");
  piece.range = table.name_range;
  table_pieces.push_back(std::move(piece));
}

void Planner::plan_tables() {
  using catalog::TableKind;
  for (std::uint32_t i = 0; i < catalog_.tables.size(); ++i) {
    if (!tables[i].is_held) continue;
    const Table& table = catalog_.tables[i];
    if (table.kind == TableKind::view || table.kind == TableKind::materialized_view) continue;
    if (table.kind == TableKind::virtual_table) {
      plan_virtual_table(i);
    } else if (table.columns.empty()) {
      tables[i].is_held = false;
      diagnostics_.report<diag::TableNotHeld>(table.name_range, table.name, "it has no column");
    } else if (catalog_.dialect == Dialect::sqlite) {
      plan_own_table(i);
    } else {
      plan_table(i);
    }
  }
}

}  // namespace sqlxc::emit::ddl
