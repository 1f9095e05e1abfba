#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// A rule that a row must obey, as emitted code declares it: a name, the words of the schema and a
// predicate that holds, fails or cannot tell (SQL's three-valued logic; a CHECK passes unless it is
// false).
namespace sqlxc::rules {

class Row;

/// SQL's truth values.
enum class Tri : std::uint8_t { no, yes, unknown };

constexpr Tri to_tri(bool value) { return value ? Tri::yes : Tri::no; }

constexpr Tri operator!(Tri value) {
  if (value == Tri::unknown) return Tri::unknown;
  return value == Tri::yes ? Tri::no : Tri::yes;
}

/// False if either is false, else unknown if either is unknown. Both sides are computed: a rule has
/// no effects.
constexpr Tri operator&&(Tri a, Tri b) {
  if (a == Tri::no || b == Tri::no) return Tri::no;
  return a == Tri::yes && b == Tri::yes ? Tri::yes : Tri::unknown;
}

constexpr Tri operator||(Tri a, Tri b) {
  if (a == Tri::yes || b == Tri::yes) return Tri::yes;
  return a == Tri::no && b == Tri::no ? Tri::no : Tri::unknown;
}

/// A condition that a CHECK states: it passes unless it is false.
constexpr bool passes(Tri value) { return value != Tri::no; }

struct Rule {
  std::string_view name = {};                  // of the constraint: "users_age_check"
  std::string_view sql = {};                   // in the words of the schema: "age >= 18"
  std::span<const std::uint16_t> fields = {};  // what it reads
  Tri (*holds)(const Row& row) = nullptr;
};

}  // namespace sqlxc::rules
