#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/rules/row.h>
#include <sqlxc/rules/rule.h>
#include <sqlxc/value/field.h>
#include <sqlxc/value/parse.h>

// Checks a proposed row against all that the schema asks of it and collects every violation, so
// that a client hears of all of them at once.
namespace sqlxc::rules {

/// One broken rule. The views point into constant data of the model.
struct Violation {
  std::vector<std::string_view> fields = {};  // JSON names
  std::string_view rule = {};  // "not_null", "type", "length", ... or the constraint's name
  std::string message = {};    // for a person
  std::string_view sql = {};   // in the words of the schema; empty for rules of a type
  std::size_t row = 0;         // which row of a bulk write, from 0
};

/// The violations of one request.
class Violations {
 public:
  /// At most this many are kept; the rest are only counted.
  static constexpr std::size_t kMax = 100;

  void add(Violation violation);
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  const std::vector<Violation>& list() const { return list_; }

 private:
  std::vector<Violation> list_;
  std::size_t count_ = 0;
};

/// What kind of write proposes the row.
enum class Write : std::uint8_t {
  insert,  // an absent field becomes its default or null
  update,  // an absent field stays as it is
};

/// Notes that a value of `field` could not be read.
void report(const value::Field& field, const value::ParseError& error, std::size_t row,
            Violations& violations);

/// Checks NOT NULL of every field and every rule. `values` has one entry a field; `rules` as the
/// entity declares them.
void check(std::span<const value::Field> fields, std::span<const Rule> rules,
           std::span<const value::Value> values, Write write, std::size_t row,
           Violations& violations);

}  // namespace sqlxc::rules
