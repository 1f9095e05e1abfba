#include <libpq-fe.h>

#include <pqxx/pqxx>
#include <utility>

#include "compiler/driver/database/connect.h"

namespace sqlxc::driver {
namespace {

// A server that drops packets must not hold the tool for minutes.
std::string with_timeout(const DatabaseUrl& url) {
  if (url.text.find("connect_timeout=") != std::string::npos) return url.text;
  return url.text + (url.text.find('?') == std::string::npos ? "?" : "&") + "connect_timeout=10";
}

DatabaseFailure failure(const DatabaseUrl& url, DatabaseFailure::Kind kind, const char* message) {
  return {kind, message_about(url, message)};
}

class Postgres final : public Database {
 public:
  explicit Postgres(const DatabaseUrl& url) : url_(url), connection_(with_timeout(url)) {}

  std::expected<std::vector<catalog::IntrospectedRows>, DatabaseFailure> ask(
      const std::vector<catalog::IntrospectionQuery>& queries) override {
    std::string asked;
    try {
      pqxx::nontransaction statement(connection_);
      statement.exec("begin isolation level repeatable read read only");
      statement.exec("set local search_path = public");
      std::vector<catalog::IntrospectedRows> out;
      for (const catalog::IntrospectionQuery& query : queries) {
        asked = query.name;
        out.push_back(rows_of(statement.exec(query.sql)));
      }
      statement.exec("rollback");
      return out;
    } catch (const pqxx::broken_connection& error) {
      return std::unexpected(failure(url_, DatabaseFailure::Kind::unreachable, error.what()));
    } catch (const std::exception& error) {
      DatabaseFailure out = failure(url_, DatabaseFailure::Kind::refused, error.what());
      if (!asked.empty()) out.message = asked + ": " + out.message;
      return std::unexpected(std::move(out));
    }
  }

  void round_trip() override {
    try {
      pqxx::nontransaction(connection_).exec("select 1");
    } catch (const std::exception&) {
      return;  // it answered a moment ago; the next question will tell
    }
  }

 private:
  static catalog::IntrospectedRows rows_of(const pqxx::result& result) {
    catalog::IntrospectedRows out;
    out.reserve(static_cast<std::size_t>(result.size()));
    for (const auto& row : result) {
      catalog::IntrospectedRow& values = out.emplace_back();
      for (const auto& field : row) {
        values.push_back(field.is_null() ? std::optional<std::string>()
                                         : std::string(field.c_str()));
      }
    }
    return out;
  }

  DatabaseUrl url_;
  pqxx::connection connection_;
};

}  // namespace

Connected connect_postgres(const DatabaseUrl& url) {
  try {
    return std::make_unique<Postgres>(url);
  } catch (const std::exception& error) {
    return std::unexpected(failure(url, DatabaseFailure::Kind::unreachable, error.what()));
  }
}

bool can_pipeline(const DatabaseUrl& url) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
      PQconnectdb(with_timeout(url).c_str()), &PQfinish);
  PGconn* const raw = connection.get();
  if (PQstatus(raw) != CONNECTION_OK || PQenterPipelineMode(raw) != 1) return false;
  for (int i = 0; i < 2; ++i) {
    if (PQsendQueryParams(raw, "select 1", 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
      return false;
    }
  }
  if (PQpipelineSync(raw) != 1) return false;
  int answers = 0;
  // A null result ends each answer; the sync ends all.
  for (int nulls = 0; nulls < 4;) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(raw), &PQclear);
    if (!result) {
      ++nulls;
      continue;
    }
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) return answers == 2;
    if (status != PGRES_TUPLES_OK) return false;
    ++answers;
  }
  return false;
}

}  // namespace sqlxc::driver
