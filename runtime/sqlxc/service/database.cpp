#include <sqlxc/service/database.h>

#include <deque>
#include <utility>

#include <sqlxc/pg/client.h>
#include <sqlxc/pg/prepare.h>
#include <sqlxc/query/names.h>
#include <sqlxc/query/tracked.h>
#include <sqlxc/rest/postgres_backend.h>
#include <sqlxc/rest/sqlite_backend.h>

namespace sqlxc::service {
namespace {

bool is_postgres(std::string_view url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

// A path from what people write for one: blog.db, sqlite:blog.db, sqlite:///var/blog.db,
// file:blog.db.
Result<std::string> path_of(const Settings& settings, const query::Model& model) {
  if (settings.database.empty()) return std::string(model.name) + ".db";
  std::string_view url = settings.database;
  for (const std::string_view scheme : {"sqlite://", "sqlite:", "file://", "file:"}) {
    if (!url.starts_with(scheme)) continue;
    url.remove_prefix(scheme.size());
    break;
  }
  if (url.find("://") != std::string_view::npos) {
    return fail("`" + std::string(url.substr(0, url.find("://"))) +
                "` is no database that this service speaks to: a file, or postgresql://...");
  }
  if (url.empty() || url == ":memory:") {
    return fail(
        "the loops of the service share a file: name one, in /dev/shm if it shall live in memory");
  }
  return std::string(url);
}

// What the service expects of a database, with the names that its views point to.
struct Expected {
  std::vector<pg::ExpectedTable> tables;
  std::deque<std::string> names;
};

Expected expected_of(const query::Model& model) {
  Expected expected;
  const auto keep = [&](std::string name) -> std::string_view {
    return expected.names.emplace_back(std::move(name));
  };
  for (const query::Entity& entity : model.entities) {
    if (entity.is_result) continue;
    std::vector<std::string> names =
        query::bare_names(entity.pg_sql.empty() ? entity.sql : entity.pg_sql);
    pg::ExpectedTable& table = expected.tables.emplace_back();
    if (names.size() > 1) table.schema = keep(std::move(names[0]));
    table.name = keep(std::move(names.back()));
    for (const query::Field& field : entity.fields) {
      if (field.computed) continue;
      std::string name = query::bare_names(field.pg_sql.empty() ? field.sql : field.pg_sql).back();
      table.columns.push_back({.name = keep(std::move(name)), .type = field.pg_type});
    }
  }
  return expected;
}

// The default schema and what is installed beside it.
std::string search_path_of(const query::Model& model) {
  if (model.schemas.empty() || model.schemas.front() == "public") return {};
  std::string path = "\"";
  for (const char c : model.schemas.front()) {
    if (c == '"') path += c;
    path += c;
  }
  return path + "\", public";
}

pg::Options server_options(const Settings& settings, const query::Model& model) {
  pg::Options options;
  options.url = settings.database;
  options.application_name = model.name;
  options.search_path = search_path_of(model);
  options.readers = settings.read_connections;
  options.writers = settings.write_connections;
  options.acquire_timeout = std::chrono::milliseconds(settings.acquire_timeout);
  options.statement_timeout = std::chrono::milliseconds(settings.statement_timeout);
  options.is_pgbouncer = settings.pgbouncer;
  return options;
}

// Of each table, the columns that tell its rows apart, as SQLite spells them.
db::TrackedColumns tracked_in_file(const query::Model& model) {
  db::TrackedColumns tables;
  for (const query::Entity& entity : model.entities) {
    if (entity.is_view || entity.is_result) continue;
    std::vector<std::string>& columns = tables[query::bare_names(entity.sql).back()];
    for (const query::FieldIndex field : query::tracked_fields(entity)) {
      columns.push_back(query::bare_names(entity.fields[field].sql).back());
    }
  }
  return tables;
}

pg::WatchedTable watched_on_server(const query::Entity& entity) {
  std::vector<std::string> names =
      query::bare_names(entity.pg_sql.empty() ? entity.sql : entity.pg_sql);
  pg::WatchedTable table{.name = std::move(names.back())};
  if (names.size() > 1) table.schema = std::move(names.front());
  for (const query::FieldIndex index : query::tracked_fields(entity)) {
    const query::Field& field = entity.fields[index];
    table.key.push_back(query::bare_names(field.pg_sql.empty() ? field.sql : field.pg_sql).back());
  }
  return table;
}

}  // namespace

Result<void> Database::open_file(const Settings& settings, const observe::Log& log) {
  Result<std::string> path = path_of(settings, model_);
  if (!path) return std::unexpected(path.error());
  if (model_.sqlite_schema.empty()) {
    return fail(
        "this service was compiled without SQLite: name a server, --database=postgresql://...");
  }
  db::StoreOptions options;
  options.path = *path;
  options.schema_sql = model_.sqlite_schema;
  options.fingerprint = model_.fingerprint;
  options.statement_timeout = std::chrono::milliseconds(settings.statement_timeout);
  auto store = db::Store::open(options);
  if (!store) return fail("cannot open the database `" + *path + "`: " + store.error().message);
  store_ = std::move(*store);
  switch (store_->schema_state()) {
    case db::SchemaState::created:
      log.write(observe::Level::info, "created the database", {{"path", *path}});
      break;
    case db::SchemaState::same:
      break;
    case db::SchemaState::drifted:
    case db::SchemaState::foreign:
      log.write(observe::Level::warning, "the database was not made from this schema",
                {{"path", *path},
                 {"expected", model_.fingerprint},
                 {"found", store_->stored_fingerprint()}});
      break;
  }
  return {};
}

Result<void> Database::open_server(const Settings& settings, const observe::Log& log) {
  if (model_.postgres_schema.empty()) {
    return fail("this service was compiled without PostgreSQL: sqlxc --target=sqlite,postgres");
  }
  server_ = server_options(settings, model_);
  const Expected expected = expected_of(model_);
  const auto prepared = pg::prepare(server_, std::string(model_.postgres_schema),
                                    std::string(model_.fingerprint), expected.tables);
  if (!prepared) return fail("cannot open the database: " + prepared.error().message);
  drift_ = prepared->differences;
  if (prepared->state == pg::SchemaState::created) {
    log.write(observe::Level::info, "created the schema in an empty database");
  }
  for (const std::string& difference : drift_) {
    log.write(observe::Level::warning, "the database is not what this service was compiled for",
              {{"difference", difference}});
  }
  return {};
}

Result<std::unique_ptr<Database>> Database::open(const Settings& settings,
                                                 const query::Model& model,
                                                 const observe::Log& log) {
  auto database = std::unique_ptr<Database>(new Database(model));
  const auto opened = is_postgres(settings.database) ? database->open_server(settings, log)
                                                     : database->open_file(settings, log);
  if (!opened) return std::unexpected(opened.error());
  return database;
}

void Database::on_changes(std::function<void(const db::Changes& changes)> listener) {
  listener_ = std::move(listener);
}

void Database::watch(const std::vector<query::EntityIndex>& entities, live::Hub::Watched done) {
  const auto listen = [this](const db::Changes& changes) { listener_(changes); };
  if (store_) {
    std::call_once(listens_, [&] { store_->listen(listen, tracked_in_file(model_)); });
    return done({});
  }
  std::call_once(listens_, [&] { feed_ = std::make_unique<pg::Feed>(server_, listen); });
  std::vector<pg::WatchedTable> tables;
  for (const query::EntityIndex entity : entities) {
    tables.push_back(watched_on_server(model_.entities[entity]));
  }
  feed_->watch(std::move(tables), std::move(done));
}

Result<std::unique_ptr<rest::Backend>> Database::connect(net::Loop& loop) const {
  if (store_) return rest::SqliteBackend::create(model_, *store_, loop);
  auto client = pg::Client::create(loop, server_);
  if (!client) return fail(client.error().message);
  return std::make_unique<rest::PostgresBackend>(model_, std::move(*client), drift_);
}

}  // namespace sqlxc::service
