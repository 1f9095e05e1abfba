#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rules/check.h>

// What this face has to say when it refuses, as problem documents with the codes that PostgREST's
// clients know (PGRSTnnn, and SQLSTATEs where the database or a value is the cause).
namespace sqlxc::rest {

/// The nearest of `candidates` to `name` in edits, if it is near enough to be meant; else empty.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

/// "`name`" in at most 64 bytes, so that no document repeats a whole request.
std::string quoted(std::string_view name);

http::Problem make_problem(int status, std::string_view code, std::string message,
                           std::string hint = {});

http::Problem unknown_table(const query::Model& model, std::string_view name);
http::Problem unknown_column(const query::Entity& entity, std::string_view name,
                             std::string_view code = "42703");
http::Problem unknown_relation(const query::Entity& entity, std::string_view name);
http::Problem not_a_value(const query::Field& field, std::string_view text,
                          const value::ParseError& error);
http::Problem no_such_row(const query::Entity& entity);
http::Problem not_found();
/// The database does not answer.
http::Problem not_ready();

/// The document of the rules of `entity` that are broken, all of them: 422, or 409 where every one
/// is of a UNIQUE or foreign key.
http::Problem of_violations(const query::Entity& entity, const rules::Violations& violations,
                            int status);

/// Whether the failure is of one row's data, to be gathered with others as a violation.
bool is_violation(const db::Error& error);
/// The violation that the database found in row `row` of a write, or of one that `removes` rows.
rules::Violation to_violation(const query::Model& model, const query::Entity& entity,
                              const db::Error& error, std::size_t row, bool removes = false);

/// A failure of the database that is no violation: busy, full, late, broken.
http::Problem of_failure(const db::Error& error);

}  // namespace sqlxc::rest
