#include <sqlxc/rest/plan.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/parse_search.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;

// More rows than these leave in pieces, with memory for one piece.
constexpr std::int64_t kMaxRowsAtOnce = 2000;

std::string parent_sql(const Entity& entity, query::Dialect dialect) {
  std::string sql = "SELECT 1 FROM ";
  const bool is_postgres = dialect == query::Dialect::postgres;
  sql += is_postgres && !entity.pg_sql.empty() ? entity.pg_sql : entity.sql;
  std::string_view joint = " WHERE ";
  int number = 0;
  for (query::FieldIndex field : entity.primary_key.fields) {
    sql += joint;
    sql += entity.fields[field].sql;
    sql += is_postgres ? " = $" : " = ?";
    append_number(sql, ++number);
    joint = " AND ";
  }
  return sql;
}

// A value for every column of the key, replaced before each run.
std::vector<value::Value> holes(const Entity& entity) {
  return std::vector<value::Value>(entity.primary_key.fields.size(), value::Value::null());
}

// A Range header narrows what limit and offset say; numbers that no table reaches stay what they
// are.
void apply_range(query::Query& query, const RowRange& range) {
  query.offset += std::min(range.first, INT64_MAX - query.offset);
  if (query.limit) query.limit = std::max<std::int64_t>(0, *query.limit - range.first);
  if (!range.last) return;
  const std::int64_t rows = std::min(*range.last - range.first, INT64_MAX - 1) + 1;
  query.limit = std::min(query.limit.value_or(rows), rows);
}

// An aggregate takes rows of columns under their own names: no name of a client enters the SQL.
bool is_handled(const Entity& entity, const query::Query& query) {
  return std::ranges::all_of(query.items, [&](const query::Item& item) {
    return item.embed == query::Item::kNoEmbed && item.path.empty() && !item.cast &&
           item.aggregate == query::Aggregate::none && item.key == entity.fields[item.field].name;
  });
}

Problem not_handled(std::string_view media_type) {
  return make_problem(406, "PGRST107",
                      std::string(media_type) + " is made of plain columns under their own names",
                      "select columns alone, or all of them");
}

// Everything behind the query itself: statements, cost, pages.
void finish(const query::Model& model, query::Query& query, const PlanRequest& request,
            ReadPlan& plan) {
  const Entity& entity = model.entities[plan.target];
  if (request.range && plan.shape == Renderer::Shape::list) apply_range(query, *request.range);
  const bool is_list = !plan.is_one();
  const bool is_ranked = query.search && query.search->is_ranked;
  const bool is_own = !query.call && !is_ranked && !query::is_grouped(model, query);
  const bool has_pages =
      is_list && is_own && query.limit && *query.limit > 0 && request.handler == nullptr;
  if (has_pages && query::make_total(entity, query.order)) {
    plan.cursor = query.order;
    plan.next_query = without_page_start(request.text);
  }
  plan.select = query::print_select(model, query, request.dialect,
                                    {.with_sort_columns = !plan.cursor.empty(),
                                     .as_text = request.as_text,
                                     .handler = request.handler});
  plan.cost = query.call ? query::Cost::unbounded : query::cost_of(model, query);
  plan.limit = query.limit;
  plan.offset = query.offset;
  plan.is_streamed = is_list && query.limit.value_or(INT64_MAX) > kMaxRowsAtOnce && !query.call &&
                     request.handler == nullptr;
  if (!is_list || request.count == Preferences::Count::none) return;
  // Counting the rows of a call calls it again: not what one asks of a function that writes.
  if (query.call && request.changes) return;
  plan.count = query::print_count(model, query, request.dialect, &plan.count_key);
  plan.cost = query::Cost::unbounded;
  const bool is_guessed = request.count != Preferences::Count::exact;
  if (!is_guessed || request.dialect != query::Dialect::postgres) return;
  plan.estimate = query::print_explain(model, query, &plan.count_key);
}

}  // namespace

std::string without_page_start(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::string_view pair = split_off(text, '&');
    if (pair.empty() || pair.starts_with("after=") || pair.starts_with("offset=")) continue;
    if (!kept.empty()) kept += '&';
    kept += pair;
  }
  return kept;
}

std::expected<ReadPlan, Problem> plan_read(const query::Model& model, const PlanRequest& request) {
  ReadPlan plan;
  const Route route = request.route;
  plan.route = route;
  plan.query_text = request.text;
  plan.counts = request.count;
  plan.as_text = request.as_text;
  const Entity& owner = model.entities[route.entity];
  plan.target = route.entity;
  bool is_one = route.has_key;
  if (route.relation >= 0) {
    const query::Relation& relation = owner.relations[static_cast<std::size_t>(route.relation)];
    plan.target = relation.target;
    is_one = relation.cardinality == query::Cardinality::to_one;
  }
  plan.shape = is_one ? Renderer::Shape::one : Renderer::Shape::list;
  const auto parameters = parse_query_string(request.text);
  if (!parameters) return std::unexpected(parameters.error());
  auto parsed = route.is_search ? parse_search(model, plan.target, *parameters, request.dialect)
                                : parse_query(model, plan.target, *parameters,
                                              is_one ? Shape::item : Shape::list, request.dialect);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  query::Query& query = parsed->query;
  if (route.relation >= 0) {
    query.origin = query::Origin{.entity = route.entity,
                                 .relation = static_cast<query::RelationIndex>(route.relation),
                                 .key = holes(owner)};
    if (!is_one) plan.parent = parent_sql(owner, request.dialect);
  } else if (route.has_key) {
    query.key = holes(owner);
  }
  plan.has_etag = route.has_key && route.relation < 0 && request.text.empty();
  if (request.handler != nullptr && !is_handled(model.entities[plan.target], query)) {
    return std::unexpected(not_handled(request.handler->media_type));
  }
  finish(model, query, request, plan);
  return plan;
}

std::expected<ReadPlan, Problem> plan_call(const query::Model& model, ParsedQuery parsed,
                                           const PlanRequest& request) {
  using Returns = query::Function::Returns;
  ReadPlan plan;
  plan.counts = request.count;
  plan.as_text = request.as_text;
  query::Query& query = parsed.query;
  const query::Function& function = model.functions[query.call->function];
  plan.target = function.result;
  switch (function.returns) {
    case Returns::nothing:
    case Returns::value:
      plan.shape = Renderer::Shape::value;
      break;
    case Returns::values:
      plan.shape = Renderer::Shape::values;
      break;
    case Returns::row:
      plan.shape = Renderer::Shape::one;
      break;
    case Returns::rows:
      plan.shape = Renderer::Shape::list;
      break;
  }
  if (request.handler != nullptr && !is_handled(model.entities[plan.target], query)) {
    return std::unexpected(not_handled(request.handler->media_type));
  }
  finish(model, query, request, plan);
  return plan;
}

std::vector<value::Value> binds_of(const query::Statement& statement, std::size_t key_bind,
                                   std::span<const value::Value> key) {
  std::vector<value::Value> binds = statement.binds;
  std::ranges::copy(key, binds.begin() + static_cast<std::ptrdiff_t>(key_bind));
  return binds;
}

}  // namespace sqlxc::rest
