#include <sqlxc/orm/engine.h>

#include <algorithm>
#include <memory>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/observe/log.h>
#include <sqlxc/orm/problem.h>
#include <sqlxc/orm/resolve.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/render.h>
#include <sqlxc/service/database.h>
#include <sqlxc/service/settings.h>

namespace sqlxc::orm {
namespace {

using rest::Verb;
using rest::WriteJob;
using value::Value;

// The rows of a statement as the objects of an array.
class RowsTaker final : public rest::RowTaker {
 public:
  void start(std::span<const query::Column> columns) override {
    columns_ = columns;
    json_.clear();
  }
  void take(const rest::SqliteRow& row) override { append(row); }
  void take(const rest::PostgresRow& row) override { append(row); }

  std::string take_json() {
    if (json_.empty()) return "[]";
    json_ += ']';
    return std::move(json_);
  }

 private:
  template <typename Row>
  void append(const Row& row) {
    json_ += json_.empty() ? '[' : ',';
    rest::append_row(json_, columns_, row);
  }

  std::span<const query::Column> columns_;
  std::string json_;
};

// The body of a request that says the same. DEFAULT of a new row is what it has where nothing is
// said.
void append_body(std::string& out, const query::Model& model, query::EntityIndex entity,
                 const Values& values);

void append_bodies(std::string& out, const query::Model& model, query::EntityIndex entity,
                   const std::vector<Values>& rows) {
  out += '[';
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += ',';
    append_body(out, model, entity, rows[i]);
  }
  out += ']';
}

void append_body(std::string& out, const query::Model& model, query::EntityIndex entity,
                 const Values& values) {
  const query::Entity& of = model.entities[entity];
  json::Writer writer(out);
  writer.begin_object();
  for (const Values::Column& column : values.columns) {
    if (column.said == Said::set_default) continue;
    writer.key(of.fields[column.field].name);
    writer.raw(column.said == Said::set_null ? "null" : column.json);
  }
  for (const Values::Rows& nested : values.nested) {
    const query::Relation& relation = of.relations[nested.relation];
    std::string rows;
    append_bodies(rows, model, relation.target, nested.rows);
    writer.key(relation.name);
    writer.raw(rows);
  }
  writer.end_object();
}

std::expected<rest::Body, http::Problem> read_body(const query::Entity& entity,
                                                   std::string_view json,
                                                   const rest::BodyOptions& options) {
  rules::Violations violations;
  auto body = rest::parse_body(entity, json, options, violations);
  if (body && !violations.empty()) {
    return std::unexpected(rest::of_violations(entity, violations, 422));
  }
  return body;
}

// A job that shows the rows that it writes, whole.
WriteJob job_of(const Scope& scope, query::EntityIndex entity, Verb verb) {
  WriteJob job;
  job.verb = verb;
  job.entity = entity;
  job.insert.entity = entity;
  job.preferences.returns = rest::Preferences::Return::representation;
  job.shown.entity = entity;
  // There is nothing in it yet that could be refused.
  static_cast<void>(resolve(scope, job.shown));
  job.shown.order.clear();
  return job;
}

// Says in the job which rows are meant.
Resolved aim(const Scope& scope, Engine::Target target, WriteJob& job) {
  if (target.key.empty()) {
    job.filter = std::move(target.filter);
    return resolve(scope, target.entity, job.filter);
  }
  auto key = resolve_key(scope, target.entity, target.key);
  if (!key) return std::unexpected(std::move(key.error()));
  job.is_item = true;
  job.filter = query::key_filter(scope.model.entities[target.entity], std::move(*key));
  return {};
}

// DEFAULT for columns of rows that stand.
Resolved set_defaults(const Scope& scope, const Values& values, WriteJob& job) {
  for (const Values::Column& column : values.columns) {
    if (column.said != Said::set_default) continue;
    if (scope.dialect == query::Dialect::sqlite) {
      return std::unexpected(
          rest::make_problem(400, "0A000", "SQLite has no DEFAULT for a row that stands"));
    }
    job.values[column.field] = Value::use_default();
  }
  return {};
}

}  // namespace

// What one thread works with: a loop of its own, which runs while the thread waits.
struct Engine::Session {
  std::unique_ptr<net::Loop> loop;
  std::unique_ptr<rest::Backend> backend;

  // Runs the loop until what `start` began has called what it was given.
  template <typename Start>
  void wait(Start start) {
    bool is_done = false;
    start([&] {
      is_done = true;
      loop->stop();
    });
    while (!is_done) loop->run();
  }
};

// A session for the time of one call.
class Engine::Lease {
 public:
  static Result<Lease> take(Engine& engine) {
    {
      const std::scoped_lock lock(engine.mutex_);
      if (!engine.free_.empty()) {
        Lease lease(engine, std::move(engine.free_.back()));
        engine.free_.pop_back();
        return lease;
      }
    }
    auto session = std::make_unique<Session>();
    auto loop = net::Loop::create();
    if (!loop) return std::unexpected(Error{.status = 503, .message = loop.error().message});
    session->loop = std::move(*loop);
    auto backend = engine.database_->connect(*session->loop);
    if (!backend) return std::unexpected(Error{.status = 503, .message = backend.error().message});
    session->backend = std::move(*backend);
    return Lease(engine, std::move(session));
  }
  Lease(Lease&&) = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease() {
    if (!session_) return;
    const std::scoped_lock lock(engine_.mutex_);
    engine_.free_.push_back(std::move(session_));
  }

  Session* operator->() const { return session_.get(); }
  Scope scope() const { return {engine_.model_, session_->backend->dialect()}; }

