#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <sqlxc/pg/client.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/once.h>
#include <sqlxc/rest/write.h>

// Writes on their way: one is a statement that is a transaction of its own; several, or one that
// depends on what it found before it commits, are the steps of a session.
namespace sqlxc::rest {

class PostgresWrite : public std::enable_shared_from_this<PostgresWrite> {
 public:
  /// Starts the jobs; they are kept by the statements that are sent. A write is not given up when
  /// its client leaves: nobody could say whether it happened.
  static void start(const query::Model& model, pg::Client& client, std::vector<WriteJob> jobs,
                    std::shared_ptr<Once> once, WritesDone done);

 private:
  PostgresWrite(const query::Model& model, pg::Client& client, std::vector<WriteJob> jobs,
                std::shared_ptr<Once> once, WritesDone done)
      : model_(model),
        client_(client),
        jobs_(std::move(jobs)),
        once_(std::move(once)),
        done_(std::move(done)) {}

  void run_alone();
  void run_in_session();
  void run_next();
  void look_first();
  void run_job();
  void run_step(std::size_t index);
  void insert_step(std::size_t index, std::size_t first);
  void show_nested(std::size_t first);
  void finish_nested();
  void begin_keyed(pg::SessionOptions options);
  void keep_then_commit();
  void end_session(std::expected<void, db::Error> result);
  query::Change next_change(const WriteJob& job);
  query::Select prepare(WriteJob& job);
  void take(WriteJob& job, const query::Select& select, const pg::Result& result);
  bool has_more(const WriteJob& job) const;
  void answer(const std::expected<void, db::Error>& result);

  const query::Model& model_;
  pg::Client& client_;
  std::vector<WriteJob> jobs_;
  std::shared_ptr<Once> once_;  // of a request with an Idempotency-Key
  WritesDone done_;
  pg::Session session_;
  std::size_t next_ = 0;      // of jobs_
  std::size_t next_row_ = 0;  // of an insert that takes several statements: where the next begins
  // What shows the rows of a job, whatever the number of its statements, and with what columns.
  std::shared_ptr<query::Select> shown_;
  std::optional<ShownRows> shown_rows_;
};

}  // namespace sqlxc::rest
