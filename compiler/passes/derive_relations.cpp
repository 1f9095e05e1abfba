#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "compiler/ir/names.h"
#include "compiler/passes/passes.h"

// Foreign keys, both ways: `posts.author_id` gives posts a relation `author` to one user, and users
// a relation `posts` to many posts. Names come from @relation(name, inverse), else from the column
// and the table.
namespace sqlxc::passes {
namespace {

using ir::Cardinality;
using ir::Entity;
using Fields = std::vector<std::uint16_t>;

constexpr std::array<std::string_view, 10> kKeyEndings = {"_id",  "_uuid", "_guid", "_key", "_code",
                                                          "_ref", "_fk",   "_no",   "Id",   "ID"};
constexpr std::array<std::string_view, 2> kKeyBeginnings = {"id_", "fk_"};

/// `author_id` -> `author`; empty where the name does not say that it is a key.
std::string without_key_word(std::string_view column) {
  for (const std::string_view ending : kKeyEndings) {
    if (column.ends_with(ending) && column.size() > ending.size()) {
      return std::string(column.substr(0, column.size() - ending.size()));
    }
  }
  for (const std::string_view beginning : kKeyBeginnings) {
    if (column.starts_with(beginning) && column.size() > beginning.size()) {
      return std::string(column.substr(beginning.size()));
    }
  }
  return {};
}

// A foreign key between two entities.
struct Link {
  std::size_t from = 0;
  std::size_t to = 0;
  const catalog::ForeignKey* key = nullptr;
  Fields from_fields = {};
  Fields to_fields = {};
  bool is_unique = false;                           // at most one row refers to each
  const catalog::Annotation* annotation = nullptr;  // @relation
  std::string name;                                 // given or found
  std::string inverse;
};

class Relations {
 public:
  Relations(ir::Module& module, Context& context)
      : module_(module), context_(context), taken_(module.entities.size()) {
    for (std::size_t i = 0; i < module.entities.size(); ++i) {
      entity_of_.emplace(module.entities[i].source, i);
      for (const ir::Field& field : module.entities[i].fields) taken_[i].insert(field.name);
    }
  }

  void run() {
    for (std::size_t i = 0; i < module_.entities.size(); ++i) collect(i);
    for (Link& link : links_) claim_given(link);
    for (Link& link : links_) {
      if (link.name.empty()) link.name = take(link.from, names_forth(link));
    }
    for (Link& link : links_) {
      if (link.inverse.empty()) link.inverse = take(link.to, names_back(link));
    }
    report_ambiguous();
    add_views();
    for (const Link& link : links_) add_forth(link);
    for (const Link& link : links_) add_back(link);
  }

 private:
  Entity& entity(std::size_t index) { return module_.entities[index]; }

  // A partition stands for its root.
  std::optional<std::size_t> entity_of(Id<catalog::Table> table) const {
    while (table.is_valid()) {
      if (const auto found = entity_of_.find(table); found != entity_of_.end())
        return found->second;
      table = at(module_.catalog.tables, table).partition_of;
    }
    return std::nullopt;
  }

  void add(Link link) {
    ++ways_[{link.from, link.to}];
    links_.push_back(std::move(link));
  }

  void collect(std::size_t index) {
    const catalog::Table& table = at(module_.catalog.tables, entity(index).source);
    const std::size_t first = links_.size();
    for (const catalog::ForeignKey& key : table.foreign_keys) {
      const auto target = entity_of(key.table);
      const bool is_whole =
          target && !key.columns.empty() && key.columns.size() == key.references.size();
      if (!is_whole) continue;
      add({.from = index,
           .to = *target,
           .key = &key,
           .from_fields = indexes_of(key.columns),
           .to_fields = indexes_of(key.references),
           .is_unique = is_unique(table, key),
           .name = "",
           .inverse = ""});
    }
    for (std::size_t i = 0; i < entity(index).fields.size(); ++i) {
      for (const catalog::Annotation& annotation : entity(index).fields[i].annotations) {
        if (annotation.name == "relation")
          place(annotation, first, static_cast<std::uint32_t>(i), index);
      }
    }
    for (const catalog::Annotation& annotation : entity(index).annotations) {
      if (annotation.name == "relation") place(annotation, first, std::nullopt, index);
    }
  }

