#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// A rule that a row must obey, as emitted code declares it: a name, the words of the schema and a
// predicate that holds, fails or cannot tell (SQL's three-valued logic; a CHECK passes unless it is
// false).
namespace sqlxc::rules {

class Row;

/// SQL's truth values, and `unknown` for what only the database can tell: an absent column, a
/// letter under a locale, a result that SQL would refuse.
enum class Tri : std::uint8_t { no, yes, null, unknown };

constexpr Tri to_tri(bool value) { return value ? Tri::yes : Tri::no; }

constexpr Tri operator!(Tri value) {
  if (value == Tri::yes) return Tri::no;
  return value == Tri::no ? Tri::yes : value;
}

/// False if either is false. Both sides are computed: a rule has no effects.
constexpr Tri operator&&(Tri a, Tri b) {
  if (a == Tri::no || b == Tri::no) return Tri::no;
  if (a == Tri::unknown || b == Tri::unknown) return Tri::unknown;
  return a == Tri::null || b == Tri::null ? Tri::null : Tri::yes;
}

constexpr Tri operator||(Tri a, Tri b) { return !(!a && !b); }

/// A condition that a CHECK states: it passes unless it is false.
constexpr bool passes(Tri value) { return value != Tri::no; }

struct Rule {
  std::string_view name = {};                  // of the constraint: "users_age_check"
  std::string_view sql = {};                   // in the words of the schema: "age >= 18"
  std::span<const std::uint16_t> fields = {};  // what it reads
  Tri (*holds)(const Row& row) = nullptr;
};

}  // namespace sqlxc::rules
