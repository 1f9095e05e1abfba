#pragma once

#include <string>

namespace shop {

/// Where things can be sent
struct Country {
  std::string code;
  std::string name;

  bool operator==(const Country&) const = default;
};

}  // namespace shop
