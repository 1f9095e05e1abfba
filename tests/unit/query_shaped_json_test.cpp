#include <sqlxc/query/shaped_json.h>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sqlxc::query {
namespace {

Column make_column(std::string key, std::vector<Column> shape = {}) {
  Column column;
  column.key = std::move(key);
  column.shape = std::move(shape);
  return column;
}

Column make_spread(std::vector<Column> shape) {
  Column column = make_column({}, std::move(shape));
  column.is_spread = true;
  return column;
}

std::string shaped(const Column& column, std::optional<std::string_view> json) {
  std::string out;
  append_shaped(out, column, json);
  return out;
}

TEST_CASE("members get their keys by their place, whatever stands in their values") {
  const Column column = make_column(",\"p\":", {make_column("{\"a\":"), make_column(",\"b\":")});
  CHECK(shaped(column, R"([{"f1":1,"f2":"x\"},{\\"}, )"
                       "\n"
                       R"( {"f1":{"f1": [1, {}]},"f2":null}])") ==
        R"(,"p":[{"a":1,"b":"x\"},{\\"},{"a":{"f1": [1, {}]},"b":null}])");
  CHECK(shaped(column, R"({"f1":-1.5e3,"f2":true})") == R"(,"p":{"a":-1.5e3,"b":true})");
  CHECK(shaped(column, "[]") == ",\"p\":[]");
  CHECK(shaped(column, std::nullopt) == ",\"p\":null");
}

TEST_CASE("shapes nest, and JSON without one is copied as it stands") {
  const Column inner = make_column(",\"in\":", {make_column("{\"x\":")});
  const Column column = make_column("{\"out\":", {make_column("{\"id\":"), inner});
  CHECK(shaped(column, R"([{"f1":1,"f2":[{"f1":2}, {"f1":3}]},{"f1":4,"f2":null}])") ==
        R"({"out":[{"id":1,"in":[{"x":2},{"x":3}]},{"id":4,"in":null}])");
  CHECK(shaped(make_column("{\"j\":"), R"({ "k" : [1 , 2] })") == R"({"j":{ "k" : [1 , 2] })");
}

TEST_CASE("a spread of many rows is an array a member") {
  const Column column = make_spread({make_column(",\"a\":"), make_column(",\"b\":")});
  CHECK(shaped(column, R"([{"f1":1,"f2":"x"},{"f1":null,"f2":"y"}])") ==
        R"(,"a":[1,null],"b":["x","y"])");
  CHECK(shaped(column, "[]") == R"(,"a":[],"b":[])");
  CHECK(shaped(column, std::nullopt) == R"(,"a":[],"b":[])");
}

TEST_CASE("a spread within a spread is an array of arrays") {
  const Column inner = make_spread({make_column(",\"b\":"), make_column(",\"c\":")});
  const Column column = make_spread({make_column(",\"a\":"), inner});
  CHECK(shaped(column, R"([{"f1":1,"f2":[{"f1":2,"f2":3},{"f1":4,"f2":5}]},{"f1":6,"f2":[]}])") ==
        R"(,"a":[1,6],"b":[[2,4],[]],"c":[[3,5],[]])");
}

TEST_CASE("a spread within embedded rows stands in their objects") {
  const Column spread = make_spread({make_column(",\"b\":")});
  const Column column = make_column("{\"rows\":", {make_column("{\"a\":"), spread});
  CHECK(shaped(column, R"([{"f1":1,"f2":[{"f1":2}]}, {"f1":3,"f2":[]}])") ==
        R"({"rows":[{"a":1,"b":[2]},{"a":3,"b":[]}])");
}

TEST_CASE("reals and bytes of arrays have the form that they have outside of a row") {
  const auto with_type = [](Type type, Type element) {
    Column column = make_column("{\"v\":");
    column.cast.type = type;
    column.cast.element = element;
    return make_column("{\"r\":", {column});
  };
  CHECK(shaped(with_type(Type::float64, {}), R"({"f1":1000000})") == R"({"r":{"v":1e+06})");
  CHECK(shaped(with_type(Type::float64, {}), R"({"f1":"NaN"})") == R"({"r":{"v":"NaN"})");
  CHECK(shaped(with_type(Type::float32, {}), R"({"f1":0.0001})") == R"({"r":{"v":1e-04})");
  CHECK(shaped(with_type(Type::array, Type::float64), R"({"f1":[[1000000,null],[0.5,2]]})") ==
        R"({"r":{"v":[[1e+06,null],[0.5,2]]})");
  CHECK(shaped(with_type(Type::array, Type::bytes), R"({"f1":["\\x6869",null]})") ==
        R"({"r":{"v":["aGk=",null]})");
  CHECK(shaped(with_type(Type::array, Type::text), R"({"f1":["\\x6869", "b"]})") ==
        R"({"r":{"v":["\\x6869", "b"]})");
}

}  // namespace
}  // namespace sqlxc::query
