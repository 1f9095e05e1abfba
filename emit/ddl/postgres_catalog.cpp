#include "emit/ddl/postgres_catalog.h"

#include <algorithm>
#include <set>

#include "compiler/base/utf8.h"
#include "compiler/ir/lower_types.h"
#include "compiler/syntax/print.h"
#include "compiler/translate/build.h"
#include "compiler/translate/translate.h"
#include "emit/ddl/queries.h"
#include "emit/ddl/sqlite_plan.h"
#include "emit/ddl/storage.h"

namespace sqlxc::emit::ddl {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Table;
using catalog::TableKind;
using translate::Place;

constexpr std::size_t kNameBytes = 63;  // PostgreSQL cuts longer ones

// Names of one space in PostgreSQL: tables, views, indexes, keys and types of a schema.
class SchemaNames {
 public:
  std::string take(const std::string& schema, const std::vector<std::string>& candidates) {
    for (const std::string& one : candidates) {
      const std::string name(clip_utf8(one, kNameBytes));
      if (taken_.emplace(schema, name).second) return name;
    }
    for (int number = 2;; ++number) {
      const std::string end = '_' + std::to_string(number);
      std::string name(clip_utf8(candidates.back(), kNameBytes - end.size()));
      name += end;
      if (taken_.emplace(schema, name).second) return name;
    }
  }

 private:
  std::set<std::pair<std::string, std::string>> taken_;
};

class PostgresPlanner {
 public:
  PostgresPlanner(const ir::Module& module, std::vector<bool>& is_held, Diagnostics& diagnostics)
      : module_(module), from_(module.catalog), is_held_(is_held), diagnostics_(diagnostics) {
    for (const Table& table : from_.tables) {
      translate::Relation relation{table.name, table.name, {}, table.schema};
      for (const Column& column : table.columns) {
        relation.columns.push_back(
            {column.name, column.name, value_type_of(column.type, from_), column.is_nullable});
      }
      relations_.push_back(std::move(relation));
    }
    world_.find_table = [this](const ast::Path& path) { return find_relation(path); };
  }

  Catalog run() {
    out_.dialect = Dialect::postgres;
    out_.schemas = from_.schemas;
    for (const Table& table : from_.tables) names_.take(table.schema, {table.name});
    for (std::uint32_t i = 0; i < from_.tables.size(); ++i) plan_table(i);
    for (std::uint32_t i = 0; i < from_.tables.size(); ++i) plan_after(i);
    for (const catalog::Trigger& trigger : from_.triggers) {
      report(trigger.range, "trigger", trigger.name, "its body is not translated");
    }
    for (const catalog::Function& function : from_.functions) {
      report(function.range, "function", function.name, "its body is not translated");
    }
    return std::move(out_);
  }

  std::vector<HeldQuery> queries() const {
    translate::Request asked;
    asked.from = from_.dialect;
    asked.to = Dialect::postgres;
    asked.world = &world_;
    std::vector<HeldQuery> out;
    for (const catalog::NamedQuery& query : from_.queries) {
      out.push_back(query_in(module_, query, asked, diagnostics_));
    }
    return out;
  }

 private:
  void report(SourceRange range, std::string_view what, std::string_view name,
              std::string_view why) {
    diagnostics_.report<diag::NotInPostgres>(range, what, name, why);
  }

  const translate::Relation* find_relation(const ast::Path& path) const {
    const auto same = [](std::string_view a, std::string_view b) {
      return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
    };
    for (std::size_t i = 0; i < relations_.size(); ++i) {
      const Table& table = from_.tables[i];
      const bool is_here =
          path.qualifier().empty() || same(path.qualifier(), table.schema) || table.schema.empty();
      if (is_held_[i] && is_here && same(table.name, path.last())) return &relations_[i];
    }
    return nullptr;
  }

  translate::Request request(std::uint32_t table, Place place) const {
    translate::Request out;
    out.from = from_.dialect;
    out.to = Dialect::postgres;
    out.world = &world_;
    out.row = &relations_[table];
    out.place = place;
    return out;
  }

