#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

#include "server/formats.h"

// What `users` asks of a row beyond its types; the database checks it again.
namespace blog::validation::users {

using namespace sqlxc::rules;

inline constexpr Column<Text> email{1};
inline constexpr Column<Text> name{2};
inline constexpr Column<std::int32_t> age{3};

inline constexpr Rule kRules[] = {
    {
        .name = "users_name_check",
        .sql = "length(name) >= 2",
        .fields = kFields<name>,
        .holds = [](const Row& user) { return length(user[name]) >= 2; },
    },
    {
        .name = "users_age_check",
        .sql = "age >= 13 and age <= 150",
        .fields = kFields<age>,
        .holds = [](const Row& user) { return user[age] >= 13 && user[age] <= 150; },
    },
    {
        .name = "users_email_format",
        .sql = "format(email)",
        .fields = kFields<email>,
        .holds = [](const Row& user) { return is_email(user[email]); },
    },
};

}  // namespace blog::validation::users
