#include <sqlxc/rest/plan_cache.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "blog_model.h"

namespace sqlxc::rest {
namespace {

using value::Kind;

PlanRequest request_of(std::string_view entity, std::string_view text) {
  PlanRequest request;
  request.route.entity = static_cast<query::EntityIndex>(blog::kModel.find_entity(entity));
  request.text = text;
  request.dialect = query::Dialect::postgres;
  return request;
}

std::vector<value::Value> binds_of(const std::shared_ptr<ReadPlan>& plan) {
  return plan->select.statement.binds;
}

// What a plan has that was made for this text alone.
void check_as_alone(PlanCache& cache, std::string_view entity, std::string_view text,
                    Preferences::Count count = Preferences::Count::none) {
  INFO(text);
  PlanRequest request = request_of(entity, text);
  request.count = count;
  const auto alone = plan_read(blog::kModel, request);
  const auto kept = cache.find_or_make(request);
  REQUIRE(alone.has_value() == kept.has_value());
  if (!alone) {
    CHECK(alone.error().message == kept.error().message);
    return;
  }
  const ReadPlan& plan = **kept;
  CHECK(plan.select.statement.sql == alone->select.statement.sql);
  CHECK(plan.select.statement.binds == alone->select.statement.binds);
  REQUIRE(plan.count.has_value() == alone->count.has_value());
  if (plan.count) {
    CHECK(plan.count->sql == alone->count->sql);
    CHECK(plan.count->binds == alone->count->binds);
  }
  CHECK(plan.estimate.has_value() == alone->estimate.has_value());
  if (plan.estimate) CHECK(plan.estimate->binds == alone->estimate->binds);
  CHECK(plan.next_query == alone->next_query);
  CHECK(plan.cost == alone->cost);
}

TEST_CASE("requests that differ in numbers share a plan, and each has its own numbers") {
  PlanCache cache(blog::kModel);
  const ReadPlan* first = nullptr;
  {
    const auto plan =
        *cache.find_or_make(request_of("comments", "post_id=eq.7&author_id=gte.7&limit=3"));
    first = plan.get();
    CHECK(binds_of(plan)[0].integer == 7);
  }
  const auto plan =
      *cache.find_or_make(request_of("comments", "post_id=eq.12&author_id=gte.345&limit=3"));
  CHECK(plan.get() == first);
  CHECK(binds_of(plan)[0].integer == 12);
  CHECK(binds_of(plan)[1].integer == 345);
  CHECK(plan->next_query == "post_id=eq.12&author_id=gte.345&limit=3");
  // While one runs, another has a plan of its own.
  const auto other =
      *cache.find_or_make(request_of("comments", "post_id=eq.1&author_id=gte.2&limit=3"));
  CHECK(other.get() != plan.get());
  CHECK(binds_of(plan)[0].integer == 12);
  CHECK(binds_of(other)[0].integer == 1);
}

TEST_CASE("a kept plan is the one that would be made") {
  PlanCache cache(blog::kModel);
  for (const std::string number : {"1", "2", "007", "999999999", "1000000007", "9999999999",
                                   "99999999999999999999", "-5", "1.5", "", "x"}) {
    check_as_alone(cache, "comments", "id=eq." + number);
    check_as_alone(cache, "comments", "id=gt." + number + "&id=lt." + number + "&order=id.desc");
    check_as_alone(cache, "comments", "post_id=eq." + number + "&limit=10&order=id",
                   Preferences::Count::exact);
    check_as_alone(cache, "comments", "post_id=neq." + number, Preferences::Count::estimated);
    check_as_alone(cache, "comments", "after=" + number + "&limit=10&order=id");
    check_as_alone(cache, "comments", "after=" + number + "&id=eq.1000000007&limit=10&order=id");
    check_as_alone(cache, "comments", "limit=eq." + number);
    check_as_alone(cache, "comments", "and=eq." + number);
    check_as_alone(cache, "comments", "select=eq." + number);
    check_as_alone(cache, "comments", "body=eq." + number);
    check_as_alone(cache, "comments", "unknown=eq." + number);
    check_as_alone(cache, "users", "name=eq." + number + "&id=eq." + number);
    check_as_alone(cache, "comments", "&id=eq." + number + "&&id=eq.3");
    check_as_alone(cache, "comments", "id=eq." + number + "&id=neq.\x01");
    check_as_alone(cache, "posts", "select=*,comments(id)&comments.id=eq.4&id=lte." + number);
  }
}

}  // namespace
}  // namespace sqlxc::rest
