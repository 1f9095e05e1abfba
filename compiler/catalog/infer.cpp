#include "compiler/catalog/infer.h"

#include <algorithm>

#include "compiler/stdlib/types.h"

namespace sqlxc::catalog {
namespace {

bool same_name(const Fold& fold, std::string_view a, std::string_view b) {
  return fold.row->ignores_column_case ? equal_ignoring_case(a, b) : a == b;
}

// --- names

std::string column_name(const Fold& fold, const ast::SelectItem& item) {
  if (item.alias) return item.alias->text;
  if (fold.is_postgres()) return output_name(item.expr);
  if (item.expr.kind == ast::Expr::Kind::column) return std::string(item.expr.path.last());
  if (item.expr.range.is_known()) return std::string(fold.sources.text(item.expr.range));
  return output_name(item.expr);
}

// --- FROM

InferredRelation relation_of_table(Fold& fold, Id<Table> id, std::string alias) {
  settle_view(fold, id);
  const Table& table = at(fold.catalog.tables, id);
  InferredRelation out;
  out.alias = std::move(alias);
  for (const Column& column : table.columns) {
    if (column.is_hidden) continue;
    InferredColumn inferred;
    inferred.name = column.name;
    inferred.type = column.type;
    inferred.is_nullable = column.is_nullable && !column.is_rowid;
    inferred.origin = table.query ? column.origin : id;
    inferred.origin_column = table.query ? column.origin_column : column.name;
    out.columns.push_back(std::move(inferred));
  }
  out.is_merged.assign(out.columns.size(), false);
  return out;
}

const InferredRelation* find_common(const Fold& fold, const Scope& scope, std::string_view name) {
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    for (auto it = at->common.rbegin(); it != at->common.rend(); ++it) {
      if (same_name(fold, it->alias, name)) return &*it;
    }
  }
  return nullptr;
}

void rename_columns(InferredRelation& relation, const std::vector<ast::Name>& names) {
  for (std::size_t i = 0; i < names.size() && i < relation.columns.size(); ++i) {
    relation.columns[i].name = names[i].text;
  }
}

void add_relation(Scope& scope, InferredRelation relation, const ast::FromItem& item) {
  if (item.alias) relation.alias = item.alias->text;
  rename_columns(relation, item.column_aliases);
  relation.is_merged.assign(relation.columns.size(), false);
  scope.relations.push_back(std::move(relation));
}

InferredRelation relation_of_function(Fold& fold, const ast::FromItem& item, const Scope& scope) {
  InferredRelation out;
  if (item.function.empty()) return out;
  const ast::Expr& call = item.function.front();
  out.alias = call.path.last();
  for (std::size_t i = fold.catalog.functions.size(); i-- > 0;) {
    const Function& function = fold.catalog.functions[i];
    if (!fold.function_alive[i] || function.name != call.path.last()) continue;
    for (const ast::ColumnDef& column : function.definition.returns_table) {
      InferredColumn inferred;
      inferred.name = column.name.text;
      if (column.type) inferred.type = resolve_type(fold, *column.type);
      out.columns.push_back(std::move(inferred));
    }
    if (!out.columns.empty()) return out;
    if (function.definition.returns) {
      const Id<Table> table = find_table(fold, function.definition.returns->path);
      if (table.is_valid()) return relation_of_table(fold, table, out.alias);
    }
    break;
  }
  InferredColumn column = infer_expr(fold, call, scope);
  column.name = item.alias ? item.alias->text : out.alias;
  out.columns.push_back(std::move(column));
  if (item.with_ordinality) {
    InferredColumn ordinality;
    ordinality.name = "ordinality";
    ordinality.type = type_of_kind(fold, "int64");
    ordinality.is_nullable = false;
    out.columns.push_back(std::move(ordinality));
  }
  return out;
}

void make_nullable(Scope& scope, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    for (InferredColumn& column : scope.relations[i].columns) column.is_nullable = true;
  }
}

/// USING and NATURAL: of the right side, the columns of the same names do not appear again.
void merge_using(const Fold& fold, Scope& scope, std::size_t begin, std::size_t middle,
                 const ast::FromItem& join) {
  for (std::size_t r = middle; r < scope.relations.size(); ++r) {
    InferredRelation& right = scope.relations[r];
    for (std::size_t c = 0; c < right.columns.size(); ++c) {
      const std::string& name = right.columns[c].name;
      const auto is_named = [&](const ast::Name& n) { return same_name(fold, n.text, name); };
      bool is_shared = std::ranges::any_of(join.using_columns, is_named);
      for (std::size_t l = begin; join.is_natural && l < middle; ++l) {
        is_shared |= std::ranges::any_of(
            scope.relations[l].columns,
            [&](const InferredColumn& left) { return same_name(fold, left.name, name); });
      }
      if (is_shared) right.is_merged[c] = true;
    }
  }
}

