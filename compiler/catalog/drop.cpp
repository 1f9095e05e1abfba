// DROP, with what goes along under CASCADE.
#include <algorithm>

#include "compiler/catalog/fold.h"
#include "compiler/catalog/forget.h"

namespace sqlxc::catalog {
namespace {

void report_nothing(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  if (drop.if_exists) return;
  fold.diagnostics.report<diag::NothingToDrop>(path.range, drop.object, display_name(path));
}

/// Whether a query reads the table, anywhere in it.
bool reads(const ast::Query& query, const Fold& fold, Id<Table> id);

bool reads(const ast::FromItem& item, const Fold& fold, Id<Table> id) {
  if (item.kind == ast::FromItem::Kind::table && find_table(fold, item.table) == id) return true;
  const auto in = [&](const auto& inner) { return reads(inner, fold, id); };
  return std::ranges::any_of(item.query, in) || std::ranges::any_of(item.operands, in);
}

bool reads(const ast::Query& query, const Fold& fold, Id<Table> id) {
  const auto in = [&](const auto& inner) { return reads(inner, fold, id); };
  if (std::ranges::any_of(query.operands, in)) return true;
  for (const ast::CommonTable& common : query.with) {
    if (std::ranges::any_of(common.query, in)) return true;
  }
  for (const ast::Select& select : query.select) {
    if (std::ranges::any_of(select.from, in)) return true;
    bool found = false;
    const auto look = [&](const ast::Expr& expr) {
      visit_exprs(expr,
                  [&](const ast::Expr& node) { found |= std::ranges::any_of(node.query, in); });
    };
    for (const ast::SelectItem& item : select.items) look(item.expr);
    for (const ast::Expr& expr : select.where) look(expr);
    if (found) return true;
  }
  return query.kind == ast::Query::Kind::table && find_table(fold, query.table) == id;
}

void drop_with_dependents(Fold& fold, Id<Table> id) {
  std::vector<Id<Table>> dependents;
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    if (!fold.notes[i].is_alive || i == id.index) continue;
    const Table& table = fold.catalog.tables[i];
    const bool is_heir =
        table.partition_of == id || std::ranges::find(table.inherits, id) != table.inherits.end();
    if (is_heir || (table.query && reads(*table.query, fold, id))) dependents.emplace_back(i);
  }
  drop_table(fold, id);
  for (const Id<Table> dependent : dependents) {
    if (fold.notes[dependent.index].is_alive) drop_with_dependents(fold, dependent);
  }
}

/// Partitions go with their root. Views and heirs go under CASCADE in PostgreSQL; elsewhere they
/// stay, and so here.
void drop_table_or_view(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  const Id<Table> id = find_table(fold, path);
  const bool wants_view = drop.object.ends_with("view");
  if (!id.is_valid() || (wants_view != fold.table(id).query.has_value())) {
    report_nothing(fold, drop, path);
    return;
  }
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    Table& other = fold.catalog.tables[i];
    if (!fold.notes[i].is_alive || i == id.index) continue;
    const auto points_here = [&](const ForeignKey& key) { return key.table == id; };
    if (!fold.is_postgres()) continue;
    if (drop.is_cascade) {
      forget_if(fold, other, other.foreign_keys, points_here);
    } else if (std::ranges::any_of(other.foreign_keys, points_here)) {
      const bool is_dropped_too = std::ranges::any_of(drop.names, [&](const ast::Path& name) {
        return find_table(fold, name) == Id<Table>(i);
      });
      if (is_dropped_too) continue;
      fold.diagnostics
          .report<diag::StillNeeded>(path.range, drop.object, display_name(path),
                                     "a foreign key of `" + display_name(other) + "`")
          .help("`cascade` drops the foreign key too");
      return;
    }
  }
  if (fold.is_postgres()) {
    drop_with_dependents(fold, id);
  } else {
    drop_table(fold, id);
  }
}

/// A unique index is as good as a key for a foreign key to stand on.
void forget_keys_on_index(Fold& fold, Id<Table> id, std::string_view name) {
  for (const Index& index : fold.table(id).indexes) {
    if (!index.is_unique || index.name != name) continue;
    std::vector<std::uint32_t> columns;
    for (const IndexElement& element : index.elements) {
      if (element.column) columns.push_back(*element.column);
    }
    forget_keys_on(fold, id, columns);
  }
}

void drop_index(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  const auto is_same = [&](const auto& key) {
    return fold.is_postgres() ? key.name == path.last()
                              : equal_ignoring_case(key.name, path.last());
  };
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    if (!fold.notes[i].is_alive) continue;
    Table& table = fold.catalog.tables[i];
    if (drop.table && find_table(fold, *drop.table) != Id<Table>(i)) continue;
    if (drop.is_cascade) forget_keys_on_index(fold, Id<Table>(i), path.last());
    std::size_t erased = forget_if(fold, table, table.indexes, is_same);
    if (fold.is_mysql()) {
      erased += forget_if(fold, table, table.uniques, is_same);
      if (equal_ignoring_case(path.last(), "primary") && table.primary_key) {
        table.primary_key.reset();
        ++erased;
      }
    }
    if (erased > 0) return;
  }
  report_nothing(fold, drop, path);
}

void drop_columns_of_type(Fold& fold, const TypeEntry& entry) {
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    const auto has_type = [&](const Column& column) {
      return (entry.enumeration.is_valid() && column.type.enumeration == entry.enumeration) ||
             (entry.domain.is_valid() && column.type.domain == entry.domain) ||
             (entry.composite.is_valid() && column.type.composite == entry.composite);
    };
    if (!fold.notes[i].is_alive) continue;
    for (std::size_t c = fold.catalog.tables[i].columns.size(); c-- > 0;) {
      if (has_type(fold.catalog.tables[i].columns[c])) {
        remove_column(fold, Id<Table>(i), static_cast<std::uint32_t>(c));
      }
    }
  }
}

