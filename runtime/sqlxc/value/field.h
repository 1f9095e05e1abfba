#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What is known of one column: its type, its bounds and who may write it. The compiler emits these
// as constants; reading, writing, checking and encoding values all start from them. It stands below
// query/model.h so that values and rules need no entity.
namespace sqlxc::value {

/// How a value travels: its form in JSON, in C++ and in the databases.
enum class Type : std::uint8_t {
  boolean,
  int16,
  int32,
  int64,
  float32,
  float64,
  decimal,  // exact; as a JSON number with all its digits
  text,
  bytes,  // base64 in JSON
  date,   // ISO 8601
  time,
  timetz,
  timestamp,
  timestamptz,
  interval,
  uuid,
  json,
  enumeration,
  array,  // a JSON array of `element`
  other,  // what the database spells as text (ranges, inet, geometry): a JSON string
};

struct Field {
  std::string_view name = {};    // the JSON key: the column's name
  std::string_view sql = {};     // the same, quoted for SQL
  std::string_view pg_sql = {};  // for PostgreSQL where that differs: SQLite tells no letter case
                                 // apart; empty: the same as `sql`
  Type type = Type::text;
  Type element = Type::text;     // of an array
  std::uint32_t max_length = 0;  // characters (bytes for `bytes`); 0: unbounded
  std::uint16_t precision = 0;   // of a decimal; 0: unbounded
  std::int16_t scale = 0;        // of a decimal
  bool nullable = true;
  bool has_default = false;  // the database gives a value where a write has none
  bool generated = false;    // only the database writes it
  bool readonly = false;     // no request may write it
  bool writeonly = false;    // no response shows it
  bool computed = false;     // a function of the row, named by `sql`: read where it is asked for
  std::span<const std::string_view> labels = {};  // of an enumeration, in order
  std::string_view pg_type = {};  // its name for casts in PostgreSQL: "timestamp with time zone"
  // PostgreSQL: functions, quoted and qualified, that make of a value what an answer shows, and of
  // what a body or a URL has the value.
  std::string_view pg_to_json = {};
  std::string_view pg_from_json = {};
  std::string_view pg_from_text = {};
};

/// The word for a type in messages and documents: "integer", "timestamp with time zone".
std::string_view name_of(Type type);
/// The article before it, with its space: "an ", "a " or nothing.
std::string_view article_of(Type type);

}  // namespace sqlxc::value
