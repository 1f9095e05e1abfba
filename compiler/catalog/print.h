#pragma once

#include <string>

#include "compiler/catalog/catalog.h"

namespace sqlxc::catalog {

/// Canonical DDL in the catalog's own dialect; it parses back to the same catalog. Order: schemas,
/// sequences, types, tables, indexes, foreign keys that look ahead, views, functions, triggers,
/// comments.
std::string print(const Catalog& catalog);

/// What `check --emit=catalog --format=json` shows: tables with columns, keys, checks, indexes;
/// enums; domains.
std::string print_json(const Catalog& catalog);

}  // namespace sqlxc::catalog
