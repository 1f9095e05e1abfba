#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/value/value.h>

// Values as the text parameters of a statement. The server finds their types from where they
// stand.
namespace sqlxc::pg {

/// Why these cannot be a statement's parameters, if they cannot: PostgreSQL's texts hold no NUL,
/// and a statement has at most 65,535 parameters.
std::optional<db::Error> unfit(std::span<const value::Value> values);

/// The array of C strings that libpq takes. It looks into the values it was made of.
class Parameters {
 public:
  explicit Parameters(std::span<const value::Value> values);
  Parameters(const Parameters&) = delete;
  Parameters& operator=(const Parameters&) = delete;

  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* values() const { return pointers_.data(); }

 private:
  std::vector<const char*> pointers_;
  std::string written_;  // those that were no text: numbers, booleans, bytes
};

}  // namespace sqlxc::pg
