#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sqlxc/http/exchange.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/once.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/select.h>
#include <sqlxc/rest/write.h>

// Where plans are carried out: an SQLite file in this process, or a PostgreSQL server.
namespace sqlxc::rest {

/// A read that is to be carried out now.
struct ReadTask {
  std::shared_ptr<ReadPlan> plan;  // of this loop alone
  std::vector<value::Value> key;   // of the path
  Media media;
  std::vector<std::pair<std::string, std::string>> settings;  // of the session, while it runs
  std::string applied;                                        // for Preference-Applied
  bool is_function = false;                  // the rows are a function's of the database
  bool is_void = false;                      // which gives none
  bool changes = false;                      // and may write
  bool rolls_back = false;                   // what it writes
  std::optional<std::int64_t> max_affected;  // rows that such a function may give
  std::shared_ptr<Once> once;                // of a call with an Idempotency-Key
};

/// What came of writes, on the loop's thread.
using WritesDone = std::move_only_function<void(std::vector<WriteJob> jobs,
                                                std::expected<void, db::Error> result)>;

/// The database as one loop sees it. Calls with an exchange answer it, now or later.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual query::Dialect dialect() const = 0;
  virtual void read(http::Exchange& exchange, ReadTask task) = 0;
  /// Carries out several reads together: `done` is called within this call or later.
  virtual Abandon select(std::vector<SelectTask> tasks, SelectsDone done) = 0;
  /// Carries out the writes in one transaction, all or none. With an Idempotency-Key, `once` says
  /// afterwards what to answer.
  virtual void write(std::vector<WriteJob> jobs, std::shared_ptr<Once> once, WritesDone done) = 0;
  void write(std::vector<WriteJob> jobs, WritesDone done) {
    write(std::move(jobs), nullptr, std::move(done));
  }
  /// Answers whether the database can be used: 200, or 503 with the reason.
  virtual void answer_ready(http::Exchange& exchange) = 0;
};

/// Sends the answer.
void finish_with(http::Exchange& exchange, Answer& answer);
void finish_with(http::Exchange& exchange, const http::Problem& problem);

}  // namespace sqlxc::rest
