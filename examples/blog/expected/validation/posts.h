#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `posts` asks of a row beyond its types; the database checks it again.
namespace blog::validation::posts {

using namespace sqlxc::rules;

inline constexpr Column<Text> title{2};
inline constexpr Column<Text> status{4};
inline constexpr Column<Decimal> rating{5};
inline constexpr Column<Timestamptz> published_at{6};

inline constexpr Rule kRules[] = {
    {
        .name = "posts_title_check",
        .sql = "title <> ''",
        .fields = kFields<title>,
        .holds = [](const Row& post) { return post[title] != ""; },
    },
    {
        .name = "posts_rating_check",
        .sql = "rating between 0 and 10",
        .fields = kFields<rating>,
        .holds = [](const Row& post) { return between(post[rating], 0, 10); },
    },
    {
        .name = "published_has_a_date",
        .sql = "status <> 'published' or published_at is not null",
        .fields = kFields<status, published_at>,
        .holds = [](const Row& post) {
          return post[status] != "published" || is_not_null(post[published_at]);
        },
    },
};

}  // namespace blog::validation::posts
