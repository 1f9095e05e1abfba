#pragma once

#include <string>

#include <sqlxc/graphql/error.h>

// What who carries an operation out hands to who answers it.
namespace sqlxc::graphql {

/// What came of one root field.
struct FieldResult {
  std::string json = {};  // its value; "null" where it failed
  Errors errors = {};     // with their paths; locations are added by who answers
};

}  // namespace sqlxc::graphql
