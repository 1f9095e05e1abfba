#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/dialect.h"

// The types that engines know, as rows of stdlib/types: names, spellings, defaults, what they
// become elsewhere. What a column's type is in a schema is catalog::Type; what travels is ir::Type.
namespace sqlxc::stdlib {

/// What may stand in the parentheses of a type.
enum class TypeArgs : std::uint8_t {
  none,
  width,
  length,
  precision,
  decimal,
  display,
  labels,
  any
};

struct TypeRow {
  std::string name;      // of the row; PostgreSQL's canonical name where it has the type
  std::string kind;      // an ir::TypeKind by name
  std::string category;  // number, string, boolean, time, ...: what may be compared with what
  TypeArgs args = TypeArgs::none;
  std::uint32_t size = 0;  // bytes, 0 where it varies
  std::uint32_t rank = 0;  // of numbers: the higher one wins in arithmetic
  std::array<std::vector<std::string>, 3> spellings;     // a list a dialect, canonical first
  std::array<std::vector<std::string>, 3> default_args;  // of a type written without parentheses
  std::array<std::string, 3> translation;                // where the dialect has no such type
  std::uint32_t width = 0;                               // MySQL's display width
  std::uint32_t unsigned_width = 0;
  std::uint64_t max_bytes = 0;  // MySQL's text and blob families
  std::string extension;        // PostgreSQL's that brings it

  bool is_in(Dialect dialect) const {
    return !spellings[static_cast<std::size_t>(dialect)].empty();
  }
  /// The canonical spelling, or its translation where the dialect has no such type.
  std::string_view spelling(Dialect dialect) const;
};

/// Every row; read at the first call.
std::span<const TypeRow> types();

/// The row that a dialect means by a lower-case name with single spaces, or null.
const TypeRow* find_type(Dialect dialect, std::string_view written);

/// The row of this name, or null.
const TypeRow* type_named(std::string_view name);

/// Every spelling of a dialect, for "did you mean".
std::vector<std::string_view> type_spellings(Dialect dialect);

/// A file of rows; reports SX7001... for what is not understood.
std::vector<TypeRow> read_types(const SourceMap& sources, SourceId source,
                                Diagnostics& diagnostics);

}  // namespace sqlxc::stdlib
