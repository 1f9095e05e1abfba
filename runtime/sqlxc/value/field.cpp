#include <sqlxc/value/field.h>

#include <array>
#include <cstddef>

namespace sqlxc::value {
namespace {

constexpr std::array<std::string_view, 20> kNames = {
    "boolean",   "smallint",
    "integer",   "bigint",
    "real",      "double precision",
    "number",    "text",
    "base64",    "date",
    "time",      "time with time zone",
    "timestamp", "timestamp with time zone",
    "interval",  "uuid",
    "JSON",      "label",
    "array",     "text",
};
static_assert(kNames.size() == static_cast<std::size_t>(Type::other) + 1);

}  // namespace

std::string_view name_of(Type type) { return kNames[static_cast<std::size_t>(type)]; }

std::string_view article_of(Type type) {
  switch (type) {
    case Type::int32:
    case Type::interval:
    case Type::array:
      return "an ";
    case Type::json:
    case Type::bytes:
      return "";
    case Type::boolean:
    case Type::int16:
    case Type::int64:
    case Type::float32:
    case Type::float64:
    case Type::decimal:
    case Type::text:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::timestamp:
    case Type::timestamptz:
    case Type::uuid:
    case Type::enumeration:
    case Type::other:
      return "a ";
  }
  return "";
}

}  // namespace sqlxc::value
