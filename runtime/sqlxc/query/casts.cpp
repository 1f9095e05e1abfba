#include <algorithm>
#include <array>
#include <string>

#include <sqlxc/core/text.h>
#include <sqlxc/query/sql.h>

// The types that a client may cast to: PostgreSQL's own by all their names.
namespace sqlxc::query {
namespace {

struct CastName {
  std::string_view name;
  Type type;
  std::string_view sql;
  std::string_view array;  // of it
};

constexpr CastName kCasts[] = {
    {"text", Type::text, "text", "text[]"},
    {"varchar", Type::text, "varchar", "varchar[]"},
    {"character varying", Type::text, "varchar", "varchar[]"},
    {"char", Type::text, "char", "char[]"},
    {"character", Type::text, "char", "char[]"},
    {"bpchar", Type::text, "bpchar", "bpchar[]"},
    {"name", Type::text, "name", "name[]"},
    {"citext", Type::text, "citext", "citext[]"},
    {"smallint", Type::int16, "int2", "int2[]"},
    {"int2", Type::int16, "int2", "int2[]"},
    {"int", Type::int32, "int4", "int4[]"},
    {"int4", Type::int32, "int4", "int4[]"},
    {"integer", Type::int32, "int4", "int4[]"},
    {"int8", Type::int64, "int8", "int8[]"},
    {"bigint", Type::int64, "int8", "int8[]"},
    {"oid", Type::int64, "oid", "oid[]"},
    {"numeric", Type::decimal, "numeric", "numeric[]"},
    {"decimal", Type::decimal, "numeric", "numeric[]"},
    {"real", Type::float32, "float4", "float4[]"},
    {"float4", Type::float32, "float4", "float4[]"},
    {"float8", Type::float64, "float8", "float8[]"},
    {"float", Type::float64, "float8", "float8[]"},
    {"double precision", Type::float64, "float8", "float8[]"},
    {"money", Type::other, "money", "money[]"},
    {"bool", Type::boolean, "bool", "bool[]"},
    {"boolean", Type::boolean, "bool", "bool[]"},
    {"bytea", Type::bytes, "bytea", "bytea[]"},
    {"date", Type::date, "date", "date[]"},
    {"time", Type::time, "time", "time[]"},
    {"time without time zone", Type::time, "time", "time[]"},
    {"timetz", Type::timetz, "timetz", "timetz[]"},
    {"time with time zone", Type::timetz, "timetz", "timetz[]"},
    {"timestamp", Type::timestamp, "timestamp", "timestamp[]"},
    {"timestamp without time zone", Type::timestamp, "timestamp", "timestamp[]"},
    {"timestamptz", Type::timestamptz, "timestamptz", "timestamptz[]"},
    {"timestamp with time zone", Type::timestamptz, "timestamptz", "timestamptz[]"},
    {"interval", Type::interval, "interval", "interval[]"},
    {"uuid", Type::uuid, "uuid", "uuid[]"},
    {"json", Type::json, "json", "json[]"},
    {"jsonb", Type::json, "jsonb", "jsonb[]"},
    {"jsonpath", Type::other, "jsonpath", "jsonpath[]"},
    {"xml", Type::other, "xml", "xml[]"},
    {"bit", Type::other, "bit", "bit[]"},
    {"varbit", Type::other, "varbit", "varbit[]"},
    {"bit varying", Type::other, "varbit", "varbit[]"},
    {"inet", Type::other, "inet", "inet[]"},
    {"cidr", Type::other, "cidr", "cidr[]"},
    {"macaddr", Type::other, "macaddr", "macaddr[]"},
    {"macaddr8", Type::other, "macaddr8", "macaddr8[]"},
    {"tsvector", Type::other, "tsvector", "tsvector[]"},
    {"tsquery", Type::other, "tsquery", "tsquery[]"},
    {"int4range", Type::other, "int4range", "int4range[]"},
    {"int8range", Type::other, "int8range", "int8range[]"},
    {"numrange", Type::other, "numrange", "numrange[]"},
    {"daterange", Type::other, "daterange", "daterange[]"},
    {"tsrange", Type::other, "tsrange", "tsrange[]"},
    {"tstzrange", Type::other, "tstzrange", "tstzrange[]"},
    {"int4multirange", Type::other, "int4multirange", "int4multirange[]"},
    {"int8multirange", Type::other, "int8multirange", "int8multirange[]"},
    {"nummultirange", Type::other, "nummultirange", "nummultirange[]"},
    {"datemultirange", Type::other, "datemultirange", "datemultirange[]"},
    {"tsmultirange", Type::other, "tsmultirange", "tsmultirange[]"},
    {"tstzmultirange", Type::other, "tstzmultirange", "tstzmultirange[]"},
    {"point", Type::other, "point", "point[]"},
    {"line", Type::other, "line", "line[]"},
    {"lseg", Type::other, "lseg", "lseg[]"},
    {"box", Type::other, "box", "box[]"},
    {"path", Type::other, "path", "path[]"},
    {"polygon", Type::other, "polygon", "polygon[]"},
    {"circle", Type::other, "circle", "circle[]"},
    {"regclass", Type::other, "regclass", "regclass[]"},
    {"regtype", Type::other, "regtype", "regtype[]"},
    {"regproc", Type::other, "regproc", "regproc[]"},
    {"regconfig", Type::other, "regconfig", "regconfig[]"},
};

}  // namespace

std::optional<Cast> find_cast(const Model& model, std::string_view name) {
  std::string lower(trim(name));
  std::ranges::transform(lower, lower.begin(), to_lower);
  std::string_view base = lower;
  const bool is_array = base.ends_with("[]");
  if (is_array) base = trim(base.substr(0, base.size() - 2));
  const auto known = std::ranges::find(kCasts, base, &CastName::name);
  if (known != std::end(kCasts)) {
    if (is_array) return Cast{.type = Type::array, .element = known->type, .sql = known->array};
    return Cast{.type = known->type, .sql = known->sql};
  }
  for (const Entity& entity : model.entities) {
    for (const Field& field : entity.fields) {
      if (field.pg_type.empty() || field.pg_type != name) continue;
      return Cast{.type = field.type, .element = field.element, .sql = field.pg_type};
    }
  }
  return std::nullopt;
}

}  // namespace sqlxc::query
