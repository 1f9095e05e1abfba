#pragma once

#include <string>
#include <vector>

#include <sqlxc/proof/values.h>
#include <sqlxc/rules/check.h>

// Rows of an entity: most are one that obeys all rules with a field or three changed, so that what
// is refused is refused for one reason.
namespace sqlxc::proof {

struct Row {
  Cells cells;
  std::string json;                  // as a client would send it
  std::vector<value::Value> values;  // as the service understands it
  rules::Violations violations;
  bool is_read = false;  // false: not even an object of this entity

  /// A value that could not be read: its text may still mean something to a database.
  bool is_misread(query::FieldIndex field) const;
};

/// Reads and checks a row as the service does.
Row read_row(const query::Entity& entity, Cells cells, rules::Write write);

class Rows {
 public:
  Rows(const query::Entity& entity, Random& random);

  /// Rows that the service takes, if chance finds any.
  const std::vector<Cells>& good() const { return good_; }
  /// Only these are changed from now on.
  void keep_good(std::vector<Cells> good) { good_ = std::move(good); }

  Row next(rules::Write write);

 private:
  void find_good();
  Cells fresh();
  Cell field_value(std::size_t field);
  std::size_t a_field();

  const query::Entity& entity_;
  Random& random_;
  std::vector<Values> values_;
  std::vector<std::size_t> writable_;
  std::vector<std::size_t> ruled_;  // writable fields that rules read
  std::vector<Cells> good_;
};

}  // namespace sqlxc::proof
