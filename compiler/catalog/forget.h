#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/catalog/fold.h"

// How keys, checks and indexes go: together with their names, which the next statement may give to
// something else, and with the foreign keys that stand on them.
namespace sqlxc::catalog {

void forget_name(Fold& fold, const Table& table, const Key& key);
void forget_name(Fold& fold, const Table& table, const Exclusion& exclusion);
void forget_name(Fold& fold, const Table& table, const Index& index);
void forget_name(Fold& fold, const Table& table, const Check& check);
void forget_name(Fold& fold, const Table& table, const ForeignKey& key);

/// Erases those of the table's `things` that `is_gone` says; how many they were.
template <typename Things, typename Gone>
std::size_t forget_if(Fold& fold, const Table& table, Things& things, const Gone& is_gone) {
  return std::erase_if(things, [&](const auto& thing) {
    const bool is_one = is_gone(thing);
    if (is_one) forget_name(fold, table, thing);
    return is_one;
  });
}

/// PostgreSQL drops the foreign keys that stand on a key together with it, where CASCADE says so.
void forget_keys_on(Fold& fold, Id<Table> target, const std::vector<std::uint32_t>& columns);

}  // namespace sqlxc::catalog
