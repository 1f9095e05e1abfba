#include "pg_server.h"

#include <sqlxc/core/text.h>
#include <sqlxc/db/connection.h>
#include <sqlxc/db/encode.h>
#include <sqlxc/pg/encode.h>
#include <sqlxc/value/parse.h>

#include <string>
#include <vector>

// One value, kept in SQLite as the service keeps it and in PostgreSQL as a column of its type, must
// be the same bytes in both services' responses.
namespace sqlxc::pg {
namespace {

using value::Field;
using value::Type;

struct Case {
  Field field;
  std::string_view pg_type;
  std::vector<std::string_view> texts;  // as a client writes them
};

Field field_of(Type type, Type element = Type::text, std::uint16_t precision = 0,
               std::int16_t scale = 0) {
  return {.name = "c", .type = type, .element = element, .precision = precision, .scale = scale};
}

struct Encoded {
  std::string json;
  std::string text;
};

Encoded from_sqlite(db::Connection& connection, const Field& field, const value::Value& value) {
  const std::vector<value::Value> binds = {value};
  auto cursor = connection.query("select ?1", binds);
  REQUIRE(cursor.has_value());
  REQUIRE(cursor->next());
  Encoded encoded;
  db::append_json(encoded.json, field, *cursor, 0);
  db::append_text(encoded.text, field, *cursor, 0);
  return encoded;
}

Encoded from_postgres(Bench& bench, const Case& test, std::string_view text) {
  const auto outcome = bench.read("select $1::" + std::string(test.pg_type),
                                  {value::Value::of_text(std::string(text))});
  if (!outcome) FAIL(outcome.error().message);
  Encoded encoded;
  append_json(encoded.json, test.field, outcome->text(0, 0));
  append_text(encoded.text, test.field, outcome->text(0, 0));
  return encoded;
}

}  // namespace

TEST_CASE("a value is the same JSON from PostgreSQL and from SQLite") {
  if (test_url() == nullptr) return;
  Bench bench;
  auto sqlite = db::Connection::open({.path = ":memory:"});
  REQUIRE(sqlite.has_value());
  static constexpr std::string_view kLabels[] = {"red", "dark \"blue\""};
  Field color = field_of(Type::enumeration);
  color.labels = kLabels;
  Field colors = field_of(Type::array, Type::enumeration);
  colors.labels = kLabels;
  REQUIRE(bench.write("drop type if exists t_color").has_value());
  REQUIRE(bench.write("create type t_color as enum ('red', 'dark \"blue\"')").has_value());
  const std::vector<Case> cases = {
      {field_of(Type::boolean), "boolean", {"true", "false"}},
      {field_of(Type::int16), "int2", {"0", "-32768", "32767"}},
      {field_of(Type::int32), "int4", {"-2147483648", "2147483647"}},
      {field_of(Type::int64), "int8", {"-9223372036854775808", "9007199254740993"}},
      {field_of(Type::float32),
       "float4",
       {"0", "1.5", "-0.1", "16777216", "1e20", "1e-5", "0.0001", "3.4e38", "100000", "Infinity",
        "-Infinity"}},
      {field_of(Type::float64),
       "float8",
       {"0", "-1.5", "0.1", "1e15", "1e16", "123456789012345680", "100000", "0.001", "0.00012",
        "1e-300", "5e-324", "1.7976931348623157e308", "0.30000000000000004", "1234.5", "Infinity",
        "-Infinity"}},
      {field_of(Type::decimal, Type::text, 6, 2),
       "numeric(6,2)",
       {"12.5", "-0.01", "9999.99", "7"}},
      {field_of(Type::decimal, Type::text, 5, 0), "numeric(5,0)", {"12", "-99999"}},
      {field_of(Type::decimal, Type::text, 30, 4), "numeric(30,4)", {"12345678901234567890.5"}},
      {field_of(Type::decimal), "numeric", {"0.1", "12345678901234567890.12345", "-7", "1.50"}},
      {field_of(Type::text), "text", {"", "plain", "\"quoted\" \\ back\nline\ttab", "naïve ☃ 😀"}},
      {field_of(Type::bytes), "bytea", {"", "AP9/", "aGVsbG8="}},
      {field_of(Type::date), "date", {"2024-02-29", "0001-01-01", "9999-12-31", "infinity"}},
      {field_of(Type::time), "time", {"03:04", "23:59:59.999999", "12:00:00.5"}},
      {field_of(Type::timetz), "timetz", {"03:04:05+00", "03:04:05.25-08", "12:00+05:30"}},
      {field_of(Type::timestamp),
       "timestamp",
       {"2024-01-01T12:00:00", "2024-01-01 12:00:00.123456", "2024-01-01 12:00:00.5", "infinity",
        "-infinity"}},
      {field_of(Type::timestamptz),
       "timestamptz",
       {"2024-01-01T12:00:00Z", "2024-01-01 12:00:00.25+05:30", "0001-01-02 00:00:00-08",
        "infinity"}},
      {field_of(Type::interval),
       "interval",
       {"1 day", "1 year 2 mons -3 days 04:05:06.7", "PT36H", "-00:00:01", "0", "100:00:00"}},
      {field_of(Type::uuid), "uuid", {"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"}},
      {field_of(Type::json), "json", {"{\"a\": [1, 2.50, null]}", "\"text\"", "12"}},
      {color, "t_color", {"red", "dark \"blue\""}},
      {field_of(Type::array, Type::int32), "int4[]", {"{}", "{1,2,NULL}", "{{1,2},{3,4}}"}},
      {field_of(Type::array, Type::text),
       "text[]",
       {"{}", "{plain,\"a b\",\"q\\\"\\\\\",NULL,\"NULL\",\"\",\"{x}\",\"a,b\"}", "{{a},{b}}"}},
      {field_of(Type::array, Type::boolean), "bool[]", {"{true,false,NULL}"}},
      {field_of(Type::array, Type::float64), "float8[]", {"{1.5,100000,Infinity}"}},
      {field_of(Type::array, Type::timestamptz),
       "timestamptz[]",
       {"{\"2024-01-01 12:00:00+01\",infinity}"}},
      {field_of(Type::array, Type::uuid), "uuid[]", {"{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"}},
      {field_of(Type::array, Type::interval), "interval[]", {"{\"1 day\",\"02:00\"}"}},
      {colors, "t_color[]", {"{red,\"dark \\\"blue\\\"\"}"}},
      {field_of(Type::other), "inet", {"192.168.0.1"}},
      {field_of(Type::other), "int4range", {"[1,5)"}},
  };
  for (const Case& test : cases) {
    for (const std::string_view text : test.texts) {
      INFO(test.pg_type << " " << text);
      const auto value = value::parse_text(test.field, text);
      if (!value) FAIL(value.error().message);
      // A text that PostgreSQL reads: its bytea knows no base64.
      std::string given(text);
      if (test.field.type == Type::bytes) {
        given = "\\x";
        for (const char c : value->text) append_hex(given, static_cast<unsigned char>(c), 2);
      }
      const Encoded sqlite_form = from_sqlite(**sqlite, test.field, *value);
      const Encoded postgres_form = from_postgres(bench, test, given);
      CHECK(postgres_form.json == sqlite_form.json);
      CHECK(postgres_form.text == sqlite_form.text);
    }
  }
}

TEST_CASE("what only PostgreSQL has is encoded as PostgREST shows it") {
  if (test_url() == nullptr) return;
  Bench bench;
  const auto json = [&](const Field& field, const std::string& sql) {
    const auto outcome = bench.read("select " + sql);
    if (!outcome) FAIL(outcome.error().message);
    std::string out;
    append_json(out, field, outcome->text(0, 0));
    return out;
  };
  CHECK(json(field_of(Type::float64), "'NaN'::float8") == "\"NaN\"");
  CHECK(json(field_of(Type::decimal), "'NaN'::numeric") == "\"NaN\"");
  CHECK(json(field_of(Type::array, Type::int32), "'[0:1]={7,8}'::int4[]") == "[7,8]");
  CHECK(json(field_of(Type::array, Type::json), "array['{\"a\": 1}'::jsonb, null]") ==
        "[{\"a\": 1},null]");
  CHECK(json(field_of(Type::array, Type::bytes), "array['\\x00ff'::bytea]") == "[\"AP8=\"]");
  CHECK(json(field_of(Type::timestamp), "'0044-03-15 12:00 BC'::timestamp") ==
        "\"0044-03-15T12:00:00 BC\"");
}

TEST_CASE("a time zone that was asked for shows in time stamps") {
  if (test_url() == nullptr) return;
  Bench bench;
  for (const auto& [zone, expected] :
       {std::pair{"Asia/Kolkata", "\"2024-01-01T17:30:00+05:30\""},
        std::pair{"America/New_York", "\"2024-01-01T07:00:00-05:00\""}}) {
    const auto outcome = bench.run(
        {.sql = "select '2024-01-01 12:00:00Z'::timestamptz", .settings = {{"TimeZone", zone}}});
    REQUIRE(outcome.has_value());
    std::string out;
    append_json(out, field_of(Type::timestamptz), outcome->text(0, 0));
    CHECK(out == expected);
  }
  CHECK(bench.value("show TimeZone") == "UTC");
}

}  // namespace sqlxc::pg
