#include <sqlxc/rest/once.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/sha256.h>
#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;

constexpr std::string_view kHeader = "Idempotency-Key";
constexpr std::size_t kLongestKey = 255;

// The headers that an answer depends on, beside the body and the path.
constexpr std::string_view kTelling[] = {"Accept",          "Accept-Profile", "Authorization",
                                         "Content-Profile", "Content-Type",   "If-Match",
                                         "If-None-Match",   "Prefer"};

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

// The text of an sf-string (RFC 8941, section 3.3.3); nothing if it is none.
std::optional<std::string> unquote(std::string_view text) {
  std::string key;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1 == text.size() ? std::optional(key) : std::nullopt;
    if (text[i] == '\\' && (++i == text.size() || (text[i] != '"' && text[i] != '\\'))) {
      return std::nullopt;
    }
    if (!is_visible(text[i]) && text[i] != ' ') return std::nullopt;
    key += text[i];
  }
  return std::nullopt;
}

std::optional<std::string> key_of(std::string_view value) {
  value = trim(value);
  if (value.starts_with('"')) return unquote(value);
  for (const char c : value) {
    if (!is_visible(c) || c == '"' || c == ',') return std::nullopt;
  }
  return std::string(value);
}

// Each part with its length, so that no two requests make one text.
std::string fingerprint_of(const http::Request& request) {
  std::string text;
  const auto add = [&text](std::string_view part) {
    append_number(text, part.size());
    text += ':';
    text += part;
  };
  add(http::name_of(request.method));
  add(request.path);
  add(request.query);
  for (const std::string_view name : kTelling) {
    for (const http::Header& header : request.headers) {
      if (!equals_ignoring_case(header.name, name)) continue;
      add(name);
      add(header.value);
    }
  }
  // Of what may be long its digest, not a copy.
  add(sha256_hex(request.body));
  return sha256_hex(text);
}

}  // namespace

std::expected<std::shared_ptr<Once>, Problem> once_of(const http::Request& request,
                                                      std::chrono::seconds lifetime) {
  const auto value = request.header(kHeader);
  if (!value) return std::shared_ptr<Once>();
  const bool is_alone = 1 == std::ranges::count_if(request.headers, [](const http::Header& header) {
                          return equals_ignoring_case(header.name, kHeader);
                        });
  auto key = key_of(*value);
  if (!is_alone || !key || key->empty() || key->size() > kLongestKey) {
    return std::unexpected(make_problem(
        400, "SXH400", "Idempotency-Key is no key",
        "a string in quotes, or visible characters without, 1 to 255 of them: a UUID is fine"));
  }
  auto once = std::make_shared<Once>();
  once->key = std::move(*key);
  once->fingerprint = fingerprint_of(request);
  once->lifetime = lifetime;
  return once;
}

void replay(Once& once, KeptAnswer kept) {
  if (kept.fingerprint != once.fingerprint) {
    once.refusal = make_problem(422, "SXH422", "the Idempotency-Key was another request's",
                                "each request has a key of its own; one that is sent again is the "
                                "same to the byte");
    return;
  }
  once.answer = {.status = kept.status,
                 .content_type = {},  // it is among the headers
                 .body = std::move(kept.body),
                 .headers = std::move(kept.headers),
                 .etag = {}};
  once.answer->header("Idempotent-Replayed", "true");
}

std::optional<KeptAnswer> keep(Once& once, Answer answer) {
  if (answer.body.size() > kLongestKeptAnswer) {
    once.refusal =
        make_problem(422, "SXH422", "the answer is too long to be kept for its Idempotency-Key",
                     "ask for less of it: Prefer: return=minimal");
    return std::nullopt;
  }
  KeptAnswer kept = {.fingerprint = once.fingerprint,
                     .status = answer.status,
                     .headers = answer.headers,
                     .body = answer.body};
  if (!answer.body.empty() && !answer.content_type.empty()) {
    kept.headers += "Content-Type: ";
    kept.headers += answer.content_type;
    kept.headers += "\r\n";
  }
  once.answer = std::move(answer);
  return kept;
}

void refuse_meanwhile(Once& once) {
  once.refusal =
      make_problem(409, "SXH409", "the first request with this Idempotency-Key is on its way",
                   "send it again a little later");
}

std::optional<Answer> answer_of(Once& once, bool is_committed) {
  if (!once.refusal) return is_committed ? std::move(once.answer) : std::nullopt;
  Answer answer;
  set_problem(answer, *once.refusal);
  if (once.refusal->status == 409) answer.header("Retry-After", "1");
  return answer;
}

}  // namespace sqlxc::rest
