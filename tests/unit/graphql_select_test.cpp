#include <catch2/catch.hpp>
#include <string>

#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/select.h>

namespace sqlxc::graphql {
namespace {

constexpr std::string_view kSdl = R"(
interface Node { id: ID! }
enum Order { ASC DESC }
scalar JSON
scalar BigInt
input Where { name: String, age: BigInt, and: [Where!], order: Order = ASC }
type User implements Node { id: ID! name: String posts(first: Int = 10): [Post!]! best: Post }
type Post implements Node { id: ID! title: String author: User! }
type Tag implements Node { id: ID! label: String }
type Query {
  node(id: ID!): Node
  users(where: Where, limit: Int, orderBy: [Order!]): [User!]!
  echo(json: JSON, one: Int!, list: [Int!]): Int
}
)";

const Schema& schema() {
  static const Schema kSchema = build_schema(kSdl).value();
  return kSchema;
}

// `key:name({...})[User,Post]{...}`
std::string show(const std::vector<Selected>& fields) {
  std::string out;
  for (const Selected& field : fields) {
    if (!out.empty()) out += ' ';
    out += field.key;
    if (field.key != field.field->name) out.append(":").append(field.field->name);
    if (!field.arguments.items.empty()) {
      std::string arguments;
      append_json(arguments, field.arguments);
      out += "(" + arguments + ")";
    }
    if (field.error) out += "!" + field.error->message;
    for (const Branch& branch : field.branches) {
      out += '[';
      for (const TypeId& type : branch.types)
        out.append(&type == branch.types.data() ? "" : ",").append(schema().type(type).name);
      out += "]{" + show(branch.fields) + "}";
    }
  }
  return out;
}

std::string run(std::string_view text, std::string_view variables = "", const Limits& limits = {}) {
  const auto document = parse(text);
  if (!document) return document.error().message;
  const auto operation = find_operation(*document, std::nullopt);
  if (!operation) return operation.error().message;
  const auto values = coerce_variables(schema(), *document, **operation, variables);
  if (!values) return values.error().front().message;
  const auto selected = select(schema(), *document, **operation, *values, limits);
  return selected ? show(selected->fields) : selected.error().front().message;
}

TEST_CASE("fields of one response key are merged, fragments are spread in their order") {
  CHECK(run("{ users { id } ...F users { posts { id } } } fragment F on Query { users { name, "
            "posts { title } } }") ==
        R"(users[User]{id name posts({"first":10})[Post]{title id}})");
}

TEST_CASE("of an interface there is a branch for each set of fields") {
  CHECK(run("{ node(id: 7) { id ... on User { name } } }") ==
        R"(node({"id":"7"})[User]{id name}[Post,Tag]{id})");
  CHECK(run("{ node(id: 7) { ... on Node { ... on Tag { label } } } }") ==
        R"(node({"id":"7"})[User,Post]{}[Tag]{label})");
}

TEST_CASE("@skip and @include are decided by their variables") {
  constexpr std::string_view kText =
      "query ($a: Boolean!, $b: Boolean = false) { users { id @skip(if: $a) name @include(if: $b) "
      "... @include(if: $a) { best { id } } } }";
  CHECK(run(kText, R"({"a": true})") == "users[User]{best[Post]{id}}");
  CHECK(run(kText, R"({"a": false, "b": true})") == "users[User]{id name}");
}

TEST_CASE("arguments are coerced: defaults, lists of one, absent variables, digits kept") {
  CHECK(
      run("query ($n: String) { users(where: {name: $n, and: {age: 12345678901234567890}}) { "
          "id } }") ==
      R"(users!Argument "where" has invalid value { name: $n, and: { age: 12345678901234567890 } }.[User]{id})");
  CHECK(
      run("query ($n: String) { users(where: {name: $n, and: {age: 9007199254740993}}) { id } }") ==
      R"(users({"where":{"and":[{"age":9007199254740993,"order":"ASC"}],"order":"ASC"}})[User]{id})");
  CHECK(run("query ($w: Where, $o: [Order!]) { users(where: $w, orderBy: $o) { id } }",
            R"({"w": {"age": "5", "name": null}, "o": "DESC"})") ==
        R"(users({"where":{"age":"5","name":null,"order":"ASC"},"orderBy":["DESC"]})[User]{id})");
  CHECK(run("query ($j: JSON) { echo(json: {a: [1.50, $j]}, one: 1) }", R"({"j": {"b": 1e400}})") ==
        R"(echo({"json":{"a":[1.50,{"b":1e400}]},"one":1}))");
  CHECK(run("query ($l: [Int!]) { echo(one: 1, list: $l) }", R"({"l": 1.0})") ==
        R"(echo({"one":1,"list":[1]}))");
}

TEST_CASE("an argument that cannot be coerced fails its field alone") {
  CHECK(run("query ($one: Int) { echo(one: $one) users { id } }") ==
        "echo!Argument \"one\" of required type \"Int!\" was provided the variable \"$one\" which "
        "was not provided a runtime value. users[User]{id}");
  CHECK(run("query ($one: Int) { echo(one: $one) }", R"({"one": null})") ==
        "echo!Argument \"one\" of non-null type \"Int!\" must not be null.");
}

TEST_CASE("what a variable may not be is said in graphql-js's words") {
  const auto message = [](std::string_view type, std::string_view value) {
    const std::string text = "query ($v: " + std::string(type) + ") { users { id } }";
    return run(text, R"({"v": )" + std::string(value) + "}");
  };
  CHECK(run("query ($v: Int!) { users { id } }") ==
        "Variable \"$v\" of required type \"Int!\" was not provided.");
  CHECK(message("Int!", "null") == "Variable \"$v\" of non-null type \"Int!\" must not be null.");
  CHECK(message("Int", "\"1\"") ==
        "Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\"");
  CHECK(message("Int", "3000000000") ==
        "Variable \"$v\" got invalid value 3000000000; Int cannot represent non 32-bit signed "
        "integer value: 3000000000");
  CHECK(message("[[Int!]!]", "[[1], [null]]") ==
        "Variable \"$v\" got invalid value null at \"v[1][0]\"; Expected non-nullable type "
        "\"Int!\" not to be null.");
  CHECK(message("Where", "{\"and\": [{\"nme\": \"x\"}]}") ==
        "Variable \"$v\" got invalid value { nme: \"x\" } at \"v.and[0]\"; Field \"nme\" is not "
        "defined by type \"Where\". Did you mean \"name\" or \"age\"?");
  CHECK(message("Where", "7") ==
        "Variable \"$v\" got invalid value 7; Expected type \"Where\" to be an object.");
  CHECK(message("Order", "\"ASK\"") ==
        "Variable \"$v\" got invalid value \"ASK\"; Value \"ASK\" does not exist in \"Order\" "
        "enum. Did you mean the enum value \"ASC\"?");
  CHECK(message("User", "{}") ==
        "Variable \"$v\" expected value of type \"User\" which cannot be used as an input type.");
  CHECK(message("Int", "{\"a\": 1, \"a\": 2}") ==
        "The variables have the key \"a\" twice in one object.");
}

TEST_CASE("an operation is found by its name") {
  CHECK(run("query A { users { id } } query B { users { id } }") ==
        "Must provide operation name if query contains multiple operations.");
  const auto document = parse("query A { users { id } } query B { users { id } }").value();
  CHECK(find_operation(document, "B").value()->name == "B");
  CHECK(find_operation(document, "C").error().message == "Unknown operation named \"C\".");
}

TEST_CASE("what an operation may ask for is bounded before it is carried out") {
  std::string deep = "{ users { id } }";
  for (int i = 0; i < 12; ++i) deep.insert(deep.find("id }"), "best { author { "), deep += " } }";
  CHECK(run(deep) == "The operation nests fields more than 20 levels.");
  CHECK(run("{ users(limit: 1000) { posts(first: 1000) { author { posts(first: 100) { id } } } } "
            "}") == "The operation costs 102001001, more than 1000000.");
  // Twenty fragments, each spreading the next twice: a million fields.
  std::string bomb = "{ users { ...F0 } }";
  for (int i = 0; i < 20; ++i) {
    const std::string next = i == 19 ? "id" : "...F" + std::to_string(i + 1);
    bomb += " fragment F" + std::to_string(i) + " on User { a: best { author { " + next +
            " } } b: best { author { " + next + " } } }";
  }
  CHECK(run(bomb, "", {.max_depth = 100}) == "The operation selects more than 5000 fields.");
}

}  // namespace
}  // namespace sqlxc::graphql
