#pragma once

#include <vector>

#include <sqlxc/query/model.h>

// Which fields of a changed row are told to those who keep results alive. Both feeds of changes,
// and who looks a change up, have to agree on them.
namespace sqlxc::query {

/// The primary key's, then those that alone refer to a row of another table; each once.
std::vector<FieldIndex> tracked_fields(const Entity& entity);

}  // namespace sqlxc::query
