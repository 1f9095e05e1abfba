#include "api/rest/rest.h"

// Where the schema declares each column and each rule, for those who are told that they broke one. A line more in
// the schema moves all places after it, so they stand apart from the entities, which it leaves as they are.
namespace blog::rest {

namespace users {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:8",
    "blog.sql:9",
    "blog.sql:10",
    "blog.sql:11",
    "blog.sql:12",
    "blog.sql:13",
};
constexpr std::string_view kRulePlaces[] = {
    "blog.sql:10",
    "blog.sql:11",
    "blog.sql:9",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace users

namespace posts {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:19",
    "blog.sql:20",
    "blog.sql:21",
    "blog.sql:22",
    "blog.sql:23",
    "blog.sql:24",
    "blog.sql:25",
    "blog.sql:26",
};
constexpr std::string_view kRulePlaces[] = {
    "blog.sql:21",
    "blog.sql:24",
    "blog.sql:27",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace posts

namespace comments {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:35",
    "blog.sql:36",
    "blog.sql:37",
    "blog.sql:38",
    "blog.sql:39",
};
constexpr std::string_view kRulePlaces[] = {
    "blog.sql:38",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace comments

namespace tags {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:46",
    "blog.sql:47",
};
constexpr std::string_view kRulePlaces[] = {
    "blog.sql:47",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace tags

namespace post_tags {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:52",
    "blog.sql:53",
};
const Places places = {kColumnPlaces};
}  // namespace post_tags

namespace author_activity {
constexpr std::string_view kColumnPlaces[] = {
    "blog.sql:60",
    "blog.sql:60",
    "blog.sql:60",
    "blog.sql:60",
};
const Places places = {kColumnPlaces};
}  // namespace author_activity

}  // namespace blog::rest