  void plan_table(std::uint32_t index) {
    const Table& from = from_.tables[index];
    Table to;
    to.schema = from.schema;
    to.name = from.name;
    to.kind = from.query ? TableKind::view : TableKind::table;
    to.comment = from.comment;
    to.range = from.range;
    to.name_range = from.name_range;
    for (std::uint32_t i = 0; i < from.columns.size(); ++i) {
      to.columns.push_back(column(index, i));
    }
    if (from.is_shadow) is_held_[index] = false;
    if (!from.query && from.columns.empty()) {
      is_held_[index] = false;
      report(from.name_range, "table", from.name, "it has no column");
    }
    out_.tables.push_back(std::move(to));
  }

  Column column(std::uint32_t table, std::uint32_t index) {
    const Table& of = from_.tables[table];
    const Column& from = of.columns[index];
    Column to;
    to.name = from.name;
    to.type = postgres_type_of(from.type, from_);
    to.is_nullable = from.is_nullable;
    to.comment = from.comment;
    to.range = from.range;
    to.name_range = from.name_range;
    if (of.query) return to;
    if (from.type.name == "enum" && !from.type.args.empty()) to.type = enumeration(of, from);
    if (is_counted(of, index)) {
      to.identity = catalog::Identity::by_default;
      to.is_nullable = false;
    } else if (from.default_value) {
      add_value(table, index, to);
    }
    return to;
  }

  // What the database counts by itself: AUTO_INCREMENT, and SQLite's rowid by another name.
  static bool is_counted(const Table& table, std::uint32_t index) {
    const Column& column = table.columns[index];
    const bool is_number = column.type.array_dimensions == 0;
    return is_number && (column.is_auto_increment || column.is_rowid);
  }

  catalog::Type enumeration(const Table& table, const Column& column) {
    catalog::Enum made;
    made.schema = table.schema;
    made.name = names_.take(
        table.schema, {table.name + '_' + column.name, table.name + '_' + column.name + "_type"});
    made.labels = column.type.args;
    made.range = table.range;
    catalog::Type type;
    type.name = type.spelled = made.name;
    type.schema = made.schema;
    type.enumeration = Id<catalog::Enum>(out_.enums.size());
    out_.enums.push_back(std::move(made));
    return type;
  }

  void add_value(std::uint32_t table, std::uint32_t index, Column& to) {
    const Column& from = from_.tables[table].columns[index];
    const bool is_generated = from.generated != catalog::Generated::no;
    if (from.default_value->kind == ast::Expr::Kind::null_literal && !is_generated) return;
    const auto value =
        is_generated
            ? translate::translate(*from.default_value, request(table, Place::generated))
            : translate::translate_default(*from.default_value, value_type_of(from.type, from_),
                                           request(table, Place::default_value));
    if (!value) {
      report(from.default_value->range, is_generated ? "the expression of" : "the default of",
             from.name, no_form(value.error().what));
      return;
    }
    to.default_value = *value;
    // PostgreSQL 15 computes at the write only.
    if (is_generated) to.generated = catalog::Generated::stored;
  }

  void plan_after(std::uint32_t index) {
    if (from_.tables[index].query) return plan_view(index);
    const Table& from = from_.tables[index];
    Table& to = out_.tables[index];
    add_keys(from, to);
    for (const catalog::Check& check : from.checks) add_check(index, check, to);
    for (const catalog::ForeignKey& key : from.foreign_keys) add_foreign_key(key, to);
    for (const catalog::Index& one : from.indexes) add_index(index, one, to);
    for (const Column& column : from.columns) {
      if (column.on_update) add_touch(index, column);
    }
  }

