#include "api/rest/rest.h"

// Where the schema declares each column and each rule, for those who are told that they broke one. A line more in
// the schema moves all places after it, so they stand apart from the entities, which it leaves as they are.
namespace shop::rest {

namespace countries {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:5",
    "shop.sql:6",
};
const Places places = {kColumnPlaces};
}  // namespace countries

namespace customers {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:12",
    "shop.sql:13",
    "shop.sql:14",
    "shop.sql:15",
    "shop.sql:16",
    "shop.sql:17",
    "shop.sql:18",
    "shop.sql:19",
    "shop.sql:20",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:12",
    "shop.sql:13",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace customers

namespace addresses {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:27",
    "shop.sql:28",
    "shop.sql:29",
    "shop.sql:30",
    "shop.sql:31",
    "shop.sql:32",
    "shop.sql:33",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:27",
    "shop.sql:28",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace addresses

namespace staff {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:42",
    "shop.sql:43",
    "shop.sql:44",
    "shop.sql:45",
    "shop.sql:46",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:42",
    "shop.sql:45",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace staff

namespace categories {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:53",
    "shop.sql:54",
    "shop.sql:55",
    "shop.sql:56",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:53",
    "shop.sql:54",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace categories

namespace products {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:63",
    "shop.sql:64",
    "shop.sql:65",
    "shop.sql:66",
    "shop.sql:67",
    "shop.sql:68",
    "shop.sql:69",
    "shop.sql:70",
    "shop.sql:71",
    "shop.sql:72",
    "shop.sql:73",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:77",
    "shop.sql:78",
    "shop.sql:79",
    "shop.sql:63",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace products

namespace product_categories {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:83",
    "shop.sql:84",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:83",
    "shop.sql:84",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace product_categories

namespace orders {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:92",
    "shop.sql:93",
    "shop.sql:94",
    "shop.sql:95",
    "shop.sql:96",
    "shop.sql:97",
    "shop.sql:98",
    "shop.sql:99",
    "shop.sql:100",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:110",
    "shop.sql:92",
    "shop.sql:93",
    "shop.sql:94",
    "shop.sql:95",
    "shop.sql:96",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace orders

namespace order_items {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:114",
    "shop.sql:115",
    "shop.sql:116",
    "shop.sql:117",
    "shop.sql:118",
    "shop.sql:119",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:124",
    "shop.sql:114",
    "shop.sql:115",
    "shop.sql:116",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace order_items

namespace payments {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:128",
    "shop.sql:129",
    "shop.sql:130",
    "shop.sql:131",
    "shop.sql:132",
    "shop.sql:133",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:138",
    "shop.sql:128",
    "shop.sql:129",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace payments

namespace reviews {
constexpr std::string_view kColumnPlaces[] = {
    "shop.sql:142",
    "shop.sql:143",
    "shop.sql:144",
    "shop.sql:145",
    "shop.sql:146",
    "shop.sql:147",
    "shop.sql:148",
};
constexpr std::string_view kRulePlaces[] = {
    "shop.sql:154",
    "shop.sql:142",
    "shop.sql:143",
    "shop.sql:144",
    "shop.sql:145",
};
const Places places = {kColumnPlaces, kRulePlaces};
}  // namespace reviews

}  // namespace shop::rest
