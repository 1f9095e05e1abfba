// The catalog as JSON: what tools compare with what an engine says of the same file.
#include <algorithm>

#include "compiler/base/json_text.h"
#include "compiler/catalog/print.h"
#include "compiler/stdlib/dialects.h"
#include "compiler/syntax/print.h"

namespace sqlxc::catalog {
namespace {

std::string or_null(const std::optional<std::string>& text) {
  return text ? json_string(*text) : "null";
}

std::string schema_json(const std::string& schema) {
  return schema.empty() ? "null" : json_string(schema);
}

/// The items in brackets; `print` gives each one's text.
template <typename Items, typename Print>
std::string list(const Items& items, const Print& print, std::string_view separator = ", ") {
  std::string out = "[";
  bool is_first = true;
  for (const auto& item : items) {
    if (!is_first) out += separator;
    is_first = false;
    out += print(item);
  }
  return out + "]";
}

std::string names_json(const std::vector<std::string>& names) {
  return list(names, [](const std::string& name) { return json_string(name); });
}

std::string columns_json(const Table& table, const std::vector<std::uint32_t>& columns) {
  return list(columns,
              [&](std::uint32_t column) { return json_string(table.columns[column].name); });
}

/// MySQL's `name(10)` where the key holds a prefix of the column.
std::string key_json(const Table& table, const Key& key) {
  std::string out = "[";
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    std::string name = table.columns[key.columns[i]].name;
    if (!key.prefixes.empty() && key.prefixes[i] != 0) {
      name += "(" + std::to_string(key.prefixes[i]) + ")";
    }
    if (i > 0) out += ", ";
    out += json_string(name);
  }
  return out + "]";
}

std::string_view boolean(bool value) { return value ? "true" : "false"; }

std::string_view kind_name(TableKind kind) {
  switch (kind) {
    case TableKind::table:
      return "table";
    case TableKind::view:
      return "view";
    case TableKind::materialized_view:
      return "materialized_view";
    case TableKind::foreign_table:
      return "foreign_table";
    case TableKind::virtual_table:
      return "virtual";
  }
  return "";
}

std::string_view action_name(ast::ReferenceAction action) {
  switch (action) {
    case ast::ReferenceAction::no_action:
      return "no action";
    case ast::ReferenceAction::restrict_:
      return "restrict";
    case ast::ReferenceAction::cascade:
      return "cascade";
    case ast::ReferenceAction::set_null:
      return "set null";
    case ast::ReferenceAction::set_default:
      return "set default";
  }
  return "";
}

class JsonPrinter {
 public:
  explicit JsonPrinter(const Catalog& catalog) : catalog_(catalog) {}

  std::string print() {
    std::string out = "{\"tables\": ";
    // By schema: whoever knows tables by their name alone finds the same one on every run.
    std::vector<const Table*> tables;
    for (const Table& table : catalog_.tables) tables.push_back(&table);
    const std::string& default_schema = stdlib::dialect_row(catalog_.dialect).default_schema;
    std::ranges::stable_sort(tables, {}, [&](const Table* table) {
      return table->schema.empty() ? default_schema : table->schema;
    });
    out += lines(tables, [&](const Table* table) { return table_json(*table); });
    out += ",\n\"enums\": ";
    out += lines(catalog_.enums, [](const Enum& e) {
      return "{\"schema\": " + schema_json(e.schema) + ", \"name\": " + json_string(e.name) +
             ", \"labels\": " + names_json(e.labels) + "}";
    });
    out += ",\n\"domains\": ";
    out += lines(catalog_.domains, [&](const Domain& d) { return domain_json(d); });
    return out + "}\n";
  }

 private:
  template <typename Items, typename Print>
  static std::string lines(const Items& items, const Print& print) {
    return items.empty() ? "[]" : list(items, print, ",\n  ");
  }

  std::string sql(const ast::Expr& expr) const {
    return json_string(syntax::print(expr, catalog_.dialect));
  }

  std::string checks_json(const std::vector<Check>& checks) const {
    return list(checks, [&](const Check& check) { return sql(check.expr); });
  }

