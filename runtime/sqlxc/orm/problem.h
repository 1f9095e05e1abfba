#pragma once

#include <expected>

#include <sqlxc/http/problem.h>
#include <sqlxc/orm/error.h>

namespace sqlxc::orm {

/// What REST would say, as an error of the ORM, with the violations as values.
Error to_error(const http::Problem& problem);

inline std::unexpected<Error> refuse(const http::Problem& problem) {
  return std::unexpected(to_error(problem));
}

}  // namespace sqlxc::orm
