#pragma once

#include <sqlxc/orm/database.h>

#include <string_view>

#include "orm/author_activity.h"
#include "orm/comment.h"
#include "orm/enumerations.h"
#include "orm/post.h"
#include "orm/post_tag.h"
#include "orm/tag.h"
#include "orm/user.h"
#include "server/model.h"

// The tables of the service, typed: rows, columns, relations and what can be asked of them.
namespace blog {

using sqlxc::orm::every_row;
using sqlxc::orm::from;
using sqlxc::orm::null;
using sqlxc::orm::use_default;

/// The database: a file, or `postgresql://...`; one that is empty gets the schema.
inline sqlxc::orm::Result<sqlxc::orm::Database> open(std::string_view url) {
  return sqlxc::orm::Database::open(model(), url);
}

}  // namespace blog
