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
      : space_(space), wishes_(wishes), budget_(budget) {
    readers_.resize(space.variables.size());
    for (const Wish& wish : wishes) {
      std::vector<std::uint32_t> read;
      add_variables(*wish.formula, read);
      std::ranges::sort(read);
      read.erase(std::ranges::unique(read).begin(), read.end());
      for (const std::uint32_t one : read) readers_[one].push_back(&wish);
      variables_.insert(variables_.end(), read.begin(), read.end());
    }
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
    settled_.resize(space.variables.size(), kOpen);
  }

  bool run() {
    return std::ranges::all_of(wishes_, [&](const Wish& wish) { return is_hopeful(wish); }) &&
           from(0);
  }

 private:
  static constexpr std::size_t kOpen = SIZE_MAX;

  Truths value(const Formula& formula) const {
    switch (formula.op) {
      case Op::constant:
        return formula.values;
      case Op::atom: {
        const std::size_t settled = settled_[formula.variable];
        if (settled != kOpen) return formula.by_cell[settled];
        Truths out = 0;
        const std::vector<bool>& domain = space_.variables[formula.variable];
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

  bool is_hopeful(const Wish& wish) const { return (value(*wish.formula) & wish.wanted) != 0; }

  // Of the links whose variables are all settled.
  bool is_linked(std::uint32_t variable) const {
    for (const Link& link : space_.links) {
      if (std::ranges::find(link.variables, variable) == link.variables.end()) continue;
      std::size_t at = 0;
      bool is_whole = true;
      for (const std::uint32_t one : link.variables) {
        is_whole = settled_[one] != kOpen;
        if (!is_whole) break;
        at = at * space_.variables[one].size() + settled_[one];
      }
      if (is_whole && !link.is_possible[at]) return false;
    }
    return true;
  }

  bool from(std::size_t index) {
    if (index == variables_.size()) return true;
    const std::uint32_t variable = variables_[index];
    const std::vector<bool>& cells = space_.variables[variable];
    bool is_found = false;
    for (std::size_t cell = 0; cell < cells.size() && !is_found; ++cell) {
      if (!cells[cell]) continue;
      if (budget_ == 0) {
        is_found = true;
        break;
      }
      --budget_;
      settled_[variable] = cell;
      is_found = is_linked(variable) &&
                 std::ranges::all_of(readers_[variable],
                                     [&](const Wish* wish) { return is_hopeful(*wish); }) &&
                 from(index + 1);
    }
    settled_[variable] = kOpen;
    return is_found;
  }

  const Space& space_;
  std::span<const Wish> wishes_;
  std::size_t& budget_;
  std::vector<std::vector<const Wish*>> readers_;  // of each variable
  std::vector<std::uint32_t> variables_;
  std::vector<std::size_t> settled_;  // the cell of each variable
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