  // Finds the foreign key that an annotation speaks of: the one it names, else the first over its
  // column.
  void place(const catalog::Annotation& annotation, std::size_t first,
             std::optional<std::uint32_t> column, std::size_t index) {
    for (std::size_t i = first; i < links_.size(); ++i) {
      const bool is_named = annotation.args.size() > 2;
      const bool is_meant = is_named
                                ? links_[i].key->name == annotation.args[2]
                                : !column || std::ranges::find(links_[i].key->columns, *column) !=
                                                 links_[i].key->columns.end();
      if (!is_meant || links_[i].annotation != nullptr) continue;
      links_[i].annotation = &annotation;
      return;
    }
    const std::string where = column
                                  ? entity(index).table + '.' + entity(index).fields[*column].column
                                  : entity(index).table;
    context_.diagnostics.report<diag::RelationWithoutKey>(annotation.range, where);
  }

  // The ways in which a view shows all of these columns of a table: one column of it may stand
  // there under several names, and each way is a relation. Past kMostWays nobody reads them.
  std::vector<Fields> shown(std::size_t view, Id<catalog::Table> table, const Fields& columns) {
    constexpr std::size_t kMostWays = 64;
    const catalog::Table& base = at(module_.catalog.tables, table);
    const std::vector<catalog::Column>& from =
        at(module_.catalog.tables, entity(view).source).columns;
    std::vector<Fields> out = {{}};
    for (const std::uint16_t column : columns) {
      std::vector<Fields> longer;
      for (const Fields& way : out) {
        for (std::size_t i = 0; i < from.size() && longer.size() < kMostWays; ++i) {
          const bool is_it =
              from[i].origin == table && from[i].origin_column == base.columns[column].name;
          if (!is_it) continue;
          longer.push_back(way);
          longer.back().push_back(static_cast<std::uint16_t>(i));
        }
      }
      out = std::move(longer);
    }
    return out;
  }

  // One end of a foreign key: an entity, and the fields that it is compared by.
  using End = std::pair<std::size_t, Fields>;

  // A view has the foreign keys whose columns it shows, and is led to by those to columns that it
  // shows; so PostgREST has it. The tables need not be served: views in a schema of their own over
  // tables that nobody sees are the usual way to hide those. Names of tables' own relations are
  // settled before.
  void add_views() {
    for (std::size_t i = 0; i < module_.entities.size(); ++i) {
      if (!entity(i).is_view) continue;
      std::set<Id<catalog::Table>> shown;
      for (const catalog::Column& column : at(module_.catalog.tables, entity(i).source).columns) {
        if (column.origin.is_valid() && shown.insert(column.origin).second)
          views_of_[column.origin].push_back(i);
      }
    }
    const std::size_t own = links_.size();
    for (std::size_t i = 0; i < own; ++i) {
      const Link base = links_[i];
      add_ways(base, entity(base.from).source, entity(base.to).source);
    }
    if (!views_of_.empty()) add_unserved();
    for (std::size_t i = own; i < links_.size(); ++i) {
      links_[i].name = take(links_[i].from, names_forth(links_[i]));
    }
    for (std::size_t i = own; i < links_.size(); ++i) {
      links_[i].inverse = take(links_[i].to, names_back(links_[i]));
    }
  }