  // The rows of one statement, as JSON.
  Result<std::string> select(query::Select made, query::Cost cost) {
    auto select = std::make_shared<const query::Select>(std::move(made));
    std::vector<rest::SelectTask> tasks(1);
    tasks[0].select = select;
    tasks[0].binds = select->statement.binds;
    tasks[0].cost = cost;
    tasks[0].taker = std::make_unique<RowsTaker>();
    session_->wait([&](auto done) {
      session_->backend->select(std::move(tasks), [&tasks, done](auto finished) {
        tasks = std::move(finished);
        done();
      });
    });
    if (!tasks[0].result) return refuse(rest::of_failure(tasks[0].result.error()));
    return static_cast<RowsTaker&>(*tasks[0].taker).take_json();
  }

  Result<std::string> write(WriteJob job) {
    if (rest::is_idle(job)) return "[]";
    std::vector<WriteJob> jobs;
    jobs.push_back(std::move(job));
    std::expected<void, db::Error> result;
    session_->wait([&](auto done) {
      session_->backend->write(std::move(jobs), [&, done](auto finished, auto outcome) {
        jobs = std::move(finished);
        result = std::move(outcome);
        done();
      });
    });
    const auto problem = rest::problem_of(engine_.model_, jobs[0], result);
    if (!problem) return std::move(jobs[0].body);
    // Nobody has that key.
    if (jobs[0].is_item && problem->status == 404) return "null";
    return refuse(*problem);
  }

 private:
  Lease(Engine& engine, std::unique_ptr<Session> session)
      : engine_(engine), session_(std::move(session)) {}

  Engine& engine_;
  std::unique_ptr<Session> session_;
};

Engine::Engine(const query::Model& model) : model_(model) {}

Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(const query::Model& model, std::string_view url) {
  service::Settings settings;
  settings.database = url;
  settings.read_connections = 1;
  settings.write_connections = 1;
  const observe::Log log(observe::Level::error, observe::Format::logfmt);
  auto database = service::Database::open(settings, model, log);
  if (!database) return std::unexpected(Error{.status = 503, .message = database.error().message});
  auto engine = std::unique_ptr<Engine>(new Engine(model));
  engine->database_ = std::move(*database);
  return engine;
}

Result<std::string> Engine::read(query::Query query, const std::vector<std::string>& key) {
  auto lease = Lease::take(*this);
  if (!lease) return std::unexpected(std::move(lease.error()));
  const Scope scope = lease->scope();
  auto values = resolve_key(scope, query.entity, key);
  if (!values) return refuse(values.error());
  query.key = std::move(*values);
  if (auto read = resolve(scope, query); !read) return refuse(read.error());
  return lease->select(query::print_select(model_, query, scope.dialect),
                       query::cost_of(model_, query));
}

Result<std::int64_t> Engine::count(query::Query query) {
  auto lease = Lease::take(*this);
  if (!lease) return std::unexpected(std::move(lease.error()));
  const Scope scope = lease->scope();
  if (auto read = resolve(scope, query); !read) return refuse(read.error());
  query::Select select;
  select.statement = query::print_count(model_, query, scope.dialect);
  query::Column& column = select.columns.emplace_back();
  column.key = "{\"count\":";
  column.cast.type = value::Type::int64;
  auto json = lease->select(std::move(select), query::Cost::unbounded);
  if (!json) return std::unexpected(std::move(json.error()));
  // [{"count":5}]
  json::Reader reader(*json);
  while (reader.next() != json::Token::number && reader.token() != json::Token::error) continue;
  return parse_number<std::int64_t>(reader.text()).value_or(0);
}

Result<std::string> Engine::insert(query::EntityIndex entity, const std::vector<Values>& rows,
                                   bool is_upsert) {
  auto lease = Lease::take(*this);
  if (!lease) return std::unexpected(std::move(lease.error()));
  const Scope scope = lease->scope();
  const query::Entity& of = model_.entities[entity];
  std::string json;
  append_bodies(json, model_, entity, rows);
  auto body = read_body(of, json,
                        {.takes_many = true,
                         .missing_default = true,
                         .model = is_upsert ? nullptr : &model_,
                         .dialect = scope.dialect});
  if (!body) return refuse(body.error());
  WriteJob job = job_of(scope, entity, Verb::insert);
  if (is_upsert) {
    const auto& key = of.primary_key.fields;
    job.insert.on_conflict = query::Insert::OnConflict::merge;
    job.insert.target.assign(key.begin(), key.end());
  }
  if (body->nested.empty()) {
    job.insert.rows = std::move(body->rows);
  } else {
    job.nested = rest::plan_nested(model_, entity, std::move(*body));
  }
  return lease->write(std::move(job));
}

Result<std::string> Engine::update(Target target, const Values& values) {
  auto lease = Lease::take(*this);
  if (!lease) return std::unexpected(std::move(lease.error()));
  const Scope scope = lease->scope();
  WriteJob job = job_of(scope, target.entity, Verb::update);
  if (auto aimed = aim(scope, std::move(target), job); !aimed) return refuse(aimed.error());
  const query::Entity& of = model_.entities[job.entity];
  std::string json;
  append_body(json, model_, job.entity, values);
  auto body = read_body(
      of, json, {.write = rules::Write::update, .missing_default = true, .dialect = scope.dialect});
  if (!body) return refuse(body.error());
  job.values = std::move(body->rows.front());
  if (auto set = set_defaults(scope, values, job); !set) return refuse(set.error());
  return lease->write(std::move(job));
}

Result<std::string> Engine::remove(Target target) {
  auto lease = Lease::take(*this);
  if (!lease) return std::unexpected(std::move(lease.error()));
  const Scope scope = lease->scope();
  WriteJob job = job_of(scope, target.entity, Verb::remove);
  if (auto aimed = aim(scope, std::move(target), job); !aimed) return refuse(aimed.error());
  return lease->write(std::move(job));
}

}  // namespace sqlxc::orm
