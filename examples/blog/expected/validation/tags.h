#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/regex.h>
#include <sqlxc/rules/row.h>

// What `tags` asks of a row beyond its types; the database checks it again.
namespace blog::validation::tags {

using namespace sqlxc::rules;

inline constexpr Column<Text> name{1};

inline constexpr Rule kRules[] = {
    {
        .name = "tags_name_pattern",
        .sql = "name ~ '^[a-z][a-z0-9-]*$'",
        .fields = kFields<name>,
        .holds = [](const Row& tag) {
          static const Regex kPattern("^[a-z][a-z0-9-]*$");
          return matches(tag[name], kPattern);
        },
    },
};

}  // namespace blog::validation::tags
