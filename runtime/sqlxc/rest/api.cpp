#include <sqlxc/rest/api.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/prefer.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/url.h>

namespace sqlxc::rest {
namespace {

using http::Exchange;
using http::Method;
using http::Problem;
using query::Entity;

constexpr std::size_t kPlans = 256;
constexpr std::size_t kMaxPlanText = 2048;
// A read that is likely short is stopped in the loop after this and goes to the pool.
constexpr std::chrono::milliseconds kLoopPatience{5};
constexpr std::chrono::seconds kStatementTime{30};
// What a response's buffers may keep from one read to the next.
constexpr std::size_t kKeptCapacity = 256 * 1024;

void finish_with(Exchange& exchange, const Problem& problem) {
  http::set_problem(exchange.response(), problem);
  exchange.finish();
}

void finish_with(Exchange& exchange, Answer& answer) {
  http::Response& response = exchange.response();
  response.status = answer.status;
  response.body.swap(answer.body);
  response.headers += answer.headers;
  if (answer.status >= 400) {
    response.content_type = "application/problem+json";
  } else if (response.body.empty()) {
    response.content_type = {};
  }
  exchange.finish();
}

bool accepts_json(const http::Request& request) {
  bool is_named = false;
  for (const http::Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, "accept")) continue;
    is_named = true;
    std::string_view left = header.value;
    while (!left.empty()) {
      std::string_view range = split_off(left, ',');
      const std::string_view type = trim(split_off(range, ';'));
      if (type == "*/*" || equals_ignoring_case(type, "application/*") ||
          equals_ignoring_case(type, "application/json")) {
        return true;
      }
    }
  }
  return !is_named;
}

std::string allowed_methods(const Entity& entity, const Route& route) {
  if (entity.is_view || route.relation >= 0) return "GET, HEAD, OPTIONS";
  return route.has_key ? "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"
                       : "GET, HEAD, POST, PATCH, DELETE, OPTIONS";
}

bool is_read(Method method) { return method == Method::get || method == Method::head; }

// Where a request that is waited for can be told that nobody waits any more.
std::shared_ptr<db::Cancellation> cancel_if_abandoned(Exchange& exchange) {
  // Shared: the statement's thread may hold it when the exchange is gone.
  auto cancellation = std::make_shared<db::Cancellation>();
  exchange.on_abandoned([cancellation] { cancellation->cancel(); });
  return cancellation;
}

}  // namespace

Api::Api(const query::Model& model, db::Store& store, net::Loop& loop,
         std::unique_ptr<db::Reader> reader)
    : model_(model), store_(store), loop_(loop), reader_(std::move(reader)), plans_(kPlans) {
  loop_.at_end_of_turn([this] { reader_->end_turn(); });
}

Result<std::unique_ptr<http::Handler>> Api::create(const query::Model& model, db::Store& store,
                                                   net::Loop& loop) {
  auto reader = store.make_reader();
  if (!reader) return fail("cannot open the database: " + reader.error().message);
  return std::unique_ptr<http::Handler>(new Api(model, store, loop, std::move(*reader)));
}

// ---- Where a path leads

std::expected<Api::Target, Problem> Api::find_target(std::string_view path) const {
  Target target;
  std::string_view left = path.substr(std::string_view("/api/").size());
  std::string_view segment = split_off(left, '/');
  std::string decoded;
  if (segment.find('%') != std::string_view::npos) {
    auto text = decode_segment(segment);
    if (!text) return std::unexpected(std::move(text.error()));
    decoded = std::move(*text);
    segment = decoded;
  }
  const int entity = model_.find_entity(segment);
  if (entity < 0) return std::unexpected(unknown_table(model_, segment));
  target.route.entity = static_cast<query::EntityIndex>(entity);
  if (left.data() == nullptr) return target;
  const Entity& owner = model_.entities[target.route.entity];
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
  const auto target = find_target(request.path);
  if (!target) return finish_with(exchange, target.error());
  const Entity& entity = model_.entities[target->route.entity];
  if (request.method == Method::options) return answer_options(exchange, *target);
  const std::string_view name = http::name_of(request.method);
  if (!is_read(request.method)) {
    const std::string allowed = allowed_methods(entity, target->route);
    if (allowed.find(name) == std::string::npos) {
      exchange.response().header("Allow", allowed);
      return finish_with(exchange,
                         make_problem(405, "PGRST117", std::string(name) + " is not possible here",
                                      entity.is_view ? "views are read only" : "try " + allowed));
    }
  }
  if (!accepts_json(request)) {
    return finish_with(exchange,
                       make_problem(406, "PGRST107", "none of the accepted media types can be made",
                                    "application/json can"));
  }
  return is_read(request.method) ? read(exchange, *target) : write(exchange, *target);
}

void Api::answer_options(Exchange& exchange, const Target& target) const {
  http::Response& response = exchange.response();
  response.header("Allow", allowed_methods(model_.entities[target.route.entity], target.route));
  response.content_type = {};
  exchange.finish();
}

