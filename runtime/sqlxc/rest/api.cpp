#include <sqlxc/rest/api.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/batch.h>
#include <sqlxc/rest/calls.h>
#include <sqlxc/rest/make_job.h>
#include <sqlxc/rest/page.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/prefer.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/url.h>

namespace sqlxc::rest {
namespace {

using http::Exchange;
using http::Method;
using http::Problem;
using query::Dialect;
using query::Entity;

constexpr std::string_view kCalls = "/api/rpc/";
constexpr std::string_view kBatch = "/api/batch";
constexpr std::string_view kSearch = "search";
constexpr std::string_view kCallMethods = "GET, HEAD, POST, OPTIONS";

// PostgreSQL may know how to write to a view; SQLite does not.
std::string allowed_methods(const Entity& entity, const Route& route, Dialect dialect) {
  const bool is_readonly = entity.is_view && dialect == Dialect::sqlite;
  if (is_readonly || route.relation >= 0 || route.is_search) return "GET, HEAD, OPTIONS";
  return route.has_key ? "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"
                       : "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
}

// What the database is to hold while the request runs.
void add_settings(const Preferences& preferences,
                  std::vector<std::pair<std::string, std::string>>& settings) {
  if (!preferences.time_zone.empty()) settings.emplace_back("TimeZone", preferences.time_zone);
}

void note_applied(Exchange& exchange, std::string_view applied) {
  exchange.response().header("Preference-Applied", applied);
}

bool is_read(Method method) { return method == Method::get || method == Method::head; }

}  // namespace

void finish_with(Exchange& exchange, const Problem& problem) {
  http::set_problem(exchange.response(), problem);
  if (problem.status == 503) exchange.response().header("Retry-After", "1");
  exchange.finish();
}

void finish_with(Exchange& exchange, Answer& answer) {
  http::Response& response = exchange.response();
  if (!answer.etag.empty()) {
    response.header("ETag", answer.etag);
    const auto known = exchange.request().header("If-None-Match");
    if (known && names_etag(*known, answer.etag)) {
      response.status = 304;
      response.content_type = {};
      return exchange.finish();
    }
  }
  response.status = answer.status;
  response.body.swap(answer.body);
  response.headers += answer.headers;
  if (answer.status == 503) response.header("Retry-After", "1");
  response.content_type = answer.content_type;
  if (answer.status < 400 && response.body.empty()) response.content_type = {};
  exchange.finish();
}

Api::Api(const query::Model& model, std::unique_ptr<Backend> backend, std::chrono::seconds lifetime)
    : model_(model), backend_(std::move(backend)), plans_(model), lifetime_(lifetime) {}

// ---- Where a path leads

// The schema that the request names, or nothing.
std::expected<std::string_view, Problem> Api::find_schema(const http::Request& request) const {
  const auto profile =
      request.header(is_read(request.method) ? "Accept-Profile" : "Content-Profile");
  if (!profile) return std::string_view();
  const auto known = std::ranges::find(model_.schemas, *profile);
  if (known != model_.schemas.end()) return *known;
  Problem problem = make_problem(406, "PGRST106", "there is no schema " + quoted(*profile));
  for (std::string_view schema : model_.schemas) {
    problem.hint += problem.hint.empty() ? "there are " : ", ";
    problem.hint += schema;
  }
  return std::unexpected(std::move(problem));
}

// An entity by its name, in the schema that the request names: those of the default schema say
// none.
std::expected<query::EntityIndex, Problem> Api::find_entity(std::string_view name,
                                                            std::string_view schema) const {
  const bool is_default = !schema.empty() && schema == model_.schemas.front();
  if (!schema.empty() && !is_default) {
    const int found = model_.find_entity(std::string(schema) + "." + std::string(name));
    if (found >= 0) return static_cast<query::EntityIndex>(found);
  }
  const int found = model_.find_entity(name);
  const std::string_view expected = is_default ? std::string_view() : schema;
  const bool is_there =
      found >= 0 &&
      (schema.empty() || model_.entities[static_cast<std::size_t>(found)].schema == expected);
  if (!is_there) return std::unexpected(unknown_table(model_, name));
  return static_cast<query::EntityIndex>(found);
}

// `path` is what follows /api/.
std::expected<Api::Target, Problem> Api::find_target(const http::Request& request,
                                                     std::string_view path) const {
  Target target;
  std::string_view left = path;
  std::string_view segment = split_off(left, '/');
  std::string decoded;
  if (segment.find('%') != std::string_view::npos) {
    auto text = decode_segment(segment);
    if (!text) return std::unexpected(std::move(text.error()));
    decoded = std::move(*text);
    segment = decoded;
  }
  const auto schema = find_schema(request);
  if (!schema) return std::unexpected(schema.error());
  const auto entity = find_entity(segment, *schema);
  if (!entity) return std::unexpected(entity.error());
  target.route.entity = *entity;
  if (left.data() == nullptr) return target;
  const Entity& owner = model_.entities[target.route.entity];
  // A row whose key is this word has the path with one of its letters encoded: /%73earch.
  if (left == kSearch && !owner.search.fields.empty()) {
    target.route.is_search = true;
    return target;
  }
  target.key = split_off(left, '/');
  target.route.has_key = true;
  if (owner.primary_key.fields.empty()) {
    return std::unexpected(make_problem(404, "PGRST125",
                                        quoted(owner.name) + " has no primary key, so its rows "
                                                             "have no paths of their own",
                                        "filter the collection"));
  }
  if (target.key.empty()) return std::unexpected(not_found());
  if (left.data() == nullptr) return target;
  if (left.find('/') != std::string_view::npos) return std::unexpected(not_found());
  auto name = decode_segment(left);
  if (!name) return std::unexpected(std::move(name.error()));
  const auto relation = std::ranges::find(owner.relations, *name, &query::Relation::name);
  if (relation == owner.relations.end()) {
    Problem problem = unknown_relation(owner, *name);
    problem.status = 404;
    return std::unexpected(std::move(problem));
  }
  target.route.relation = static_cast<int>(relation - owner.relations.begin());
  return target;
}

void Api::handle(Exchange& exchange) {
  const http::Request& request = exchange.request();
  if (request.path == "/api" || request.path == "/api/") return list_tables(exchange);
  // A table of that name has the path.
  const bool is_call = request.path.starts_with(kCalls) && model_.find_entity("rpc") < 0;
  if (is_call) return call(exchange);
  if (request.path == kBatch && model_.find_entity("batch") < 0) return batch(exchange);
  const auto target = find_target(request, request.path.substr(std::string_view("/api/").size()));
  if (!target) return finish_with(exchange, target.error());
  const auto media = negotiate(request, handlers_of(request, target->route));
  if (!media) return finish_with(exchange, media.error());
  const Entity& entity = model_.entities[target->route.entity];
  if (request.method == Method::options) return answer_options(exchange, *target);
  if (is_read(request.method)) return read(exchange, *target, *media);
  if (const auto refused = refuse_method(request, target->route)) {
    exchange.response().header("Allow",
                               allowed_methods(entity, target->route, backend_->dialect()));
    return finish_with(exchange, *refused);
  }
  write(exchange, *target, *media);
}

// Aggregates make one value of a list that is read.
Handlers Api::handlers_of(const http::Request& request, const Route& route) const {
  const bool is_list = is_read(request.method) && (!route.has_key || route.relation >= 0) &&
                       backend_->dialect() == Dialect::postgres;
  if (!is_list || model_.handlers.empty()) return {};
  query::EntityIndex entity = route.entity;
  if (route.relation >= 0) {
    const auto& relation =
        model_.entities[entity].relations[static_cast<std::size_t>(route.relation)];
    if (relation.cardinality == query::Cardinality::to_one) return {};
    entity = relation.target;
  }
  return {.all = model_.handlers, .entity = entity, .is_whole = selects_all(request.query)};
}

std::optional<Problem> Api::refuse_method(const http::Request& request, const Route& route) const {
  const Entity& entity = model_.entities[route.entity];
  const std::string_view name = http::name_of(request.method);
  const std::string allowed = allowed_methods(entity, route, backend_->dialect());
  if (allowed.find(name) != std::string::npos) return std::nullopt;
  return make_problem(405, "PGRST117", std::string(name) + " is not possible here",
                      entity.is_view ? "views are read only" : "try " + allowed);
}

// Writes that happen together or not at all.
void Api::batch(Exchange& exchange) {
  if (exchange.request().method != Method::post) {
    exchange.response().header("Allow", "POST");
    return finish_with(exchange, make_problem(405, "PGRST117", "a batch is posted"));
  }
  auto once = once_of(exchange.request(), lifetime_);
  if (!once) return finish_with(exchange, once.error());
  const auto parts = parse_batch(exchange.request().body);
  if (!parts) return finish_with(exchange, parts.error());
  std::vector<WriteJob> jobs;
  for (const BatchPart& part : *parts) {
    const http::Request request = part.request();
    auto job = batch_job(request);
    if (!job) {
      Problem problem = std::move(job.error());
      problem.hint += problem.hint.empty() ? "" : "; ";
      problem.hint += "this is part ";
      append_number(problem.hint, jobs.size());
      return finish_with(exchange, problem);
    }
    jobs.push_back(std::move(*job));
  }
  if (jobs.empty()) {
    exchange.response().body += "[]";
    return exchange.finish();
  }
  carry_out(exchange, std::move(jobs), std::move(*once), true);
}

std::expected<WriteJob, Problem> Api::batch_job(const http::Request& request) const {
  const auto target = find_target(request, request.path.substr(1));
  if (!target) return std::unexpected(target.error());
  if (const auto refused = refuse_method(request, target->route)) return std::unexpected(*refused);
  return make_job(model_, request, target->route, target->key, backend_->dialect());
}

void Api::answer_options(Exchange& exchange, const Target& target) const {
  http::Response& response = exchange.response();
  response.header("Allow", allowed_methods(model_.entities[target.route.entity], target.route,
                                           backend_->dialect()));
  response.content_type = {};
  exchange.finish();
}

void Api::list_tables(Exchange& exchange) const {
  if (exchange.request().method == Method::options) {
    exchange.response().header("Allow", "GET, HEAD, OPTIONS");
    exchange.response().content_type = {};
    return exchange.finish();
  }
  if (!is_read(exchange.request().method)) {
    exchange.response().header("Allow", "GET, HEAD, OPTIONS");
    return finish_with(exchange, make_problem(405, "PGRST117", "the list of tables can be read"));
  }
  json::Writer writer(exchange.response().body);
  writer.begin_array();
  for (const Entity& entity : model_.entities) {
    writer.begin_object();
    writer.key("name");
    writer.string(entity.name);
    writer.key("path");
    std::string path = "/api/";
    append_percent_encoded(path, entity.name);
    writer.string(path);
    writer.key("is_view");
    writer.boolean(entity.is_view);
    if (!entity.description.empty()) {
      writer.key("description");
      writer.string(entity.description);
    }
    writer.end_object();
  }
  writer.end_array();
  exchange.finish();
}

// ---- Reading

void Api::read(Exchange& exchange, const Target& target, const Media& media) {
  const http::Request& request = exchange.request();
  PlanRequest asked;
  asked.route = target.route;
  asked.text = request.query;
  asked.dialect = backend_->dialect();
  asked.as_text = media.format == Media::Format::csv;
  ReadTask task;
  task.media = media;
  bool has_preferences = false;
  for (const http::Header& header : request.headers) {
    const bool is_prefer = header.name.size() == 6 && equals_ignoring_case(header.name, "prefer");
    const bool is_range = header.name.size() == 5 && equals_ignoring_case(header.name, "range");
    if (is_range) {
      const auto range = parse_range(request);
      if (!range) return finish_with(exchange, range.error());
      asked.range = *range;
    } else if (is_prefer && !std::exchange(has_preferences, true)) {
      auto preferences = parse_preferences(request);
      if (!preferences) return finish_with(exchange, preferences.error());
      asked.count = preferences->count;
      add_settings(*preferences, task.settings);
      if (!preferences->applied.empty()) note_applied(exchange, preferences->applied);
    }
  }
  if (media.handler != nullptr) {
    // The aggregate is a function of the schema, and may ask and say what those do.
    asked.handler = media.handler;
    task.is_function = true;
    add_request(request, task.settings);
  }
  auto planned = media.handler != nullptr ? make_plan(asked) : plans_.find_or_make(asked);
  if (!planned) return finish_with(exchange, planned.error());
  task.plan = std::move(*planned);
  if (target.route.has_key) {
    auto key = parse_key(model_.entities[target.route.entity], target.key, asked.dialect);
    if (!key) return finish_with(exchange, key.error());
    task.key = std::move(*key);
  }
  backend_->read(exchange, std::move(task));
}

// One that is not kept.
std::expected<std::shared_ptr<ReadPlan>, Problem> Api::make_plan(const PlanRequest& asked) const {
  auto plan = plan_read(model_, asked);
  if (!plan) return std::unexpected(std::move(plan.error()));
  return std::make_shared<ReadPlan>(std::move(*plan));
}

void Api::call(Exchange& exchange) {
  const http::Request& request = exchange.request();
  const auto name = decode_segment(request.path.substr(kCalls.size()));
  if (!name) return finish_with(exchange, name.error());
  const auto schema = find_schema(request);
  if (!schema) return finish_with(exchange, schema.error());
  if (request.method == Method::options) {
    exchange.response().header("Allow", kCallMethods);
    exchange.response().content_type = {};
    return exchange.finish();
  }
  if (!is_read(request.method) && request.method != Method::post) {
    exchange.response().header("Allow", kCallMethods);
    return finish_with(exchange,
                       make_problem(405, "PGRST101", "a function is called by GET or POST"));
  }
  auto task = make_call(model_, request, *name, *schema, backend_->dialect());
  if (!task) return finish_with(exchange, task.error());
  // What only reads may be asked any number of times.
  if (task->changes) {
    auto once = once_of(request, lifetime_);
    if (!once) return finish_with(exchange, once.error());
    task->once = std::move(*once);
  }
  if (!task->applied.empty()) note_applied(exchange, task->applied);
  backend_->read(exchange, std::move(*task));
}

// ---- Writing

void Api::write(Exchange& exchange, const Target& target, const Media& media) {
  auto once = once_of(exchange.request(), lifetime_);
  if (!once) return finish_with(exchange, once.error());
  auto job = make_job(model_, exchange.request(), target.route, target.key, backend_->dialect());
  if (!job) return finish_with(exchange, job.error());
  job->media = media;
  if (is_idle(*job)) {
    Answer answer = answer_idle(model_, *job);
    return finish_with(exchange, answer);
  }
  std::vector<WriteJob> jobs;
  jobs.push_back(std::move(*job));
  carry_out(exchange, std::move(jobs), std::move(*once), false);
}

void Api::carry_out(http::Exchange& exchange, std::vector<WriteJob> jobs,
                    std::shared_ptr<Once> once, bool is_batch) {
  exchange.defer();
  if (once) once->is_batch = is_batch;
  auto finish = [this, at = &exchange, once, is_batch](std::vector<WriteJob> done,
                                                       std::expected<void, db::Error> result) {
    if (once) {
      if (auto kept = answer_of(*once, result.has_value())) return finish_with(*at, *kept);
    }
    Answer answer =
        is_batch ? answer_batch(model_, done, result) : answer_write(model_, done.front(), result);
    finish_with(*at, answer);
  };
  backend_->write(std::move(jobs), std::move(once), std::move(finish));
}

}  // namespace sqlxc::rest
