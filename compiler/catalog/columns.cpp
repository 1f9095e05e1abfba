// Columns: what one is when it is made, and what happens to everything else when one goes, moves or
// gets another name.
#include <algorithm>

#include "compiler/catalog/fold.h"
#include "compiler/catalog/forget.h"

namespace sqlxc::catalog {
namespace {

using ConstraintKind = ast::Constraint::Kind;

/// serial, serial4, bigserial, ...: the integer behind it, or nothing.
std::string_view serial_base(const ast::TypeName& type) {
  if (type.path.names.size() != 1) return {};
  const std::string_view name = type.path.last();
  if (name == "serial" || name == "serial4") return "integer";
  if (name == "bigserial" || name == "serial8") return "bigint";
  if (name == "smallserial" || name == "serial2") return "smallint";
  return {};
}

// SQLite takes a name for the text that it is: DEFAULT "", DEFAULT unknown.
ast::Expr default_of(ast::Expr expr, Dialect dialect) {
  const bool is_name = expr.kind == ast::Expr::Kind::column && expr.path.names.size() == 1;
  if (dialect != Dialect::sqlite || !is_name) return expr;
  ast::Expr out;
  out.kind = ast::Expr::Kind::string;
  out.text = expr.path.last();
  out.range = expr.range;
  return out;
}

void read_clause(Column& column, const ast::Constraint& clause, Dialect dialect) {
  switch (clause.kind) {
    case ConstraintKind::not_null:
      column.is_nullable = false;
      return;
    case ConstraintKind::null:
      column.is_nullable = true;
      return;
    case ConstraintKind::default_:
      if (!clause.expr.empty()) column.default_value = default_of(clause.expr.front(), dialect);
      return;
    case ConstraintKind::generated:
      if (!clause.expr.empty()) column.default_value = clause.expr.front();
      column.generated = clause.is_stored ? Generated::stored : Generated::virtual_;
      return;
    case ConstraintKind::identity:
      column.identity = clause.is_always ? Identity::always : Identity::by_default;
      column.is_nullable = false;
      return;
    case ConstraintKind::auto_increment:
      column.is_auto_increment = true;
      column.is_nullable = false;
      return;
    case ConstraintKind::on_update:
      if (!clause.expr.empty()) column.on_update = clause.expr.front();
      return;
    case ConstraintKind::collate:
      // The service's own, of decimals that it keeps as text.
      if (dialect == Dialect::sqlite && clause.text == "sqlxc_decimal") return;
      column.collation = clause.text;
      return;
    case ConstraintKind::comment:
      column.comment = clause.text;
      return;
    case ConstraintKind::visibility:
      column.is_hidden = equal_ignoring_case(clause.text, "invisible");
      return;
    default:
      return;  // a key or check: constraints.cpp
  }
}

bool is_constraint(const ast::Constraint& clause) {
  switch (clause.kind) {
    case ConstraintKind::primary_key:
    case ConstraintKind::unique:
    case ConstraintKind::check:
    case ConstraintKind::foreign_key:
    case ConstraintKind::exclude:
    case ConstraintKind::index:
      return true;
    default:
      return false;
  }
}

/// Calls `visit(index)` for whatever points to a column of the table.
template <typename Visit>
void visit_column_indices(Fold& fold, Id<Table> id, const Visit& visit) {
  Table& table = fold.table(id);
  const auto visit_all = [&](std::vector<std::uint32_t>& columns) {
    for (std::uint32_t& column : columns) visit(column);
  };
  if (table.primary_key) {
    visit_all(table.primary_key->columns);
    visit_all(table.primary_key->include);
  }
  for (Key& key : table.uniques) {
    visit_all(key.columns);
    visit_all(key.include);
  }
  for (Check& check : table.checks) visit_all(check.columns);
  for (ForeignKey& key : table.foreign_keys) visit_all(key.columns);
  for (Index& index : table.indexes) {
    for (IndexElement& element : index.elements) {
      if (element.column) visit(*element.column);
    }
    visit_all(index.include);
  }
  for (Table& other : fold.catalog.tables) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.table == id) visit_all(key.references);
    }
  }
  for (Sequence& sequence : fold.catalog.sequences) {
    if (sequence.owner == id) visit(sequence.owner_column);
  }
}

bool holds(const std::vector<std::uint32_t>& columns, std::uint32_t column) {
  return std::ranges::find(columns, column) != columns.end();
}

