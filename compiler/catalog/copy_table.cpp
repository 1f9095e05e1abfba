// What a table takes from another: LIKE with its INCLUDING list, MySQL's CREATE TABLE a LIKE b, and
// what a partition gets from its root.
#include <algorithm>

#include "compiler/catalog/constraints.h"
#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

/// INCLUDING and EXCLUDING apply in the order of the text; ALL stands for every one.
bool includes(std::string_view text, std::string_view what) {
  const std::string lower = to_lower(text);
  bool included = false;
  for (std::size_t at = 0; at < lower.size();) {
    const bool is_including = lower.compare(at, 9, "including") == 0;
    const bool is_excluding = lower.compare(at, 9, "excluding") == 0;
    if (!is_including && !is_excluding) {
      ++at;
      continue;
    }
    const std::size_t word = lower.find_first_not_of(' ', at + 9);
    if (word == std::string::npos) break;
    const std::string_view rest = std::string_view(lower).substr(word);
    if (rest.starts_with(what) || rest.starts_with("all")) included = is_including;
    at = word;
  }
  return included;
}

std::string columns_name(const Table& table, const std::vector<std::uint32_t>& columns) {
  std::string out;
  for (const std::uint32_t column : columns) {
    if (!out.empty()) out += '_';
    out += table.columns[column].name;
  }
  return out;
}

/// Moves columns of the source to those of the same name; nothing where one is missing.
std::optional<std::vector<std::uint32_t>> translate(const Fold& fold, const Table& from,
                                                    const Table& to,
                                                    const std::vector<std::uint32_t>& columns) {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t column : columns) {
    const auto found = find_column(fold, to, from.columns[column].name);
    if (!found) return std::nullopt;
    out.push_back(*found);
  }
  return out;
}

std::optional<Key> copy_key(Fold& fold, const Table& from, Id<Table> target, const Key& key,
                            std::string_view label) {
  const auto columns = translate(fold, from, fold.table(target), key.columns);
  const auto include = translate(fold, from, fold.table(target), key.include);
  if (!columns || !include) return std::nullopt;
  Key copy = key;
  copy.columns = *columns;
  copy.include = *include;
  const Table& to = fold.table(target);
  if (fold.is_postgres()) {
    const std::string middle = label == "pkey" ? "" : columns_name(to, copy.columns);
    copy.name = choose_relation_name(fold, to.schema, to.name, middle, label, true);
  }
  return copy;
}

void copy_keys(Fold& fold, Id<Table> source, Id<Table> target) {
  const Table from = fold.table(source);
  const auto has_same = [&](const std::vector<Key>& keys, const Key& key) {
    const auto columns = translate(fold, from, fold.table(target), key.columns);
    return columns &&
           std::ranges::any_of(keys, [&](const Key& k) { return k.columns == *columns; });
  };
  if (from.primary_key && !fold.table(target).primary_key) {
    if (auto copy = copy_key(fold, from, target, *from.primary_key, "pkey")) {
      for (const std::uint32_t column : copy->columns) {
        fold.table(target).columns[column].is_nullable = false;
      }
      fold.table(target).primary_key = std::move(copy);
    }
  }
  for (const Key& key : from.uniques) {
    if (has_same(fold.table(target).uniques, key)) continue;
    if (auto copy = copy_key(fold, from, target, key, "key")) {
      fold.table(target).uniques.push_back(std::move(*copy));
    }
  }
}

std::string index_name(Fold& fold, const Table& to, const Index& index) {
  std::string columns;
  for (const IndexElement& element : index.elements) {
    if (!columns.empty()) columns += '_';
    columns += element.column ? to.columns[*element.column].name : "expr";
  }
  return choose_relation_name(fold, to.schema, to.name, columns, "idx", false);
}

void copy_index(Fold& fold, const Table& from, Id<Table> target, const Index& index,
                bool is_partition = false) {
  Index copy = index;
  for (IndexElement& element : copy.elements) {
    if (!element.column) continue;
    element.column = find_column(fold, fold.table(target), from.columns[*element.column].name);
    if (!element.column) return;
  }
  const auto include = translate(fold, from, fold.table(target), index.include);
  if (!include) return;
  copy.include = *include;
  if (is_partition && count_like(fold.table(target), copy) >= count_like(from, index)) return;
  if (fold.is_postgres()) copy.name = index_name(fold, fold.table(target), copy);
  fold.table(target).indexes.push_back(std::move(copy));
}

