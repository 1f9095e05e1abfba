#include "api/rest/rest.h"

// Where the schema declares each column and each rule, for those who are told that they broke one. A line more in
// the schema moves all places after it, so they stand apart from the entities, which it leaves as they are.
namespace types::rest {

namespace numbers {
constexpr std::string_view kColumnPlaces[] = {
    "types.sql:9",
    "types.sql:10",
    "types.sql:11",
    "types.sql:12",
    "types.sql:13",
    "types.sql:14",
    "types.sql:15",
    "types.sql:16",
    "types.sql:17",
    "types.sql:18",
    "types.sql:19",
};
constexpr std::string_view kRulePlaces[] = {
    "types.sql:13",
    "types.sql:4",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace numbers

namespace texts {
constexpr std::string_view kColumnPlaces[] = {
    "types.sql:24",
    "types.sql:25",
    "types.sql:26",
    "types.sql:27",
    "types.sql:28",
    "types.sql:29",
    "types.sql:30",
    "types.sql:31",
    "types.sql:32",
    "types.sql:33",
};
constexpr std::string_view kRulePlaces[] = {
    "types.sql:5",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace texts

namespace moments {
constexpr std::string_view kColumnPlaces[] = {
    "types.sql:38",
    "types.sql:39",
    "types.sql:40",
    "types.sql:41",
    "types.sql:42",
    "types.sql:43",
    "types.sql:44",
    "types.sql:45",
};
const Places places = {kColumnPlaces};
}  // namespace moments

namespace others {
constexpr std::string_view kColumnPlaces[] = {
    "types.sql:50",
    "types.sql:51",
    "types.sql:52",
    "types.sql:53",
    "types.sql:54",
    "types.sql:55",
    "types.sql:56",
};
const Places places = {kColumnPlaces};
}  // namespace others

namespace cells {
constexpr std::string_view kColumnPlaces[] = {
    "types.sql:61",
    "types.sql:62",
    "types.sql:63",
    "types.sql:64",
    "types.sql:65",
    "types.sql:66",
    "types.sql:67",
};
constexpr std::string_view kRulePlaces[] = {
    "types.sql:63",
    "types.sql:64",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace cells

}  // namespace types::rest