  // Foreign keys of which a side is no entity.
  void add_unserved() {
    for (std::size_t i = 0; i < module_.catalog.tables.size(); ++i) {
      const catalog::Table& table = module_.catalog.tables[i];
      if (table.partition_of.is_valid()) continue;
      for (const catalog::ForeignKey& key : table.foreign_keys) {
        const bool is_whole = !key.columns.empty() && key.columns.size() == key.references.size();
        if (!is_whole || (is_entity(Id<catalog::Table>(i)) && entity_of(key.table))) continue;
        Id<catalog::Table> target = key.table;
        while (target.is_valid() && at(module_.catalog.tables, target).partition_of.is_valid())
          target = at(module_.catalog.tables, target).partition_of;
        if (!target.is_valid()) continue;
        add_ways({.key = &key,
                  .from_fields = indexes_of(key.columns),
                  .to_fields = indexes_of(key.references),
                  .is_unique = is_unique(table, key),
                  .name = "",
                  .inverse = ""},
                 Id<catalog::Table>(i), target);
      }
    }
  }

  bool is_entity(Id<catalog::Table> table) const { return entity_of_.contains(table); }

  std::vector<End> ends_of(Id<catalog::Table> table, const Fields& fields) {
    std::vector<End> out;
    if (const auto own = entity_of_.find(table); own != entity_of_.end())
      out.emplace_back(own->second, fields);
    if (const auto views = views_of_.find(table); views != views_of_.end()) {
      for (const std::size_t view : views->second) {
        for (Fields& way : shown(view, table, fields)) out.emplace_back(view, std::move(way));
      }
    }
    return out;
  }

  // The foreign key between each two that show its columns, but for that of the tables themselves.
  void add_ways(const Link& base, Id<catalog::Table> from_table, Id<catalog::Table> to_table) {
    const std::vector<End> tos = ends_of(to_table, base.to_fields);
    for (const auto& [from, from_fields] : ends_of(from_table, base.from_fields)) {
      for (const auto& [to, to_fields] : tos) {
        if (!entity(from).is_view && !entity(to).is_view) continue;
        Link link = base;
        link.from = from;
        link.to = to;
        link.from_fields = from_fields;
        link.to_fields = to_fields;
        link.annotation = nullptr;
        link.name.clear();
        link.inverse.clear();
        add(std::move(link));
      }
    }
  }

  void claim_given(Link& link) {
    if (link.annotation == nullptr) return;
    const std::vector<std::string>& args = link.annotation->args;
    if (!args.empty()) link.name = claim(link.from, args[0], *link.annotation);
    if (args.size() > 1) link.inverse = claim(link.to, args[1], *link.annotation);
  }

  std::string claim(std::size_t index, const std::string& name,
                    const catalog::Annotation& annotation) {
    if (name.empty() || taken_[index].insert(name).second) return name;
    const bool is_field = std::ranges::find(entity(index).fields, name, &ir::Field::name) !=
                          entity(index).fields.end();
    context_.diagnostics.report<diag::RelationNameTaken>(
        annotation.range, name, entity(index).table, is_field ? "a column" : "another relation");
    return name;
  }

  std::string take(std::size_t index, const std::vector<std::string>& candidates) {
    for (const std::string& name : candidates) {
      if (taken_[index].insert(name).second) return name;
    }
    for (int number = 2;; ++number) {
      std::string name = candidates.back() + '_' + std::to_string(number);
      if (taken_[index].insert(name).second) return name;
    }
  }

  std::vector<std::string> names_forth(const Link& link) {
    const std::string target = ir::singular(entity(link.to).name);
    if (link.from_fields.size() > 1) {
      // Of several columns the last one tells the most: (tenant_id, author_id) -> author.
      const std::string last =
          without_key_word(entity(link.from).fields[link.from_fields.back()].name);
      std::vector<std::string> names = {target};
      if (!last.empty()) names.push_back(last);
      names.push_back(link.key->name.empty() ? target : link.key->name);
      return names;
    }
    const std::string& column = entity(link.from).fields[link.from_fields[0]].name;
    const std::string base = without_key_word(column);
    if (base.empty()) return {target, column + '_' + target};
    return {base, base + '_' + target};
  }

