#pragma once

#include <cstdint>

#include "compiler/catalog/catalog.h"

namespace sqlxc::passes {

/// The table or view that a name in FROM means, under the catalog's search path of that number.
Id<catalog::Table> table_named(const catalog::Catalog& catalog, std::uint32_t search_path,
                               const ast::Path& path);

/// The table whose rows a view shows: some of them, each at most once, found by the table's own
/// indexes. None where the view joins, groups, unites, repeats, orders or keeps rows, or where that
/// cannot be told.
Id<catalog::Table> shown_rows(const catalog::Catalog& catalog, const catalog::Table& view);

}  // namespace sqlxc::passes