  // MySQL's ON UPDATE CURRENT_TIMESTAMP: a change that says nothing of the column moves it.
  void add_touch(std::uint32_t index, const Column& column) {
    const Table& table = out_.tables[index];
    const auto quoted = [](std::string_view name) {
      return syntax::print_name(name, Dialect::postgres);
    };
    const std::string prefix = table.schema.empty() ? std::string() : quoted(table.schema) + '.';
    catalog::Function function;
    function.schema = table.schema;
    function.name = names_.take(table.schema, {"touch_" + table.name + '_' + column.name});
    function.range = table.range;
    const std::string name = quoted(column.name);
    const std::string call = prefix + quoted(function.name) + "()";
    function.text =
        "create function " + call +
        " returns trigger language plpgsql as $$\nbegin\n  if new is distinct from old and new." +
        name + " is not distinct from old." + name + " then\n    new." + name +
        " := current_timestamp;\n  end if;\n  return new;\nend\n$$";
    catalog::Trigger trigger;
    trigger.name = function.name;
    trigger.table = Id<Table>(index);
    trigger.range = table.range;
    trigger.text = "create trigger " + quoted(trigger.name) + "\n  before update on " + prefix +
                   quoted(table.name) + "\n  for each row execute function " + call;
    out_.functions.push_back(std::move(function));
    out_.triggers.push_back(std::move(trigger));
  }

  void add_keys(const Table& from, Table& to) {
    if (from.primary_key) {
      catalog::Key key;
      key.columns = from.primary_key->columns;
      key.range = from.primary_key->range;
      key.name = names_.take(to.schema, {to.name + "_pkey"});
      for (const std::uint32_t column : key.columns) to.columns[column].is_nullable = false;
      to.primary_key = std::move(key);
    }
    for (const catalog::Key& unique : from.uniques) {
      catalog::Key key;
      key.columns = unique.columns;
      key.range = unique.range;
      std::string columns;
      for (const std::uint32_t column : key.columns) columns += '_' + to.columns[column].name;
      std::vector<std::string> names = {to.name + columns + "_key"};
      if (!unique.name.empty()) names = {unique.name, to.name + '_' + unique.name};
      key.name = names_.take(to.schema, names);
      to.uniques.push_back(std::move(key));
    }
  }

  void add_check(std::uint32_t index, const catalog::Check& check, Table& to) {
    if (check.is_not_enforced) return;
    const auto expr = translate::translate(check.expr, request(index, Place::check));
    if (!expr) {
      report(check.range, "check", check.name.empty() ? to.name : check.name,
             no_form(expr.error().what));
      return;
    }
    catalog::Check made;
    made.name = check.name;
    made.expr = *expr;
    made.columns = check.columns;
    made.range = check.range;
    if (made.name.empty()) {
      made.name = to.name;
      for (const std::uint32_t column : check.columns) made.name += '_' + to.columns[column].name;
      made.name += "_check";
    }
    const std::string wanted = made.name;
    for (int number = 2; has_constraint(to, made.name); ++number) {
      made.name = wanted + '_' + std::to_string(number);
    }
    to.checks.push_back(std::move(made));
  }

  // PostgreSQL's constraints share their names, a table.
  static bool has_constraint(const Table& table, std::string_view name) {
    const auto same = [&](const auto& one) { return one.name == name; };
    return (table.primary_key && same(*table.primary_key)) ||
           std::ranges::any_of(table.uniques, same) || std::ranges::any_of(table.checks, same) ||
           std::ranges::any_of(table.foreign_keys, same);
  }

  bool has_key(const Table& table, const std::vector<std::uint32_t>& columns) const {
    const auto is_it = [&](const catalog::Key& key) {
      return std::set(key.columns.begin(), key.columns.end()) ==
             std::set(columns.begin(), columns.end());
    };
    return (table.primary_key && is_it(*table.primary_key)) ||
           std::ranges::any_of(table.uniques, is_it);
  }