void drop_type(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  const TypeEntry* found = find_type_entry(fold, path);
  if (found == nullptr) {
    report_nothing(fold, drop, path);
    return;
  }
  const TypeEntry entry = *found;
  if (drop.is_cascade) drop_columns_of_type(fold, entry);
  const auto forget = [&](const auto& thing) {
    fold.types.erase(key_of(fold, thing.schema, thing.name));
  };
  if (entry.enumeration.is_valid()) {
    forget(at(fold.catalog.enums, entry.enumeration));
    fold.enum_alive[entry.enumeration.index] = false;
  }
  if (entry.domain.is_valid()) {
    forget(at(fold.catalog.domains, entry.domain));
    fold.domain_alive[entry.domain.index] = false;
  }
  if (entry.composite.is_valid()) {
    forget(at(fold.catalog.composites, entry.composite));
    fold.composite_alive[entry.composite.index] = false;
  }
}

void drop_sequence(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  for (std::size_t i = 0; i < fold.catalog.sequences.size(); ++i) {
    const Sequence& sequence = fold.catalog.sequences[i];
    if (!fold.sequence_alive[i] || sequence.name != path.last()) continue;
    if (path.names.size() > 1 && schema_spelled(fold, path.qualifier()) != sequence.schema)
      continue;
    fold.sequence_alive[i] = false;
    const std::string key = key_of(fold, sequence.schema, sequence.name);
    fold.sequences.erase(key);
    fold.relations.erase(key);
    if (!sequence.owner.is_valid() || !drop.is_cascade) return;
    Column& column = fold.table(sequence.owner).columns[sequence.owner_column];
    if (column.is_serial) {
      column.is_serial = false;
      column.default_value.reset();
    }
    return;
  }
  report_nothing(fold, drop, path);
}

/// DROP SCHEMA ... CASCADE, DROP DATABASE.
void drop_schema(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  const std::string schema = schema_spelled(fold, path.last());
  const bool is_known = schema.empty() || fold.schemas.contains(schema);
  if (!is_known) {
    report_nothing(fold, drop, path);
    return;
  }
  if (!drop.is_cascade && fold.is_postgres()) {
    fold.schemas.erase(schema);
    std::erase(fold.catalog.schemas, schema);
    return;
  }
  for (std::size_t i = 0; i < fold.catalog.tables.size(); ++i) {
    if (fold.notes[i].is_alive && fold.catalog.tables[i].schema == schema) {
      drop_with_dependents(fold, Id<Table>(i));
    }
  }
  const auto forget = [&](auto& things, std::vector<bool>& alive) {
    for (std::size_t i = 0; i < things.size(); ++i) {
      if (!alive[i] || things[i].schema != schema) continue;
      alive[i] = false;
      fold.types.erase(key_of(fold, schema, things[i].name));
      fold.sequences.erase(key_of(fold, schema, things[i].name));
      fold.relations.erase(key_of(fold, schema, things[i].name));
    }
  };
  forget(fold.catalog.enums, fold.enum_alive);
  forget(fold.catalog.domains, fold.domain_alive);
  forget(fold.catalog.composites, fold.composite_alive);
  forget(fold.catalog.sequences, fold.sequence_alive);
  forget(fold.catalog.functions, fold.function_alive);
  fold.schemas.erase(schema);
  std::erase(fold.catalog.schemas, schema);
}

void drop_function(Fold& fold, const ast::Path& path) {
  for (std::size_t i = 0; i < fold.catalog.functions.size(); ++i) {
    const Function& function = fold.catalog.functions[i];
    const bool is_same =
        function.name == path.last() &&
        (path.names.size() < 2 || schema_spelled(fold, path.qualifier()) == function.schema);
    if (fold.function_alive[i] && is_same) {
      fold.function_alive[i] = false;
      return;
    }
  }
}

void drop_trigger(Fold& fold, const ast::Drop& drop, const ast::Path& path) {
  for (std::size_t i = 0; i < fold.catalog.triggers.size(); ++i) {
    const Trigger& trigger = fold.catalog.triggers[i];
    const bool is_same = fold.is_postgres() ? trigger.name == path.last()
                                            : equal_ignoring_case(trigger.name, path.last());
    const bool is_here = !drop.table || find_table(fold, *drop.table) == trigger.table;
    if (fold.trigger_alive[i] && is_same && is_here) {
      fold.trigger_alive[i] = false;
      return;
    }
  }
}

}  // namespace

void apply_drop(Fold& fold, const ast::Drop& drop) {
  const std::string& object = drop.object;
  for (const ast::Path& path : drop.names) {
    if (object.ends_with("table") || object.ends_with("view")) {
      drop_table_or_view(fold, drop, path);
    } else if (object == "index") {
      drop_index(fold, drop, path);
    } else if (object == "type" || object == "domain") {
      drop_type(fold, drop, path);
    } else if (object == "sequence") {
      drop_sequence(fold, drop, path);
    } else if (object == "schema" || object == "database") {
      drop_schema(fold, drop, path);
    } else if (object == "function" || object == "procedure" || object == "aggregate" ||
               object == "routine") {
      drop_function(fold, path);
    } else if (object == "trigger") {
      drop_trigger(fold, drop, path);
    }
  }
}

}  // namespace sqlxc::catalog
