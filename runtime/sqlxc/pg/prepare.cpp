#include <sqlxc/pg/prepare.h>

#include <map>
#include <utility>

#include <sqlxc/pg/blocking.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

Answer run(const Handle& handle, const std::string& sql) { return run_blocking(handle, sql); }

Answer run(const Handle& handle, const char* sql, const std::string& parameter) {
  return run_blocking(handle, sql, std::span(&parameter, 1));
}

// Relations of users: not the system's, not ours, not an extension's.
constexpr const char* kHasTables = R"(
  select exists (
    select from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
      and n.nspname not in ('pg_catalog', 'information_schema', 'sqlxc')
      and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      and not exists (select from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_class'::regclass
                        and d.objid = c.oid and d.deptype = 'e')
  ), to_regclass('sqlxc.schema') is not null, current_schema())";

constexpr const char* kColumns = R"(
  select n.nspname, c.relname, a.attname,
         pg_catalog.format_type(a.atttypid, a.atttypmod),
         pg_catalog.format_type(a.atttypid, null),
         a.attnotnull and not a.atthasdef and a.attidentity = '' and c.relkind in ('r', 'p')
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
    and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
  order by 1, 2, a.attnum)";

struct Column {
  std::string type;       // with its length
  std::string bare_type;  // without
  bool must_be_given = false;
};
using Table = std::map<std::string, Column, std::less<>>;
using Tables = std::map<std::pair<std::string, std::string>, Table>;

std::expected<Tables, db::Error> read_tables(const Handle& handle) {
  const auto rows = run(handle, kColumns);
  if (!rows) return std::unexpected(rows.error());
  Tables tables;
  for (int i = 0; i < rows->rows(); ++i) {
    Table& table = tables[{std::string(rows->text(i, 0)), std::string(rows->text(i, 1))}];
    table.emplace(rows->text(i, 2), Column{.type = std::string(rows->text(i, 3)),
                                           .bare_type = std::string(rows->text(i, 4)),
                                           .must_be_given = rows->text(i, 5) == "t"});
  }
  return tables;
}

// "public.mood" as "mood" if the expectation names no schema.
bool is_type(std::string_view found, std::string_view expected) {
  if (found == expected) return true;
  const std::size_t dot = found.find('.');
  return dot != found.npos && expected.find('.') == expected.npos &&
         found.substr(dot + 1) == expected;
}

void compare(const ExpectedTable& expected, const Table& table, const std::string& name,
             std::vector<std::string>& differences) {
  for (const ExpectedColumn& column : expected.columns) {
    const std::string full = "column `" + name + "." + std::string(column.name) + "`";
    const auto found = table.find(column.name);
    if (found == table.end()) {
      differences.push_back(full + " is missing");
    } else if (!column.type.empty() && !is_type(found->second.type, column.type) &&
               !is_type(found->second.bare_type, column.type)) {
      differences.push_back(full + " is `" + found->second.type + "`, expected `" +
                            std::string(column.type) + "`");
    }
  }
  for (const auto& [column, about] : table) {
    const bool is_known = [&] {
      for (const ExpectedColumn& each : expected.columns) {
        if (each.name == column) return true;
      }
      return false;
    }();
    if (!is_known && about.must_be_given) {
      differences.push_back("column `" + name + "." + column +
                            "` is not null, has no default and is unknown to the service");
    }
  }
}

std::vector<std::string> compare(std::span<const ExpectedTable> expected, const Tables& tables,
                                 const std::string& default_schema) {
  std::vector<std::string> differences;
  for (const ExpectedTable& table : expected) {
    const std::string schema = table.schema.empty() ? default_schema : std::string(table.schema);
    const std::string name = table.schema.empty()
                                 ? std::string(table.name)
                                 : std::string(table.schema) + "." + std::string(table.name);
    const auto found = tables.find({schema, std::string(table.name)});
    if (found == tables.end()) {
      differences.push_back("table `" + name + "` is missing");
    } else {
      compare(table, found->second, name, differences);
    }
  }
  return differences;
}

// In a transaction that the caller has begun.
std::expected<void, db::Error> create(const Handle& handle, const std::string& ddl,
                                      const std::string& fingerprint) {
  if (auto done = run(handle, ddl); !done) return std::unexpected(done.error());
  for (const char* sql : {"create schema if not exists sqlxc",
                          "create table sqlxc.schema (fingerprint text not null, "
                          "created_at timestamptz not null default now())"}) {
    if (auto done = run(handle, std::string(sql)); !done) return std::unexpected(done.error());
  }
  auto kept = run(handle, "insert into sqlxc.schema (fingerprint) values ($1)", fingerprint);
  if (!kept) return std::unexpected(kept.error());
  return {};
}

}  // namespace

std::expected<Prepared, db::Error> prepare(const Options& options, const std::string& ddl,
                                           const std::string& fingerprint,
                                           std::span<const ExpectedTable> expected) {
  auto handle = open_blocking(options);
  if (!handle) return std::unexpected(handle.error());
  Prepared prepared;
  prepared.server_version = pq().serverVersion(handle->get());
  // Several services that start at once on an empty database: one creates, the others compare. A
  // long schema may take longer than a statement is given.
  for (const char* sql : {"begin", "set local statement_timeout = 0"}) {
    if (auto done = run(*handle, std::string(sql)); !done) return std::unexpected(done.error());
  }
  auto found = run(*handle, std::string(kHasTables));
  if (!found) return std::unexpected(found.error());
  if (found->text(0, 0) == "f" && !ddl.empty()) {
    // 0x53514c58: "SQLX"
    if (auto locked = run(*handle, std::string("select pg_advisory_xact_lock(1397836888)"));
        !locked) {
      return std::unexpected(locked.error());
    }
    found = run(*handle, std::string(kHasTables));
    if (!found) return std::unexpected(found.error());
  }
  if (found->text(0, 0) == "f" && !ddl.empty()) {
    if (auto created = create(*handle, ddl, fingerprint); !created) {
      return std::unexpected(created.error());
    }
    prepared.state = SchemaState::created;
    prepared.stored_fingerprint = fingerprint;
  } else {
    if (found->text(0, 1) == "t") {
      auto stored = run(
          *handle, std::string("select fingerprint from sqlxc.schema order by created_at desc"));
      if (!stored) return std::unexpected(stored.error());
      if (stored->rows() > 0) prepared.stored_fingerprint = stored->text(0, 0);
    }
    const auto tables = read_tables(*handle);
    if (!tables) return std::unexpected(tables.error());
    prepared.differences = compare(expected, *tables, std::string(found->text(0, 2)));
    if (!prepared.differences.empty()) prepared.state = SchemaState::drifted;
  }
  if (auto done = run(*handle, std::string("commit")); !done) return std::unexpected(done.error());
  return prepared;
}

std::expected<std::vector<std::string>, db::Error> find_differences(
    const Options& options, std::span<const ExpectedTable> expected) {
  auto handle = open_blocking(options);
  if (!handle) return std::unexpected(handle.error());
  const auto schema = run(*handle, std::string("select current_schema()"));
  if (!schema) return std::unexpected(schema.error());
  const auto tables = read_tables(*handle);
  if (!tables) return std::unexpected(tables.error());
  return compare(expected, *tables, std::string(schema->text(0, 0)));
}

}  // namespace sqlxc::pg
