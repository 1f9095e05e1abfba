#include <sqlxc/db/object_functions.h>

#include <catch2/catch.hpp>

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <sqlxc/db/connection.h>
#include <sqlxc/db/encode.h>

namespace sqlxc::db {
namespace {

using value::Field;
using value::Type;
using value::Value;

TEST_CASE("an embedded value has the form of the top level, whatever its type and storage") {
  auto connection = Connection::open({.path = ":memory:"});
  REQUIRE(connection.has_value());
  const std::vector<Value> values = {Value::null(),
                                     Value::of_integer(0),
                                     Value::of_integer(1),
                                     Value::of_integer(INT64_MAX),
                                     Value::of_real(0.1),
                                     Value::of_real(12.5),
                                     Value::of_real(1e300),
                                     Value::of_real(std::numeric_limits<double>::infinity()),
                                     Value::of_text(""),
                                     Value::of_text("a \"quoted\" \\ \n text"),
                                     Value::of_text("12345678901234567890.50"),
                                     Value::of_text("2026-01-02 03:04:05.5"),
                                     Value::of_text("[1,null]"),
                                     Value::of_bytes(std::string("\0\xFF", 2))};
  for (int type = 0; type <= static_cast<int>(Type::other); ++type) {
    Field field;
    field.type = static_cast<Type>(type);
    field.precision = 10;
    field.scale = 2;
    std::string shape;
    append_member(shape, "x \"y\"", &field);
    for (const Value& value : values) {
      const std::vector<Value> binds = {Value::of_text(shape), value};
      auto cursor = (*connection)->query("SELECT sqlxc_object(?1, ?2), ?2", binds);
      REQUIRE(cursor.has_value());
      REQUIRE(cursor->next());
      std::string expected = "{\"x \\\"y\\\"\":";
      append_json(expected, field, *cursor, 1);
      INFO("type " << type);
      CHECK(cursor->text(0) == expected + "}");
    }
  }
}

TEST_CASE("rows are gathered in their order, and none are an empty array") {
  auto connection = Connection::open({.path = ":memory:"});
  REQUIRE(connection.has_value());
  const auto first = [&](std::string_view sql) {
    auto cursor = (*connection)->query(sql);
    REQUIRE(cursor.has_value());
    REQUIRE(cursor->next());
    return std::string(cursor->text(0));
  };
  CHECK(first("SELECT sqlxc_array(x) FROM (SELECT 1 AS x WHERE false)") == "[]");
  CHECK(first("SELECT sqlxc_array(column1) FROM (VALUES (3), (1), (2))") == "[3,1,2]");
  CHECK(first("SELECT sqlxc_array(x) FROM (SELECT column1 AS x FROM (VALUES (3), (1), (2)) "
              "ORDER BY 1 DESC LIMIT 2)") == "[3,2]");
}

}  // namespace
}  // namespace sqlxc::db
