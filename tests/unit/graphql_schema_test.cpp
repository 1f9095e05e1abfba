#include <catch2/catch.hpp>
#include <string>

#include <sqlxc/graphql/schema.h>

namespace sqlxc::graphql {
namespace {

constexpr std::string_view kSdl = R"(
"A person."
type User implements Node {
  id: ID!
  name(upper: Boolean = false): String
  posts(first: Int): [Post!]! @deprecated(reason: "use postsConnection")
}
type Post implements Node { id: ID! author: User }
interface Node { id: ID! }
union Hit = Post | User
enum Order { ASC DESC @deprecated }
input Where @oneOf { id: ID name: [String!] = ["x"] }
scalar Color @specifiedBy(url: "https://colors.example")
type Query { node(id: ID!): Node users(where: Where): [[User!]]! }
extend type Query { hits: [Hit] }
)";

TEST_CASE("a type system has what its text says, by name") {
  const auto schema = build_schema(kSdl);
  REQUIRE(schema.has_value());
  const TypeId user = schema->find_type("User").value();
  const TypeId node = schema->find_type("Node").value();
  CHECK(schema->type(user).description == "A person.");
  CHECK(schema->print(schema->find_field(user, "posts")->type) == "[Post!]!");
  CHECK(schema->find_field(user, "posts")->deprecation == "use postsConnection");
  CHECK(schema->find_field(user, "__typename") != nullptr);
  CHECK(schema->find_field(user, "__schema") == nullptr);
  const TypeId query = schema->root(ast::OperationKind::query).value();
  CHECK(schema->find_field(query, "__schema") != nullptr);
  CHECK(schema->find_field(query, "hits") != nullptr);
  CHECK(schema->print(schema->find_field(query, "users")->type) == "[[User!]]!");
  CHECK(schema->find_field(query, "users")->type.item().item().is_non_null());
  CHECK(schema->is_possible(node, user));
  CHECK(schema->overlap(node, schema->find_type("Hit").value()));
  CHECK(schema->type(node).possible.size() == 2);
  CHECK(schema->type(schema->find_type("Where").value()).is_one_of);
  CHECK(schema->type(schema->find_type("Color").value()).specified_by == "https://colors.example");
  CHECK(schema->find_value(schema->find_type("Order").value(), "DESC")->deprecation ==
        "No longer supported");
  CHECK(!schema->find_type("__Meta"));
  CHECK(!schema->root(ast::OperationKind::mutation));
}

TEST_CASE("what is wrong with an SDL text is said in graphql-js's words, where it stands") {
  const auto message = [](std::string_view sdl) {
    const auto schema = build_schema(sdl);
    REQUIRE(!schema.has_value());
    const Error& error = schema.error().front();
    std::string text = error.message;
    for (const Location& at : error.locations)
      text += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
    return text;
  };
  CHECK(message("type Query {") == "Syntax Error: Expected Name, found <EOF>. 1:13");
  CHECK(message("\ntype Query { a: Sting }") ==
        "Unknown type \"Sting\". Did you mean \"String\" or \"Int\"? 2:17");
  CHECK(message("type A { a: Int }\ntype A { b: Int }") ==
        "There can be only one type named \"A\". 1:6 2:6");
  CHECK(message("type A { a: Int a: Int }") == "Field \"A.a\" can only be defined once. 1:10 1:17");
  CHECK(message("type A { a: Int @huh }") == "Unknown directive \"@huh\". 1:17");
  CHECK(message("type A @deprecated { a: Int }") ==
        "Directive \"@deprecated\" may not be used on OBJECT. 1:8");
  CHECK(message("extend union A = B") ==
        "Cannot extend type \"A\" because it is not defined. 1:14");
}

}  // namespace
}  // namespace sqlxc::graphql
