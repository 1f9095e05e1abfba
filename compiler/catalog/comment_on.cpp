// COMMENT ON. Comments on what the catalog does not hold are of no consequence.
#include <algorithm>

#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

void comment_column(Fold& fold, const ast::CommentOn& comment) {
  if (comment.name.names.size() < 2) return;
  ast::Path table_path = comment.name;
  const ast::Name column_name = table_path.names.back();
  table_path.names.pop_back();
  if (!find_table(fold, table_path).is_valid()) {
    const TypeEntry* entry = find_type_entry(fold, table_path);
    if (entry != nullptr && entry->composite.is_valid()) return;
  }
  const Id<Table> table = require_table(fold, table_path);
  if (!table.is_valid()) return;
  const auto column = require_column(fold, fold.table(table), column_name);
  if (!column) return;
  Column& target = fold.table(table).columns[*column];
  target.comment = comment.text;
  target.comment_range = comment.text_range;
}

void comment_table(Fold& fold, const ast::CommentOn& comment) {
  const Id<Table> id = require_table(fold, comment.name);
  if (!id.is_valid()) return;
  fold.table(id).comment = comment.text;
  fold.table(id).comment_range = comment.text_range;
}

void comment_type(Fold& fold, const ast::CommentOn& comment) {
  const TypeEntry* entry = find_type_entry(fold, comment.name);
  if (entry == nullptr) return;
  if (entry->enumeration.is_valid()) {
    at(fold.catalog.enums, entry->enumeration).comment = comment.text;
  }
  if (entry->domain.is_valid()) at(fold.catalog.domains, entry->domain).comment = comment.text;
  if (entry->composite.is_valid()) {
    at(fold.catalog.composites, entry->composite).comment = comment.text;
  }
}

void comment_function(Fold& fold, const ast::CommentOn& comment) {
  for (std::size_t i = 0; i < fold.catalog.functions.size(); ++i) {
    if (fold.function_alive[i] && fold.catalog.functions[i].name == comment.name.last()) {
      fold.catalog.functions[i].comment = comment.text;
    }
  }
}

}  // namespace

void apply_comment(Fold& fold, const ast::CommentOn& comment) {
  if (comment.object == "column") {
    comment_column(fold, comment);
  } else if (comment.object.ends_with("table") || comment.object.ends_with("view")) {
    comment_table(fold, comment);
  } else if (comment.object == "type" || comment.object == "domain") {
    comment_type(fold, comment);
  } else if (comment.object == "function") {
    comment_function(fold, comment);
  }
}

}  // namespace sqlxc::catalog
