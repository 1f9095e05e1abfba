#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sqlxc/db/store.h>
#include <sqlxc/http/exchange.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/page.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/render.h>

// A list too long for one piece: the store's pool makes the next piece while the client takes the
// last one, on a connection of the list's own, so that the memory of a gigabyte is that of a piece.
namespace sqlxc::rest {

class SqliteStream : public std::enable_shared_from_this<SqliteStream> {
 public:
  struct Input {
    const query::Model& model;
    db::Store& store;
    std::shared_ptr<ReadPlan> plan;
    Media media;
    std::vector<value::Value> binds = {};  // of the select
    std::vector<value::Value> key = {};    // of the path
    std::string path = {};                 // for links
    std::unique_ptr<db::Reader> reader = {};
  };

  /// A stream that answers the deferred exchange. It is kept by what it has asked the pool and the
  /// exchange to do.
  static std::shared_ptr<SqliteStream> create(Input input, http::Exchange& exchange);

  /// Asks the pool for the first piece; false, and nothing was answered, if it is full.
  bool start() { return ask_for_piece(); }

 private:
  SqliteStream(Input input, http::Exchange& exchange)
      : in_(std::move(input)),
        exchange_(&exchange),
        remote_(exchange.loop().remote()),
        renderer_(in_.plan->select.columns, in_.media, in_.plan->shape) {}

  bool ask_for_piece();
  // On a thread of the pool.
  void make_piece();
  std::expected<void, db::Error> work();
  db::Limits limits() const;
  std::expected<void, db::Error> count();
  std::expected<bool, db::Error> has_parent();
  // On the loop's thread.
  void take_piece();
  void answer_at_once();
  http::Pull pull(std::string& piece);

  Input in_;
  http::Exchange* exchange_;  // null once it is gone
  net::Remote remote_;
  Renderer renderer_;
  std::optional<db::Cursor> cursor_;
  std::optional<std::int64_t> total_;
  std::string link_;
  bool is_orphan_ = false;  // the row of the path's key is not there
  std::optional<db::Error> error_;
  std::string made_;   // by the pool
  std::string ready_;  // for the client
  bool is_done_ = false;
  bool is_open_ = false;  // the head is out
  bool is_working_ = false;
  bool waits_ = false;
  db::Cancellation cancellation_;
};

}  // namespace sqlxc::rest
