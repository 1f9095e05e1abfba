#pragma once

#include "compiler/catalog/catalog.h"

namespace sqlxc::passes {

/// The table whose rows a view shows: some of them, each at most once, found by the table's own
/// indexes. None where the view joins, groups, unites, repeats, orders or keeps rows, or where that
/// cannot be told.
Id<catalog::Table> shown_rows(const catalog::Catalog& catalog, const catalog::Table& view);

}  // namespace sqlxc::passes