  std::string column_json(const Column& column) const {
    std::string out = "{\"name\": " + json_string(column.name);
    out += ", \"type\": " + json_string(column.type.spelled);
    out += ", \"nullable\": ";
    out += boolean(column.is_nullable);
    out += ", \"default\": ";
    out += column.default_value ? sql(*column.default_value) : "null";
    out += ", \"generated\": ";
    out += boolean(column.generated != Generated::no);
    out += ", \"identity\": ";
    out += boolean(column.identity != Identity::no);
    out += ", \"comment\": " + or_null(column.comment);
    return out + "}";
  }

  std::string foreign_key_json(const Table& table, const ForeignKey& key) const {
    std::string schema;
    std::string name(key.written.last());
    if (key.table.is_valid()) {
      schema = at(catalog_.tables, key.table).schema;
      name = at(catalog_.tables, key.table).name;
    } else {
      schema = key.written.qualifier();
    }
    std::string out = "{\"columns\": " + columns_json(table, key.columns);
    out += ", \"references\": {\"schema\": " + schema_json(schema);
    out += ", \"table\": " + json_string(name);
    out += ", \"columns\": " + names_json(key.reference_names) + "}";
    out += ", \"on_delete\": " + json_string(action_name(key.on_delete));
    out += ", \"on_update\": " + json_string(action_name(key.on_update));
    return out + "}";
  }

  std::string index_json(const Table& table, const Index& index) const {
    std::string out = "{\"name\": " + json_string(index.name) + ", \"columns\": ";
    out += list(index.elements, [&](const IndexElement& element) {
      return element.column ? json_string(table.columns[*element.column].name) : sql(*element.expr);
    });
    out += ", \"unique\": ";
    out += boolean(index.is_unique);
    out += ", \"partial\": ";
    out += boolean(index.where.has_value());
    return out + "}";
  }

  /// Constraints, and unique indexes over plain columns without a predicate.
  static std::string unique_json(const Table& table) {
    std::vector<Key> sets = table.uniques;
    for (const Index& index : table.indexes) {
      const bool is_plain = std::ranges::all_of(
          index.elements, [](const IndexElement& e) { return e.column.has_value(); });
      if (!index.is_unique || index.where || !is_plain) continue;
      Key key;
      for (const IndexElement& element : index.elements) {
        key.columns.push_back(*element.column);
        key.prefixes.push_back(element.prefix_length.value_or(0));
      }
      sets.push_back(std::move(key));
    }
    return list(sets, [&](const Key& key) { return key_json(table, key); });
  }

  std::string table_json(const Table& table) const {
    std::string out = "{\"schema\": " + schema_json(table.schema);
    out += ", \"name\": " + json_string(table.name);
    out += ", \"kind\": " + json_string(kind_name(table.kind));
    out += ",\n   \"columns\": ";
    out +=
        list(table.columns, [&](const Column& column) { return column_json(column); }, ",\n      ");
    out += ",\n   \"primary_key\": ";
    out += table.primary_key ? key_json(table, *table.primary_key) : "null";
    out += ", \"unique\": " + unique_json(table);
    out += ", \"checks\": " + checks_json(table.checks);
    out += ", \"comment\": " + or_null(table.comment);
    out += ",\n   \"foreign_keys\": ";
    out += list(table.foreign_keys,
                [&](const ForeignKey& key) { return foreign_key_json(table, key); });
    out += ",\n   \"indexes\": ";
    out += list(table.indexes, [&](const Index& index) { return index_json(table, index); });
    return out + "}";
  }

  std::string domain_json(const Domain& domain) const {
    std::string out = "{\"schema\": " + schema_json(domain.schema);
    out += ", \"name\": " + json_string(domain.name);
    out += ", \"type\": " + json_string(domain.type.spelled);
    out += ", \"nullable\": ";
    out += boolean(domain.is_nullable);
    return out + ", \"checks\": " + checks_json(domain.checks) + "}";
  }

  const Catalog& catalog_;
};

}  // namespace

std::string print_json(const Catalog& catalog) { return JsonPrinter(catalog).print(); }

}  // namespace sqlxc::catalog
