#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>
#include <sqlxc/rest/page.h>

// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a request that is carried out once,
// however often it comes. Its answer is kept in the transaction that does its work, so that both
// are there or neither is, whatever happens to the service.
namespace sqlxc::rest {

/// An answer that is larger is not kept, and what it tells of not done.
inline constexpr std::size_t kLongestKeptAnswer = std::size_t{1} << 20;

struct Once {
  std::string key;
  std::string fingerprint;  // of all that the answer depends on, SHA-256 in hex
  std::chrono::seconds lifetime{0};
  bool is_batch = false;

  // What came of it: the answer, of this time or the first, or why there is none.
  std::optional<Answer> answer;
  std::optional<http::Problem> refusal;
};

/// The row that is kept of an answer.
struct KeptAnswer {
  std::string fingerprint;
  int status = 200;
  std::string headers;  // lines, that of the content type among them
  std::string body;
};

/// What the header asks for: nothing where there is none. A key is a string as RFC 8941 writes
/// them, `"8e03978e-40d5"`, or the same bare, of 1 to 255 visible characters; else 400.
std::expected<std::shared_ptr<Once>, http::Problem> once_of(const http::Request& request,
                                                            std::chrono::seconds lifetime);

/// Notes what was kept of the first time as the answer; refuses if that was another request (422).
void replay(Once& once, KeptAnswer kept);

/// Notes the answer of this time, and gives what is to be kept of it; nothing if that is too much,
/// which is refused (422).
std::optional<KeptAnswer> keep(Once& once, Answer answer);

/// Refuses as the first one is still on its way (409).
void refuse_meanwhile(Once& once);

/// What is answered: a refusal before all else, an answer if its transaction was committed, else
/// nothing.
std::optional<Answer> answer_of(Once& once, bool is_committed);

}  // namespace sqlxc::rest
