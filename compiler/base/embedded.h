#pragma once

#include <span>
#include <string_view>

// Text files that were compiled into the binary by sqlxc_embed (cmake/SqlxcEmbed.cmake).
namespace sqlxc {

struct EmbeddedFile {
  std::string_view name;  // without its folder: "SX1001.md"
  std::string_view text;
};

}  // namespace sqlxc