void Api::list_tables(Exchange& exchange) const {
  if (!is_read(exchange.request().method)) {
    exchange.response().header("Allow", "GET, HEAD");
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

std::expected<std::shared_ptr<ReadPlan>, Problem> Api::plan(const Target& target,
                                                            std::string_view query, bool counts) {
  std::size_t hash = std::hash<std::string_view>()(query);
  hash ^= (static_cast<std::size_t>(target.route.entity) << 20U) ^
          (static_cast<std::size_t>(target.route.relation + 1) << 8U) ^
          (target.route.has_key ? 2U : 0U) ^ (counts ? 1U : 0U);
  hash *= 0x9E3779B97F4A7C15U;
  std::shared_ptr<ReadPlan>& slot = plans_[(hash >> 40U) % kPlans];
  const bool is_known = slot != nullptr && slot->route == target.route && slot->counts == counts &&
                        slot->query_text == query;
  if (is_known) return slot;
  auto made = plan_read(model_, target.route, query, counts);
  if (!made) return std::unexpected(std::move(made.error()));
  auto plan = std::make_shared<ReadPlan>(std::move(*made));
  // Compared with what was asked, also where a count has no sense.
  plan->counts = counts;
  if (query.size() <= kMaxPlanText) slot = plan;
  return plan;
}

void Api::read(Exchange& exchange, const Target& target) {
  const http::Request& request = exchange.request();
  bool counts = false;
  for (const http::Header& header : request.headers) {
    if (header.name.size() == 6 && equals_ignoring_case(header.name, "prefer")) {
      const auto preferences = parse_preferences(request);
      if (!preferences) return finish_with(exchange, preferences.error());
      counts = preferences->count != Preferences::Count::none;
      break;
    }
  }
  auto planned = plan(target, request.query, counts);
  if (!planned) return finish_with(exchange, planned.error());
  std::shared_ptr<ReadPlan>& plan = *planned;
  std::vector<value::Value> key;
  if (target.route.has_key) {
    auto parsed = parse_key(model_.entities[target.route.entity], target.key);
    if (!parsed) return finish_with(exchange, parsed.error());
    key = std::move(*parsed);
  }
  if (plan->count) exchange.response().header("Preference-Applied", "count=exact");
  if (plan->cost == query::Cost::unbounded) {
    return read_in_pool(exchange, std::move(plan), std::move(key));
  }
  std::vector<value::Value>& binds = plan->select.statement.binds;
  std::ranges::copy(key, binds.begin() + static_cast<std::ptrdiff_t>(plan->select.key_bind));
  db::Limits limits;
  if (plan->cost == query::Cost::likely) limits.deadline = db::Clock::now() + kLoopPatience;
  answer_.status = 200;
  answer_.body.clear();
  answer_.headers.clear();
  const ReadInput input{.binds = binds, .key = key, .path = request.path};
  const auto done = run_read(model_, *plan, *reader_, input, limits, answer_);
  if (done) {
    finish_with(exchange, answer_);
    if (answer_.body.capacity() > kKeptCapacity) answer_.body = {};
    return;
  }
  const bool is_late = done.error().failure == db::Failure::interrupted;
  if (!is_late) return finish_with(exchange, of_failure(done.error()));
  read_in_pool(exchange, std::move(plan), std::move(key));
}

void Api::read_in_pool(Exchange& exchange, std::shared_ptr<ReadPlan> plan,
                       std::vector<value::Value> key) {
  std::vector<value::Value> binds = plan->select.statement.binds;
  std::ranges::copy(key, binds.begin() + static_cast<std::ptrdiff_t>(plan->select.key_bind));
  auto cancellation = cancel_if_abandoned(exchange);
  exchange.defer();
  auto run = [&model = model_, remote = loop_.remote(), at = &exchange, plan = std::move(plan),
              key = std::move(key), binds = std::move(binds), cancellation,
              path = std::string(exchange.request().path)](db::Reader& reader) {
    // Shared only because std::function's kin must carry it to the loop.
    auto answer = std::make_shared<Answer>();
    const db::Limits limits{.deadline = db::Clock::now() + kStatementTime,
                            .cancellation = cancellation.get()};
    const ReadInput input{.binds = binds, .key = key, .path = path};
    const auto done = run_read(model, *plan, reader, input, limits, *answer);
    if (!done) {
      *answer = {};
      set_problem(*answer, of_failure(done.error()));
    }
    remote.post([at, answer] { finish_with(*at, *answer); });
  };
  if (store_.read_in_pool({.run = std::move(run)})) return;
  finish_with(exchange, make_problem(503, "53300", "too many long reads are waiting", "try again"));
}

// ---- Writing

void Api::write(Exchange& exchange, const Target& target) {
  auto job = make_job(exchange.request(), target);
  if (!job) return finish_with(exchange, job.error());
  run_job(exchange, std::move(*job));
}

std::expected<void, Problem> Api::read_body(const http::Request& request, WriteJob& job,
                                            const std::vector<value::Value>* key) const {
  const std::string_view type = request.content_type();
  const bool is_json = type.empty() || equals_ignoring_case(type, "application/json") ||
                       equals_ignoring_case(type, "application/merge-patch+json");
  if (!is_json) {
    return std::unexpected(make_problem(415, "PGRST102",
                                        "the media type " + quoted(type) + " cannot be read",
                                        "send application/json"));
  }
  BodyOptions options;
  options.takes_many = job.verb == Verb::insert;
  options.missing_default = job.preferences.missing_default;
  if (job.verb == Verb::update) options.write = rules::Write::update;
  options.key = key;
  rules::Violations violations;
  auto body = parse_body(model_.entities[job.entity], request.body, options, violations);
  if (!body) return std::unexpected(std::move(body.error()));
  if (!violations.empty())
    return std::unexpected(of_violations(model_.entities[job.entity], violations, 422));
  if (job.verb == Verb::update) {
    job.values = std::move(body->rows.front());
  } else {
    job.insert.entity = job.entity;
    job.insert.rows = std::move(body->rows);
  }
  return {};
}

std::expected<WriteJob, Problem> Api::make_job(const http::Request& request,
                                               const Target& target) const {
  WriteJob job;
  job.entity = target.route.entity;
  job.is_item = target.route.has_key;
  job.verb = request.method == Method::post    ? Verb::insert
             : request.method == Method::put   ? Verb::put
             : request.method == Method::patch ? Verb::update
                                               : Verb::remove;
  auto preferences = parse_preferences(request);
  if (!preferences) return std::unexpected(std::move(preferences.error()));
  job.preferences = std::move(*preferences);
  const Entity& entity = model_.entities[job.entity];
  const auto parameters = parse_query_string(request.query);
  if (!parameters) return std::unexpected(parameters.error());
  const bool inserts = job.verb == Verb::insert;
  const Shape shape = inserts ? Shape::insert : job.is_item ? Shape::item : Shape::write;
  auto parsed = parse_query(model_, job.entity, *parameters, shape);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  std::vector<value::Value> key;
  if (job.is_item) {
    auto read = parse_key(entity, target.key);
    if (!read) return std::unexpected(std::move(read.error()));
    key = std::move(*read);
  }
  if (shape == Shape::write && !parsed->has_filter && !job.preferences.affects_all) {
    return std::unexpected(make_problem(400, "21000",
                                        "without a filter this would affect every row",
                                        "filter, or say `Prefer: affect=all`"));
  }
  job.filter = job.is_item ? query::key_filter(entity, key) : std::move(parsed->query.filter);
  job.shown = std::move(parsed->query);
  job.shown.filter = {};
  const bool needs_key = std::ranges::any_of(job.shown.items, [](const query::Item& item) {
    return item.embed != query::Item::kNoEmbed || item.cast;
  });
  if (needs_key && entity.primary_key.fields.empty()) {
    return std::unexpected(make_problem(
        400, "PGRST100", "without a primary key, written rows cannot be shown with relations"));
  }
  if (inserts) {
    if (job.preferences.resolution != Preferences::Resolution::none) {
      job.insert.on_conflict = job.preferences.resolution == Preferences::Resolution::merge
                                   ? query::Insert::OnConflict::merge
                                   : query::Insert::OnConflict::ignore;
      const auto& own = entity.primary_key.fields;
      job.insert.target = parsed->on_conflict;
      if (job.insert.target.empty()) job.insert.target.assign(own.begin(), own.end());
      if (job.insert.target.empty()) {
        return std::unexpected(make_problem(
            400, "42P10", quoted(entity.name) + " has no primary key to find duplicates by",
            "name a unique key: on_conflict=..."));
      }
    }
  } else if (job.verb == Verb::put) {
    job.insert.on_conflict = query::Insert::OnConflict::replace;
    job.insert.target.assign(entity.primary_key.fields.begin(), entity.primary_key.fields.end());
  }
  if (job.verb == Verb::remove) return job;
  auto body = read_body(request, job, job.verb == Verb::put ? &key : nullptr);
  if (!body) return std::unexpected(std::move(body.error()));
  return job;
}

void Api::run_job(Exchange& exchange, WriteJob made) {
  // Shared by the writer's thread, which runs it, and the loop, which answers.
  auto job = std::make_shared<WriteJob>(std::move(made));
  exchange.defer();
  // A write is not given up when its client leaves: nobody could say whether it happened.
  db::Write unit;
  unit.deadline = db::Clock::now() + kStatementTime;
  unit.run = [&model = model_, job](db::Session& session) {
    return run_write(model, *job, session);
  };
  unit.done = [&model = model_, remote = loop_.remote(), at = &exchange,
               job](std::expected<void, db::Error> result) {
    remote.post([&model, at, job, result = std::move(result)] {
      Answer answer = answer_write(model, *job, result);
      finish_with(*at, answer);
    });
  };
  store_.write(std::move(unit));
}

}  // namespace sqlxc::rest
