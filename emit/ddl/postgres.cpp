#include <algorithm>

#include "compiler/syntax/print.h"
#include "emit/ddl/ddl.h"
#include "emit/ddl/postgres_catalog.h"
#include "emit/ddl/postgres_parts.h"
#include "emit/ddl/queries.h"
#include "emit/ddl/search.h"

// db/schema.postgres.sql: the whole catalog, as it loads in an empty database.
namespace sqlxc::emit::ddl {
namespace {

using catalog::Catalog;
using catalog::Table;

// Which foreign keys CREATE TABLE holds: those to tables that stand before it, and to itself.
std::vector<std::vector<bool>> inline_keys(const Catalog& catalog, const PostgresParts& parts,
                                           const std::vector<std::uint32_t>& order) {
  std::vector<std::vector<bool>> out(catalog.tables.size());
  std::vector<bool> stands(catalog.tables.size(), false);
  for (const std::uint32_t part : order) {
    const Id<Table> id = parts.tables[part];
    if (!id.is_valid()) continue;
    stands[id.index] = true;
    const Table& table = at(catalog.tables, id);
    for (const catalog::ForeignKey& key : table.foreign_keys) {
      // A key to or from a partitioned table wants its partitions and indexes to stand.
      const bool is_plain = key.table.is_valid() && stands[key.table.index] && !key.is_not_valid &&
                            !at(catalog.tables, key.table).partition_by && !table.partition_by &&
                            !table.partition_of.is_valid();
      out[id.index].push_back(is_plain);
    }
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const Catalog& catalog) : catalog_(catalog) {}

  void begin() {
    if (catalog_.functions.empty()) return;
    out_ += "set check_function_bodies = false;\n";
  }

  void add(std::string_view text, std::uint32_t search_path) {
    follow(search_path);
    if (!out_.empty()) out_ += '\n';
    out_ += text;
  }

  std::string end() {
    follow(0);
    if (!catalog_.functions.empty()) out_ += "\nreset check_function_bodies;\n";
    return std::move(out_);
  }

 private:
  // Under an empty one, as dumps have it, every name is whole, so any other will do.
  void follow(std::uint32_t search_path) {
    const auto& path = catalog_.search_paths[search_path];
    if (search_path == now_ || path.empty()) return;
    now_ = search_path;
    out_ += out_.empty() ? "" : "\n";
    if (path == std::vector<std::string>{""}) {
      out_ += "reset search_path;\n";
      return;
    }
    out_ += "set search_path = ";
    for (const std::string& schema : path) {
      if (&schema != &path.front()) out_ += ", ";
      out_ += syntax::print_name(schema.empty() ? "public" : schema, Dialect::postgres);
    }
    out_ += ";\n";
  }

  const Catalog& catalog_;
  std::string out_;
  std::uint32_t now_ = 0;
};

}  // namespace

std::string postgres_ddl(const Catalog& catalog, const std::vector<bool>& is_held) {
  const PostgresParts parts = postgres_parts(catalog);
  const std::vector<std::uint32_t> order = order_of(parts.parts, catalog);
  const std::vector<std::vector<bool>> is_inline = inline_keys(catalog, parts, order);
  const std::string behind = postgres_behind_tables(catalog, is_inline);
  Writer out(catalog);
  out.begin();
  bool is_behind_tables = false;
  for (const std::uint32_t part : order) {
    if (parts.parts[part].rank == kTriggerRank && !is_behind_tables) {
      if (!behind.empty()) out.add(behind, 0);
      is_behind_tables = true;
    }
    const Id<Table> id = parts.tables[part];
    if (id.is_valid() && !is_held[id.index]) continue;
    const bool is_table = id.is_valid() && !at(catalog.tables, id).query;
    out.add(is_table ? postgres_table_text(catalog, id, is_inline[id.index]) : parts.texts[part],
            parts.parts[part].search_path);
  }
  if (!is_behind_tables && !behind.empty()) out.add(behind, 0);
  return out.end();
}

PostgresSchema postgres_schema(const ir::Module& module, Diagnostics& diagnostics) {
  PostgresSchema out;
  out.is_held.assign(module.catalog.tables.size(), true);
  out.catalog = module.dialect == Dialect::postgres
                    ? module.catalog
                    : catalog_for_postgres(module, out.is_held, out.queries, diagnostics);
  if (module.dialect == Dialect::postgres) {
    for (const catalog::NamedQuery& query : module.catalog.queries) {
      out.queries.push_back(query_in(
          module, query, {.from = Dialect::postgres, .to = Dialect::postgres}, diagnostics));
    }
  }
  out.sql = postgres_ddl(out.catalog, out.is_held) + postgres_searches(module, out);
  return out;
}

}  // namespace sqlxc::emit::ddl
