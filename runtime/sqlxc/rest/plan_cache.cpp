#include <sqlxc/rest/plan_cache.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

#include <sqlxc/core/text.h>

namespace sqlxc::rest {
namespace {

using value::Kind;
using value::Value;

constexpr std::size_t kSlots = 256;
constexpr std::size_t kMaxText = 2048;
// Requests of one shape that run at once and have plans that are kept.
constexpr std::size_t kKept = 32;
// Stands for a number in a shape. A query string that contains it has no shape.
constexpr char kHole = '\x01';
// What a plan is made with. It has more digits than a number that may be a hole, and fits 32 bits.
constexpr std::int64_t kStandIn = 1'000'000'007;
constexpr std::size_t kMaxDigits = 9;

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_digit(c) || c == '_' || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
  });
}

// The length of what stands before the number in `7` of `after`, in `eq.7` of a column; nothing if
// the value is another one.
std::optional<std::size_t> number_start(std::string_view name, std::string_view value) {
  std::size_t start = 0;
  if (name != "after") {
    for (const std::string_view comparison : {"eq.", "gt.", "lt.", "gte.", "lte.", "neq."}) {
      if (value.starts_with(comparison)) start = comparison.size();
    }
    if (start == 0 || !is_plain_name(name)) return std::nullopt;
  }
  const std::string_view digits = value.substr(start);
  const bool is_number = !digits.empty() && digits.size() <= kMaxDigits &&
                         std::ranges::all_of(digits, [](char c) { return is_digit(c); });
  return is_number ? std::optional(start) : std::nullopt;
}

// The query string with holes for numbers.
void find_shape(std::string_view text, std::string& shape, std::vector<std::int64_t>& numbers) {
  shape.clear();
  numbers.clear();
  while (!text.empty()) {
    const std::string_view pair = split_off(text, '&');
    const std::size_t equals = pair.find('=');
    std::optional<std::size_t> start;
    if (equals != pair.npos) {
      start = number_start(pair.substr(0, equals), pair.substr(equals + 1));
    }
    if (!shape.empty()) shape += '&';
    if (!start) {
      shape += pair;
      continue;
    }
    const std::size_t digits = equals + 1 + *start;
    shape += pair.substr(0, digits);
    shape += kHole;
    numbers.push_back(parse_number<std::int64_t>(pair.substr(digits)).value_or(0));
  }
}

std::string with_stand_ins(std::string_view shape) {
  std::string text;
  std::int64_t number = kStandIn;
  for (const char c : shape) {
    if (c == kHole) {
      append_number(text, number++);
    } else {
      text += c;
    }
  }
  return text;
}

// Where the stand-in is: at one place, at none (`*times` is 0), or at several.
std::size_t find_stand_in(const std::vector<Value>& binds, std::int64_t number, int* times) {
  std::size_t found = 0;
  *times = 0;
  for (std::size_t i = 0; i < binds.size(); ++i) {
    if (binds[i].kind != Kind::integer || binds[i].integer != number) continue;
    found = i;
    ++*times;
  }
  return found;
}

// False if the number is at several places.
bool find_in(const std::optional<query::Statement>& statement, std::int64_t number,
             std::optional<std::size_t>& place) {
  if (!statement) return true;
  int times = 0;
  const std::size_t found = find_stand_in(statement->binds, number, &times);
  if (times == 1) place = found;
  return times <= 1;
}

}  // namespace

PlanCache::PlanCache(const query::Model& model) : model_(model), slots_(kSlots) {}

bool PlanCache::Slot::is_of(const PlanRequest& request, std::string_view its_text) const {
  return route == request.route && count == request.count && as_text == request.as_text &&
         text == its_text;
}

PlanCache::Slot& PlanCache::slot_of(const PlanRequest& request, std::string_view text) {
  const Route& route = request.route;
  std::size_t hash = std::hash<std::string_view>()(text);
  hash ^= (static_cast<std::size_t>(route.entity) << 20U) ^
          (static_cast<std::size_t>(route.relation + 1) << 8U) ^ (route.has_key ? 8U : 0U) ^
          (route.is_search ? 16U : 0U) ^ static_cast<std::size_t>(request.count);
  hash *= 0x9E3779B97F4A7C15U;
  return slots_[(hash >> 40U) % kSlots];
}

// A shape that cannot be planned with stand-ins, or where they do not all turn up, has no plans.
void PlanCache::make_shared(const PlanRequest& request, Slot& slot) {
  slot = {.text = shape_,
          .holes = {},
          .plans = {},
          .route = request.route,
          .count = request.count,
          .as_text = request.as_text};
  const std::string text = with_stand_ins(shape_);
  PlanRequest asked = request;
  asked.text = text;
  auto made = plan_read(model_, asked);
  if (!made) return;
  std::vector<Hole> holes;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    const std::int64_t number = kStandIn + static_cast<std::int64_t>(i);
    Hole& hole = holes.emplace_back();
    int times = 0;
    hole.select = find_stand_in(made->select.statement.binds, number, &times);
    const bool is_found = times == 1 && find_in(made->count, number, hole.count) &&
                          find_in(made->estimate, number, hole.estimate);
    if (!is_found) return;
  }
  slot.holes = std::move(holes);
  slot.plans.push_back(std::make_shared<ReadPlan>(std::move(*made)));
}

std::shared_ptr<ReadPlan> PlanCache::fill(const PlanRequest& request, Slot& slot,
                                          const std::vector<std::int64_t>& numbers) {
  std::shared_ptr<ReadPlan> plan;
  for (std::size_t i = 0; i < slot.plans.size() && plan == nullptr; ++i) {
    slot.next = (slot.next + 1) % slot.plans.size();
    if (slot.plans[slot.next].use_count() == 1) plan = slot.plans[slot.next];
  }
  if (plan == nullptr) {
    plan = std::make_shared<ReadPlan>(*slot.plans.front());
    if (slot.plans.size() < kKept) slot.plans.push_back(plan);
  }
  // The last to let go of it may have been a thread of a pool.
  std::atomic_thread_fence(std::memory_order_acquire);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Hole& hole = slot.holes[i];
    plan->select.statement.binds[hole.select].integer = numbers[i];
    if (hole.count) plan->count->binds[*hole.count].integer = numbers[i];
    if (hole.estimate) plan->estimate->binds[*hole.estimate].integer = numbers[i];
  }
  if (!plan->cursor.empty()) plan->next_query = without_page_start(request.text);
  return plan;
}

std::expected<std::shared_ptr<ReadPlan>, http::Problem> PlanCache::find_or_make(
    const PlanRequest& request) {
  const bool is_kept = request.text.size() <= kMaxText && !request.range &&
                       request.text.find(kHole) == request.text.npos;
  if (is_kept) {
    find_shape(request.text, shape_, numbers_);
    if (!numbers_.empty()) {
      Slot& slot = slot_of(request, shape_);
      if (!slot.is_of(request, shape_)) make_shared(request, slot);
      if (!slot.plans.empty()) return fill(request, slot, numbers_);
    }
    Slot& slot = slot_of(request, request.text);
    if (!slot.plans.empty() && slot.is_of(request, request.text)) return slot.plans.front();
  }
  auto made = plan_read(model_, request);
  if (!made) return std::unexpected(std::move(made.error()));
  auto plan = std::make_shared<ReadPlan>(std::move(*made));
  if (is_kept) {
    slot_of(request, request.text) = {.text = std::string(request.text),
                                      .holes = {},
                                      .plans = {plan},
                                      .route = request.route,
                                      .count = request.count,
                                      .as_text = request.as_text};
  }
  return plan;
}

}  // namespace sqlxc::rest
