#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rules/check.h>
#include <sqlxc/value/value.h>

// A body (JSON, CSV, a form) as rows of an entity, checked against everything that the schema says.
namespace sqlxc::rest {

/// How a body is written.
enum class BodyFormat : std::uint8_t { json, csv, form };

struct BodyOptions {
  BodyFormat format = BodyFormat::json;
  rules::Write write = rules::Write::insert;
  bool takes_many = false;       // an array of objects, too
  bool missing_default = false;  // objects of an array may differ in their keys
  /// What `columns=` names: only these are read, whatever else a row has; without
  /// `missing_default`, one that is absent is null. Empty: all that a row names.
  std::span<const query::FieldIndex> columns = {};
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
