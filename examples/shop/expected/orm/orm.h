#pragma once

#include <sqlxc/orm/database.h>

#include <string_view>

#include "orm/address.h"
#include "orm/category.h"
#include "orm/country.h"
#include "orm/customer.h"
#include "orm/enumerations.h"
#include "orm/order.h"
#include "orm/order_item.h"
#include "orm/payment.h"
#include "orm/product.h"
#include "orm/product_category.h"
#include "orm/review.h"
#include "orm/staff.h"
#include "server/model.h"

// The tables of the service, typed: rows, columns, relations and what can be asked of them.
namespace shop {

using sqlxc::orm::every_row;
using sqlxc::orm::from;
using sqlxc::orm::null;
using sqlxc::orm::use_default;

/// The database: a file, or `postgresql://...`; one that is empty gets the schema.
inline sqlxc::orm::Result<sqlxc::orm::Database> open(std::string_view url) {
  return sqlxc::orm::Database::open(model(), url);
}

}  // namespace shop
