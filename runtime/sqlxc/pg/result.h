#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct pg_result;

// The rows that a statement gave, as PostgreSQL's texts. Copies nothing: the views live as long as
// the result.
namespace sqlxc::pg {

class Result {
 public:
  Result() = default;
  explicit Result(pg_result* result) : result_(result) {}

  int rows() const;
  int columns() const;
  bool is_null(int row, int column) const;
  /// Empty for NULL.
  std::string_view text(int row, int column) const;
  /// The column's name.
  std::string_view name(int column) const;
  /// The oid of the column's type in pg_type.
  std::uint32_t type(int column) const;
  /// Rows that INSERT, UPDATE, DELETE or SELECT touched, by the command's tag; 0 for others.
  std::int64_t affected() const;
  /// The command's tag: "SELECT 3", "COMMIT".
  std::string_view tag() const;

  pg_result* handle() const { return result_.get(); }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace sqlxc::pg