bool index_reads(const Fold& fold, const Table& table, const Index& index, std::uint32_t column) {
  bool found = holds(index.include, column);
  const auto look = [&](const ast::Expr& expr) {
    visit_exprs(expr, [&](const ast::Expr& node) {
      found |= node.kind == ast::Expr::Kind::column &&
               find_column(fold, table, node.path.last()) == column;
    });
  };
  for (const IndexElement& element : index.elements) {
    if (element.column) found |= *element.column == column;
    if (element.expr) look(*element.expr);
  }
  if (index.where) look(*index.where);
  return found;
}

/// MySQL takes the column out of its indexes; one that has no other column goes.
void shrink_keys(Table& table, std::uint32_t column) {
  const auto shrink = [&](Key& key) {
    const auto at = std::ranges::find(key.columns, column);
    if (at == key.columns.end()) return;
    if (!key.prefixes.empty())
      key.prefixes.erase(key.prefixes.begin() + (at - key.columns.begin()));
    key.columns.erase(at);
  };
  if (table.primary_key) {
    shrink(*table.primary_key);
    if (table.primary_key->columns.empty()) table.primary_key.reset();
  }
  for (Key& key : table.uniques) shrink(key);
  for (Index& index : table.indexes) {
    std::erase_if(index.elements, [&](const IndexElement& e) { return e.column == column; });
  }
  std::erase_if(table.uniques, [](const Key& key) { return key.columns.empty(); });
  std::erase_if(table.indexes, [](const Index& index) { return index.elements.empty(); });
}

void drop_keys(Fold& fold, Table& table, std::uint32_t column) {
  if (table.primary_key && holds(table.primary_key->columns, column)) {
    forget_name(fold, table, *table.primary_key);
    table.primary_key.reset();
  }
  const auto holds_it = [&](const Key& key) { return holds(key.columns, column); };
  forget_if(fold, table, table.uniques, holds_it);
  forget_if(fold, table, table.indexes,
            [&](const Index& index) { return index_reads(fold, table, index, column); });
}

}  // namespace

Column read_column(Fold& fold, Table& table, const ast::ColumnDef& definition) {
  (void)table;
  Column column;
  column.name = definition.name.text;
  column.range = definition.range;
  column.name_range = definition.name.range;
  const std::string_view serial =
      fold.is_postgres() && definition.type ? serial_base(*definition.type) : std::string_view();
  if (!serial.empty()) {
    column.type = type_of_row(fold, serial);
    column.type.range = definition.type->range;
    column.is_serial = true;
    column.is_nullable = false;
  } else if (definition.type) {
    column.type = resolve_type(fold, *definition.type);
    column.collation = column.type.collation;
    if (fold.is_mysql() && equal_ignoring_case(definition.type->path.last(), "serial")) {
      column.is_auto_increment = true;
      column.is_nullable = false;
    }
  }
  for (const ast::Constraint& clause : definition.constraints)
    read_clause(column, clause, fold.catalog.dialect);
  return column;
}

void add_column(Fold& fold, Id<Table> id, const ast::ColumnDef& definition,
                std::vector<PendingConstraint>& pending) {
  Column column = read_column(fold, fold.table(id), definition);
  Table& table = fold.table(id);
  const std::optional<std::uint32_t> same = find_column(fold, table, column.name);
  if (same) {
    fold.diagnostics
        .report<diag::DuplicateColumn>(definition.name.range, display_name(table), column.name)
        .label(table.columns[*same].name_range, "the first one");
    return;
  }
  table.columns.push_back(std::move(column));
  for (const ast::Constraint& clause : definition.constraints) {
    if (is_constraint(clause)) pending.push_back({&clause, definition.name});
  }
  const auto index = static_cast<std::uint32_t>(table.columns.size() - 1);
  if (table.columns.back().is_serial || table.columns.back().identity != Identity::no) {
    add_serial(fold, id, index);
    for (const ast::Constraint& clause : definition.constraints) {
      if (clause.kind == ConstraintKind::identity && !fold.catalog.sequences.empty()) {
        fold.catalog.sequences.back().options = clause.options;
      }
    }
  }
  if (fold.is_mysql() && definition.type &&
      equal_ignoring_case(definition.type->path.last(), "serial")) {
    Table& made = fold.table(id);
    made.uniques.push_back({.name = choose_mysql_key_name(fold, made, definition.name.text),
                            .columns = {index},
                            .prefixes = {},
                            .include = {},
                            .conflict = {},
                            .range = definition.range});
  }
}

