#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/proof/rows.h>

// A real database that says of each row whether it takes it: not what our own code expects of it.
namespace sqlxc::proof {

struct Judgement {
  enum class Outcome : std::uint8_t {
    not_asked,  // it has no words for the row
    taken,
    check,     // a CHECK refuses it; `what` is the constraint's name
    not_null,  // `what` is the column
    error,     // a value or an expression fails; `what` is the database's words
  };

  Outcome outcome = Outcome::not_asked;
  std::string what = {};
};

class Judge {
 public:
  virtual ~Judge() = default;

  virtual std::string_view name() const = 0;
  /// Whether it has the table at all, and with the columns that the service knows.
  virtual Result<bool> knows(const query::Entity& entity) = 0;
  /// What it says of each row of an insert. Rules that other rows have a part in are not asked.
  virtual Result<std::vector<Judgement>> judge(const query::Entity& entity,
                                               std::span<const Row> rows) = 0;
  /// Whether it has a constraint of that name on the table.
  virtual bool has_constraint(const query::Entity& entity, std::string_view name) = 0;
  /// Whether it refuses null there: SQLite gives a row without a key one.
  virtual bool refuses_null(const query::Entity& entity, std::string_view field) = 0;
  /// Whether it refuses what is not of a column's type.
  virtual bool has_types() const = 0;
};

/// SQL without what may be written or not: blanks, quotes, parentheses, the case of letters.
std::string bare_words(std::string_view sql);

/// An SQLite database: the file, whose triggers are dropped, or with no path one in memory that has
/// the service's own schema.
Result<std::unique_ptr<Judge>> sqlite_judge(const query::Model& model, const std::string& path);

/// A PostgreSQL database: with the schema that it has already, else with the service's own. All is
/// done in one transaction that is rolled back.
Result<std::unique_ptr<Judge>> postgres_judge(const query::Model& model, const std::string& url);

}  // namespace sqlxc::proof