void copy_checks(Fold& fold, const Table& from, Id<Table> target) {
  for (const Check& check : from.checks) {
    Table& to = fold.table(target);
    if (std::ranges::any_of(to.checks, [&](const Check& c) { return c.name == check.name; })) {
      continue;
    }
    Check copy = check;
    copy.columns = columns_read(fold, to, copy.expr);
    fold.table(target).checks.push_back(std::move(copy));
  }
}

/// INCLUDING DEFAULTS, IDENTITY, GENERATED and COMMENTS say what of a column comes along; its type
/// and NOT NULL always do.
Column copy_column(const Column& from, std::string_view text) {
  Column column = from;
  const bool is_generated = from.generated != Generated::no;
  column.annotations.clear();
  column.is_serial = false;
  if (!includes(text, is_generated ? "generated" : "defaults")) {
    column.default_value.reset();
    column.generated = Generated::no;
  }
  if (!includes(text, "identity")) column.identity = Identity::no;
  if (!includes(text, "comments")) column.comment.reset();
  return column;
}

void copy_postgres(Fold& fold, Id<Table> source, Id<Table> target, const ast::Constraint& like) {
  const Table from = fold.table(source);
  for (const Column& column : from.columns) {
    if (const auto same = find_column(fold, fold.table(target), column.name)) {
      fold.diagnostics.report<diag::DuplicateColumn>(like.range, display_name(fold.table(target)),
                                                     column.name);
      continue;
    }
    fold.table(target).columns.push_back(copy_column(column, like.text));
    if (fold.table(target).columns.back().identity != Identity::no) {
      add_serial(fold, target, static_cast<std::uint32_t>(fold.table(target).columns.size() - 1));
    }
  }
  if (includes(like.text, "constraints")) copy_checks(fold, from, target);
  if (!includes(like.text, "indexes")) return;
  copy_keys(fold, source, target);
  for (const Index& index : from.indexes) copy_index(fold, from, target, index);
}

/// Everything but foreign keys, with the same names.
void copy_mysql(Fold& fold, Id<Table> source, Id<Table> target) {
  const Table from = fold.table(source);
  Table& to = fold.table(target);
  to.columns = from.columns;
  to.primary_key = from.primary_key;
  to.uniques = from.uniques;
  to.checks = from.checks;
  to.indexes = from.indexes;
  to.options = from.options;
  to.comment = from.comment;
  fold.notes[target.index].ignores_foreign_keys = fold.notes[source.index].ignores_foreign_keys;
}

}  // namespace

void copy_like(Fold& fold, Id<Table> target, const ast::Constraint& like) {
  if (!like.references) return;
  const ast::Path& path = like.references->table;
  if (fold.is_postgres()) {
    const TypeEntry* entry = find_type_entry(fold, path);
    if (entry != nullptr && entry->composite.is_valid()) {
      for (const Column& attribute : at(fold.catalog.composites, entry->composite).attributes) {
        fold.table(target).columns.push_back(attribute);
      }
      return;
    }
  }
  const Id<Table> source = require_table(fold, path);
  if (!source.is_valid() || source == target) return;
  if (fold.is_mysql()) {
    copy_mysql(fold, source, target);
  } else {
    copy_postgres(fold, source, target, like);
  }
}

void copy_partition(Fold& fold, Id<Table> parent, Id<Table> child) {
  fold.table(child).partition_of = parent;
  const Table from = fold.table(parent);
  copy_checks(fold, from, child);
  copy_keys(fold, parent, child);
  for (const Index& index : from.indexes) copy_index(fold, from, child, index, true);
  for (const ForeignKey& key : from.foreign_keys) {
    Table& to = fold.table(child);
    const auto columns = translate(fold, from, to, key.columns);
    const bool is_there = std::ranges::any_of(to.foreign_keys, [&](const ForeignKey& other) {
      return columns && other.columns == *columns && other.table == key.table;
    });
    if (!columns || is_there) continue;
    ForeignKey copy = key;
    copy.columns = *columns;
    to.foreign_keys.push_back(std::move(copy));
  }
}

}  // namespace sqlxc::catalog
