#include "emit/ddl/storage.h"

#include "compiler/ir/lower_types.h"
#include "compiler/translate/build.h"

namespace sqlxc::emit::ddl {
namespace {

using ast::Expr;
using ir::TypeKind;
using translate::Kind;

constexpr std::uint16_t kExactDigits = 15;  // a double holds so many

bool is_wide(const ir::Type& type) {
  return type.kind == TypeKind::decimal && (type.precision == 0 || type.precision > kExactDigits);
}

Kind kind_of(const ir::Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return Kind::boolean;
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
      return Kind::integer;
    case TypeKind::float32:
    case TypeKind::float64:
      return Kind::real;
    case TypeKind::decimal:
      return is_wide(type) ? Kind::wide_decimal : Kind::decimal;
    case TypeKind::text:
      return Kind::text;
    case TypeKind::bytes:
      return Kind::bytes;
    case TypeKind::date:
      return Kind::date;
    case TypeKind::time:
      return Kind::time;
    case TypeKind::timetz:
      return Kind::timetz;
    case TypeKind::timestamp:
      return Kind::timestamp;
    case TypeKind::timestamptz:
      return Kind::timestamptz;
    case TypeKind::interval:
      return Kind::interval;
    case TypeKind::uuid:
      return Kind::uuid;
    case TypeKind::json:
      return Kind::json;
    case TypeKind::enumeration:
      return Kind::enumeration;
    case TypeKind::array:
      return Kind::array;
    case TypeKind::other:
      return Kind::other;
  }
  return Kind::unknown;
}

const std::vector<std::string>* labels_of(const catalog::Type& type,
                                          const catalog::Catalog& catalog) {
  if (type.domain.is_valid()) return labels_of(at(catalog.domains, type.domain).type, catalog);
  if (type.enumeration.is_valid()) return &at(catalog.enums, type.enumeration).labels;
  return type.name == "enum" && !type.args.empty() ? &type.args : nullptr;
}

Expr is_one_of(const std::string& column, std::vector<Expr> values) {
  Expr in = translate::make(Expr::Kind::in_list, {translate::column_of({column})});
  for (Expr& value : values) in.args.push_back(std::move(value));
  return in;
}

std::optional<Expr> check_of(const catalog::Type& type, const ir::Type& lowered,
                             const std::string& column, const catalog::Catalog& catalog) {
  switch (lowered.kind) {
    case TypeKind::boolean:
      return is_one_of(column, {translate::number_of("0"), translate::number_of("1")});
    case TypeKind::json:
    case TypeKind::array:
      return translate::call("json_valid", {translate::column_of({column})});
    case TypeKind::enumeration: {
      const auto* labels = labels_of(type, catalog);
      if (labels == nullptr || labels->empty()) return std::nullopt;
      std::vector<Expr> values;
      for (const std::string& label : *labels) values.push_back(translate::string_of(label));
      return is_one_of(column, std::move(values));
    }
    default:
      return std::nullopt;
  }
}

std::string declared(const ir::Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "boolean";
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
      return "integer";
    case TypeKind::float32:
    case TypeKind::float64:
      return "real";
    case TypeKind::decimal:
      if (is_wide(type)) return "text";
      return "numeric(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")";
    case TypeKind::bytes:
      return "blob";
    default:
      return "text";
  }
}

}  // namespace

Storage storage_of(const catalog::Type& type, const std::string& column,
                   const catalog::Catalog& catalog) {
  const ir::Type lowered = ir::lower_type(type, catalog);
  Storage storage;
  storage.declared = declared(lowered);
  if (is_wide(lowered)) storage.collation = "sqlxc_decimal";
  storage.check = check_of(type, lowered, column, catalog);
  return storage;
}

translate::ValueType value_type_of(const catalog::Type& type, const catalog::Catalog& catalog) {
  const ir::Type lowered = ir::lower_type(type, catalog);
  const bool is_bits = type.array_dimensions == 0 && type.name.starts_with("bit");
  if (is_bits && lowered.kind == TypeKind::other) return {Kind::bits, Kind::unknown};
  translate::ValueType out{kind_of(lowered), Kind::unknown};
  if (!lowered.element.empty()) out.element = kind_of(lowered.element.front());
  return out;
}

}  // namespace sqlxc::emit::ddl
