#pragma once

#include <string>
#include <string_view>

// MD5, because schemas call md5(): a fingerprint of data, and not for anything that must be safe.
namespace sqlxc::db {

/// The digest of `bytes` (RFC 1321) as 32 hexadecimal digits.
std::string md5_hex(std::string_view bytes);

}  // namespace sqlxc::db
