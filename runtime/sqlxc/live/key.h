#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/value/field.h>

// Values by which changed rows find who reads them. A database may take two texts for equal that
// differ (letter case, spaces at the end): such ones are made one here, so that a row is found by
// more readers than concern it, never by less.
namespace sqlxc::live {

/// The values of `key`: JSON, with commas between.
std::vector<std::string_view> split_key(std::string_view key);

/// Appends the form in which `json`, a value of that type, is looked up. False for a value that may
/// be equal to one of another form.
bool append_key(std::string& out, value::Type type, std::string_view json);

}  // namespace sqlxc::live
