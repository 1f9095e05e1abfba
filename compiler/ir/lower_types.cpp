#include "compiler/ir/lower_types.h"

#include "compiler/stdlib/types.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sqlxc::ir {
namespace {

constexpr std::array<std::string_view, 20> kKindNames = {
    "boolean",  "int16", "int32", "int64",       "float32", "float64",   "decimal",
    "text",     "bytes", "date",  "time",        "timetz",  "timestamp", "timestamptz",
    "interval", "uuid",  "json",  "enumeration", "array",   "other"};

template <typename Int>
Int number_in(const std::vector<std::string>& args, std::size_t index) {
  Int value = 0;
  if (index < args.size()) {
    const std::string& arg = args[index];
    const char* begin = arg.data() + (arg.starts_with('+') ? 1 : 0);
    if (std::from_chars(begin, arg.data() + arg.size(), value).ec != std::errc()) value = 0;
  }
  return value;
}

TypeKind kind_of(const stdlib::TypeRow* row) {
  if (row == nullptr) return TypeKind::other;
  const auto* found = std::ranges::find(kKindNames, row->kind);
  return found == kKindNames.end() ? TypeKind::other
                                   : static_cast<TypeKind>(found - kKindNames.begin());
}

TypeKind widened(TypeKind kind) {
  if (kind == TypeKind::int16) return TypeKind::int32;
  return kind == TypeKind::int32 ? TypeKind::int64 : kind;
}

bool is_integer(TypeKind kind) {
  return kind == TypeKind::int16 || kind == TypeKind::int32 || kind == TypeKind::int64;
}

// What a dialect means by a type's name where the name alone does not tell.
void adapt(const catalog::Type& from, Dialect dialect, Type& type) {
  if (dialect == Dialect::mysql) {
    const bool is_flag = from.name == "tinyint" && from.args.size() == 1 && from.args[0] == "1";
    if (is_flag) type.kind = TypeKind::boolean;
    if (from.is_unsigned && from.name != "tinyint") type.kind = widened(type.kind);
  }
  if (dialect == Dialect::sqlite) {
    // SQLite enforces neither width nor length nor precision.
    if (is_integer(type.kind)) type.kind = TypeKind::int64;
    if (type.kind == TypeKind::float32) type.kind = TypeKind::float64;
    type.max_length = 0;
    type.precision = 0;
    type.scale = 0;
    if (from.name.empty()) type.kind = TypeKind::text;
  }
}

Type scalar(const catalog::Type& from, const catalog::Catalog& catalog) {
  if (from.domain.is_valid()) {
    Type type = lower_type(at(catalog.domains, from.domain).type, catalog);
    type.sql = from.spelled;
    return type;
  }
  Type type;
  type.sql = from.spelled;
  type.is_unsigned = from.is_unsigned;
  if (from.enumeration.is_valid()) {
    type.kind = TypeKind::enumeration;
    type.enumeration = Id<Enumeration>(from.enumeration.index);
    return type;
  }
  if (from.composite.is_valid() || !from.is_known) {
    type.kind = TypeKind::other;
    return type;
  }
  type.kind = kind_of(stdlib::type_named(from.name));
  if (type.kind == TypeKind::text || type.kind == TypeKind::bytes) {
    type.max_length = number_in<std::uint32_t>(from.args, 0);
    type.is_fixed_length = from.name == "character" || from.name == "char" || from.name == "bpchar";
    if (type.is_fixed_length && from.args.empty() && from.name != "bpchar") type.max_length = 1;
  }
  if (type.kind == TypeKind::decimal) {
    type.precision = number_in<std::uint16_t>(from.args, 0);
    type.scale = number_in<std::int16_t>(from.args, 1);
    // MySQL's DECIMAL without arguments is DECIMAL(10, 0).
    if (from.args.empty() && catalog.dialect == Dialect::mysql) type.precision = 10;
  }
  adapt(from, catalog.dialect, type);
  return type;
}

}  // namespace

std::optional<TypeKind> lower_type_name(std::string_view name, Dialect dialect) {
  const stdlib::TypeRow* row = stdlib::find_type(dialect, name);
  if (row == nullptr) row = stdlib::type_named(name);
  if (row == nullptr) return std::nullopt;
  return kind_of(row);
}

std::string_view name_of(TypeKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

const Type& element_of(const Type& type) {
  return type.element.empty() ? type : type.element.front();
}

Type lower_type(const catalog::Type& type, const catalog::Catalog& catalog) {
  if (type.array_dimensions == 0) return scalar(type, catalog);
  Type array;
  array.kind = TypeKind::array;
  array.sql = type.spelled;
  Type element = scalar(type, catalog);
  // Of an array of arrays the service knows only that it is JSON.
  const bool is_nested = type.array_dimensions > 1 || element.kind == TypeKind::array;
  if (is_nested) {
    element = Type();
    element.kind = TypeKind::json;
  }
  array.element.push_back(std::move(element));
  return array;
}

}  // namespace sqlxc::ir
