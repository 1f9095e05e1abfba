#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include <sqlxc/db/store.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/prefer.h>
#include <sqlxc/rest/read.h>
#include <sqlxc/rules/check.h>

// A write that has been read and checked, and is run as one unit on the writer's thread: all of its
// rows or none.
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
  Preferences preferences;

  // What the run found.
  std::string body;
  std::string key;  // of the only row that was inserted, as in a path
  std::size_t rows = 0;
  bool has_created = false;
  std::size_t failed_row = 0;
  rules::Violations violations;
};

/// Runs the job; called again, it starts anew.
std::expected<void, db::Error> run_write(const query::Model& model, WriteJob& job,
                                         db::Session& session);

/// The answer to a job that was run.
Answer answer_write(const query::Model& model, const WriteJob& job,
                    const std::expected<void, db::Error>& result);

}  // namespace sqlxc::rest
