#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `staff` asks of a row beyond its types; the database checks it again.
namespace shop::validation::staff {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> reports_to{3};

inline constexpr Rule kRules[] = {
    {
        .name = "staff_id_range",
        .sql = "id between 0 and 4294967295",
        .fields = kFields<id>,
        .holds = [](const Row& staff) { return between(staff[id], 0, 4294967295); },
    },
    {
        .name = "staff_reports_to_range",
        .sql = "reports_to between 0 and 4294967295",
        .fields = kFields<reports_to>,
        .holds = [](const Row& staff) { return between(staff[reports_to], 0, 4294967295); },
    },
};

}  // namespace shop::validation::staff
