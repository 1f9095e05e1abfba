#include <catch2/catch.hpp>

#include <sqlxc/value/calendar.h>
#include <sqlxc/value/format.h>
#include <sqlxc/value/parse.h>

#include <array>
#include <string>

namespace {

using namespace sqlxc;
using value::Field;
using value::Kind;
using value::Type;

// The stored form, or the broken rule in angle brackets.
std::string stored(const Field& field, std::string_view text) {
  const auto parsed = value::parse_text(field, text);
  if (!parsed) return "<" + std::string(parsed.error().rule) + ">";
  switch (parsed->kind) {
    case Kind::absent:
    case Kind::use_default:
      return "?";
    case Kind::null:
      return "null";
    case Kind::boolean:
    case Kind::integer:
      return std::to_string(parsed->integer);
    case Kind::real:
      return std::to_string(parsed->real);
    case Kind::small_decimal:
    case Kind::decimal:
    case Kind::text:
    case Kind::bytes:
      return parsed->text;
  }
  return "";
}

std::string stored(Type type, std::string_view text) { return stored(Field{.type = type}, text); }

// What a JSON value is stored as; afterwards the reader must stand right behind it.
std::string from_json(const Field& field, std::string_view json) {
  const std::string text = "[" + std::string(json) + ", 7]";
  json::Reader reader(text);
  reader.next();
  reader.next();
  const auto parsed = value::parse_json(field, reader);
  if (reader.token() == json::Token::error) return "<json>";
  CHECK(reader.next() == json::Token::number);
  CHECK(reader.text() == "7");
  if (!parsed) return "<" + std::string(parsed.error().rule) + ">";
  if (parsed->kind == Kind::null) return "null";
  if (parsed->kind == Kind::real) return std::to_string(parsed->real);
  return parsed->text.empty() ? std::to_string(parsed->integer) : parsed->text;
}

std::string from_json(Type type, std::string_view json) {
  return from_json(Field{.type = type}, json);
}

TEST_CASE("integers are whole and within their range") {
  CHECK(stored(Type::int16, "-32768") == "-32768");
  CHECK(stored(Type::int16, "32768") == "<range>");
  CHECK(stored(Type::int32, " +42 ") == "42");
  CHECK(stored(Type::int32, "2147483648") == "<range>");
  CHECK(stored(Type::int64, "9223372036854775807") == "9223372036854775807");
  CHECK(stored(Type::int64, "9223372036854775808") == "<range>");
  CHECK(stored(Type::int32, "1.0") == "<type>");
  CHECK(stored(Type::int32, "") == "<type>");
  CHECK(stored(Type::int32, "12x") == "<type>");
  CHECK(stored(Type::int32, "+-1") == "<type>");
  CHECK(from_json(Type::int64, "9007199254740993") == "9007199254740993");
  CHECK(from_json(Type::int64, "\"9007199254740993\"") == "9007199254740993");
  CHECK(from_json(Type::int32, "true") == "<type>");
  CHECK(from_json(Type::int32, "[1, {\"a\": 2}]") == "<type>");
  CHECK(from_json(Type::int32, "1e3") == "<type>");
}

TEST_CASE("a message says what came and what was expected") {
  CHECK(value::parse_text({.type = Type::int32}, "abc").error().message ==
        "`abc` is not an integer");
  CHECK(value::parse_text({.type = Type::int16}, "70000").error().message ==
        "`70000` is out of range for smallint (-32768 to 32767)");
  CHECK(value::parse_text({.type = Type::text, .max_length = 3}, "abcd").error().message ==
        "4 characters are more than the 3 that fit");
}

TEST_CASE("decimals keep every digit, round like the database and know their precision") {
  const Field money{.type = Type::decimal, .precision = 10, .scale = 2};
  CHECK(stored(money, "12.5") == "12.50");
  CHECK(stored(money, "1.005") == "1.01");
  CHECK(stored(money, "-1.005") == "-1.01");
  CHECK(stored(money, "-0.001") == "0.00");
  CHECK(stored(money, "99999999.99") == "99999999.99");
  CHECK(stored(money, "99999999.995") == "<precision>");
  CHECK(stored(money, "100000000") == "<precision>");
  CHECK(stored(money, "1.25e1") == "12.50");
  CHECK(stored(money, "abc") == "<type>");
  CHECK(stored(money, "NaN") == "<type>");
  CHECK(value::parse_text(money, "1")->kind == Kind::small_decimal);
  const Field exact{.type = Type::decimal};
  CHECK(stored(exact, "12345678901234567890.50") == "12345678901234567890.50");
  CHECK(stored(exact, "1e5") == "100000");
  CHECK(stored(exact, "-1.5e-3") == "-0.0015");
  CHECK(stored(exact, "00012.10") == "12.10");
  CHECK(stored(exact, ".5") == "0.5");
  CHECK(stored(exact, "1e99999") == "<type>");
  CHECK(stored(exact, "1e+-5") == "<type>");
  CHECK(value::parse_text(exact, "1")->kind == Kind::decimal);
  const Field tens{.type = Type::decimal, .precision = 3, .scale = -2};
  CHECK(stored(tens, "12345") == "12300");
  CHECK(stored(tens, "99950") == "<precision>");
  CHECK(stored(tens, "49") == "0");
  const Field tiny{.type = Type::decimal, .precision = 2, .scale = 4};
  CHECK(stored(tiny, "0.0099") == "0.0099");
  CHECK(stored(tiny, "0.01") == "<precision>");
  CHECK(from_json(money, "0.1") == "0.10");
  CHECK(from_json(money, "\"0.1\"") == "0.10");
}

TEST_CASE("floats take numbers and infinity, and no NaN") {
  CHECK(stored(Type::float64, "1e3") == "1000.000000");
  CHECK(stored(Type::float64, "1e999") == "<range>");
  CHECK(stored(Type::float32, "1e39") == "<range>");
  CHECK(stored(Type::float64, "-Infinity") == "-inf");
  CHECK(stored(Type::float64, "nan") == "<range>");
  CHECK(stored(Type::float64, "x") == "<type>");
  CHECK(value::parse_text({.type = Type::float32}, "0.1")->real == double{0.1F});
}

TEST_CASE("booleans are spelt as PostgreSQL spells them; JSON numbers are none") {
  for (const std::string_view yes : {"true", "T", "yes", "y", "on", "1", " tr "}) {
    CHECK(stored(Type::boolean, yes) == "1");
  }
  for (const std::string_view no : {"false", "F", "no", "off", "of", "0"}) {
    CHECK(stored(Type::boolean, no) == "0");
  }
  for (const std::string_view none : {"", "o", "2", "truex", "maybe"}) {
    CHECK(stored(Type::boolean, none) == "<type>");
  }
  CHECK(from_json(Type::boolean, "true") == "1");
  CHECK(from_json(Type::boolean, "1") == "<type>");
}

TEST_CASE("text is counted in characters and holds no U+0000") {
  const Field name{.type = Type::text, .max_length = 3};
  CHECK(stored(name, "\u00e9\u00e9\u00e9") == "\u00e9\u00e9\u00e9");
  CHECK(stored(name, "abcd") == "<length>");
  CHECK(stored(name, "abc  ") == "abc");
  CHECK(stored(name, std::string_view("a\0b", 3)) == "<nul>");
  CHECK(stored(name, "\xFF") == "<encoding>");
  CHECK(from_json(name, "\"a\\u0000\"") == "<nul>");
  CHECK(from_json(name, "12") == "<type>");
  CHECK(from_json(name, "{\"a\": [1]}") == "<type>");
  CHECK(from_json(name, "null") == "null");
}

TEST_CASE("dates and times are normalised so that text order is time order") {
  CHECK(stored(Type::date, "2026-01-02") == "2026-01-02");
  CHECK(stored(Type::date, "20260102") == "2026-01-02");
  CHECK(stored(Type::date, "2026-1-2") == "2026-01-02");
  CHECK(stored(Type::date, "2024-02-29") == "2024-02-29");
  CHECK(stored(Type::date, "2026-02-29") == "<range>");
  CHECK(stored(Type::date, "2026-13-01") == "<range>");
  CHECK(stored(Type::date, "10000-01-01") == "<range>");
  CHECK(stored(Type::date, "yesterday") == "<type>");
  CHECK(stored(Type::date, "infinity") == "infinity");
  CHECK(stored(Type::time, "3:04") == "03:04:00");
  CHECK(stored(Type::time, "03:04:05.500") == "03:04:05.5");
  CHECK(stored(Type::time, "11:30 pm") == "23:30:00");
  CHECK(stored(Type::time, "24:00:00") == "24:00:00");
  CHECK(stored(Type::time, "24:00:01") == "<range>");
  CHECK(stored(Type::time, "030405") == "03:04:05");
  CHECK(stored(Type::timetz, "03:04:05+05:30") == "03:04:05+05:30");
  CHECK(stored(Type::timetz, "03:04:05") == "03:04:05+00");
  CHECK(stored(Type::timestamp, "2026-01-02T03:04:05+02:00") == "2026-01-02 03:04:05");
  CHECK(stored(Type::timestamp, "2026-01-02") == "2026-01-02 00:00:00");
  CHECK(stored(Type::timestamptz, "2026-01-02T03:04:05+02:00") == "2026-01-02 01:04:05");
  CHECK(stored(Type::timestamptz, "2026-01-01 00:30:00.1234567+01") ==
        "2025-12-31 23:30:00.123457");
  CHECK(stored(Type::timestamptz, "2026-01-02T03:04:05Z") == "2026-01-02 03:04:05");
  CHECK(stored(Type::timestamptz, "2026-01-02T25:04:05Z") == "<range>");
  CHECK(stored(Type::timestamptz, "0001-01-01T00:00:00+01") == "<range>");
  CHECK(stored(Type::timestamptz, "2026-01-02T03:04:05 bogus") == "<type>");
  CHECK(stored(Type::timestamptz, "2016-12-31T23:59:60Z") == "2017-01-01 00:00:00");
}

TEST_CASE("every day from year 1 to 9999 reads back as itself") {
  for (std::int32_t days = -719162; days <= 2932896; ++days) {
    std::string text;
    value::append_date(text, days);
    std::int32_t read = 0;
    REQUIRE(value::parse_date(text, read) == value::TimeError::none);
    REQUIRE(read == days);
  }
}

TEST_CASE("intervals read what PostgreSQL reads and print what it prints") {
  CHECK(stored(Type::interval, "1 year 2 months 3 days 04:05:06.7") ==
        "1 year 2 mons 3 days 04:05:06.7");
  CHECK(stored(Type::interval, "P1Y2M3DT4H5M6S") == "1 year 2 mons 3 days 04:05:06");
  CHECK(stored(Type::interval, "PT36H") == "36:00:00");
  CHECK(stored(Type::interval, "P1W") == "7 days");
  CHECK(stored(Type::interval, "1.5 days") == "1 day 12:00:00");
  CHECK(stored(Type::interval, "-1 day +02:03") == "-1 days +02:03:00");
  CHECK(stored(Type::interval, "1-2") == "1 year 2 mons");
  CHECK(stored(Type::interval, "90") == "00:01:30");
  CHECK(stored(Type::interval, "@ 1 hour ago") == "-01:00:00");
  CHECK(stored(Type::interval, "0") == "00:00:00");
  CHECK(stored(Type::interval, "100 hours") == "100:00:00");
  CHECK(stored(Type::interval, "1 fortnight") == "<type>");
  CHECK(stored(Type::interval, "") == "<type>");
  CHECK(stored(Type::interval, "99999999999 years") == "<range>");
}

TEST_CASE("UUIDs are lower case with hyphens, however they were written") {
  const std::string_view expected = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
  CHECK(stored(Type::uuid, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11") == expected);
  CHECK(stored(Type::uuid, "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}") == expected);
  CHECK(stored(Type::uuid, "a0eebc999c0b4ef8bb6d6bb9bd380a11") == expected);
  CHECK(stored(Type::uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1") == "<type>");
  CHECK(stored(Type::uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-") == "<type>");
  CHECK(stored(Type::uuid, "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11") == "<type>");
}

TEST_CASE("bytes come as base64 of either alphabet or as hexadecimal") {
  CHECK(stored(Type::bytes, "aGk=") == "hi");
  CHECK(stored(Type::bytes, "aGk") == "hi");
  CHECK(stored(Type::bytes, "-_8=") == "\xfb\xff");
  CHECK(stored(Type::bytes, "\\x6869") == "hi");
  CHECK(stored(Type::bytes, "\\x686") == "<type>");
  CHECK(stored(Type::bytes, "a*==") == "<type>");
  CHECK(stored(Field{.type = Type::bytes, .max_length = 1}, "aGk=") == "<length>");
}

TEST_CASE("an enumeration takes its labels and names them otherwise") {
  static constexpr std::array<std::string_view, 2> kLabels = {"draft", "public"};
  const Field state{.type = Type::enumeration, .labels = kLabels};
  CHECK(stored(state, "draft") == "draft");
  CHECK(stored(state, "Draft") == "<label>");
  CHECK(value::parse_text(state, "x").error().message == "`x` is not one of `draft`, `public`");
}

TEST_CASE("JSON columns keep the bytes of any value") {
  CHECK(from_json(Type::json, R"({"b": 1.50, "a": [null]})") == R"({"b": 1.50, "a": [null]})");
  CHECK(from_json(Type::json, R"("text")") == R"("text")");
  CHECK(from_json(Type::json, "12345678901234567890.10") == "12345678901234567890.10");
  CHECK(from_json(Type::json, R"({"a": "\u0000"})") == "<nul>");
  CHECK(from_json(Type::json, "null") == "null");
  CHECK(stored(Type::json, R"({"a": 1})") == R"({"a": 1})");
  CHECK(stored(Type::json, "null") == "null");
  CHECK(stored(Type::json, "{a: 1}") == "<type>");
  CHECK(stored(Type::json, "1 2") == "<type>");
}

TEST_CASE("arrays are kept as the JSON of their elements, from JSON or a literal") {
  const Field numbers{.type = Type::array, .element = Type::int32};
  CHECK(from_json(numbers, "[1, 2 , null]") == "[1,2,null]");
  CHECK(from_json(numbers, "[]") == "[]");
  CHECK(from_json(numbers, "[[1], [2]]") == "[[1],[2]]");
  CHECK(from_json(numbers, "[1, [2, \"x\", [3, 4]], 5]") == "<type>");
  CHECK(from_json(numbers, "[1, 99999999999]") == "<range>");
  CHECK(from_json(numbers, "3") == "<type>");
  CHECK(stored(numbers, "{1,2,NULL}") == "[1,2,null]");
  CHECK(stored(numbers, "[1, 2]") == "[1,2]");
  CHECK(stored(numbers, "{{1,2},{3,4}}") == "[[1,2],[3,4]]");
  CHECK(stored(numbers, "{}") == "[]");
  CHECK(stored(numbers, "{1,2") == "<type>");
  CHECK(stored(numbers, "{1,,2}") == "<type>");
  CHECK(stored(numbers, "{1}x") == "<type>");
  const Field texts{.type = Type::array, .element = Type::text, .max_length = 5};
  CHECK(stored(texts, R"({a, "b \"c", "NULL", null, d\,e})") ==
        R"(["a","b \"c","NULL",null,"d,e"])");
  CHECK(from_json(texts, R"(["a", "toolong"])") == "<length>");
  const Field stamps{.type = Type::array, .element = Type::timestamptz};
  CHECK(from_json(stamps, R"(["2026-01-02 03:04:05+01"])") == R"(["2026-01-02T02:04:05+00:00"])");
}

std::string shown(Type type, std::string_view text) {
  std::string out;
  value::append_json_text(out, type, text);
  return out;
}

TEST_CASE("stored texts become the JSON that PostgREST gives") {
  CHECK(shown(Type::timestamptz, "2026-01-02 03:04:05") == R"("2026-01-02T03:04:05+00:00")");
  CHECK(shown(Type::timestamptz, "2026-01-02 03:04:05.25") == R"("2026-01-02T03:04:05.25+00:00")");
  CHECK(shown(Type::timestamp, "2026-01-02 03:04:05") == R"("2026-01-02T03:04:05")");
  CHECK(shown(Type::timestamptz, "2026-01-02T03:04:05+02:00") == R"("2026-01-02T01:04:05+00:00")");
  CHECK(shown(Type::timestamptz, "infinity") == R"("infinity")");
  CHECK(shown(Type::timestamp, "no \"time\"") == R"("no \"time\"")");
  CHECK(shown(Type::decimal, "-12.50") == "-12.50");
  CHECK(shown(Type::decimal, "007") == R"("007")");
  CHECK(shown(Type::decimal, "1.") == R"("1.")");
  CHECK(shown(Type::decimal, "") == R"("")");
  CHECK(shown(Type::decimal, "NaN") == R"("NaN")");
  CHECK(shown(Type::json, "{\"a\": 1}") == "{\"a\": 1}");
  std::string out;
  value::append_decimal_json(out, {.type = Type::decimal, .precision = 10, .scale = 2}, 0.1 + 0.2);
  out += ' ';
  value::append_decimal_json(out, {.type = Type::decimal, .precision = 10, .scale = 2},
                             std::int64_t{12});
  out += ' ';
  value::append_decimal_json(out, {.type = Type::decimal}, 1e21);
  CHECK(out == "0.30 12.00 1000000000000000000000");
}

}  // namespace
