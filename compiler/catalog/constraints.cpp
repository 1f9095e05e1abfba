// Keys, checks, exclusions and indexes of a table. Foreign keys are in foreign_keys.cpp.
#include <algorithm>
#include <charconv>

#include "compiler/catalog/constraints.h"
#include "compiler/catalog/double_quotes.h"
#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

using Kind = ast::Constraint::Kind;

/// The columns of a key's elements; empty where one is an expression (and `has_expressions` says
/// so).
struct Elements {
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t> prefixes;
  bool has_expressions = false;
  bool is_whole = true;  // every name was found
};

/// A prefix as long as the column is none.
std::uint32_t prefix_of(const Table& table, std::uint32_t column,
                        std::optional<std::uint32_t> prefix) {
  if (!prefix) return 0;
  const std::vector<std::string>& args = table.columns[column].type.args;
  std::uint32_t length = 0;
  if (args.size() == 1) std::from_chars(args[0].data(), args[0].data() + args[0].size(), length);
  return length != 0 && *prefix >= length ? 0 : *prefix;
}

Elements read_elements(Fold& fold, const Table& table, const PendingConstraint& pending) {
  Elements out;
  if (pending.column) {
    if (const auto column = find_column(fold, table, pending.column->text)) {
      out.columns.push_back(*column);
    }
    return out;
  }
  bool has_prefix = false;
  for (const ast::OrderItem& element : pending.constraint->elements) {
    const ast::Expr* expr = &element.expr;
    while (expr->kind == ast::Expr::Kind::collate) expr = &expr->args.front();
    if (expr->kind == ast::Expr::Kind::string && fold.is_sqlite()) {
      const ast::Name name{expr->text, true, expr->range};
      const auto column = require_column(fold, table, name);
      column ? out.columns.push_back(*column) : void(out.is_whole = false);
      continue;
    }
    if (expr->kind != ast::Expr::Kind::column) {
      out.has_expressions = true;
      columns_read(fold, table, *expr);
      continue;
    }
    const auto column = require_column(fold, table, expr->path.names.back());
    column ? out.columns.push_back(*column) : void(out.is_whole = false);
    const std::uint32_t prefix = column ? prefix_of(table, *column, element.prefix_length) : 0;
    out.prefixes.push_back(prefix);
    has_prefix |= prefix != 0;
  }
  if (!has_prefix) out.prefixes.clear();
  return out;
}

std::string columns_name(const Table& table, const std::vector<std::uint32_t>& columns) {
  std::string out;
  for (const std::uint32_t column : columns) {
    if (!out.empty()) out += '_';
    out += table.columns[column].name;
    if (out.size() > 63) break;
  }
  return out;
}

/// Takes the written name, or makes one up. PostgreSQL reports a name that its schema has.
std::string key_name(Fold& fold, Table& table, const ast::Constraint& constraint,
                     const std::vector<std::uint32_t>& columns, std::string_view label) {
  if (constraint.name) {
    const std::string& name = constraint.name->text;
    if (!fold.is_postgres()) return name;
    const std::string key = key_of(fold, table.schema, name);
    if (!fold.relations.insert(key).second) {
      fold.diagnostics.report<diag::DuplicateName>(constraint.name->range, "relation", name);
    }
    fold.constraints.insert(key);
    return name;
  }
  if (!fold.is_postgres()) return {};
  const std::string middle = label == "pkey" ? "" : columns_name(table, columns);
  return choose_relation_name(fold, table.schema, table.name, middle, label, true);
}

Key make_key(Fold& fold, Table& table, const ast::Constraint& constraint, Elements elements,
             std::string_view label) {
  Key key;
  key.name = key_name(fold, table, constraint, elements.columns, label);
  key.columns = std::move(elements.columns);
  key.prefixes = std::move(elements.prefixes);
  for (const ast::Name& name : constraint.include) {
    if (const auto column = require_column(fold, table, name)) key.include.push_back(*column);
  }
  key.nulls_not_distinct = constraint.is_nulls_not_distinct;
  key.is_deferrable = constraint.is_deferrable;
  key.is_initially_deferred = constraint.is_initially_deferred;
  key.conflict = constraint.conflict;
  key.range = constraint.range;
  return key;
}

/// ADD PRIMARY KEY USING INDEX: the index becomes the key.
bool take_index(Table& table, const ast::Constraint& constraint, Elements& elements) {
  const auto found = std::ranges::find(table.indexes, constraint.text, &Index::name);
  if (found == table.indexes.end()) return false;
  for (const IndexElement& element : found->elements) {
    if (element.column) elements.columns.push_back(*element.column);
  }
  table.indexes.erase(found);
  return true;
}

