#include "compiler/passes/view_rows.h"

#include <algorithm>

#include "compiler/catalog/fold.h"
#include "compiler/stdlib/dialects.h"
#include "compiler/stdlib/functions.h"

namespace sqlxc::passes {
namespace {

using catalog::Catalog;
using catalog::equal_ignoring_case;
using catalog::Table;

// Views of views, of those that a schema replaced by one another too: a database would not read
// deeper ones either.
constexpr int kMostViews = 64;

// Whether a call gives one value for a row, and no row of its own.
bool is_scalar(const Catalog& catalog, const ast::Path& path) {
  const stdlib::FunctionRow* known = stdlib::find_function(catalog.dialect, path.last());
  if (known != nullptr) return !known->is_aggregate;
  bool is_found = false;
  for (const catalog::Function& function : catalog.functions) {
    if (function.name != path.last()) continue;
    const ast::CreateFunction& definition = function.definition;
    const bool is_set =
        !definition.returns_table.empty() || (definition.returns && definition.returns->is_setof);
    if (is_set || definition.is_aggregate) return false;
    is_found = true;
  }
  return is_found;
}

bool keeps_rows(const Catalog& catalog, const ast::Expr& expr) {
  bool keeps = true;
  catalog::visit_exprs(expr, [&](const ast::Expr& part) {
    const bool is_call = part.kind == ast::Expr::Kind::call && part.over.empty();
    if (is_call && !is_scalar(catalog, part.path)) keeps = false;
    if (part.kind == ast::Expr::Kind::opaque) keeps = false;
  });
  return keeps;
}

Id<Table> rows_of(const Catalog& catalog, const Table& view, const ast::Query& query, int depth) {
  if (!query.with.empty() || !query.order_by.empty() || depth > kMostViews) return {};
  Id<Table> from;
  switch (query.kind) {
    case ast::Query::Kind::parenthesized:
      return query.operands.empty() ? Id<Table>()
                                    : rows_of(catalog, view, query.operands.front(), depth + 1);
    case ast::Query::Kind::table:
      from = table_named(catalog, view.search_path, query.table);
      break;
    case ast::Query::Kind::select: {
      if (query.select.empty()) return {};
      const ast::Select& select = query.select.front();
      const bool is_plain = !select.is_distinct && select.distinct_on.empty() &&
                            select.group_by.empty() && select.having.empty() &&
                            select.from.size() == 1 &&
                            std::ranges::all_of(select.items, [&](const ast::SelectItem& item) {
                              return keeps_rows(catalog, item.expr);
                            });
      if (!is_plain) return {};
      const ast::FromItem& item = select.from.front();
      if (item.kind == ast::FromItem::Kind::subquery && !item.query.empty()) {
        return rows_of(catalog, view, item.query.front(), depth + 1);
      }
      if (item.kind != ast::FromItem::Kind::table) return {};
      from = table_named(catalog, view.search_path, item.table);
      break;
    }
    case ast::Query::Kind::values:
    case ast::Query::Kind::set_operation:
      return {};
  }
  if (!from.is_valid()) return {};
  const Table& table = at(catalog.tables, from);
  if (table.kind == catalog::TableKind::materialized_view) return {};
  return table.query ? rows_of(catalog, table, *table.query, depth + 1) : from;
}

}  // namespace

Id<Table> table_named(const Catalog& catalog, std::uint32_t search_path, const ast::Path& path) {
  const stdlib::DialectRow& row = stdlib::dialect_row(catalog.dialect);
  const auto is_same = [&](std::string_view a, std::string_view b) {
    return row.ignores_table_case ? equal_ignoring_case(a, b) : a == b;
  };
  const auto look = [&](std::string_view schema) -> Id<Table> {
    for (std::size_t i = 0; i < catalog.tables.size(); ++i) {
      const Table& one = catalog.tables[i];
      if (is_same(one.name, path.last()) && is_same(one.schema, schema)) return Id<Table>(i);
    }
    return {};
  };
  if (path.names.size() > 2) return {};
  if (path.names.size() == 2) {
    const bool is_default = is_same(path.qualifier(), row.default_schema);
    return look(is_default ? std::string_view() : path.qualifier());
  }
  for (const std::string& schema : catalog.search_paths[search_path]) {
    if (const Id<Table> found = look(schema); found.is_valid()) return found;
  }
  return {};
}

Id<Table> shown_rows(const Catalog& catalog, const Table& view) {
  const bool is_seen_through = view.query && view.kind == catalog::TableKind::view;
  return is_seen_through ? rows_of(catalog, view, *view.query, 0) : Id<Table>();
}

}  // namespace sqlxc::passes
