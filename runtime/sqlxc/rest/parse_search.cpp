#include <sqlxc/rest/parse_search.h>

#include <algorithm>
#include <utility>
#include <vector>

#include <sqlxc/query/search_text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;

bool is_text(const Parameter& parameter) { return parameter.name == "q"; }

bool has(std::span<const Parameter> parameters, std::string_view name) {
  return std::ranges::any_of(parameters, [&](const Parameter& parameter) {
    return parameter.name == name && !parameter.value.empty();
  });
}

std::expected<query::Search, Problem> parse_text(const query::Entity& entity,
                                                 std::span<const Parameter> parameters,
                                                 query::Dialect dialect) {
  const auto text = std::ranges::find_if(parameters, is_text);
  if (text == parameters.end()) {
    return std::unexpected(
        make_problem(400, "PGRST100", "a search needs `q`, the text to look for", "add `q=...`"));
  }
  if (std::ranges::count_if(parameters, is_text) > 1) {
    return std::unexpected(make_problem(400, "PGRST100", "`q` is given twice"));
  }
  auto search = query::read_search(entity, text->value, dialect);
  if (search) return std::move(*search);
  return std::unexpected(make_problem(400, "PGRST100", std::move(search.error())));
}

}  // namespace

std::expected<ParsedQuery, Problem> parse_search(const query::Model& model,
                                                 query::EntityIndex entity,
                                                 std::span<const Parameter> parameters,
                                                 query::Dialect dialect) {
  auto search = parse_text(model.entities[entity], parameters, dialect);
  if (!search) return std::unexpected(std::move(search.error()));
  std::vector<Parameter> others;
  std::ranges::copy_if(parameters, std::back_inserter(others),
                       [](const Parameter& parameter) { return !is_text(parameter); });
  const bool is_ordered = has(others, "order");
  if (!is_ordered && has(others, "after")) {
    return std::unexpected(make_problem(400, "PGRST100",
                                        "`after` needs rows with a primary key, in an order of "
                                        "their own columns",
                                        "use `offset`, or `order`"));
  }
  auto parsed = parse_query(model, entity, others, Shape::list, dialect);
  if (!parsed) return parsed;
  search->is_ranked = !is_ordered && !query::is_grouped(model, parsed->query);
  if (search->is_ranked) parsed->query.order.clear();
  parsed->query.search = std::move(*search);
  return parsed;
}

}  // namespace sqlxc::rest
