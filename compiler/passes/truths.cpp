#include "compiler/passes/truths.h"

#include <algorithm>

namespace sqlxc::passes {
namespace {

using Op = Formula::Op;

constexpr Truths negated(Truths values) {
  return static_cast<Truths>((values & kNull) | ((values & kNo) ? kYes : 0) |
                             ((values & kYes) ? kNo : 0));
}

constexpr Truths both(Truths a, Truths b) {
  Truths out = (a | b) & kNo;
  if ((a & kYes) && (b & kYes)) out |= kYes;
  if (((a & kNull) && (b & kPasses)) || ((b & kNull) && (a & kPasses))) out |= kNull;
  return out;
}

constexpr Truths either(Truths a, Truths b) { return negated(both(negated(a), negated(b))); }

// `x is true` of what may be `values`, where `which` is what it asks for.
constexpr Truths is_one_of(Truths values, Truths which) {
  return static_cast<Truths>(((values & which) ? kYes : 0) | ((values & ~which & kAny) ? kNo : 0));
}

class Search {
 public:
  Search(const Space& space, std::span<const Wish> wishes, std::size_t& budget)
      : space_(space), wishes_(wishes), budget_(budget), domains_(space.variables) {
    for (const Wish& wish : wishes) add_variables(*wish.formula, variables_);
    // What links say of a variable they say by the others.
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      for (const Link& link : space.links) {
        if (link.variables.back() == variables_[i]) {
          variables_.insert(variables_.end(), link.variables.begin(), link.variables.end() - 1);
        }
      }
    }
    std::ranges::sort(variables_);
    const auto repeated = std::ranges::unique(variables_);
    variables_.erase(repeated.begin(), repeated.end());
    is_settled_.resize(space.variables.size(), false);
  }

  bool run() { return is_hopeful() && from(0); }

 private:
  Truths value(const Formula& formula) const {
    switch (formula.op) {
      case Op::constant:
        return formula.values;
      case Op::atom: {
        Truths out = 0;
        const std::vector<bool>& domain = domains_[formula.variable];
        for (std::size_t i = 0; i < domain.size(); ++i) {
          if (domain[i]) out |= formula.by_cell[i];
        }
        return out;
      }
      case Op::both:
        return both(value(formula.parts[0]), value(formula.parts[1]));
      case Op::either:
        return either(value(formula.parts[0]), value(formula.parts[1]));
      case Op::negation:
        return negated(value(formula.parts[0]));
      case Op::is_true:
        return is_one_of(value(formula.parts[0]), kYes);
      case Op::is_false:
        return is_one_of(value(formula.parts[0]), kNo);
      case Op::is_null:
        return is_one_of(value(formula.parts[0]), kNull);
      case Op::choice: {
        const Truths condition = value(formula.parts[0]);
        Truths out = 0;
        if (condition & kYes) out |= value(formula.parts[1]);
        if (condition & (kNo | kNull)) out |= value(formula.parts[2]);
        return out;
      }
      case Op::first_set: {
        Truths out = kNull;
        for (const Formula& part : formula.parts) {
          if (!(out & kNull)) break;
          out = static_cast<Truths>((out & ~kNull) | value(part));
        }
        return out;
      }
    }
    return kAny;
  }

  bool is_hopeful() const {
    return std::ranges::all_of(
        wishes_, [&](const Wish& wish) { return (value(*wish.formula) & wish.wanted) != 0; });
  }

  // Of the links whose variables are all settled.
  bool is_linked(std::uint32_t variable) const {
    for (const Link& link : space_.links) {
      if (std::ranges::find(link.variables, variable) == link.variables.end()) continue;
      std::size_t at = 0;
      bool is_whole = true;
      for (const std::uint32_t one : link.variables) {
        is_whole = is_whole && is_settled_[one];
        if (!is_whole) break;
        const auto cell = std::ranges::find(domains_[one], true) - domains_[one].begin();
        at = at * domains_[one].size() + static_cast<std::size_t>(cell);
      }
      if (is_whole && !link.is_possible[at]) return false;
    }
    return true;
  }

  bool from(std::size_t index) {
    if (index == variables_.size()) return true;
    const std::uint32_t variable = variables_[index];
    const std::vector<bool> before = domains_[variable];
    is_settled_[variable] = true;
    bool is_found = false;
    for (std::size_t cell = 0; cell < before.size() && !is_found; ++cell) {
      if (!before[cell]) continue;
      if (budget_ == 0) {
        is_found = true;
        break;
      }
      --budget_;
      domains_[variable].assign(before.size(), false);
      domains_[variable][cell] = true;
      is_found = is_linked(variable) && is_hopeful() && from(index + 1);
    }
    domains_[variable] = before;
    is_settled_[variable] = false;
    return is_found;
  }

  const Space& space_;
  std::span<const Wish> wishes_;
  std::size_t& budget_;
  std::vector<std::vector<bool>> domains_;
  std::vector<std::uint32_t> variables_;
  std::vector<bool> is_settled_;
};

}  // namespace

void add_variables(const Formula& formula, std::vector<std::uint32_t>& variables) {
  if (formula.op == Op::atom) variables.push_back(formula.variable);
  for (const Formula& part : formula.parts) add_variables(part, variables);
}

bool is_possible(const Space& space, std::span<const Wish> wishes, std::size_t& budget) {
  return Search(space, wishes, budget).run();
}

}  // namespace sqlxc::passes
