#pragma once

#include <vector>

#include <sqlxc/proof/cell.h>
#include <sqlxc/proof/random.h>
#include <sqlxc/query/model.h>

// Values of a field that are worth a try: at and just outside of the bounds of its type and of the
// rules that read it, texts that its patterns match, characters of several bytes, and values of
// other types.
namespace sqlxc::proof {

class Values {
 public:
  Values(const query::Entity& entity, query::FieldIndex field, Random& random);

  /// A value of the field's type, more often than not.
  Cell likely(Random& random) const;
  /// Any: null, nothing, another type, at random.
  Cell any(Random& random) const;

 private:
  void add_constants(std::string_view sql, Random& random);
  void add_number(const std::string& text);
  void add_text(const std::string& text, Random& random);
  void add_typical(Random& random);
  void add_lengths();
  void push(Cell cell) { likely_.push_back(std::move(cell)); }
  std::string random_text(Random& random) const;

  const query::Field& field_;
  std::vector<Cell> likely_;
  std::vector<Cell> wrong_;    // of another type, or written otherwise
  std::string letters_;        // of the texts in the rules
  std::vector<long> lengths_;  // that may matter to a text
};

}  // namespace sqlxc::proof
