#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include <sqlxc/graphql_http/prepare.h>

namespace sqlxc::graphql_http {
namespace {

constexpr std::string_view kSdl = R"(
scalar BigInt
enum Order { ASC DESC }
input Where { name: String, age: BigInt, or: [Where!] }
type User { id: BigInt name: String }
type Query {
  user(id: BigInt): User
  users(where: Where, limit: Int, order: Order): [User!]!
}
)";

class Plans {
 public:
  /// Whether there was a plan; if not, one is kept with places for the leaves of these numbers.
  bool ask(const std::string& query, const std::string& variables,
           const std::vector<std::size_t>& places = {}, std::size_t bytes = 100) {
    Parameters parameters;
    parameters.query = query;
    parameters.variables = variables;
    auto prepared = preparer_.recall(parameters);
    REQUIRE(prepared.has_value());
    // A copy's leaves would be those of the original.
    last_ = *std::move(prepared);
    leaves_ = last_.leaves.size();
    if (last_.plan != nullptr) return true;
    is_worth_keeping_ = last_.is_worth_keeping;
    if (!is_worth_keeping_) return false;
    graphql::Plan plan{.compiled = nullptr, .has_place = {}, .bytes = bytes};
    plan.has_place.resize(leaves_ + 1);
    for (const std::size_t place : places) plan.has_place[place] = true;
    last_.plan = std::make_shared<const graphql::Plan>(std::move(plan));
    preparer_.keep(last_);
    return false;
  }
  std::size_t leaves() const { return leaves_; }
  bool is_worth_keeping() const { return is_worth_keeping_; }
  const Prepared& last() const { return last_; }

 private:
  Shared shared_{kSdl, {}};
  Preparer preparer_{shared_};
  std::size_t leaves_ = 0;
  bool is_worth_keeping_ = true;
  Prepared last_;
};

const std::string kUser = "query($id: BigInt) { user(id: $id) { name } }";
const std::string kUsers =
    "query($where: Where, $limit: Int) { users(where: $where, limit: $limit) { name } }";

TEST_CASE("a plan serves other values where it has places, and no others") {
  Plans plans;
  CHECK_FALSE(plans.ask(kUser, R"({"id":1})", {1}));
  CHECK(plans.ask(kUser, R"({"id":2})"));
  CHECK(plans.last().leaves.at(0)->text == "2");
  // Null and absent are no values that a place could have.
  CHECK_FALSE(plans.ask(kUser, R"({"id":null})"));
  CHECK_FALSE(plans.ask(kUser, ""));
  CHECK(plans.ask(kUser, R"({"id":null})"));
  CHECK(plans.ask(kUser, "{}"));
  CHECK(plans.ask(kUser, R"({"id":3,"more":1})"));
}

TEST_CASE("what an input says besides its places makes another plan") {
  Plans plans;
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"age":1},"limit":5})", {1}));
  CHECK(plans.leaves() == 2);
  CHECK(plans.ask(kUsers, R"({"where":{"age":2},"limit":5})"));
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"age":2},"limit":6})", {1}));
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"age":2}})", {1}));
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"name":"a"},"limit":5})", {1}));
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"or":[{"age":2}]},"limit":5})", {1}));
  CHECK_FALSE(plans.ask(kUsers, R"({"where":{"or":[{"age":2},{"age":3}]},"limit":5})", {1, 2}));
  CHECK(plans.ask(kUsers, R"({"where":{"or":[{"age":7},{"age":8}]},"limit":5})"));
  CHECK(plans.ask(kUsers, R"({"where":{"age":9},"limit":6})"));
}

TEST_CASE("a document keeps few plans, and stops where they are made in vain") {
  Plans plans;
  for (int limit = 0; limit < 40; ++limit) {
    plans.ask(kUsers, "{\"limit\":" + std::to_string(limit) + "}");
    CHECK(plans.is_worth_keeping() == (limit < 8));
  }
  CHECK(plans.ask(kUsers, R"({"limit":7})"));
  CHECK_FALSE(plans.ask(kUsers, R"({"limit":30})"));
}

TEST_CASE("large plans push out the documents that were not asked for longest") {
  Plans plans;
  constexpr std::size_t kLarge = 2 * 1024 * 1024;
  const auto document = [](int i) { return "{ u" + std::to_string(i) + ": user { name } }"; };
  for (int i = 0; i < 12; ++i) CHECK_FALSE(plans.ask(document(i), "", {}, kLarge));
  CHECK(plans.ask(document(11), ""));
  CHECK_FALSE(plans.ask(document(0), "", {}, 100));
  // One that is larger than that is not kept at all.
  CHECK_FALSE(plans.ask("{ user { id } }", "", {}, kLarge + 1));
  CHECK_FALSE(plans.ask("{ user { id } }", ""));
}

}  // namespace
}  // namespace sqlxc::graphql_http
