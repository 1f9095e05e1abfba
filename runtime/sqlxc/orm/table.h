#pragma once

// What an emitted table is declared with: orm/post.h and its like.
#include <sqlxc/orm/column.h>
#include <sqlxc/orm/input.h>
#include <sqlxc/orm/relation.h>
#include <sqlxc/orm/types.h>
#include <sqlxc/query/model.h>
