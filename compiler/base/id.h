#pragma once

#include <compare>
#include <cstdint>
#include <vector>

// A typed index into a vector of T: what stands in place of pointers between nodes.
namespace sqlxc {

template <typename T>
struct Id {
  std::uint32_t index = UINT32_MAX;

  Id() = default;
  explicit constexpr Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}
  bool is_valid() const { return index != UINT32_MAX; }
  auto operator<=>(const Id&) const = default;
};

template <typename T>
const T& at(const std::vector<T>& nodes, Id<T> id) {
  return nodes[id.index];
}
template <typename T>
T& at(std::vector<T>& nodes, Id<T> id) {
  return nodes[id.index];
}

}  // namespace sqlxc