void add_serial(Fold& fold, Id<Table> id, std::uint32_t index) {
  Table& table = fold.table(id);
  Column& column = table.columns[index];
  Sequence sequence;
  sequence.schema = table.schema;
  sequence.owner = id;
  sequence.owner_column = index;
  sequence.range = column.range;
  sequence.name = choose_relation_name(fold, table.schema, table.name, column.name, "seq", false);
  if (column.is_serial) {
    ast::Expr name;
    name.kind = ast::Expr::Kind::string;
    name.text = table.schema.empty() ? sequence.name : table.schema + "." + sequence.name;
    ast::Expr cast;
    cast.kind = ast::Expr::Kind::cast;
    cast.text = "::";
    ast::TypeName regclass;
    regclass.path.names.push_back({"regclass", false, {}});
    cast.args.push_back(std::move(name));
    cast.type.push_back(std::move(regclass));
    ast::Expr call;
    call.kind = ast::Expr::Kind::call;
    call.path.names.push_back({"nextval", false, {}});
    call.args.push_back(std::move(cast));
    column.default_value = std::move(call);
  }
  fold.sequences[key_of(fold, sequence.schema, sequence.name)] =
      Id<Sequence>(fold.catalog.sequences.size());
  fold.catalog.sequences.push_back(std::move(sequence));
  fold.sequence_alive.push_back(true);
}

void remove_column(Fold& fold, Id<Table> id, std::uint32_t column) {
  Table& table = fold.table(id);
  if (fold.is_mysql()) {
    shrink_keys(table, column);
  } else {
    drop_keys(fold, table, column);
  }
  const auto holds_it = [&](const auto& thing) { return holds(thing.columns, column); };
  forget_if(fold, table, table.checks, holds_it);
  forget_if(fold, table, table.foreign_keys, holds_it);
  for (Table& other : fold.catalog.tables) {
    forget_if(fold, other, other.foreign_keys, [&](const ForeignKey& key) {
      return key.table == id && holds(key.references, column);
    });
  }
  for (std::size_t i = 0; i < fold.catalog.sequences.size(); ++i) {
    Sequence& sequence = fold.catalog.sequences[i];
    if (sequence.owner == id && sequence.owner_column == column) {
      fold.sequence_alive[i] = false;
      fold.sequences.erase(key_of(fold, sequence.schema, sequence.name));
      fold.relations.erase(key_of(fold, sequence.schema, sequence.name));
    }
  }
  table.columns.erase(table.columns.begin() + column);
  visit_column_indices(fold, id, [&](std::uint32_t& index) {
    if (index > column) --index;
  });
}

void move_column(Fold& fold, Id<Table> id, std::uint32_t from, std::uint32_t to) {
  if (from == to) return;
  Table& table = fold.table(id);
  const auto begin = table.columns.begin();
  if (from < to) {
    std::rotate(begin + from, begin + from + 1, begin + to + 1);
  } else {
    std::rotate(begin + to, begin + from, begin + from + 1);
  }
  visit_column_indices(fold, id, [&](std::uint32_t& index) {
    if (index == from) {
      index = to;
    } else if (from < to && index > from && index <= to) {
      --index;
    } else if (to < from && index >= to && index < from) {
      ++index;
    }
  });
}

void rename_column_in_exprs(Fold& fold, Table& table, std::string_view from,
                            const std::string& to) {
  const auto rename = [&](ast::Expr& expr) {
    visit_exprs(expr, [&](ast::Expr& node) {
      if (node.kind != ast::Expr::Kind::column || node.path.names.empty()) return;
      std::string& name = node.path.names.back().text;
      const bool is_same =
          fold.row->ignores_column_case ? equal_ignoring_case(name, from) : name == from;
      if (is_same) name = to;
    });
  };
  for (Column& column : table.columns) {
    if (column.default_value) rename(*column.default_value);
  }
  for (Check& check : table.checks) rename(check.expr);
  for (Index& index : table.indexes) {
    for (IndexElement& element : index.elements) {
      if (element.expr) rename(*element.expr);
    }
    if (index.where) rename(*index.where);
  }
  for (Exclusion& exclusion : table.exclusions) {
    for (ast::OrderItem& element : exclusion.constraint.elements) rename(element.expr);
  }
}

}  // namespace sqlxc::catalog
