#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sqlxc/db/store.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/media.h>
#include <sqlxc/rest/nested.h>
#include <sqlxc/rest/page.h>
#include <sqlxc/rest/prefer.h>
#include <sqlxc/rest/select.h>
#include <sqlxc/rules/check.h>

// A write that has been read and checked: what to do, what to answer, and what came of it. All of
// its rows are written or none.
namespace sqlxc::rest {

enum class Verb : std::uint8_t { insert, put, update, remove };

/// What to do and what to answer. It owns all it needs, as the loop goes on meanwhile.
struct WriteJob {
  Verb verb = Verb::insert;
  query::EntityIndex entity = 0;
  bool is_item = false;              // of one row named in the path
  query::Insert insert;              // of insert and put
  std::vector<value::Value> values;  // of update
  query::Filter filter;              // of update and remove
  query::Query shown;                // what a representation shows
  NestedPlan nested;                 // of an insert with rows of other tables; else without steps
  Preferences preferences;
  Media media;
  bool must_find = false;           // it is refused where it finds no row
  std::shared_ptr<RowTaker> taker;  // takes the rows that are shown instead of `body`
  // Of one row: the entity tags that it may have, and those that it may not (If-Match,
  // If-None-Match); empty: no matter.
  std::string if_match;
  std::string if_none_match;

  // What the run found.
  std::string body;
  std::string key;  // of the only row that was inserted, as in a path
  std::size_t rows = 0;
  bool has_created = false;
  std::size_t failed_row = 0;
  std::size_t failed_step = 0;  // of `nested`
  rules::Violations violations;
  bool has_failed = false;               // it is the one of a batch that failed
  std::optional<http::Problem> refusal;  // why it was undone, though the database took it
};

bool shows_rows(const WriteJob& job);

/// Whether the job changes nothing, whatever the table holds: no rows, no columns.
bool is_idle(const WriteJob& job);

/// How a representation is shaped: an object for one row named in the path.
Renderer::Shape shape_of(const WriteJob& job);

/// Where the rows go that a job shows: to what takes them, or into its body as its media type says.
class ShownRows {
 public:
  ShownRows(WriteJob& job, std::span<const query::Column> columns)
      : job_(job), renderer_(columns, job.media, shape_of(job)) {
    if (job.taker) job.taker->start(columns);
  }

  template <typename Row>
  void take(const Row& row) {
    if (job_.taker) return job_.taker->take(row);
    renderer_.take(job_.body, row);
  }
  void end() {
    if (!job_.taker) renderer_.end(job_.body);
  }

 private:
  WriteJob& job_;
  Renderer renderer_;
};

/// Whether the job is to be undone although all went well: for what it affected, or for what its
/// media type cannot hold. Sets `refusal`.
bool is_refused(const query::Model& model, WriteJob& job);

/// The statement of a step that changes a row.
query::Update update_of(const NestedStep& step);

/// Whether rows of other tables are written with the job's own.
bool is_nested(const WriteJob& job);

/// Notes in `key` the only row that a nested insert has written, as in a path.
void note_nested_key(const query::Model& model, WriteJob& job);

/// What shows rows `first` to `end` of those that a nested insert has written: by the keys that it
/// found.
query::Query rows_of(const query::Model& model, const WriteJob& job, std::size_t first,
                     std::size_t end);

/// Whether the row must be looked at before it is written.
bool has_condition(const WriteJob& job);

/// What reads that row: all its columns, by its key.
query::Query row_of(const query::Model& model, const WriteJob& job);

/// Whether the row as it is, or that there is none (nothing), meets the conditions. Sets `refusal`
/// (412) if not.
bool meets_condition(WriteJob& job, std::optional<std::string_view> row);

/// Runs the jobs one after another on SQLite, all or none; called again, it starts anew.
std::expected<void, db::Error> run_writes(const query::Model& model, std::span<WriteJob> jobs,
                                          db::Session& session);

/// Why a job was not carried out; nothing if it was.
std::optional<http::Problem> problem_of(const query::Model& model, const WriteJob& job,
                                        const std::expected<void, db::Error>& result);

/// The answer to a job that was run.
Answer answer_write(const query::Model& model, const WriteJob& job,
                    const std::expected<void, db::Error>& result);

/// The answer to the jobs of a batch: an array of status, headers and body of each.
Answer answer_batch(const query::Model& model, std::span<const WriteJob> jobs,
                    const std::expected<void, db::Error>& result);

}  // namespace sqlxc::rest
