#include <catch2/catch.hpp>

#include <sqlxc/rules/documents.h>
#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/moments.h>

namespace {

using namespace sqlxc::rules;

bool is(Tri value) { return value == Tri::yes; }
Nullable<Text> text(std::string_view view) { return Text(view); }
Nullable<Json> json(std::string_view view) { return Json{view}; }
Nullable<Array> array(std::string_view view) { return Array{view}; }

// The expected values are what PostgreSQL 15 answers.
TEST_CASE("moments and spans are added and told apart as PostgreSQL does") {
  CHECK(is(date("2024-02-29") + interval("1 year") == timestamp("2025-02-28")));
  CHECK(is(date("2024-01-31") + interval("1 month") == timestamp("2024-02-29")));
  CHECK(is(date("2024-03-31") - interval("1 month 1 day") == timestamp("2024-02-28")));
  CHECK(is(date("2024-02-28") + 2 == date("2024-03-01")));
  CHECK(is(timestamp("2024-01-02 03:00") - timestamp("2024-01-01") == interval("27 hours")));
  CHECK(is(interval("1 month") == interval("30 days")));
  CHECK(is(age(date("2024-03-01"), date("2006-03-01")) == interval("18 years")));
  // 17 years, 11 months and 30 days are 18 years: a month has 30 days where spans are compared.
  CHECK(is(age(date("2024-03-01"), date("2006-03-02")) == interval("18 years")));
  CHECK(is(age(date("2024-03-01"), date("2006-03-03")) < interval("18 years")));
  CHECK(is(age(date("2024-02-28"), date("2024-03-01")) == interval("-2 days")));
  CHECK((date("9999-12-31") + 1 > date("2000-01-01")) == Tri::yes);
  CHECK(is(date("infinity") + interval("1 day") > date("2000-01-01") + interval("1 day")));
  CHECK(is(is_null(extract("day", date("infinity")))));
  CHECK(is(as_date(as_timestamp(date("-infinity"))) == date("-infinity")));
  CHECK(isfinite(date("infinity")) == Tri::no);
}

TEST_CASE("fields of a moment are those of the calendar, weeks those of ISO 8601") {
  const auto day = date("2021-01-03");  // a Sunday
  CHECK(is(extract("dow", day) == 0));
  CHECK(is(extract("isodow", day) == 7));
  CHECK(is(extract("week", day) == 53));
  CHECK(is(extract("isoyear", day) == 2020));
  CHECK(is(extract("doy", day) == 3));
  CHECK(is(extract("century", day) == 21));
  CHECK(is(extract("century", date("2000-12-31")) == 20));
  CHECK(is(extract("epoch", timestamp("1970-01-02")) == 86400));
  CHECK(is(extract("second", time("03:04:05.5")) == decimal("5.5")));
  CHECK((extract("hour", date("2021-01-03")) == 0) == Tri::unknown);
  CHECK(is(date_trunc("week", timestamp("2021-01-03 10:00")) == timestamp("2020-12-28")));
  CHECK(is(date_trunc("quarter", timestamp("2021-06-03")) == timestamp("2021-04-01")));
  CHECK(is(as_date(timestamp("1969-12-31 23:00")) == date("1969-12-31")));
  CHECK(is(as_time(timestamp("1969-12-31 23:00")) == time("23:00")));
}

TEST_CASE("decimals are rounded and divided as numeric is, and long ones compared at least") {
  CHECK(is(round(decimal("2.5")) == 3));
  CHECK(is(round(decimal("-2.5")) == -3));
  CHECK(is(round(decimal("2.345"), 2) == decimal("2.35")));
  CHECK(is(trunc(decimal("-2.9")) == -2));
  CHECK(is(ceil(decimal("-2.9")) == -2));
  CHECK(is(floor(decimal("-2.1")) == -3));
  CHECK(is(decimal("10") / decimal("3") == decimal("3.3333333333333333")));
  CHECK(is(decimal("2") / decimal("3") == decimal("0.66666666666666666667")));
  CHECK(is(decimal("-7") % decimal("3") == -1));
  CHECK(is(div(decimal("-7"), decimal("2")) == -3));
  CHECK(is(as_int32(decimal("2.5")) == 3));
  CHECK(is(as_int32(Nullable<double>(2.5)) == 2));
  CHECK((as_int16(Nullable<std::int32_t>(70000)) == 1) == Tri::unknown);
  CHECK(is(decimal("-1e100") < 0));
  CHECK(is(decimal("1e100") > decimal("99999999999999999999999999999999999999")));
  CHECK(is(decimal("1.00000000000000000000000000000000000000000001") > 1));
  CHECK((decimal("1e100") == decimal("1e101")) == Tri::unknown);
  CHECK((decimal("1e100") + 1 > 0) == Tri::unknown);
  CHECK(is(sign(decimal("-0.5")) == -1));
  CHECK(is(power(Nullable<std::int32_t>(2), 10) == 1024));
  CHECK((sqrt(Nullable<std::int32_t>(-1)) > 0) == Tri::unknown);
}

TEST_CASE("texts are cut and searched by characters") {
  CHECK(is(left(text("h\u00e9llo"), 2) == "h\u00e9"));
  CHECK(is(left(text("hello"), -2) == "hel"));
  CHECK(is(right(text("h\u00e9"), 1) == "\u00e9"));
  CHECK(is(right(text("hello"), -2) == "llo"));
  CHECK(is(trim(text("xxaxx"), "x") == "a"));
  CHECK(is(ltrim(text("\u00e9a"), "\u00e9") == "a"));
  CHECK(is(rtrim(text("a  ")) == "a"));
  CHECK(is(split_part(text("a-b-c"), "-", -1) == "c"));
  CHECK(is(split_part(text("a-b-c"), "-", 4) == ""));
  CHECK(is(replace(text("aXbX"), "X", "--") == "a--b--"));
  CHECK(is(reverse(text("a\u00e9")) == "\u00e9a"));
  CHECK(is(bit_length(text("\u00e9")) == 16));
  CHECK(is(ascii_lower(text("A\u00c9")) == "a\u00c9"));
  CHECK(is(as_text(Nullable<std::int32_t>(-5)) == "-5"));
}

TEST_CASE("whatever collation decides, the same texts are alike and other words are not") {
  CHECK(alike(text("a"), "a", "b") == Tri::yes);
  CHECK(alike(text("A"), "a") == Tri::unknown);
  CHECK(alike(text("a "), "a") == Tri::unknown);
  CHECK(alike(text("x"), "a", "b") == Tri::no);
  CHECK(alike(text("\u00e9"), "e") == Tri::unknown);
  CHECK(alike(text("a-b"), "ab") == Tri::unknown);
}

TEST_CASE("documents are asked as jsonb is; what is spelled otherwise there is unknown") {
  CHECK(is(json_typeof(json("{}")) == "object"));
  CHECK(is(json_typeof(json("1.5")) == "number"));
  CHECK(is(json_typeof(json_get(json(R"({"a": [1, null]})"), "a")) == "array"));
  CHECK(is(is_null(json_get(json("{}"), "a"))));
  CHECK(is(is_null(json_get(json("[1]"), "a"))));
  CHECK(is(json_typeof(json_get(json("[1, null]"), 1)) == "null"));
  CHECK(is_null(json_get(json(R"({"a": 1, "a": 2})"), "a")) == Tri::unknown);
  CHECK(is(json_text(json(R"("x\n")")) == "x\n"));
  CHECK(is(is_null(json_text(json("null")))));
  CHECK((json_text(json("1.0")) == "1.0") == Tri::unknown);
  CHECK(is(json_array_length(json("[1, [2, 3]]")) == 2));
  CHECK((json_array_length(json("{}")) == 0) == Tri::unknown);
  CHECK(json_has_key(json(R"({"a": 1})"), "a") == Tri::yes);
  CHECK(json_has_key(json(R"(["a"])"), "a") == Tri::yes);
  CHECK(json_has_key(json(R"({"b": {"a": 1}})"), "a") == Tri::no);
  CHECK(json_valid(text("{\"a\": 1}")) == Tri::yes);
  CHECK(json_valid(Nullable<Text>::null()) == Tri::null);
}

TEST_CASE("arrays are searched with SQL's nulls") {
  CHECK(is(cardinality(array("[]")) == 0));
  CHECK(is(is_null(array_length(array("[]"), 1))));
  CHECK(is(array_length(array("[1, 2]"), 1) == 2));
  CHECK(in_array(2, array("[1, 2]")) == Tri::yes);
  CHECK(in_array(3, array("[1, null]")) == Tri::null);
  CHECK(in_array(3, array("[]")) == Tri::no);
  CHECK(is(array_position(array(R"(["a", "b"])"), "b") == 2));
  CHECK(is(array_position(array("[1, null]"), nullptr) == 2));
  CHECK(array_has_all(array(R"(["a", "b"])"), "a", "b") == Tri::yes);
  CHECK(array_has_any(array(R"(["a", null])"), "b") == Tri::no);
  CHECK(array_has_only(array(R"(["a", "b"])"), "a", "b", "c") == Tri::yes);
  CHECK(array_has_only(array(R"(["a", null])"), "a") == Tri::no);
  CHECK(is_null(cardinality(array("[[1]]"))) == Tri::unknown);
}

}  // namespace
