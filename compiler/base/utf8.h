#pragma once

#include <cstddef>
#include <string_view>

namespace sqlxc {

/// The length in bytes of the UTF-8 character that `text` begins with (RFC 3629: no surrogates, no
/// overlong forms, nothing above U+10FFFF), or 0 where none begins there.
std::size_t utf8_length(std::string_view text);

/// The offset of the first byte that is not UTF-8, or npos.
std::size_t find_not_utf8(std::string_view text);

/// The longest beginning of at most `bytes` that ends between two characters.
std::string_view clip_utf8(std::string_view text, std::size_t bytes);

/// The number of characters of well-formed UTF-8.
std::size_t utf8_characters(std::string_view text);

}  // namespace sqlxc
