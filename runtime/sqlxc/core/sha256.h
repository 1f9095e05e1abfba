#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sqlxc {

/// SHA-256 (FIPS 180-4) of `bytes`: names a text, proves no secret.
std::array<std::uint8_t, 32> sha256(std::string_view bytes);

/// Likewise as 64 lower case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace sqlxc
