#include "compiler/ir/lower_types.h"
#include "compiler/stdlib/types.h"
#include "emit/ddl/postgres_catalog.h"

// The types of MySQL and SQLite in PostgreSQL: what the service means by a column's type, in the
// words of docs/postgres.md.
namespace sqlxc::emit::ddl {
namespace {

using ir::TypeKind;

std::string_view postgres_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean:
      return "boolean";
    case TypeKind::int16:
      return "smallint";
    case TypeKind::int32:
      return "integer";
    case TypeKind::int64:
      return "bigint";
    case TypeKind::float32:
      return "real";
    case TypeKind::float64:
      return "double precision";
    case TypeKind::decimal:
      return "numeric";
    case TypeKind::text:
    case TypeKind::enumeration:
    case TypeKind::array:
    case TypeKind::other:
      return "text";
    case TypeKind::bytes:
      return "bytea";
    case TypeKind::date:
      return "date";
    case TypeKind::time:
      return "time without time zone";
    case TypeKind::timetz:
      return "time with time zone";
    case TypeKind::timestamp:
      return "timestamp without time zone";
    case TypeKind::timestamptz:
      return "timestamp with time zone";
    case TypeKind::interval:
      return "interval";
    case TypeKind::uuid:
      return "uuid";
    case TypeKind::json:
      return "jsonb";
  }
  return "text";
}

// Of what the service knows only as text, PostgreSQL keeps networks and bits; MySQL's geometry is
// written otherwise than PostgreSQL's.
std::string_view other_name(const catalog::Type& type) {
  const stdlib::TypeRow* row = stdlib::type_named(type.name);
  if (row == nullptr) return "text";
  const bool is_kept = row->category == "network" || row->category == "bits";
  return is_kept ? row->spelling(Dialect::postgres) : "text";
}

bool is_moment(TypeKind kind) {
  return kind == TypeKind::time || kind == TypeKind::timestamp || kind == TypeKind::timestamptz;
}

// As format_type has it: the arguments stand behind the first word of a moment's type.
std::string spelled(const catalog::Type& type) {
  if (type.args.empty()) return type.name;
  std::string args;
  for (const std::string& arg : type.args) args += (args.empty() ? "(" : ",") + arg;
  args += ')';
  const std::size_t zone = type.name.find(" with");
  std::string out = type.name;
  out.insert(zone == std::string::npos ? out.size() : zone, args);
  return out;
}

}  // namespace

catalog::Type postgres_type_of(const catalog::Type& from, const catalog::Catalog& catalog) {
  const ir::Type lowered = ir::lower_type(from, catalog);
  catalog::Type out;
  out.range = from.range;
  out.name = lowered.kind == TypeKind::other ? other_name(from) : postgres_name(lowered.kind);
  if (lowered.kind == TypeKind::text && lowered.max_length > 0) {
    out.name = "character varying";
    out.args = {std::to_string(lowered.max_length)};
  }
  if (lowered.kind == TypeKind::decimal && lowered.precision > 0) {
    out.args = {std::to_string(lowered.precision), std::to_string(lowered.scale)};
  }
  // MySQL keeps whole seconds where nothing is said.
  if (is_moment(lowered.kind) && catalog.dialect == Dialect::mysql) {
    out.args = from.args.empty() ? std::vector<std::string>{"0"} : from.args;
  }
  if (lowered.kind == TypeKind::other && out.name != "text") out.args = from.args;
  out.spelled = spelled(out);
  return out;
}

}  // namespace sqlxc::emit::ddl
