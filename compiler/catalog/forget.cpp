#include "compiler/catalog/forget.h"

#include <algorithm>

namespace sqlxc::catalog {
namespace {

void forget_constraint(Fold& fold, const Table& table, const std::string& name) {
  fold.constraints.erase(key_of(fold, table.schema, name));
}

void forget_relation(Fold& fold, const Table& table, const std::string& name) {
  fold.relations.erase(key_of(fold, table.schema, name));
}

}  // namespace

void forget_name(Fold& fold, const Table& table, const Key& key) {
  forget_constraint(fold, table, key.name);
  forget_relation(fold, table, key.name);
}

void forget_name(Fold& fold, const Table& table, const Exclusion& exclusion) {
  forget_constraint(fold, table, exclusion.name);
  forget_relation(fold, table, exclusion.name);
}

void forget_name(Fold& fold, const Table& table, const Index& index) {
  forget_relation(fold, table, index.name);
}

void forget_name(Fold& fold, const Table& table, const Check& check) {
  forget_constraint(fold, table, check.name);
}

void forget_name(Fold& fold, const Table& table, const ForeignKey& key) {
  forget_constraint(fold, table, key.name);
}

void forget_keys_on(Fold& fold, Id<Table> target, const std::vector<std::uint32_t>& columns) {
  for (Table& other : fold.catalog.tables) {
    forget_if(fold, other, other.foreign_keys, [&](const ForeignKey& key) {
      return key.table == target && std::ranges::is_permutation(key.references, columns);
    });
  }
}

}  // namespace sqlxc::catalog
