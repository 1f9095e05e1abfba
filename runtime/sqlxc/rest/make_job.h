#pragma once

#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/write.h>

// From a request that writes to the job that it asks for.
namespace sqlxc::rest {

/// Reads preferences, parameters, key and body. `key` is the path's, still encoded.
std::expected<WriteJob, http::Problem> make_job(const query::Model& model,
                                                const http::Request& request, const Route& route,
                                                std::string_view key, query::Dialect dialect);

/// The answer to a job that is idle.
Answer answer_idle(const query::Model& model, WriteJob& job);

}  // namespace sqlxc::rest
