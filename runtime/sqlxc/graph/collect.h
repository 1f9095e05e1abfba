#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sqlxc/graph/compile.h>
#include <sqlxc/rest/select.h>

// The rows of one root field on their way into its part of the response.
namespace sqlxc::graph {

class Collector final : public rest::RowTaker {
 public:
  /// `members` is of what was compiled.
  Collector(Compiled::Shape shape, std::shared_ptr<const std::vector<Node>> members)
      : shape_(shape), members_(std::move(members)) {}

  void start(std::span<const query::Column> columns) override;
  void take(const rest::SqliteRow& row) override { take_row(row); }
  void take(const rest::PostgresRow& row) override { take_row(row); }

  /// The field's value, once the last row has come.
  std::string take_json();

 private:
  template <typename Row>
  void take_row(const Row& row);

  Compiled::Shape shape_;
  std::shared_ptr<const std::vector<Node>> members_;
  std::span<const query::Column> columns_;
  std::string json_;
  bool has_row_ = false;
};

}  // namespace sqlxc::graph
