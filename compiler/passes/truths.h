#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Conditions over variables that have few cells each (below 5, 5, above 5, null), in SQL's
// three-valued logic, and whether some cells of all make them what is wanted. It knows neither SQL
// nor columns: rule_model.h makes variables and formulas of those. "No" is proved, "yes" may be
// wrong: where cells stand for more than there is, or the search was cut short.
namespace sqlxc::passes {

/// A set of truth values: what a condition may be.
using Truths = std::uint8_t;
constexpr Truths kNo = 1;
constexpr Truths kYes = 2;
constexpr Truths kNull = 4;
constexpr Truths kPasses = kYes | kNull;  // as a CHECK does
constexpr Truths kAny = kNo | kYes | kNull;

struct Formula {
  enum class Op : std::uint8_t {
    constant,   // values
    atom,       // of one variable: by_cell
    both,       // and
    either,     // or
    negation,   // not
    is_true,    // of a condition, and so are the next two
    is_false,   //
    is_null,    //
    choice,     // parts: condition, then, else
    first_set,  // coalesce
  };
  Op op = Op::constant;
  Truths values = kAny;
  std::uint32_t variable = 0;
  std::vector<Truths> by_cell = {};
  std::vector<Formula> parts = {};
};

/// What cells of several variables can stand together: one flag a combination, the last variable's
/// cells fastest.
struct Link {
  std::vector<std::uint32_t> variables;
  std::vector<bool> is_possible;
};

struct Space {
  std::vector<std::vector<bool>> variables;  // of each, the cells that values may lie in
  std::vector<Link> links;
};

struct Wish {
  const Formula* formula = nullptr;
  Truths wanted = kPasses;
};

/// The variables that a formula reads, appended.
void add_variables(const Formula& formula, std::vector<std::uint32_t>& variables);

/// Whether a row may be that all wishes speak of. Each step of the search takes one of `budget`;
/// the answer is yes when none is left.
bool is_possible(const Space& space, std::span<const Wish> wishes, std::size_t& budget);

}  // namespace sqlxc::passes
