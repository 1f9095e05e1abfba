#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/check.h>
#include <sqlxc/rest/batch.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/media.h>
#include <sqlxc/rest/prefer.h>

#include "tests/unit/blog_model.h"

// Bodies in every form, batches, and the headers that say what is wanted: whatever they hold, they
// are read or refused with a 4xx.
namespace {

using namespace sqlxc;

void check_refusal(const http::Problem& problem) {
  SQLXC_CHECK(problem.status >= 400 && problem.status < 500);
  SQLXC_CHECK(!problem.message.empty());
}

void check_body(const query::Entity& entity, std::string_view text, unsigned char choice) {
  rest::BodyOptions options;
  options.format = static_cast<rest::BodyFormat>(choice % 3);
  options.takes_many = (choice & 4U) != 0;
  options.missing_default = (choice & 8U) != 0;
  if ((choice & 16U) != 0) options.write = rules::Write::update;
  rules::Violations violations;
  const auto body = rest::parse_body(entity, text, options, violations);
  if (!body) return check_refusal(body.error());
  for (const auto& row : body->rows) SQLXC_CHECK(row.size() == entity.fields.size());
}

void check_batch(std::string_view text) {
  const auto parts = rest::parse_batch(text);
  if (!parts) return check_refusal(parts.error());
  for (const rest::BatchPart& part : *parts) SQLXC_CHECK(part.request().path.starts_with('/'));
}

void check_headers(std::string_view text) {
  const std::vector<http::Header> headers = {{"Prefer", text}, {"Range", text}, {"Accept", text}};
  http::Request request;
  request.headers = headers;
  if (const auto range = rest::parse_range(request); !range) {
    check_refusal(range.error());
  } else if (*range) {
    SQLXC_CHECK((*range)->first >= 0);
    SQLXC_CHECK(!(*range)->last || *(*range)->last >= (*range)->first);
  }
  if (const auto preferences = rest::parse_preferences(request); !preferences) {
    check_refusal(preferences.error());
  }
  if (const auto media = rest::negotiate(request); !media) check_refusal(media.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 16384) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  check_body(blog::kEntities[data[0] % std::size(blog::kEntities)], text, data[1]);
  check_batch(text);
  check_headers(text);
  return 0;
}
