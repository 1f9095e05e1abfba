#pragma once

// Every row type of the service.
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
