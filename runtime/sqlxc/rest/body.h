#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/model.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
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
  /// Rows of related tables may stand under the names of relations; null: they may not.
  const query::Model* model = nullptr;
  /// PostgreSQL has functions that read some columns: their values stay JSON.
  query::Dialect dialect = query::Dialect::sqlite;
  /// Fields that the writer fills with the key of the row that a row hangs on.
  std::span<const query::FieldIndex> filled = {};
  /// Values of the primary key from the path: a body may repeat them, but not contradict them.
  const std::vector<value::Value>* key = nullptr;
};

struct NestedBody;

struct Body {
  std::vector<std::vector<value::Value>> rows;  // one value a field
  bool is_array = false;
  std::vector<NestedBody> nested;
};

/// Rows that stand under a relation's name in a row.
struct NestedBody {
  std::size_t row = 0;  // of the rows around it
  query::RelationIndex relation = 0;
  Body body;
};

/// Reads and checks the whole body. What is not JSON or names unknown columns is a problem; what
/// breaks a rule is gathered in `violations`.
std::expected<Body, http::Problem> parse_body(const query::Entity& entity, std::string_view text,
                                              const BodyOptions& options,
                                              rules::Violations& violations);

}  // namespace sqlxc::rest
