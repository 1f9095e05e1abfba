#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"

// What the CHECK rules of an entity say of one field alone: the part that JSON Schema has keywords
// for. Rules over several fields and alternatives have none; they are described in words.
namespace sqlxc::emit {

struct Bound {
  std::string number;  // as written in the schema
  bool is_exclusive = false;
};

struct Bounds {
  std::optional<Bound> minimum;
  std::optional<Bound> maximum;
  std::optional<std::string> min_length;  // characters
  std::optional<std::string> max_length;
};

Bounds bounds_of(const ir::Entity& entity, std::uint16_t field);

}  // namespace sqlxc::emit