/// SQLite: INTEGER PRIMARY KEY is the rowid by another name, but for DESC on the column itself.
bool is_rowid_key(const Fold& fold, const Table& table, const PendingConstraint& pending,
                  const Elements& elements) {
  return fold.is_sqlite() && !table.is_without_rowid && elements.columns.size() == 1 &&
         equal_ignoring_case(table.columns[elements.columns.front()].type.spelled, "integer") &&
         !(pending.column && pending.constraint->is_descending);
}

void add_primary_key(Fold& fold, Table& table, const PendingConstraint& pending) {
  const ast::Constraint& constraint = *pending.constraint;
  if (table.primary_key) {
    fold.diagnostics.report<diag::SecondPrimaryKey>(constraint.range, display_name(table))
        .label(table.primary_key->range, "the first one");
    return;
  }
  Elements elements;
  ast::Constraint named = constraint;
  if (constraint.using_index) {
    if (!take_index(table, constraint, elements)) {
      fold.diagnostics.report<diag::UnknownObject>(constraint.range, "index", constraint.text);
      return;
    }
    fold.relations.erase(key_of(fold, table.schema, constraint.text));
    if (!named.name) named.name = ast::Name{constraint.text, true, constraint.range};
  } else {
    elements = read_elements(fold, table, pending);
  }
  if (!elements.is_whole || elements.columns.empty()) return;
  const bool implies_not_null = !fold.is_sqlite() || table.is_without_rowid || table.is_strict;
  const bool is_rowid = is_rowid_key(fold, table, pending, elements);
  for (const std::uint32_t column : elements.columns) {
    Column& target = table.columns[column];
    if (implies_not_null && !is_rowid) target.is_nullable = false;
    target.is_rowid |= is_rowid;
    target.is_auto_increment |= constraint.is_autoincrement;
  }
  table.primary_key = make_key(fold, table, named, std::move(elements), "pkey");
  if (fold.is_mysql()) table.primary_key->name.clear();
}

Index unique_index(Fold& fold, const Table& table, const ast::Constraint& constraint) {
  Index index;
  index.name = constraint.name ? constraint.name->text : std::string();
  index.is_unique = constraint.kind == Kind::unique;
  index.method = to_lower(constraint.method);
  index.elements = read_index_elements(fold, table, constraint.elements);
  index.range = constraint.range;
  return index;
}

void add_mysql_index(Fold& fold, Table& table, const ast::Constraint& constraint) {
  Index index = unique_index(fold, table, constraint);
  if (index.elements.empty()) return;
  if (index.name.empty()) {
    const IndexElement& first = index.elements.front();
    index.name = choose_mysql_key_name(
        fold, table, first.column ? table.columns[*first.column].name : "functional_index");
  }
  table.indexes.push_back(std::move(index));
}

bool is_same_key(const Key& key, const Elements& elements) {
  return key.columns == elements.columns;
}

/// Both PostgreSQL and SQLite make one index of two constraints over the same columns.
bool is_redundant(const Fold& fold, const Table& table, const Elements& elements,
                  const ast::Constraint& constraint) {
  if (fold.is_mysql()) return false;
  const auto same = [&](const Key& key) {
    return is_same_key(key, elements) && key.is_deferrable == constraint.is_deferrable &&
           key.nulls_not_distinct == constraint.is_nulls_not_distinct &&
           (fold.is_postgres() || key.conflict == constraint.conflict);
  };
  if (table.primary_key && same(*table.primary_key)) {
    const bool is_rowid = table.columns[elements.columns.front()].is_rowid;
    if (!is_rowid) return true;
  }
  return std::ranges::any_of(table.uniques, same);
}

void add_unique(Fold& fold, Table& table, const PendingConstraint& pending, bool is_new_table) {
  const ast::Constraint& constraint = *pending.constraint;
  Elements elements;
  ast::Constraint named = constraint;
  if (constraint.using_index) {
    if (!take_index(table, constraint, elements)) {
      fold.diagnostics.report<diag::UnknownObject>(constraint.range, "index", constraint.text);
      return;
    }
    fold.relations.erase(key_of(fold, table.schema, constraint.text));
    if (!named.name) named.name = ast::Name{constraint.text, true, constraint.range};
  } else {
    elements = read_elements(fold, table, pending);
  }
  if (elements.has_expressions) {
    add_mysql_index(fold, table, constraint);
    return;
  }
  if (!elements.is_whole || elements.columns.empty()) return;
  if (is_new_table && is_redundant(fold, table, elements, constraint)) return;
  Key key = make_key(fold, table, named, std::move(elements), "key");
  if (fold.is_mysql() && key.name.empty()) {
    key.name = choose_mysql_key_name(fold, table, table.columns[key.columns.front()].name);
  }
  table.uniques.push_back(std::move(key));
}

