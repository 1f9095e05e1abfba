#include <algorithm>

#include "compiler/ir/lower_annotations.h"
#include "compiler/passes/passes.h"

// What rows are addressed and ordered by: @key of views, a unique key where a table has no primary
// one, every key as an index, and the primary key as the default order.
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

}  // namespace

void derive_keys(ir::Module& module, Context&) {
  for (ir::Entity& entity : module.entities) {
    read_annotations(entity);
    if (!entity.primary_key) adopt_unique_key(entity);
    std::vector<ir::Key> keys = entity.uniques;
    if (entity.primary_key) keys.insert(keys.begin(), *entity.primary_key);
    if (!entity.is_view) entity.indexes.insert(entity.indexes.begin(), keys.begin(), keys.end());
    if (!entity.default_order.empty() || !entity.primary_key) continue;
    for (const std::uint16_t field : entity.primary_key->fields)
      entity.default_order.push_back({field, false});
  }
}

}  // namespace sqlxc::passes
