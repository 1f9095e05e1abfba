#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"

// The order in which PostgreSQL takes the statements of a schema: as the user wrote them, but for
// those that need what stands only later, since the catalog has folded every ALTER into its CREATE.
// What a statement needs is told by the names in its text.
namespace sqlxc::emit::ddl {

/// What can be needed: a table, type, function, ... by its schema (empty: the default one) and
/// name.
struct Provided {
  std::string schema;
  std::string name;
};

/// Statements that stand together: a table with its indexes, a function.
struct Part {
  int rank = 0;                    // extensions before all else
  std::vector<Provided> provides;  // what the text creates
  std::string needs;               // the text whose names must exist before
  std::string wants;               // the text whose names should, but need not: bodies of functions
  std::vector<std::uint32_t> after;         // parts that must stand before
  std::vector<std::uint32_t> rather_after;  // parts that should
  std::uint32_t search_path = 0;
  SourceRange range;
};

/// The parts by their places in `parts`, in an order that PostgreSQL takes.
std::vector<std::uint32_t> order_of(const std::vector<Part>& parts,
                                    const catalog::Catalog& catalog);

}  // namespace sqlxc::emit::ddl
