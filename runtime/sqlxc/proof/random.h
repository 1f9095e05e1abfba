#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <span>

// Chance that is the same on every machine for the same seed.
namespace sqlxc::proof {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// From 0 to `end` - 1; `end` is not 0.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  /// True once in `times`.
  bool once_in(std::size_t times) { return below(times) == 0; }
  std::uint64_t bits() { return engine_(); }

  template <typename Container>
  const auto& pick(const Container& container) {
    return container[below(std::size(container))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace sqlxc::proof