  // Of several from one entity to another each needs a longer name.
  std::size_t ways(const Link& link) const { return ways_.at({link.from, link.to}); }

  std::vector<std::string> names_back(const Link& link) {
    const std::string rows =
        link.is_unique ? ir::singular(entity(link.from).name) : entity(link.from).name;
    const std::string long_name = link.name + '_' + rows;
    if (link.from == link.to) {
      if (link.name == "parent") return {link.is_unique ? "child" : "children", long_name};
      return {long_name};
    }
    if (ways(link) > 1) return {long_name};
    return {rows, long_name};
  }

  // At most one row refers to each: the foreign key holds a whole key of its table.
  static bool is_unique(const catalog::Table& table, const catalog::ForeignKey& key) {
    const auto has = [&](std::uint32_t column) {
      return std::ranges::find(key.columns, column) != key.columns.end();
    };
    const auto holds = [&](const catalog::Key& one) {
      return !one.columns.empty() && std::ranges::all_of(one.columns, has);
    };
    const auto proves = [&](const catalog::Index& index) {
      return index.is_unique && !index.where && !index.elements.empty() &&
             std::ranges::all_of(index.elements, [&](const catalog::IndexElement& element) {
               return element.column && !element.prefix_length && has(*element.column);
             });
    };
    return (table.primary_key && holds(*table.primary_key)) ||
           std::ranges::any_of(table.uniques, holds) || std::ranges::any_of(table.indexes, proves);
  }

  void report_ambiguous() {
    std::set<std::pair<std::size_t, std::size_t>> told;
    for (const Link& link : links_) {
      const bool is_given = link.annotation != nullptr && link.annotation->args.size() > 1;
      if (is_given || link.from == link.to || ways(link) < 2) continue;
      if (!told.insert({link.from, link.to}).second) continue;
      std::string names;
      for (const Link& other : links_) {
        if (other.from != link.from || other.to != link.to) continue;
        names += (names.empty() ? "`" : ", `") + other.inverse + '`';
      }
      context_.diagnostics
          .report<diag::AmbiguousRelation>(link.key->range, entity(link.from).table,
                                           entity(link.to).table, names)
          .help("name them: `--@ relation(" + link.name + ", " + link.inverse + ")`");
    }
  }

  static Fields indexes_of(const std::vector<std::uint32_t>& columns) {
    return {columns.begin(), columns.end()};
  }

  void add_forth(const Link& link) {
    ir::Relation relation;
    relation.name = link.name;
    relation.cpp_name = ir::camel_case(link.name);
    relation.cardinality = Cardinality::to_one;
    relation.target = Id<Entity>(link.to);
    relation.constraint = link.key->name;
    relation.from = link.from_fields;
    relation.to = link.to_fields;
    relation.is_optional = std::ranges::any_of(relation.from, [&](std::uint16_t field) {
      return entity(link.from).fields[field].is_nullable;
    });
    entity(link.from).relations.push_back(std::move(relation));
  }

  void add_back(const Link& link) {
    ir::Relation relation;
    relation.name = link.inverse;
    relation.cpp_name = ir::camel_case(link.inverse);
    relation.cardinality = link.is_unique ? Cardinality::to_one : Cardinality::to_many;
    relation.target = Id<Entity>(link.from);
    relation.constraint = link.key->name;
    relation.from = link.to_fields;
    relation.to = link.from_fields;
    entity(link.to).relations.push_back(std::move(relation));
  }

  ir::Module& module_;
  Context& context_;
  std::vector<std::set<std::string>> taken_;  // names of fields and relations, an entity each
  std::map<Id<catalog::Table>, std::size_t> entity_of_;
  std::vector<Link> links_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> ways_;  // links from one to another
  std::map<Id<catalog::Table>, std::vector<std::size_t>> views_of_;  // those that show its columns
};

}  // namespace

void derive_relations(ir::Module& module, Context& context) { Relations(module, context).run(); }

}  // namespace sqlxc::passes
