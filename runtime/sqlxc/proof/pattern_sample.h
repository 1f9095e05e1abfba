#pragma once

#include <string>
#include <string_view>

#include <sqlxc/proof/random.h>

// Texts that a pattern is likely to match, so that rules with patterns are met at all. A sample may
// miss: it is a proposal, the databases judge it.
namespace sqlxc::proof {

/// Of a POSIX regular expression.
std::string sample_regex(std::string_view pattern, Random& random);

/// Of a pattern of LIKE.
std::string sample_like(std::string_view pattern, Random& random);

}  // namespace sqlxc::proof
