#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `comments` asks of a row beyond its types; the database checks it again.
namespace blog::validation::comments {

using namespace sqlxc::rules;

inline constexpr Column<Text> body{3};

inline constexpr Rule kRules[] = {
    {
        .name = "comments_body_check",
        .sql = "length(body) between 1 and 10000",
        .fields = kFields<body>,
        .holds = [](const Row& comment) { return between(length(comment[body]), 1, 10000); },
    },
};

}  // namespace blog::validation::comments
