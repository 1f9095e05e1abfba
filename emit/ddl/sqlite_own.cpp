#include <algorithm>
#include <utility>

#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/to_ast.h"
#include "compiler/ir/lower_types.h"
#include "emit/ddl/sqlite_plan.h"
#include "emit/ddl/storage.h"

// Tables of an SQLite schema, in the file of an SQLite service: as they were written, types and
// all, so that who reads the file finds the schema again. Only what would break is said anew: a
// foreign key to no key, with which no row can be written, a type under which a text becomes a
// number, and a truth that is written as a text.
namespace sqlxc::emit::ddl {
namespace {

using ast::Constraint;
using catalog::Column;
using ir::TypeKind;

bool has(std::string_view text, std::string_view part) {
  return std::ranges::search(text, part, [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
         }).begin() != text.end();
}

// SQLite's manual, "Determination Of Column Affinity".
bool makes_numbers(std::string_view declared) {
  if (has(declared, "int")) return true;
  if (has(declared, "char") || has(declared, "clob") || has(declared, "text")) return false;
  return !declared.empty() && !has(declared, "blob");
}

// Whether values of the kind are kept as texts that may read as numbers.
bool is_numeric_text(const ir::Type& type, const Storage& storage) {
  switch (type.kind) {
    case TypeKind::text:
    case TypeKind::json:
    case TypeKind::interval:
    case TypeKind::other:
      return true;
    case TypeKind::decimal:
      return !storage.collation.empty();
    default:
      return false;
  }
}

void keep_as_text(std::string& declared) {
  // INT goes before TEXT in the manual's rules: `text point` would be an integer.
  declared = has(declared, "int") ? "text" : "text " + declared;
}

std::vector<std::string> remarks_of(const catalog::Table& table) {
  std::vector<std::string> out;
  if (table.comment) out.push_back("-- " + *table.comment);
  for (const catalog::Annotation& annotation : table.annotations) {
    out.push_back("--@ " + catalog::print_annotation(annotation));
  }
  return out;
}

}  // namespace

void Planner::own_column(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to) {
  const catalog::Table& of = catalog_.tables[table];
  const Column& from = of.columns[index];
  if (of.is_strict || !to.type) return;
  const ir::Type type = ir::lower_type(from.type, catalog_);
  for (Constraint& one : to.constraints) {
    const bool is_text =
        one.kind == Constraint::Kind::default_ && one.expr.front().kind == ast::Expr::Kind::string;
    if (!is_text || type.kind != TypeKind::boolean) continue;
    const auto formed =
        translate::translate_default(one.expr.front(), value_type_of(from.type, catalog_),
                                     request(table, translate::Place::default_value));
    if (formed) one.expr.front() = *formed;
  }
  const Storage storage = storage_of(from.type, from.name, catalog_);
  if (!is_numeric_text(type, storage) || !makes_numbers(to.type->spelled)) return;
  keep_as_text(to.type->spelled);
  if (storage.collation.empty() || !from.collation.empty()) return;
  Constraint collate;
  collate.kind = Constraint::Kind::collate;
  collate.text = storage.collation;
  to.constraints.insert(to.constraints.begin(), std::move(collate));
}

void Planner::plan_own_table(std::uint32_t index) {
  const catalog::Table& table = catalog_.tables[index];
  ast::CreateTable create = catalog::to_ast(catalog_, Id<catalog::Table>(index));
  create.name = path_of(tables[index].name);
  for (std::uint32_t i = 0; i < create.columns.size(); ++i) own_column(index, i, create.columns[i]);
  std::erase_if(create.constraints,
                [](const Constraint& one) { return one.kind == Constraint::Kind::foreign_key; });
  for (const catalog::ForeignKey& fk : table.foreign_keys) {
    if (can_hold(table, fk)) create.constraints.push_back(catalog::to_ast(catalog_, table, fk));
  }
  Piece piece;
  piece.statement.node = std::move(create);
  piece.table = Id<catalog::Table>(index);
  piece.name = table.name;
  piece.remarks = remarks_of(table);
  piece.range = table.name_range;
  table_pieces.push_back(std::move(piece));
}

}  // namespace sqlxc::emit::ddl
