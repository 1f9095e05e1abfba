#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rules/check.h>
#include <sqlxc/value/value.h>

// A JSON body as rows of an entity, checked against everything that the schema says.
namespace sqlxc::rest {

struct BodyOptions {
  rules::Write write = rules::Write::insert;
  bool takes_many = false;       // an array of objects, too
  bool missing_default = false;  // objects of an array may differ in their keys
  /// Values of the primary key from the path: a body may repeat them, but not contradict them.
  const std::vector<value::Value>* key = nullptr;
};

struct Body {
  std::vector<std::vector<value::Value>> rows;  // one value a field
  bool is_array = false;
};

/// Reads and checks the whole body. What is not JSON or names unknown columns is a problem; what
/// breaks a rule is gathered in `violations`.
std::expected<Body, http::Problem> parse_body(const query::Entity& entity, std::string_view text,
                                              const BodyOptions& options,
                                              rules::Violations& violations);

}  // namespace sqlxc::rest
