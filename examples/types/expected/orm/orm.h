#pragma once

#include <sqlxc/orm/database.h>

#include <string_view>

#include "orm/cell.h"
#include "orm/enumerations.h"
#include "orm/moment.h"
#include "orm/number.h"
#include "orm/other.h"
#include "orm/text.h"
#include "server/model.h"

// The tables of the service, typed: rows, columns, relations and what can be asked of them.
namespace types {

using sqlxc::orm::every_row;
using sqlxc::orm::from;
using sqlxc::orm::null;
using sqlxc::orm::use_default;

/// The database: a file, or `postgresql://...`; one that is empty gets the schema.
inline sqlxc::orm::Result<sqlxc::orm::Database> open(std::string_view url) {
  return sqlxc::orm::Database::open(model(), url);
}

}  // namespace types
