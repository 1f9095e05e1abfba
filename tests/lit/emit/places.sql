-- Places stand in a file of their own: a line more in the schema changes no entity but its own.
create table users (
  id integer primary key,
  name text not null
    check (length(name) > 1)
);
create table tags (
  id integer primary key
);
-- CHECK-LABEL: ==== server/places.cpp ====
-- CHECK: namespace users {
-- CHECK-NEXT: constexpr std::string_view kColumnPlaces[] = {
-- CHECK-NEXT: "places.sql:3",
-- CHECK-NEXT: "places.sql:4",
-- CHECK-NEXT: };
-- CHECK-NEXT: constexpr std::string_view kRulePlaces[] = {
-- CHECK-NEXT: "places.sql:5",
-- CHECK-NEXT: };
-- CHECK-NEXT: const Places places = {kColumnPlaces, kRulePlaces};
-- CHECK: namespace tags {
-- CHECK: const Places places = {kColumnPlaces};
-- CHECK-LABEL: ==== api/rest/users.cpp ====
-- CHECK-NOT: places.sql
-- CHECK: .places = &places,
