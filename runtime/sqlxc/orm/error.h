#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <vector>

// Why the database did not do what was asked of it: what REST says as a problem document, as a
// value.
namespace sqlxc::orm {

/// A rule of the schema that a row broke.
struct Violation {
  std::vector<std::string> fields = {};  // of the schema; none where a rule reads no column
  std::string rule = {};  // "not_null", "type", "length", ... or the constraint's name
  std::string message = {};
  std::string sql = {};     // in the words of the schema; empty for rules of a type
  std::string source = {};  // where the schema says it: "blog.sql:12"; empty: unknown
  std::size_t row = 0;      // which of the rows that were to be written, from 0

  bool operator==(const Violation&) const = default;
};

struct Error {
  int status = 500;          // of HTTP: 422 a rule, 409 a unique or foreign key, 503 no database
  std::string code = {};     // for programs: a SQLSTATE, or one of this runtime
  std::string message = {};  // for a person, in a line
  std::string details = {};
  std::string hint = {};
  std::vector<Violation> violations = {};

  bool operator==(const Error&) const = default;
};

template <typename T>
using Result = std::expected<T, Error>;

}  // namespace sqlxc::orm
