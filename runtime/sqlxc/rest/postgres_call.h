#pragma once

#include <memory>
#include <optional>
#include <string>

#include <sqlxc/http/exchange.h>
#include <sqlxc/pg/client.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/page.h>

// A call of a function of the database, in a transaction that knows the request (request.method,
// request.headers, ...) and asks the function afterwards for what it says of the response
// (response.status, response.headers), as PostgREST's functions expect.
namespace sqlxc::rest {

class PostgresCall : public std::enable_shared_from_this<PostgresCall> {
 public:
  /// Starts the call; it is kept by the statements that are sent.
  static void start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                    ReadTask task);

 private:
  PostgresCall(const query::Model& model, pg::Client& client, http::Exchange& exchange,
               ReadTask task)
      : model_(model), client_(client), exchange_(&exchange), task_(std::move(task)) {}

  void begin();
  void begin_keyed(pg::SessionOptions options);
  void call();
  void take_rows(const pg::Result& result);
  void take_count(const pg::Result& result);
  void take_response(const pg::Result& result);
  bool set_headers(std::string_view text);
  void judge();
  void keep_then_commit();
  void end();
  void finish_answer();
  void answer();
  void fail(const db::Error& error);

  const query::Model& model_;
  pg::Client& client_;
  http::Exchange* exchange_;
  ReadTask task_;
  Answer answer_;
  std::int64_t rows_ = 0;
  std::optional<std::int64_t> total_;
  std::optional<int> status_;
  std::optional<db::Error> error_;
  std::optional<http::Problem> refusal_;
  pg::Session session_;
};

}  // namespace sqlxc::rest
