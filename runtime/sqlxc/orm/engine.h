#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/orm/error.h>
#include <sqlxc/orm/input.h>
#include <sqlxc/query/model.h>
#include <sqlxc/query/query.h>

namespace sqlxc::service {

class Database;

}  // namespace sqlxc::service

// A database without types: questions and writes in, rows as JSON out. What is the same for every
// table is here, so that little is compiled anew for each. Values in filters and inputs are JSON,
// and become values of their columns here, by the same functions as those of REST's requests.
namespace sqlxc::orm {

class Engine {
 public:
  /// Opens a file or a server; the schema is created in an empty one.
  static Result<std::unique_ptr<Engine>> open(const query::Model& model, std::string_view url);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  const query::Model& model() const { return model_; }

  /// The rows: a JSON array of objects; with a key (JSON texts, in the order of the primary key)
  /// only the row that has it.
  Result<std::string> read(query::Query query, const std::vector<std::string>& key = {});
  Result<std::int64_t> count(query::Query query);

  /// Which row of a table, or which of its rows.
  struct Target {
    query::EntityIndex entity = 0;
    std::vector<std::string> key = {};  // as JSON, in the order of the primary key
    query::Filter filter = {};          // where there is no key
  };

  // Each gives the rows as they are afterwards, or were: a JSON array; of a target with a key an
  // object, or nothing where there is no such row.
  Result<std::string> insert(query::EntityIndex entity, const std::vector<Values>& rows,
                             bool is_upsert);
  Result<std::string> update(Target target, const Values& values);
  Result<std::string> remove(Target target);

 private:
  struct Session;
  class Lease;

  explicit Engine(const query::Model& model);

  const query::Model& model_;
  std::unique_ptr<service::Database> database_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Session>> free_;  // kept from one call to the next
};

}  // namespace sqlxc::orm
