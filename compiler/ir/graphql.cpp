#include "compiler/ir/graphql.h"

namespace sqlxc::ir {
namespace {

constexpr std::array<GraphqlScalar, 16> kScalars = {{
    {"Int", ""},
    {"Float", ""},
    {"String", ""},
    {"Boolean", "", "", false},
    {"BigInt", "A whole number of 64 bits: a JSON number with all its digits."},
    {"Decimal", "An exact decimal: a JSON number with all its digits."},
    {"Date", "`2024-02-29`", "https://scalars.graphql.org/andimarek/local-date.html"},
    {"Time", "`23:59:59.999999`"},
    {"OffsetTime", "`23:59:59+02`"},
    {"LocalDateTime", "`2024-02-29T23:59:59.999999`, in no time zone."},
    {"DateTime", "`2024-02-29T23:59:59.999999+00:00`: RFC 3339.",
     "https://scalars.graphql.org/andimarek/date-time.html"},
    {"Interval", "`1 day 02:00:00`: a span of time, as PostgreSQL writes it."},
    {"UUID", "Sixteen bytes in hexadecimal digits.", "https://www.rfc-editor.org/rfc/rfc9562"},
    {"JSON", "Any JSON value.", "https://www.rfc-editor.org/rfc/rfc8259", false},
    {"Bytes", "Bytes in base64.", "https://www.rfc-editor.org/rfc/rfc4648#section-4"},
    {"DatabaseValue", "A value of a type that only the database knows: a string, as it writes it.",
     "", false},
}};

}  // namespace

const std::array<GraphqlScalar, 16>& graphql_scalars() { return kScalars; }

std::string_view graphql_scalar(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "Boolean";
    case TypeKind::int16:
      return "Int";
    case TypeKind::int32:
      return type.is_unsigned ? "BigInt" : "Int";
    case TypeKind::int64:
      return "BigInt";
    case TypeKind::float32:
    case TypeKind::float64:
      return "Float";
    case TypeKind::decimal:
      return "Decimal";
    case TypeKind::text:
      return "String";
    case TypeKind::bytes:
      return "Bytes";
    case TypeKind::date:
      return "Date";
    case TypeKind::time:
      return "Time";
    case TypeKind::timetz:
      return "OffsetTime";
    case TypeKind::timestamp:
      return "LocalDateTime";
    case TypeKind::timestamptz:
      return "DateTime";
    case TypeKind::interval:
      return "Interval";
    case TypeKind::uuid:
      return "UUID";
    case TypeKind::json:
      return "JSON";
    case TypeKind::other:
      return "DatabaseValue";
    case TypeKind::enumeration:
      return type.enumeration.is_valid() ? "" : "String";
    case TypeKind::array:
      return "";
  }
  return "";
}

}  // namespace sqlxc::ir
