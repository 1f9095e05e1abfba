#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <sqlxc/http/exchange.h>
#include <sqlxc/pg/client.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/page.h>

// A list too long for one piece, from PostgreSQL: rows come one at a time on a connection of the
// list's own, and while the client is slow the server waits.
namespace sqlxc::rest {

class PostgresStream : public std::enable_shared_from_this<PostgresStream> {
 public:
  /// Starts the read; it is kept by the connection until its end and by the exchange.
  static void start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                    ReadTask task);

 private:
  PostgresStream(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                 ReadTask task);

  void count();
  void read();
  void take(const pg::Result& result);
  void end(std::expected<void, db::Error> result);
  void open();
  void answer_at_once();
  void fail(const db::Error& error);
  void let_go();
  void await_row();
  void give_up();
  http::Pull pull(std::string& piece);

  const query::Model& model_;
  pg::Client& client_;
  net::Loop& loop_;
  http::Exchange* exchange_;  // null once it is gone
  ReadTask task_;
  std::string path_;
  Renderer renderer_;
  std::unique_ptr<pg::Stream> stream_;
  net::Timer patience_;  // with the server, for the next row
  std::optional<std::int64_t> total_;
  std::string link_;
  std::string ready_;
  bool is_open_ = false;  // the head is out
  bool is_done_ = false;
  bool has_failed_ = false;
  bool waits_ = false;
};

}  // namespace sqlxc::rest
