#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/rest/plan.h>

// The plans that one loop keeps, a newer one in the place of an older. Requests that differ only in
// numbers, as `user_id=eq.7` and `after=1200` do from page to page, share one plan: it is made with
// numbers that nobody sends, and where these turn up among the binds those of a request go.
namespace sqlxc::rest {

class PlanCache {
 public:
  /// The model outlives the cache.
  explicit PlanCache(const query::Model& model);

  /// The plan of the request, which is the caller's alone while it holds it.
  std::expected<std::shared_ptr<ReadPlan>, http::Problem> find_or_make(const PlanRequest& request);

 private:
  // Where a number of the query string goes.
  struct Hole {
    std::size_t select = 0;
    std::optional<std::size_t> count;
    std::optional<std::size_t> estimate;
  };
  struct Slot {
    std::string text;  // the query string, its numbers left out where they are holes
    std::vector<Hole> holes;
    // All of them alike but for their numbers, so that many requests run at once. None: plans of
    // this text cannot be shared.
    std::vector<std::shared_ptr<ReadPlan>> plans;
    std::size_t next = 0;
    // What else they were made of.
    Route route;
    Preferences::Count count = Preferences::Count::none;
    bool as_text = false;

    bool is_of(const PlanRequest& request, std::string_view its_text) const;
  };

  Slot& slot_of(const PlanRequest& request, std::string_view text);
  void make_shared(const PlanRequest& request, Slot& slot);
  static std::shared_ptr<ReadPlan> fill(const PlanRequest& request, Slot& slot,
                                        const std::vector<std::int64_t>& numbers);

  const query::Model& model_;
  std::vector<Slot> slots_;
  // Of the request at hand.
  std::string shape_;
  std::vector<std::int64_t> numbers_;
};

}  // namespace sqlxc::rest
