#include <algorithm>
#include <optional>

#include "compiler/ir/lower_annotations.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/view_rows.h"

// What rows are addressed and ordered by: @key of views, or the key of the table whose rows a view
// shows; a unique key where a table has no primary one, every key as an index, and the primary key
// as the default order.
namespace sqlxc::passes {
namespace {

void apply_key(const catalog::Annotation& annotation, ir::Entity& entity) {
  ir::Key key;
  for (const std::string& column : annotation.args) {
    const auto field = ir::find_field(entity, column);
    if (!field) return;  // reported where annotations are read
    key.fields.push_back(*field);
  }
  if (!key.fields.empty()) entity.primary_key = std::move(key);
}

void read_annotations(ir::Entity& entity) {
  for (const catalog::Annotation& annotation : entity.annotations) {
    if (annotation.name == "key") apply_key(annotation, entity);
  }
  ir::Key marked;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    for (const catalog::Annotation& annotation : entity.fields[i].annotations) {
      const bool is_mark = annotation.name == "key" && annotation.args.empty();
      if (annotation.name == "key" && !is_mark) apply_key(annotation, entity);
      if (is_mark) marked.fields.push_back(static_cast<std::uint16_t>(i));
    }
  }
  if (!marked.fields.empty()) entity.primary_key = std::move(marked);
}

// A unique key whose fields are never null addresses a row as well as a primary key does.
void adopt_unique_key(ir::Entity& entity) {
  const auto found = std::ranges::find_if(entity.uniques, [&](const ir::Key& key) {
    return std::ranges::none_of(key.fields,
                                [&](auto field) { return entity.fields[field].is_nullable; });
  });
  if (found == entity.uniques.end()) return;
  entity.primary_key = std::move(*found);
  entity.uniques.erase(found);
}

// A view of a table's rows has the table's key where it shows all of it, each field under the first
// of its names.
std::optional<ir::Key> shown_key(const catalog::Catalog& catalog, const catalog::Table& view) {
  const Id<catalog::Table> rows = shown_rows(catalog, view);
  if (!rows.is_valid() || !at(catalog.tables, rows).primary_key) return std::nullopt;
  const catalog::Table& table = at(catalog.tables, rows);
  ir::Key key;
  key.name = table.primary_key->name;
  for (const std::uint32_t column : table.primary_key->columns) {
    const auto shown = std::ranges::find_if(view.columns, [&](const catalog::Column& one) {
      return one.origin == rows && one.origin_column == table.columns[column].name;
    });
    if (shown == view.columns.end()) return std::nullopt;
    key.fields.push_back(static_cast<std::uint16_t>(shown - view.columns.begin()));
  }
  return key;
}

}  // namespace

void derive_keys(ir::Module& module, Context&) {
  for (ir::Entity& entity : module.entities) {
    read_annotations(entity);
    if (!entity.primary_key) adopt_unique_key(entity);
    if (entity.is_view && !entity.primary_key) {
      entity.primary_key = shown_key(module.catalog, at(module.catalog.tables, entity.source));
    }
    std::vector<ir::Key> keys = entity.uniques;
    if (entity.primary_key) keys.insert(keys.begin(), *entity.primary_key);
    if (!entity.is_view) entity.indexes.insert(entity.indexes.begin(), keys.begin(), keys.end());
    if (!entity.default_order.empty() || !entity.primary_key) continue;
    for (const std::uint16_t field : entity.primary_key->fields)
      entity.default_order.push_back({field, false});
  }
}

}  // namespace sqlxc::passes