void add_check(Fold& fold, Table& table, const PendingConstraint& pending) {
  const ast::Constraint& constraint = *pending.constraint;
  if (constraint.expr.empty()) return;
  Check check;
  check.expr = with_strings(fold, table, constraint.expr.front());
  check.columns = columns_read(fold, table, check.expr);
  check.is_not_valid = constraint.is_not_valid;
  check.is_not_enforced = constraint.is_not_enforced;
  check.is_no_inherit = constraint.is_no_inherit;
  check.range = constraint.range;
  if (constraint.name) {
    check.name = constraint.name->text;
    fold.constraints.insert(key_of(fold, table.schema, check.name));
  } else if (fold.is_postgres()) {
    const std::string column =
        check.columns.size() == 1 ? table.columns[check.columns.front()].name : std::string();
    check.name = choose_constraint_name(fold, table.schema, table.name, column, "check");
  } else if (fold.is_mysql() && !pending.column) {
    const auto is_taken = [&](const std::string& name) {
      return std::ranges::any_of(table.checks, [&](const Check& c) { return c.name == name; });
    };
    for (int i = 1; check.name.empty() || is_taken(check.name); ++i) {
      check.name = "CONSTRAINT_" + std::to_string(i);
    }
  }
  table.checks.push_back(std::move(check));
}

void add_exclusion(Fold& fold, Table& table, const ast::Constraint& constraint) {
  Exclusion exclusion;
  exclusion.constraint = constraint;
  exclusion.range = constraint.range;
  for (const ast::OrderItem& element : constraint.elements) {
    columns_read(fold, table, element.expr);
  }
  exclusion.name =
      constraint.name ? constraint.name->text
                      : choose_relation_name(fold, table.schema, table.name,
                                             index_columns_name(constraint.elements), "excl", true);
  table.exclusions.push_back(std::move(exclusion));
}

/// A pass over the constraints of one kind.
template <typename Apply>
void each_of(const std::vector<PendingConstraint>& pending, std::initializer_list<Kind> kinds,
             const Apply& apply) {
  for (const PendingConstraint& constraint : pending) {
    if (std::ranges::find(kinds, constraint.constraint->kind) != kinds.end()) apply(constraint);
  }
}

}  // namespace

std::vector<IndexElement> read_index_elements(Fold& fold, const Table& table,
                                              const std::vector<ast::OrderItem>& items) {
  std::vector<IndexElement> out;
  for (const ast::OrderItem& item : items) {
    IndexElement element;
    element.is_descending = item.is_descending;
    element.nulls_first = item.nulls_first;
    element.operator_class = item.operator_class;
    element.collation = item.collation;
    element.prefix_length = item.prefix_length;
    const ast::Expr read = with_strings(fold, table, item.expr);
    const ast::Expr* expr = &read;
    if (expr->kind == ast::Expr::Kind::collate && fold.is_sqlite()) {
      element.collation = display_name(expr->path);
      expr = &expr->args.front();
    }
    if (expr->kind == ast::Expr::Kind::column && expr->path.names.size() == 1) {
      element.column = require_column(fold, table, expr->path.names.back());
      if (!element.column) continue;
      const std::uint32_t prefix = prefix_of(table, *element.column, item.prefix_length);
      element.prefix_length = prefix == 0 ? std::nullopt : std::optional(prefix);
    } else {
      columns_read(fold, table, *expr);
      element.expr = *expr;
    }
    out.push_back(std::move(element));
  }
  return out;
}

void apply_constraints(Fold& fold, Id<Table> id, const std::vector<PendingConstraint>& pending,
                       bool is_new_table) {
  each_of(pending, {Kind::check},
          [&](const PendingConstraint& c) { add_check(fold, fold.table(id), c); });
  each_of(pending, {Kind::primary_key},
          [&](const PendingConstraint& c) { add_primary_key(fold, fold.table(id), c); });
  each_of(pending, {Kind::unique, Kind::exclude, Kind::index}, [&](const PendingConstraint& c) {
    Table& table = fold.table(id);
    if (c.constraint->kind == Kind::unique) add_unique(fold, table, c, is_new_table);
    if (c.constraint->kind == Kind::exclude) add_exclusion(fold, table, *c.constraint);
    if (c.constraint->kind == Kind::index) add_mysql_index(fold, table, *c.constraint);
  });
  each_of(pending, {Kind::foreign_key},
          [&](const PendingConstraint& c) { add_foreign_key(fold, id, c); });
}

}  // namespace sqlxc::catalog
