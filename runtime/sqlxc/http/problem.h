#pragma once

#include <string>
#include <string_view>

#include <sqlxc/http/response.h>

// Errors as a client sees them: RFC 9457 problem documents that also carry PostgREST's members.
namespace sqlxc::http {

/// What went wrong with one request. Members that are empty are left out (code, message) or null
/// (details, hint).
struct Problem {
  int status = 500;
  std::string code = {};     // stable, for programs: "SXR204", a SQLSTATE
  std::string message = {};  // one line for a person; also RFC 9457's `detail`
  std::string details = {};
  std::string hint = {};
  std::string members = {};  // further members as JSON text: `"errors":[...]`

  bool operator==(const Problem&) const = default;
};

/// The document: {"type","title","status","detail","code","message","details","hint",...}.
std::string to_json(const Problem& problem);

/// Makes `response` say `problem`; headers that it has stay.
void set_problem(Response& response, const Problem& problem);

}  // namespace sqlxc::http
