#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// A rule that a row must obey, as emitted code declares it: a name, the words of the schema and a predicate that holds,
// fails or cannot tell (SQL's three-valued logic; a CHECK passes unless it is false).
namespace sqlxc::rules {

class Row;

/// SQL's truth values.
enum class Tri : std::uint8_t { no, yes, unknown };

struct Rule {
  std::string_view name;    // of the constraint: "users_age_check"
  std::string_view sql;     // in the words of the schema: "age >= 18"
  std::string_view source;  // where it stands: "blog.sql:8"
  std::span<const std::uint16_t> fields;  // what it reads
  Tri (*holds)(const Row& row) = nullptr;
};

}  // namespace sqlxc::rules
