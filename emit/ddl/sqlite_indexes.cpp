#include <algorithm>
#include <array>

#include "compiler/catalog/to_ast.h"
#include "compiler/syntax/print.h"
#include "compiler/translate/build.h"
#include "emit/ddl/sqlite_plan.h"

// Indexes and triggers.
namespace sqlxc::emit::ddl {
namespace {

using ast::Expr;
using catalog::Table;
using translate::Place;

// Methods that answer questions which an ordered index cannot.
bool is_foreign_method(std::string_view method) {
  static constexpr std::array<std::string_view, 10> kMethods = {
      "gin", "gist", "spgist", "fulltext", "spatial", "ivfflat", "hnsw", "rum", "bloom", "rtree"};
  return std::ranges::find(kMethods, method) != kMethods.end();
}

ast::OrderItem element(Expr expr, bool is_descending) {
  ast::OrderItem item;
  item.expr = std::move(expr);
  item.is_descending = is_descending;
  return item;
}

}  // namespace

void Planner::plan_index(std::uint32_t table, const catalog::Index& index) {
  const auto drop = [&](const std::string& what) {
    diagnostics_.report<diag::IndexNotHeld>(index.range, index.name, what)
        .help(index.is_unique ? "rows that it would refuse are taken"
                              : "what it served is answered without it");
  };
  if (is_foreign_method(index.method)) return drop(no_form("`" + index.method + "`"));
  if (catalog_.dialect == Dialect::sqlite) {
    Piece own;
    own.statement.node = catalog::to_ast(catalog_, catalog_.tables[table], index);
    own.table = Id<Table>(table);
    own.name = index.name;
    own.range = index.range;
    index_pieces.push_back(std::move(own));
    return;
  }
  ast::CreateIndex create;
  create.table = path_of(tables[table].name);
  create.is_unique = index.is_unique;
  for (const catalog::IndexElement& from : index.elements) {
    if (from.column) {
      Expr column = translate::column_of({tables[table].columns[*from.column]});
      if (from.prefix_length && index.is_unique) {
        column =
            translate::call("substr", {std::move(column), translate::number_of("1"),
                                       translate::number_of(std::to_string(*from.prefix_length))});
      }
      create.elements.push_back(element(std::move(column), from.is_descending));
      continue;
    }
    if (!from.expr) continue;
    const auto expr = translate::translate(*from.expr, request(table, Place::index));
    if (!expr) return drop(no_form(expr.error().what));
    create.elements.push_back(element(*expr, from.is_descending));
  }
  if (create.elements.empty()) return;
  if (index.where) {
    const auto where = translate::translate(*index.where, request(table, Place::index));
    // An index over more rows serves as well, unless it is a rule.
    if (!where && index.is_unique) return drop(no_form(where.error().what));
    if (where) create.where.push_back(*where);
  }
  if (index.nulls_not_distinct) {
    diagnostics_.report<diag::KeyWeaker>(index.range, index.name, catalog_.tables[table].name,
                                         "two nulls do not collide");
  }
  const std::string& wanted = index.name;
  const bool is_taken = wanted.empty() || names_.is_taken(wanted) || wanted.starts_with("sqlite_");
  create.name = name_of(names_.take(is_taken ? tables[table].name + "_" + wanted : wanted));
  Piece piece;
  piece.statement.node = std::move(create);
  piece.table = Id<Table>(table);
  piece.name = index.name;
  piece.range = index.range;
  index_pieces.push_back(std::move(piece));
}

void Planner::plan_indexes() {
  for (std::uint32_t i = 0; i < catalog_.tables.size(); ++i) {
    const bool is_table = catalog_.tables[i].kind == catalog::TableKind::table ||
                          catalog_.tables[i].kind == catalog::TableKind::foreign_table;
    if (!tables[i].is_held || !is_table) continue;
    for (const catalog::Index& index : catalog_.tables[i].indexes) plan_index(i, index);
  }
}

// MySQL's ON UPDATE CURRENT_TIMESTAMP: unless the UPDATE itself sets the column. The last condition
// ends the recursion.
void Planner::plan_on_update(std::uint32_t table, std::uint32_t column) {
  const catalog::Column& of = catalog_.tables[table].columns[column];
  const std::string quoted = syntax::print_name(tables[table].columns[column], Dialect::sqlite);
  const std::string owner = syntax::print_name(tables[table].name, Dialect::sqlite);
  const bool is_whole = of.on_update->args.empty();
  const std::string now = is_whole ? "current_timestamp" : "now()";
  ast::CreateTrigger trigger;
  trigger.name =
      path_of(names_.take(tables[table].name + "_" + tables[table].columns[column] + "_on_update"));
  trigger.timing = "after";
  trigger.events = {"update"};
  trigger.table = path_of(tables[table].name);
  trigger.for_each_row = true;
  trigger.body = "when new." + quoted + " is old." + quoted + " and new." + quoted + " is not " +
                 now + "\nbegin\n  update " + owner + " set " + quoted + " = " + now +
                 "\n  where rowid = new.rowid;\nend";
  Piece piece;
  piece.statement.node = std::move(trigger);
  piece.table = Id<Table>(table);
  piece.name = of.name + " on update";
  piece.range = of.range;
  trigger_pieces.push_back(std::move(piece));
}

void Planner::plan_trigger(const catalog::Trigger& trigger) {
  const bool is_held = trigger.table.is_valid() && tables[trigger.table.index].is_held;
  const std::string table = trigger.table.is_valid() ? table_of(trigger.table).name
                                                     : std::string(trigger.definition.table.last());
  if (catalog_.dialect != Dialect::sqlite || !is_held) {
    diagnostics_.report<diag::TriggerNotHeld>(trigger.range, trigger.name, table)
        .help("hooks in C++ can do its work");
    return;
  }
  Piece piece;
  ast::CreateTrigger create = trigger.definition;
  create.name = path_of(names_.take(trigger.name));
  create.table = path_of(tables[trigger.table.index].name);
  create.if_not_exists = false;
  piece.statement.node = std::move(create);
  piece.table = trigger.table;
  piece.name = trigger.name;
  piece.range = trigger.range;
  trigger_pieces.push_back(std::move(piece));
}

void Planner::plan_triggers() {
  for (std::uint32_t i = 0; i < catalog_.tables.size(); ++i) {
    if (!tables[i].is_held) continue;
    for (std::uint32_t c = 0; c < catalog_.tables[i].columns.size(); ++c) {
      if (catalog_.tables[i].columns[c].on_update) plan_on_update(i, c);
    }
  }
  for (const catalog::Trigger& trigger : catalog_.triggers) plan_trigger(trigger);
  for (const catalog::Function& function : catalog_.functions) {
    diagnostics_.report<diag::FunctionNotHeld>(function.range, function.name);
  }
  // Extensions and statistics are missed where something needs them, and told there.
  static constexpr std::array<std::string_view, 7> kTold = {
      "create rule",      "create policy",    "create cast", "create operator",
      "create aggregate", "create collation", "alter table"};
  for (const catalog::Verbatim& one : catalog_.verbatim) {
    if (std::ranges::find(kTold, one.construct) == kTold.end()) continue;
    diagnostics_.report<diag::StatementNotHeld>(
        one.range, one.construct == "alter table" ? "row level security" : one.construct);
  }
}

}  // namespace sqlxc::emit::ddl