  void add_foreign_key(const catalog::ForeignKey& key, Table& to) {
    if (!key.table.is_valid() || !is_held_[key.table.index]) return;
    const Table& target = at(from_.tables, key.table);
    const auto drop = [&](std::string_view why) {
      report(key.range, "foreign key", key.name.empty() ? to.name : key.name, why);
    };
    if (!has_key(target, key.references)) return drop("it references columns that are no key");
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      const std::string_view one = to.columns[key.columns[i]].type.name;
      const std::string_view other =
          out_.tables[key.table.index].columns[key.references[i]].type.name;
      if (!can_compare(one, other)) return drop("the types of its columns differ");
    }
    catalog::ForeignKey made = key;
    if (made.name.empty()) {
      made.name = to.name + '_' + to.columns[key.columns.front()].name + "_fkey";
    }
    const std::string wanted = made.name;
    for (int number = 2; has_constraint(to, made.name); ++number) {
      made.name = wanted + '_' + std::to_string(number);
    }
    made.is_not_valid = false;
    made.match.clear();
    to.foreign_keys.push_back(std::move(made));
  }

  static int family(std::string_view type) {
    for (const std::string_view number :
         {"smallint", "integer", "bigint", "numeric", "real", "double precision"}) {
      if (type == number) return 1;
    }
    return type == "text" || type == "character varying" ? 2 : 0;
  }
  static bool can_compare(std::string_view a, std::string_view b) {
    return a == b || (family(a) != 0 && family(a) == family(b));
  }

  void add_index(std::uint32_t table, const catalog::Index& from, Table& to) {
    const auto drop = [&](std::string_view why) { report(from.range, "index", from.name, why); };
    if (from.method == "fulltext" || from.method == "spatial") {
      return drop("a " + from.method + " index has no form there");
    }
    catalog::Index made;
    made.is_unique = from.is_unique;
    made.method = "btree";
    made.range = from.range;
    for (const catalog::IndexElement& element : from.elements) {
      catalog::IndexElement one;
      one.column = element.column;
      one.is_descending = element.is_descending;
      if (element.prefix_length && from.is_unique) return drop("it is unique over a prefix");
      if (element.column) {
        const std::string& type = to.columns[*element.column].type.name;
        // What has no order has no b-tree.
        if (type == "point" || type == "json") return drop("its type has no order");
      } else {
        const auto expr = translate::translate(*element.expr, request(table, Place::index));
        if (!expr) return drop(no_form(expr.error().what));
        one.expr = *expr;
      }
      made.elements.push_back(std::move(one));
    }
    if (from.where) {
      const auto where = translate::translate(*from.where, request(table, Place::index));
      if (!where) return drop(no_form(where.error().what));
      made.where = *where;
    }
    made.name = names_.take(to.schema, {from.name, to.name + '_' + from.name});
    to.indexes.push_back(std::move(made));
  }

  void plan_view(std::uint32_t index) {
    const Table& view = from_.tables[index];
    const auto drop = [&](SourceRange range, const std::string& why) {
      is_held_[index] = false;
      report(range.is_known() ? range : view.name_range, "view", view.name, why);
    };
    std::vector<std::string> weaker;
    translate::Request request = this->request(index, Place::value);
    request.row = nullptr;
    request.weaker = &weaker;
    const auto query = translate::translate(*view.query, request);
    if (!query) return drop(query.error().range, no_form(query.error().what));
    for (const std::string& what : weaker) {
      diagnostics_.report<diag::WeakerInPostgres>(view.name_range, "view", view.name, what);
    }
    out_.tables[index].query = *query;
    out_.tables[index].has_column_list = true;
  }

  const ir::Module& module_;
  const Catalog& from_;
  std::vector<bool>& is_held_;
  Diagnostics& diagnostics_;
  Catalog out_;
  SchemaNames names_;
  std::vector<translate::Relation> relations_;
  translate::World world_;
};

}  // namespace

Catalog catalog_for_postgres(const ir::Module& module, std::vector<bool>& is_held,
                             std::vector<HeldQuery>& queries, Diagnostics& diagnostics) {
  PostgresPlanner planner(module, is_held, diagnostics);
  Catalog out = planner.run();
  queries = planner.queries();
  return out;
}

}  // namespace sqlxc::emit::ddl
