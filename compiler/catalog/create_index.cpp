// CREATE INDEX.
#include <algorithm>
#include <span>

#include "compiler/catalog/constraints.h"
#include "compiler/catalog/double_quotes.h"
#include "compiler/catalog/fold.h"
#include "compiler/syntax/print.h"

namespace sqlxc::catalog {
namespace {

/// PostgreSQL and SQLite keep index names a schema, MySQL a table.
bool is_name_taken(const Fold& fold, const Table& table, const std::string& name) {
  const auto has = [&](const Table& t) {
    const auto same = [&](const auto& key) { return equal_ignoring_case(key.name, name); };
    return std::ranges::any_of(t.indexes, same) ||
           (fold.is_mysql() && std::ranges::any_of(t.uniques, same));
  };
  if (fold.is_mysql()) return has(table);
  return fold.relations.contains(key_of(fold, table.schema, name));
}

/// MySQL's CREATE UNIQUE INDEX over plain columns is a UNIQUE KEY like any other.
bool add_mysql_unique(Fold& fold, Table& table, const Index& index) {
  if (!fold.is_mysql() || !index.is_unique) return false;
  Key key;
  bool has_prefix = false;
  for (const IndexElement& element : index.elements) {
    if (!element.column || element.is_descending) return false;
    key.columns.push_back(*element.column);
    key.prefixes.push_back(element.prefix_length.value_or(0));
    has_prefix |= element.prefix_length.has_value();
  }
  if (!has_prefix) key.prefixes.clear();
  key.name = index.name;
  key.range = index.range;
  table.uniques.push_back(std::move(key));
  return true;
}

void add_to_partitions(Fold& fold, Id<Table> parent, const Index& index);

enum class Reach { partitions, only };

void add_index(Fold& fold, Id<Table> id, Index index, Reach reach = Reach::partitions) {
  Table& table = fold.table(id);
  if (add_mysql_unique(fold, table, index)) return;
  if (fold.is_mysql()) {
    // An index that MySQL made for a foreign key goes when another one serves it.
    std::erase_if(table.indexes, [&](const Index& other) {
      return other.is_implicit && other.elements.size() <= index.elements.size() &&
             std::ranges::equal(other.elements,
                                std::span(index.elements).first(other.elements.size()), {},
                                &IndexElement::column, &IndexElement::column);
    });
  }
  table.indexes.push_back(index);
  if (fold.is_postgres() && table.partition_by && reach == Reach::partitions)
    add_to_partitions(fold, id, index);
}

void add_to_partitions(Fold& fold, Id<Table> parent, const Index& index) {
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    const Table& child = fold.catalog.tables[i];
    if (!fold.notes[i].is_alive || child.partition_of != parent) continue;
    Index copy = index;
    std::string columns;
    bool is_whole = true;
    for (IndexElement& element : copy.elements) {
      if (!columns.empty()) columns += '_';
      if (!element.column) {
        columns += "expr";
        continue;
      }
      const std::string& name = fold.table(parent).columns[*element.column].name;
      element.column = find_column(fold, child, name);
      is_whole &= element.column.has_value();
      columns += name;
    }
    const bool is_there =
        is_whole && count_like(child, copy) >= count_like(fold.table(parent), index);
    if (!is_whole || is_there) continue;
    copy.name = choose_relation_name(fold, child.schema, child.name, columns, "idx", false);
    add_index(fold, Id<Table>(i), std::move(copy));
  }
}

}  // namespace

std::size_t count_like(const Table& table, const Index& index) {
  const auto text = [](const std::optional<ast::Expr>& expr) {
    return expr ? syntax::print(*expr, Dialect::postgres) : std::string();
  };
  const auto same_element = [&](const IndexElement& a, const IndexElement& b) {
    return a.column == b.column && a.is_descending == b.is_descending &&
           a.nulls_first == b.nulls_first && a.collation == b.collation &&
           a.operator_class == b.operator_class && text(a.expr) == text(b.expr);
  };
  const auto count = std::ranges::count_if(table.indexes, [&](const Index& other) {
    return other.is_unique == index.is_unique && other.method == index.method &&
           other.nulls_not_distinct == index.nulls_not_distinct && other.include == index.include &&
           text(other.where) == text(index.where) &&
           std::ranges::equal(other.elements, index.elements, same_element);
  });
  return static_cast<std::size_t>(count);
}

void apply_create_index(Fold& fold, const ast::CreateIndex& create) {
  const Id<Table> id = require_table(fold, create.table);
  if (!id.is_valid()) return;
  Table& table = fold.table(id);
  Index index;
  index.is_unique = create.is_unique;
  index.method = to_lower(create.method);
  index.nulls_not_distinct = create.is_nulls_not_distinct;
  index.range = fold.statement;
  if (create.name) {
    index.name = create.name->text;
    if (is_name_taken(fold, table, index.name)) {
      if (!create.if_not_exists) {
        fold.diagnostics.report<diag::DuplicateName>(create.name->range, "index", index.name);
      }
      return;
    }
    fold.relations.insert(key_of(fold, table.schema, index.name));
  }
  index.elements = read_index_elements(fold, table, create.elements);
  if (index.elements.empty()) return;
  for (const ast::Name& name : create.include) {
    if (const auto column = require_column(fold, table, name)) index.include.push_back(*column);
  }
  if (!create.where.empty()) {
    index.where = with_strings(fold, table, create.where.front());
    columns_read(fold, table, *index.where);
  }
  if (!create.name && fold.is_postgres()) {
    index.name = choose_relation_name(fold, table.schema, table.name,
                                      index_columns_name(create.elements), "idx", false);
  }
  add_index(fold, id, std::move(index), create.is_only ? Reach::only : Reach::partitions);
}

}  // namespace sqlxc::catalog
