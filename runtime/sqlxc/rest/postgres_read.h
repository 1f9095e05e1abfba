#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sqlxc/http/exchange.h>
#include <sqlxc/pg/client.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/page.h>

// One read on its way: its statements travel together, and when the last has answered the client
// gets its response.
namespace sqlxc::rest {

class PostgresRead : public std::enable_shared_from_this<PostgresRead> {
 public:
  /// Starts the read; it is kept by the statements that it has sent.
  static void start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                    ReadTask task);

 private:
  PostgresRead(const query::Model& model, pg::Client& client, http::Exchange& exchange,
               ReadTask task);

  pg::Job job_of(const std::string& sql, std::vector<value::Value> binds) const;
  void send(pg::Job job, void (PostgresRead::*take)(const pg::Result&));
  void take_rows(const pg::Result& result);
  void take_total(const pg::Result& result);
  void take_estimate(const pg::Result& result);
  void take_parent(const pg::Result& result);
  void send_count();
  void finish();
  void abandon();

  const query::Model& model_;
  pg::Client& client_;
  http::Exchange* exchange_;
  ReadTask task_;
  std::string path_;
  Answer answer_;
  std::string link_;
  std::int64_t rows_ = 0;
  std::optional<std::int64_t> total_;
  bool has_parent_ = true;
  std::optional<db::Error> error_;
  std::vector<pg::Ticket> tickets_;
  int pending_ = 0;
};

}  // namespace sqlxc::rest
