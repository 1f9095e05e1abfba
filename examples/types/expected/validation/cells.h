#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `cells` asks of a row beyond its types; the database checks it again.
namespace types::validation::cells {

using namespace sqlxc::rules;

inline constexpr Column<std::int32_t> width{2};
inline constexpr Column<std::int32_t> height{3};

inline constexpr Rule kRules[] = {
    {
        .name = "cells_width_check",
        .sql = "width > 0",
        .fields = kFields<width>,
        .holds = [](const Row& cell) { return cell[width] > 0; },
    },
    {
        .name = "cells_height_check",
        .sql = "height > 0",
        .fields = kFields<height>,
        .holds = [](const Row& cell) { return cell[height] > 0; },
    },
};

}  // namespace types::validation::cells
