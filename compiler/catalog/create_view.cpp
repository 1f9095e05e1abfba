// CREATE VIEW and CREATE MATERIALIZED VIEW.
#include <algorithm>

#include "compiler/catalog/fold.h"
#include "compiler/catalog/infer.h"

namespace sqlxc::catalog {
namespace {

bool reads(const Fold& fold, const ast::Query& query, Id<Table> table);

bool reads(const Fold& fold, const ast::FromItem& item, Id<Table> table) {
  const bool is_it =
      item.kind == ast::FromItem::Kind::table && find_table(fold, item.table) == table;
  return is_it ||
         std::ranges::any_of(item.query,
                             [&](const ast::Query& query) { return reads(fold, query, table); }) ||
         std::ranges::any_of(item.operands, [&](const ast::FromItem& operand) {
           return reads(fold, operand, table);
         });
}

/// Whether FROM names the table, in the query or below it.
bool reads(const Fold& fold, const ast::Query& query, Id<Table> table) {
  const auto below = [&](const ast::Query& one) { return reads(fold, one, table); };
  const auto from = [&](const ast::FromItem& item) { return reads(fold, item, table); };
  if (query.kind == ast::Query::Kind::table && find_table(fold, query.table) == table) return true;
  return std::ranges::any_of(query.operands, below) ||
         std::ranges::any_of(query.select, [&](const ast::Select& select) {
           return std::ranges::any_of(select.from, from);
         });
}

/// Whether the name is free, or the view of that name is to be replaced.
bool is_free(Fold& fold, const ast::CreateView& create, const std::string& schema) {
  const auto found = fold.tables.find(key_of(fold, schema, create.name.last()));
  if (found == fold.tables.end()) return true;
  const Table& old = fold.table(found->second);
  if (create.or_replace && old.query) {
    // PostgreSQL takes it, and cannot read it from then on.
    if (!create.query.empty() && reads(fold, create.query.front(), found->second)) {
      fold.diagnostics.report<diag::StatementSkipped>(create.name.range,
                                                      "a view that reads itself");
      return false;
    }
    drop_table(fold, found->second);
    return true;
  }
  if (create.if_not_exists) return false;
  fold.diagnostics
      .report<diag::DuplicateTable>(create.name.range, old.query ? "view" : "table",
                                    display_name(create.name))
      .label(old.name_range, "the first one");
  return false;
}

std::vector<Column> columns_of(Fold& fold, const ast::CreateView& create) {
  std::vector<InferredColumn> inferred = infer_query(fold, create.query.front());
  if (create.columns.size() > inferred.size() && !inferred.empty()) {
    fold.diagnostics.report<diag::ViewColumns>(create.name.range, display_name(create.name),
                                               std::to_string(create.columns.size()),
                                               std::to_string(inferred.size()));
  }
  std::vector<Column> out;
  for (std::size_t i = 0; i < inferred.size(); ++i) {
    Column column;
    column.name = i < create.columns.size() ? create.columns[i].text : inferred[i].name;
    column.type = std::move(inferred[i].type);
    column.type.range = {};
    column.is_nullable = inferred[i].is_nullable;
    column.origin = inferred[i].origin;
    column.origin_column = std::move(inferred[i].origin_column);
    column.name_range = i < create.columns.size() ? create.columns[i].range : create.name.range;
    column.range = column.name_range;
    out.push_back(std::move(column));
  }
  return out;
}

}  // namespace

void apply_create_view(Fold& fold, const ast::CreateView& create) {
  const std::string schema = create.is_temporary ? "pg_temp" : schema_for(fold, create.name);
  if (!is_free(fold, create, schema) || create.query.empty()) return;
  Table view;
  view.schema = schema;
  view.name = create.name.last();
  view.kind = create.is_materialized ? TableKind::materialized_view : TableKind::view;
  view.query = create.query.front();
  if (!fold.is_sqlite()) view.columns = columns_of(fold, create);
  view.options = create.options;
  if (fold.is_postgres() && !create.check_option.empty()) {
    view.options.emplace_back("check_option", create.check_option);
  }
  view.has_column_list = !create.columns.empty();
  view.range = fold.statement;
  view.name_range = create.name.range;
  const Id<Table> id = add_table(fold, std::move(view), {.is_temporary = create.is_temporary});
  if (fold.is_sqlite()) fold.late_views.waiting.emplace(id, &create);
}

void settle_view(Fold& fold, Id<Table> id) {
  LateViews& late = fold.late_views;
  if (const auto first = std::ranges::find(late.open, id); first != late.open.end()) {
    late.circular.insert(late.circular.end(), first, late.open.end());
    return;
  }
  const auto found = late.waiting.find(id);
  if (found == late.waiting.end()) return;
  const ast::CreateView& create = *found->second;
  late.waiting.erase(found);
  late.open.push_back(id);
  std::vector<Column> columns = columns_of(fold, create);
  late.open.pop_back();
  fold.table(id).columns = std::move(columns);
  if (std::ranges::find(late.circular, id) == late.circular.end()) return;
  fold.diagnostics.report<diag::StatementSkipped>(create.name.range, "a view that reads itself");
  drop_table(fold, id);
}

void settle_readers(Fold& fold, Id<Table> table) {
  std::vector<Id<Table>> readers;
  for (const auto& [id, create] : fold.late_views.waiting) {
    const bool is_alive = fold.notes[id.index].is_alive;
    if (is_alive && reads(fold, create->query.front(), table)) readers.push_back(id);
  }
  for (const Id<Table> id : readers) settle_view(fold, id);
}

void settle_views(Fold& fold) {
  while (!fold.late_views.waiting.empty()) {
    const Id<Table> id = fold.late_views.waiting.begin()->first;
    if (fold.notes[id.index].is_alive) {
      settle_view(fold, id);
    } else {
      fold.late_views.waiting.erase(id);
    }
  }
}

}  // namespace sqlxc::catalog
