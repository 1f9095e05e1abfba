#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/fold.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/view_rows.h"
#include "compiler/stdlib/functions.h"

// Which tables the answers of views and named queries are made of, and those of tables that others
// are parts of, so that a change of any other is none of theirs. More may be named, never less:
// what is not understood leaves the list empty.
namespace sqlxc::passes {
namespace {

using catalog::Catalog;
using catalog::Table;
using catalog::TableKind;
using ir::Entity;

// Walks a query with all that stands in it, and the queries of the views that it reads.
class TablesRead {
 public:
  explicit TablesRead(const Catalog& catalog) : catalog_(catalog) {}

  void read(const ast::Query& query, std::uint32_t search_path) {
    const std::uint32_t around = std::exchange(search_path_, search_path);
    // A view does not see the common tables of who reads it.
    auto common = std::exchange(common_, {});
    walk(query);
    common_ = std::move(common);
    search_path_ = around;
  }

  void add(Id<Table> id) {
    if (!seen_.insert(id).second) return;
    const Table& table = at(catalog_.tables, id);
    // What is kept of a view changes when it is refreshed, not with the tables.
    const bool is_seen_through = table.kind == TableKind::view && table.query.has_value();
    if (table.kind == TableKind::table) {
      tables_.insert(id);
      add_children(id);
    } else if (is_seen_through) {
      read(*table.query, table.search_path);
    } else {
      is_known_ = false;
    }
  }

  /// The tables; nothing if other things are read, too.
  std::optional<std::set<Id<Table>>> take() {
    if (!is_known_) return std::nullopt;
    return std::move(tables_);
  }

 private:
  void walk(const ast::Query& query) {
    // A name may mean one of these or a table of that name: both count.
    for (const ast::CommonTable& common : query.with) common_.insert(common.name.text);
    for (const ast::CommonTable& common : query.with) {
      for (const ast::Query& inner : common.query) walk(inner);
      if (!common.statement.empty()) is_known_ = false;
    }
    if (query.kind == ast::Query::Kind::table) table(query.table);
    for (const ast::Select& select : query.select) walk(select);
    for (const std::vector<ast::Expr>& row : query.values) exprs(row);
    for (const ast::Query& operand : query.operands) walk(operand);
    order(query.order_by);
    exprs(query.limit);
    exprs(query.offset);
  }

  void walk(const ast::Select& select) {
    for (const ast::SelectItem& item : select.items) expr(item.expr);
    for (const ast::FromItem& item : select.from) walk(item);
    exprs(select.distinct_on);
    exprs(select.where);
    exprs(select.group_by);
    exprs(select.having);
    for (const ast::NamedWindow& named : select.windows) window(named.second);
  }

  void walk(const ast::FromItem& item) {
    if (item.kind == ast::FromItem::Kind::table) table(item.table);
    if (item.kind == ast::FromItem::Kind::opaque) is_known_ = false;
    for (const ast::Query& query : item.query) walk(query);
    for (const ast::FromItem& operand : item.operands) walk(operand);
    exprs(item.function);
    exprs(item.on);
  }

  void exprs(const std::vector<ast::Expr>& all) {
    for (const ast::Expr& one : all) expr(one);
  }
  void order(const std::vector<ast::OrderItem>& items) {
    for (const ast::OrderItem& item : items) expr(item.expr);
  }
  void window(const ast::Window& window) {
    exprs(window.partition_by);
    order(window.order_by);
  }

  void expr(const ast::Expr& root) {
    catalog::visit_exprs(root, [&](const ast::Expr& part) {
      for (const ast::Query& query : part.query) walk(query);
      order(part.order_by);
      order(part.within_group);
      for (const ast::Window& over : part.over) window(over);
      // The body of a function may read anything, also where a cast calls it.
      const bool is_own_call = part.kind == ast::Expr::Kind::call && !is_built_in(part.path);
      const bool is_own_cast = part.kind == ast::Expr::Kind::cast && !catalog_.casts.empty();
      if (is_own_call || is_own_cast || part.kind == ast::Expr::Kind::opaque) is_known_ = false;
    });
  }

  bool is_built_in(const ast::Path& path) const {
    return stdlib::find_function(catalog_.dialect, path.last()) != nullptr &&
           std::ranges::none_of(catalog_.functions, [&](const catalog::Function& function) {
             return catalog::equal_ignoring_case(function.name, path.last());
           });
  }

  void table(const ast::Path& path) {
    const Id<Table> id = table_named(catalog_, search_path_, path);
    if (id.is_valid()) return add(id);
    if (path.names.size() != 1 || !common_.contains(path.last())) is_known_ = false;
  }

  // The rows of partitions and of tables that inherit are the table's, too.
  void add_children(Id<Table> id) {
    for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
      const Table& other = catalog_.tables[i];
      const bool is_child =
          other.partition_of == id || std::ranges::find(other.inherits, id) != other.inherits.end();
      if (is_child) add(Id<Table>(i));
    }
  }

  const Catalog& catalog_;
  std::uint32_t search_path_ = 0;
  std::set<std::string, std::less<>> common_;
  std::set<Id<Table>> seen_;
  std::set<Id<Table>> tables_;
  bool is_known_ = true;
};

}  // namespace

void derive_reads(ir::Module& module, Context&) {
  const Catalog& catalog = module.catalog;
  std::map<Id<Table>, Id<Entity>> entities;
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    if (module.entities[i].source.is_valid()) {
      entities.emplace(module.entities[i].source, Id<Entity>(i));
    }
  }
  // Nobody is told of changes to a table that the service does not have; partitions change with
  // their table.
  const auto entities_of = [&](TablesRead reader) {
    std::vector<Id<Entity>> out;
    for (const Id<Table> table : reader.take().value_or(std::set<Id<Table>>())) {
      const auto entity = entities.find(table);
      if (entity != entities.end()) {
        out.push_back(entity->second);
      } else if (!at(catalog.tables, table).partition_of.is_valid()) {
        return std::vector<Id<Entity>>();
      }
    }
    return out;
  };
  for (Entity& entity : module.entities) {
    if (!entity.source.is_valid()) continue;
    TablesRead reader(catalog);
    reader.add(entity.source);
    std::vector<Id<Entity>> reads = entities_of(std::move(reader));
    // A table alone says that by itself.
    if (entity.is_view || reads.size() > 1) entity.reads = std::move(reads);
  }
  for (ir::Function& function : module.functions) {
    if (!function.is_query) continue;
    TablesRead reader(catalog);
    reader.read(at(catalog.queries, function.source).query, 0);
    function.reads = entities_of(std::move(reader));
  }
}

}  // namespace sqlxc::passes
