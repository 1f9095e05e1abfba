#include "compiler/ir/lower.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "compiler/catalog/print.h"
#include "compiler/ir/lower_annotations.h"
#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "compiler/ir/place.h"
#include "compiler/ir/schemas.h"

namespace sqlxc::ir {
namespace {

using catalog::Catalog;
using catalog::TableKind;

// Paths under /api that are the service's own.
constexpr std::array<std::string_view, 1> kReservedPaths = {"batch"};

class Lowering {
 public:
  Lowering(const SourceMap& sources, Catalog catalog, const LowerOptions& options,
           Diagnostics& diagnostics)
      : sources_(sources), diagnostics_(diagnostics) {
    module_.name = options.name;
    module_.dialect = catalog.dialect;
    module_.targets = options.targets;
    module_.catalog = std::move(catalog);
    module_.default_schema = default_schema_of(module_.catalog, options.schemas);
    asked_ = options.schemas;
  }

  Module run() {
    // What is asked of the tables changes nothing in them.
    auto queries = std::exchange(module_.catalog.annotations, {});
    module_.fingerprint = fingerprint_of(catalog::print(module_.catalog));
    module_.catalog.annotations = std::move(queries);
    for (const catalog::Enum& from : module_.catalog.enums) add_enumeration(from);
    take_urls();
    for (std::size_t i = 0; i < module_.catalog.tables.size(); ++i) {
      const catalog::Table& table = module_.catalog.tables[i];
      if (!is_entity(table)) continue;
      module_.entities.push_back(lower_table(table, Id<catalog::Table>(i)));
    }
    list_schemas();
    return std::move(module_);
  }

 private:
  bool is_entity(const catalog::Table& table) const {
    return !table.partition_of.is_valid() && !is_hidden(table) && is_served(asked_, table.schema);
  }

  // A bare name means the default schema's table, then that of `public`, then the first one.
  void take_urls() {
    names_.resize(module_.catalog.tables.size());
    const auto rank = [&](const catalog::Table& table) {
      if (table.schema == module_.default_schema) return 0;
      return table.schema.empty() ? 1 : 2;
    };
    for (int now = 0; now < 3; ++now) {
      for (std::size_t i = 0; i < names_.size(); ++i) {
        const catalog::Table& table = module_.catalog.tables[i];
        if (is_entity(table) && rank(table) == now) names_[i] = take_url(table);
      }
    }
  }

  std::string take_url(const catalog::Table& table) {
    const std::string wanted = wanted_name(table).first;
    const bool is_reserved = std::ranges::find(kReservedPaths, wanted) != kReservedPaths.end();
    if (!is_reserved && !urls_.is_taken(wanted)) return urls_.take({wanted});
    const std::string schema = schema_in_module(module_, table.schema);
    if (!schema.empty()) return urls_.take({schema + '.' + wanted});
    const std::string name = urls_.take({wanted + "_table"});
    report_collision(table, is_reserved ? "a path of the service" : "another table", wanted, name);
    return name;
  }

  // What the table is to be called, and whether @name says so.
  static std::pair<std::string, bool> wanted_name(const catalog::Table& table) {
    for (const catalog::Annotation& annotation : table.annotations) {
      if (annotation.name == "name" && !annotation.args.empty()) return {annotation.args[0], true};
    }
    return {table.name, false};
  }

  // Those of tables, then those of functions only.
  void list_schemas() {
    std::vector<std::string> found = {module_.default_schema};
    const auto add = [&](const std::string& schema) {
      const bool is_new = std::ranges::find(found, schema) == found.end();
      if (is_new && is_served(asked_, schema)) found.push_back(schema);
    };
    for (const Entity& entity : module_.entities) {
      add(at(module_.catalog.tables, entity.source).schema);
    }
    for (const catalog::Function& function : module_.catalog.functions) add(function.schema);
    for (const std::string& schema : found) module_.schemas.push_back(schema_called(schema));
  }

  static std::string fingerprint_of(std::string_view sql) {
    // FNV-1a, 64 bits: it tells two schemas apart, it keeps no secret.
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : sql) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
  }

  static bool is_hidden(const catalog::Table& table) {
    return std::ranges::any_of(table.annotations, [](const auto& a) { return a.name == "hidden"; });
  }

  void add_enumeration(const catalog::Enum& from) {
    module_.enumerations.push_back({
        .schema = from.schema,
        .name = from.name,
        .cpp_name = cpp_types_.take({camel_case(from.name), camel_case(from.name) + "Value"}),
        .labels = from.labels,
        .description = from.comment.value_or(""),
    });
  }

  // MySQL's inline enum gets a name of its table and column.
  Id<Enumeration> add_inline_enumeration(const Entity& entity, const catalog::Column& column) {
    const std::string name = entity.table + '_' + column.name;
    module_.enumerations.push_back({
        .schema = entity.schema,
        .name = name,
        .cpp_name = cpp_types_.take({entity.cpp_name + camel_case(column.name), camel_case(name)}),
        .labels = column.type.args,
        .description = "",
    });
    return Id<Enumeration>(module_.enumerations.size() - 1);
  }