void add_join(Fold& fold, Scope& scope, const ast::FromItem& item) {
  const std::size_t begin = scope.relations.size();
  if (!item.operands.empty()) add_from(fold, scope, item.operands[0]);
  const std::size_t middle = scope.relations.size();
  if (item.operands.size() > 1) add_from(fold, scope, item.operands[1]);
  if (item.join == "left" || item.join == "full") {
    make_nullable(scope, middle, scope.relations.size());
  }
  if (item.join == "right" || item.join == "full") make_nullable(scope, begin, middle);
  if (item.is_natural || !item.using_columns.empty()) merge_using(fold, scope, begin, middle, item);
}

// --- the select list

void add_star(const Fold& fold, const Scope& scope, const ast::Expr& star,
              std::vector<InferredColumn>& out) {
  for (const InferredRelation& relation : scope.relations) {
    const bool is_meant = star.path.is_empty() || same_name(fold, relation.alias, star.path.last());
    if (!is_meant) continue;
    for (std::size_t i = 0; i < relation.columns.size(); ++i) {
      const bool is_hidden = star.path.is_empty() && relation.is_merged[i];
      if (!is_hidden) out.push_back(relation.columns[i]);
    }
  }
}

std::vector<InferredColumn> infer_select(Fold& fold, const ast::Select& select, Scope& scope) {
  for (const ast::FromItem& item : select.from) add_from(fold, scope, item);
  std::vector<InferredColumn> out;
  for (const ast::SelectItem& item : select.items) {
    if (item.expr.kind == ast::Expr::Kind::star) {
      add_star(fold, scope, item.expr, out);
      continue;
    }
    InferredColumn column = infer_expr(fold, item.expr, scope);
    if (item.expr.kind != ast::Expr::Kind::column) column.origin = {};
    column.name = column_name(fold, item);
    out.push_back(std::move(column));
  }
  return out;
}

std::vector<InferredColumn> infer_values(Fold& fold, const ast::Query& query, const Scope& scope) {
  std::vector<InferredColumn> out;
  for (const std::vector<ast::Expr>& row : query.values) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      InferredColumn column = infer_expr(fold, row[i], scope);
      if (i < out.size()) {
        merge_types(out[i], column);
        continue;
      }
      column.name = "column" + std::to_string(i + 1);
      out.push_back(std::move(column));
    }
  }
  return out;
}

/// Of united rows no column is one table's.
void forget_origins(std::vector<InferredColumn>& columns) {
  for (InferredColumn& column : columns) {
    column.origin = {};
    column.origin_column.clear();
  }
}

bool reads(const Fold& fold, const ast::FromItem& item, std::string_view name);

// Whether a branch has the table in its FROM, the only place where it may stand in a recursive one.
bool reads(const Fold& fold, const ast::Query& query, std::string_view name) {
  const auto in_item = [&](const ast::FromItem& item) { return reads(fold, item, name); };
  const auto in_query = [&](const ast::Query& operand) { return reads(fold, operand, name); };
  if (!query.select.empty()) return std::ranges::any_of(query.select.front().from, in_item);
  return std::ranges::any_of(query.operands, in_query);
}

bool reads(const Fold& fold, const ast::FromItem& item, std::string_view name) {
  if (item.kind == ast::FromItem::Kind::table)
    return item.table.names.size() == 1 && same_name(fold, item.table.last(), name);
  const auto in_item = [&](const ast::FromItem& operand) { return reads(fold, operand, name); };
  const auto in_query = [&](const ast::Query& query) { return reads(fold, query, name); };
  return std::ranges::any_of(item.operands, in_item) || std::ranges::any_of(item.query, in_query);
}

void add_common_tables(Fold& fold, const ast::Query& query, Scope& scope) {
  for (const ast::CommonTable& common : query.with) {
    add_common_table(fold, common, query.is_recursive, scope);
  }
}

}  // namespace

std::string output_name(const ast::Expr& expr) {
  using Kind = ast::Expr::Kind;
  switch (expr.kind) {
    case Kind::column:
    case Kind::call:
      return std::string(expr.path.last());
    case Kind::cast: {
      const std::string inner = output_name(expr.args.front());
      if (inner != "?column?" || expr.type.empty()) return inner;
      const std::string_view type = expr.type.front().path.last();
      const stdlib::TypeRow* row = stdlib::find_type(Dialect::postgres, type);
      if (row == nullptr || row->spellings[0].size() < 2) return std::string(type);
      // The name of the type in pg_type: int4, varchar, bool.
      for (const std::string& spelling : row->spellings[0]) {
        for (const std::string_view known : {"int4", "int8", "int2", "bool", "float8", "float4",
                                             "varchar", "timestamptz", "timetz", "varbit"}) {
          if (spelling == known) return spelling;
        }
      }
      return std::string(type);
    }
    case Kind::typed_literal:
      return expr.type.empty() ? "?column?" : std::string(expr.type.front().path.last());
    case Kind::case_when: {
      const std::string inner =
          expr.has_else ? output_name(expr.args.back()) : std::string("?column?");
      return inner == "?column?" ? "case" : inner;
    }
    case Kind::array:
      return "array";
    case Kind::exists:
      return "exists";
    case Kind::row:
      return "row";
    case Kind::boolean:
      return "bool";
    case Kind::field:
      return expr.name;
    case Kind::collate:
    case Kind::subscript:
    case Kind::at_time_zone:
      return expr.kind == Kind::at_time_zone ? "timezone" : output_name(expr.args.front());
    case Kind::subquery: {
      if (expr.query.empty() || expr.query.front().select.empty()) return "?column?";
      const auto& items = expr.query.front().select.front().items;
      if (items.empty()) return "?column?";
      return items.front().alias ? items.front().alias->text : output_name(items.front().expr);
    }
    default:
      return "?column?";
  }
}

