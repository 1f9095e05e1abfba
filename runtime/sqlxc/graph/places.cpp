#include <sqlxc/graph/places.h>

#include <utility>

#include <sqlxc/query/place.h>

namespace sqlxc::graph {

value::Value Places::add(Place place) {
  place.path = path_;
  places_.push_back(std::move(place));
  return query::place(places_.size() - 1);
}

bool can_be_place(query::Comparison comparison) {
  using query::Comparison;
  return comparison == Comparison::eq || comparison == Comparison::neq ||
         comparison == Comparison::gt || comparison == Comparison::gte ||
         comparison == Comparison::lt || comparison == Comparison::lte;
}

}  // namespace sqlxc::graph