  Entity lower_table(const catalog::Table& table, Id<catalog::Table> id) {
    Entity entity;
    entity.source = id;
    entity.schema = schema_in_module(module_, table.schema);
    entity.table = table.name;
    entity.is_view = table.kind == TableKind::view || table.kind == TableKind::materialized_view;
    entity.place = place_of(sources_, table.name_range.is_known() ? table.name_range : table.range);
    entity.description = table.comment.value_or("");
    name_entity(table, entity);
    UniqueNames members;
    for (const catalog::Column& column : table.columns) {
      entity.fields.push_back(lower_column(column, entity));
      entity.fields.back().cpp_name = members.take({cpp_identifier(column.name)});
    }
    for (const catalog::Annotation& annotation : table.annotations) {
      apply_annotation(annotation, entity, diagnostics_);
    }
    lower_keys(table, entity);
    return entity;
  }

  void name_entity(const catalog::Table& table, Entity& entity) {
    const auto [wanted, is_given] = wanted_name(table);
    entity.name = names_[entity.source.index];
    const bool is_url_taken = entity.name != wanted;
    // A name that was given names the C++ too; a table's own is put in the singular.
    const std::string type = camel_case(is_given ? singular(wanted) : singular(table.name));
    entity.cpp_name = cpp_types_.take({type, camel_case(singular(entity.name)), type + "Row"});
    if (entity.cpp_name != type && !is_url_taken) {
      report_collision(table, "another type", type, entity.cpp_name);
    }
    entity.file_name = files_.take(
        {cpp_identifier(snake_case(entity.name)), snake_case(table.schema + '_' + entity.name)});
  }

  void report_collision(const catalog::Table& table, std::string_view with, std::string_view wanted,
                        std::string_view taken) {
    diagnostics_.report<diag::NameCollision>(table.name_range, table.name, with, wanted, taken)
        .help("give it a name of its own: `--@ name(" + std::string(taken) + ")`");
  }

  Field lower_column(const catalog::Column& column, const Entity& entity) {
    Field field;
    field.name = column.name;
    field.column = column.name;
    field.type = lower_type(column.type, module_.catalog);
    const bool has_inline_labels =
        field.type.kind == TypeKind::enumeration && !field.type.enumeration.is_valid();
    if (has_inline_labels) field.type.enumeration = add_inline_enumeration(entity, column);
    field.is_nullable = column.is_nullable;
    field.is_generated = column.generated != catalog::Generated::no;
    field.is_identity = column.identity != catalog::Identity::no || column.is_serial ||
                        column.is_auto_increment || column.is_rowid;
    field.is_readonly = field.is_generated || column.identity == catalog::Identity::always;
    field.is_hidden = column.is_hidden;
    (field.is_generated ? field.generated_as : field.default_value) = column.default_value;
    apply_domain(column.type, field);
    const bool is_null =
        field.default_value && field.default_value->kind == ast::Expr::Kind::null_literal;
    if (is_null) field.default_value.reset();
    field.has_default = field.default_value.has_value() || field.is_identity;
    field.description = column.comment.value_or("");
    field.place = place_of(sources_, column.range);
    for (const catalog::Annotation& annotation : column.annotations) {
      apply_annotation(annotation, field, diagnostics_);
    }
    return field;
  }

  // A domain may forbid null and give a default; so may the domain that it is made of.
  void apply_domain(const catalog::Type& type, Field& field) const {
    if (!type.domain.is_valid() || type.array_dimensions > 0) return;
    const catalog::Domain& domain = at(module_.catalog.domains, type.domain);
    if (!domain.is_nullable) field.is_nullable = false;
    if (!field.default_value && !field.is_generated) field.default_value = domain.default_value;
    apply_domain(domain.type, field);
  }

  static std::vector<std::uint16_t> indexes_of(const std::vector<std::uint32_t>& columns) {
    std::vector<std::uint16_t> fields;
    for (const std::uint32_t column : columns) fields.push_back(static_cast<std::uint16_t>(column));
    return fields;
  }

  static void lower_keys(const catalog::Table& table, Entity& entity) {
    if (table.primary_key) {
      entity.primary_key = Key{table.primary_key->name, indexes_of(table.primary_key->columns)};
      // SQLite alone lets a key be null, by an old mistake; a service has no address for such a
      // row.
      for (const std::uint16_t field : entity.primary_key->fields)
        entity.fields[field].is_nullable = false;
    }
    for (const catalog::Key& key : table.uniques) {
      entity.uniques.push_back({key.name, indexes_of(key.columns)});
    }
    for (const catalog::Index& index : table.indexes) lower_index(index, entity);
  }

  // What an index proves: the leading plain columns of one that holds every row.
  static void lower_index(const catalog::Index& index, Entity& entity) {
    const bool is_ordered = index.method.empty() || index.method == "btree";
    if (index.where || !is_ordered) return;
    Key key{index.name, {}};
    bool is_plain = true;
    for (const catalog::IndexElement& element : index.elements) {
      is_plain = is_plain && element.column && !element.prefix_length;
      if (is_plain) key.fields.push_back(static_cast<std::uint16_t>(*element.column));
    }
    if (key.fields.empty()) return;
    (index.is_unique && is_plain ? entity.uniques : entity.indexes).push_back(std::move(key));
  }

  const SourceMap& sources_;
  Diagnostics& diagnostics_;
  Module module_;
  std::vector<std::string> asked_;  // schemas that are served; none: all
  std::vector<std::string> names_;  // in URLs, a table of the catalog each
  UniqueNames urls_;
  UniqueNames files_;
  UniqueNames cpp_types_;
};

}  // namespace

Module lower(const SourceMap& sources, Catalog catalog, const LowerOptions& options,
             Diagnostics& diagnostics) {
  return Lowering(sources, std::move(catalog), options, diagnostics).run();
}

}  // namespace sqlxc::ir
