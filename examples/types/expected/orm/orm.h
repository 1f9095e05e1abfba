#pragma once

// Every row type of the service.
#include "orm/cell.h"
#include "orm/enumerations.h"
#include "orm/moment.h"
#include "orm/number.h"
#include "orm/other.h"
#include "orm/text.h"