void add_from(Fold& fold, Scope& scope, const ast::FromItem& item) {
  switch (item.kind) {
    case ast::FromItem::Kind::table: {
      if (item.table.names.size() == 1) {
        if (const InferredRelation* common = find_common(fold, scope, item.table.last())) {
          return add_relation(scope, *common, item);
        }
      }
      const Id<Table> id = find_table(fold, item.table);
      if (id.is_valid()) {
        return add_relation(scope, relation_of_table(fold, id, std::string(item.table.last())),
                            item);
      }
      const bool is_system = std::ranges::find(fold.row->hidden_schemas, item.table.qualifier()) !=
                             fold.row->hidden_schemas.end();
      if (!is_system && !item.table.last().starts_with("pg_") &&
          !item.table.last().starts_with("sqlite_")) {
        require_table(fold, item.table);
      }
      return add_relation(
          scope, {.alias = std::string(item.table.last()), .columns = {}, .is_merged = {}}, item);
    }
    case ast::FromItem::Kind::function:
      return add_relation(scope, relation_of_function(fold, item, scope), item);
    case ast::FromItem::Kind::subquery: {
      InferredRelation relation;
      if (!item.query.empty()) relation.columns = infer_query(fold, item.query.front(), &scope);
      return add_relation(scope, std::move(relation), item);
    }
    case ast::FromItem::Kind::join:
      return add_join(fold, scope, item);
    case ast::FromItem::Kind::parenthesized:
      for (const ast::FromItem& operand : item.operands) add_from(fold, scope, operand);
      return;
    case ast::FromItem::Kind::opaque:
      return;
  }
}

const ast::Query& starting_branch(const Fold& fold, const ast::CommonTable& common,
                                  const ast::Query& inner) {
  const ast::Query* branch = &inner.operands.front();
  while (branch->kind == ast::Query::Kind::set_operation && branch->operands.size() == 2 &&
         reads(fold, branch->operands.back(), common.name.text)) {
    branch = &branch->operands.front();
  }
  return *branch;
}

void add_common_table(Fold& fold, const ast::CommonTable& common, bool is_recursive, Scope& scope) {
  InferredRelation relation;
  relation.alias = common.name.text;
  if (!common.query.empty()) {
    const ast::Query& inner = common.query.front();
    // The first branch of a recursive one is what its columns are. SQLite needs no word for it.
    const bool has_branches =
        inner.operands.size() == 2 &&
        (is_recursive || (fold.is_sqlite() && reads(fold, inner, common.name.text)));
    relation.columns =
        infer_query(fold, has_branches ? starting_branch(fold, common, inner) : inner, &scope);
    if (has_branches) forget_origins(relation.columns);
  }
  rename_columns(relation, common.columns);
  relation.is_merged.assign(relation.columns.size(), false);
  scope.common.push_back(std::move(relation));
}

const InferredColumn* find_in_scope(const Fold& fold, const Scope& scope, const ast::Path& path) {
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    for (const InferredRelation& relation : at->relations) {
      if (path.names.size() > 1 && !same_name(fold, relation.alias, path.qualifier())) continue;
      for (const InferredColumn& column : relation.columns) {
        if (same_name(fold, column.name, path.last())) return &column;
      }
    }
  }
  return nullptr;
}

std::vector<InferredColumn> infer_query(Fold& fold, const ast::Query& query, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  add_common_tables(fold, query, scope);
  switch (query.kind) {
    case ast::Query::Kind::select:
      return query.select.empty() ? std::vector<InferredColumn>{}
                                  : infer_select(fold, query.select.front(), scope);
    case ast::Query::Kind::values:
      return infer_values(fold, query, scope);
    case ast::Query::Kind::table: {
      const Id<Table> id = require_table(fold, query.table);
      if (!id.is_valid()) return {};
      return relation_of_table(fold, id, "").columns;
    }
    case ast::Query::Kind::set_operation: {
      if (query.operands.size() < 2) return {};
      std::vector<InferredColumn> out = infer_query(fold, query.operands[0], &scope);
      const std::vector<InferredColumn> other = infer_query(fold, query.operands[1], &scope);
      for (std::size_t i = 0; i < out.size() && i < other.size(); ++i)
        merge_types(out[i], other[i]);
      forget_origins(out);
      return out;
    }
    case ast::Query::Kind::parenthesized:
      return query.operands.empty() ? std::vector<InferredColumn>{}
                                    : infer_query(fold, query.operands.front(), &scope);
  }
  return {};
}

}  // namespace sqlxc::catalog
