#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "compiler/driver/database/probe.h"

namespace sqlxc::driver {
namespace {

using catalog::IntrospectionQuery;

// What a schema or a service makes use of, or should know of.
constexpr std::string_view kExtensions =
    "'citext', 'citus', 'hstore', 'hypopg', 'ltree', 'pg_stat_statements', 'pg_trgm', 'pgcrypto', "
    "'postgis', 'timescaledb', 'unaccent', 'uuid-ossp', 'vector'";

struct Product {
  std::string_view mark;  // in what version() says
  std::string_view name;
};
constexpr std::array<Product, 4> kProducts = {{{"CockroachDB", "CockroachDB"},
                                               {"-YB-", "YugabyteDB"},
                                               {"Redshift", "Amazon Redshift"},
                                               {"Greenplum", "Greenplum"}}};

std::string value_of(const catalog::IntrospectedRow& row, std::size_t at) {
  return at < row.size() && row[at] ? *row[at] : std::string();
}

std::vector<std::string> firsts_of(const catalog::IntrospectedRows& rows) {
  std::vector<std::string> out;
  for (const catalog::IntrospectedRow& row : rows) out.push_back(value_of(row, 0));
  return out;
}

// "CockroachDB CCL v23.1.11 (...)" and "PostgreSQL 11.2-YB-2.20.1.0-b0 on ..." have a version of
// their own in what version() says.
std::string own_version(std::string_view said, const Product& product) {
  const std::size_t mark = said.find(product.mark);
  const std::size_t begin = said.find_first_of("0123456789", mark + product.mark.size());
  if (begin == std::string_view::npos) return {};
  return std::string(said.substr(begin, said.find_first_of(" ,()", begin) - begin));
}

void name_engine(std::vector<Fact>& facts, const std::string& said, const std::string& version,
                 const std::vector<std::string>& extensions) {
  for (const Product& product : kProducts) {
    if (said.find(product.mark) == std::string::npos) continue;
    facts.push_back({"engine", std::string(product.name)});
    facts.push_back({"version", own_version(said, product)});
    facts.push_back({"speaks", "PostgreSQL " + version});
    return;
  }
  const bool is_citus = std::ranges::find(extensions, "citus") != extensions.end();
  facts.push_back({"engine", std::string(is_citus ? "Citus" : "PostgreSQL")});
  // "15.20 (Debian 15.20-0+deb12u1)"
  facts.push_back({"version", version.substr(0, version.find(' '))});
}

}  // namespace

double median_latency(const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  std::array<double, 7> milliseconds{};
  for (double& one : milliseconds) {
    const auto start = Clock::now();
    call();
    one = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  }
  std::ranges::sort(milliseconds);
  return milliseconds[milliseconds.size() / 2];
}

Facts probe_postgres(const DatabaseUrl& url) {
  const Connected database = connect_postgres(url);
  if (!database) return std::unexpected(database.error());
  const auto asked = (*database)->ask(
      {{"state",
        "select version(), current_setting('server_version'), current_database(), "
        "current_setting('server_encoding'), pg_is_in_recovery(), "
        "current_setting('default_transaction_read_only') = 'on' or pg_is_in_recovery(), "
        "to_regprocedure('pg_catalog.jsonb_path_query(jsonb,jsonpath,jsonb,boolean)') is not null, "
        "to_regclass('pg_catalog.pg_partitioned_table') is not null"},
       {"extensions",
        "select extname || ' ' || extversion, extname from pg_extension where extname in (" +
            std::string(kExtensions) + ") order by extname"}});
  if (!asked) return std::unexpected(asked.error());
  const catalog::IntrospectedRow& state = (*asked)[0].front();
  std::vector<std::string> extensions;
  for (const catalog::IntrospectedRow& row : (*asked)[1]) extensions.push_back(value_of(row, 1));
  std::vector<Fact> facts = {{"kind", std::string("database")}};
  name_engine(facts, value_of(state, 0), value_of(state, 1), extensions);
  facts.push_back({"supported", true});
  facts.push_back({"database", value_of(state, 2)});
  facts.push_back({"encoding", value_of(state, 3)});
  facts.push_back({"latency-ms", median_latency([&] { (*database)->round_trip(); })});
  facts.push_back({"pipeline", can_pipeline(url)});
  facts.push_back({"json", value_of(state, 6) == "t"});
  facts.push_back({"partitions", value_of(state, 7) == "t"});
  facts.push_back({"read-only", value_of(state, 5) == "t"});
  facts.push_back({"in-recovery", value_of(state, 4) == "t"});
  facts.push_back({"extensions", firsts_of((*asked)[1])});
  return facts;
}

Facts probe_sqlite(const DatabaseUrl& url) {
  const Connected database = connect_sqlite(url);
  if (!database) return std::unexpected(database.error());
  const auto asked = (*database)->ask(
      {{"state",
        "select sqlite_version(), (select count(*) from sqlite_master where type = 'table' and "
        "name "
        "not like 'sqlite\\_%' escape '\\'), (select journal_mode from pragma_journal_mode), "
        "(select encoding from pragma_encoding)"},
       {"modules",
        "select name from pragma_module_list where name in ('fts5', 'rtree', 'json_each') order by "
        "name"}});
  if (!asked) return std::unexpected(asked.error());
  const catalog::IntrospectedRow& state = (*asked)[0].front();
  std::vector<std::string> modules = firsts_of((*asked)[1]);
  const bool has_json = std::erase(modules, "json_each") != 0;
  return std::vector<Fact>{{"kind", std::string("database")},
                           {"engine", std::string("SQLite")},
                           {"version", value_of(state, 0)},
                           {"supported", true},
                           {"encoding", value_of(state, 3)},
                           {"tables", value_of(state, 1)},
                           {"journal", value_of(state, 2)},
                           {"latency-ms", median_latency([&] { (*database)->round_trip(); })},
                           {"pipeline", false},
                           {"json", has_json},
                           {"partitions", false},
                           {"read-only", ::access(url.text.c_str(), W_OK) != 0},
                           {"in-recovery", false},
                           {"extensions", modules}};
}

}  // namespace sqlxc::driver
