#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sqlxc/core/check.h>
#include <sqlxc/graphql/introspect.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql/validate.h>

// Any bytes as a GraphQL document: parsed, validated, and carried through to its selections where
// it is sound. Up to the first zero byte it is the document, after it the variables. The same bytes
// as an SDL text, too.
namespace {

constexpr std::string_view kSdl = R"(
interface Node { id: ID! }
union Hit = User | Post
enum Order { ASC DESC @deprecated }
scalar BigInt
scalar JSON
input Where { name: String age: BigInt and: [Where!] order: [Order!] = [ASC] }
input One @oneOf { id: ID name: String }
type User implements Node { id: ID! name(upper: Boolean = false): String posts(first: Int = 3): [Post!]! }
type Post implements Node { id: ID! title: String author: User! hits: [Hit!] }
type Query {
  node(id: ID!): Node
  users(where: Where, limit: Int, one: One): [User!]!
  hit: Hit
  echo(json: JSON, list: [[Int!]!]): Int @deprecated(reason: "x")
}
type Mutation { rename(id: ID!, name: String = "x"): User }
type Subscription { renamed: User posts: Post }
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlxc::graphql;
  static const Schema kSchema = build_schema(kSdl).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(build_schema(bytes));
  const std::size_t zero = bytes.find('\0');
  const std::string_view text = bytes.substr(0, zero);
  const std::string_view json = zero == bytes.npos ? "" : bytes.substr(zero + 1);
  const auto document = parse(text);
  if (!document) {
    SQLXC_CHECK(document.error().message.starts_with("Syntax Error: "));
    return 0;
  }
  if (!validate(kSchema, *document).empty()) return 0;
  for (const ast::Operation& operation : document->operations) {
    const auto variables = coerce_variables(kSchema, *document, operation, json);
    if (!variables) continue;
    const auto selected = select(kSchema, *document, operation, *variables);
    if (!selected) continue;
    for (const Selected& field : selected->fields) {
      if (is_introspection(field) && !field.error)
        static_cast<void>(introspect(kSchema, selected->root, field));
    }
  }
  return 0;
}
