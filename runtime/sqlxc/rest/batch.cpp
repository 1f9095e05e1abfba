#include <sqlxc/rest/batch.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Method;
using http::Problem;
using json::Token;

constexpr std::size_t kMaxParts = 1000;
constexpr std::size_t kMaxTarget = 16 * 1024;  // as of a request

std::unexpected<Problem> refuse(std::size_t index, std::string message) {
  Problem problem = make_problem(400, "PGRST102", std::move(message),
                                 "a part is {\"method\": \"POST\", \"path\": \"/table\", \"body\": "
                                 "..., \"headers\": {...}}");
  problem.details = "in part ";
  append_number(problem.details, index);
  return std::unexpected(std::move(problem));
}

std::unexpected<Problem> malformed(const json::Reader& reader) {
  Problem problem = make_problem(400, "PGRST102", "the body is not JSON: ");
  problem.message += reader.error().message;
  return std::unexpected(std::move(problem));
}

bool set_method(std::string_view name, Method& method) {
  for (const Method known : {Method::post, Method::put, Method::patch, Method::del}) {
    if (http::name_of(known) != name) continue;
    method = known;
    return true;
  }
  return false;
}

// The members of `headers`; false if it is no object of strings.
bool read_headers(json::Reader& reader, BatchPart& part) {
  if (reader.token() != Token::begin_object) return false;
  while (reader.next() == Token::key) {
    std::string name(reader.text());
    if (reader.next() != Token::string) return false;
    part.header_texts.emplace_back(std::move(name), reader.text());
  }
  return reader.token() == Token::end_object;
}

std::expected<BatchPart, Problem> read_part(json::Reader& reader, std::size_t index) {
  BatchPart part;
  bool has_method = false;
  while (reader.next() == Token::key) {
    const std::string name(reader.text());
    reader.next();
    const bool is_text = reader.token() == Token::string;
    if (name == "method" && is_text && set_method(reader.text(), part.method)) {
      has_method = true;
    } else if (name == "path" && is_text) {
      part.target = reader.text();
    } else if (name == "body") {
      part.body = reader.raw();
    } else if (name != "headers" || !read_headers(reader, part)) {
      if (reader.token() == Token::error) return malformed(reader);
      return refuse(index, quoted(name) + " is not what a part of a batch has");
    }
    if (reader.token() == Token::error) return malformed(reader);
  }
  if (reader.token() == Token::error) return malformed(reader);
  if (!has_method || !part.target.starts_with('/')) {
    return refuse(index, "a part of a batch has a method that writes, and a path");
  }
  if (part.target.size() > kMaxTarget) {
    Problem problem = make_problem(414, "SXH414", "the path of a part is too long");
    problem.details = "in part ";
    append_number(problem.details, index);
    return std::unexpected(std::move(problem));
  }
  return part;
}

}  // namespace

http::Request BatchPart::request() const {
  http::Request request;
  request.method = method;
  request.target = target;
  request.query = target;
  request.path = split_off(request.query, '?');
  request.headers = headers;
  request.body = body;
  return request;
}

std::expected<std::vector<BatchPart>, Problem> parse_batch(std::string_view text) {
  json::Reader reader(text);
  reader.next();
  if (reader.token() == Token::error) return malformed(reader);
  std::vector<BatchPart> parts;
  if (reader.token() != Token::begin_array) return refuse(0, "a batch is an array of writes");
  while (reader.next() == Token::begin_object) {
    if (parts.size() == kMaxParts) return refuse(kMaxParts, "a batch has at most 1,000 parts");
    auto part = read_part(reader, parts.size());
    if (!part) return std::unexpected(std::move(part.error()));
    parts.push_back(std::move(*part));
  }
  if (reader.token() == Token::error) return malformed(reader);
  if (reader.token() != Token::end_array) return refuse(parts.size(), "a part is an object");
  if (reader.next() != Token::end) return malformed(reader);
  for (BatchPart& part : parts) {
    for (const auto& [name, value] : part.header_texts) part.headers.push_back({name, value});
  }
  return parts;
}

}  // namespace sqlxc::rest
