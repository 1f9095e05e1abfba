#include <algorithm>
#include <cstddef>
#include <string>

#include "compiler/syntax/print.h"
#include "emit/ddl/postgres_parts.h"
#include "emit/ddl/search.h"

namespace sqlxc::emit::ddl {
namespace {

using catalog::Catalog;
using catalog::Table;

constexpr std::size_t kNameBytes = 63;
// As sql_search.cpp has it.
constexpr std::size_t kMaxCharacters = 200'000;

std::string sql_name(std::string_view name) { return syntax::print_name(name, Dialect::postgres); }

// The name begins as those do that `sqlxc init` leaves out. A long one ends with the table's place
// instead, so that PostgreSQL does not cut two to the same.
std::string name_of_index(const Table& table, std::size_t place) {
  std::string name = "_sqlxc_search_" + table.name;
  if (name.size() <= kNameBytes) return name;
  const std::string end = '_' + std::to_string(place);
  std::size_t size = kNameBytes - end.size();
  while ((static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) --size;
  return name.substr(0, size) + end;
}

std::string path_of(const Catalog& catalog, const Table& table) {
  if (!table.schema.empty()) return sql_name(table.schema) + '.' + sql_name(table.name);
  return (says_public(catalog) ? "public." : "") + sql_name(table.name);
}

// The table there has the user's columns in their order.
std::string index_of(const ir::Entity& entity, const Table& from, const Catalog& catalog,
                     const Table& table) {
  std::string words;
  for (const ir::SearchField& one : entity.search) {
    const auto place =
        std::ranges::find(from.columns, entity.fields[one.field].column, &catalog::Column::name);
    const std::string& column =
        table.columns[static_cast<std::size_t>(place - from.columns.begin())].name;
    words += words.empty() ? "" : " ||\n  ";
    words += "setweight(to_tsvector('simple'::regconfig, left(coalesce(" + sql_name(column) +
             "::text, ''), " + std::to_string(kMaxCharacters / entity.search.size()) + ")), '" +
             one.weight + "')";
  }
  return "\n-- What a search of `" + table.name + "` finds its rows by.\ncreate index " +
         sql_name(name_of_index(table, entity.source.index)) + " on " + path_of(catalog, table) +
         " using gin ((\n  " + words + "\n));\n";
}

}  // namespace

std::string postgres_searches(const ir::Module& module, const PostgresSchema& schema) {
  std::string out;
  for (const ir::Entity& entity : module.entities) {
    if (entity.search.empty() || !schema.is_held[entity.source.index]) continue;
    const Table& table = at(schema.catalog.tables, entity.source);
    // What another server holds is indexed there.
    if (table.kind == catalog::TableKind::foreign_table) continue;
    out += index_of(entity, at(module.catalog.tables, entity.source), schema.catalog, table);
  }
  return out;
}

}  // namespace sqlxc::emit::ddl
