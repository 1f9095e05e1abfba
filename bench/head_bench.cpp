#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/http/head.h>

// Nanoseconds to read a request's head: ours, and Beast's parser with callbacks that only keep
// views.
namespace {

namespace beast = boost::beast;
using beast::string_view;

class ViewParser final : public beast::http::basic_parser<true> {
 public:
  std::size_t headers = 0;
  string_view target;
  string_view last;

 private:
  using Error = beast::error_code;
  void on_request_impl(beast::http::verb, string_view, string_view text, int, Error&) override {
    target = text;
  }
  void on_response_impl(int, string_view, int, Error&) override {}
  void on_field_impl(beast::http::field, string_view, string_view value, Error&) override {
    ++headers;
    last = value;
  }
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(string_view text, Error&) override { return text.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view text, Error&) override {
    return text.size();
  }
  void on_finish_impl(Error&) override {}
};

std::size_t read_ours(std::string_view bytes) {
  static const auto head = std::make_unique<sqlxc::http::Head>();
  sqlxc::http::parse_head(bytes, {}, *head);
  return head->header_count + head->target.size();
}

std::size_t read_beast(std::string_view bytes) {
  ViewParser parser;
  beast::error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  return parser.headers + parser.target.size();
}

template <class Read>
double nanoseconds(Read read, const std::string& bytes) {
  constexpr int kCalls = 1'000'000;
  double best = 1e9;
  std::size_t sum = 0;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kCalls; ++i) sum += read(bytes);
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count() / kCalls);
  }
  return sum == 0 ? 0 : best;
}

}  // namespace

int main() {
  const std::string small = "GET /api/users/12345 HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n";
  const std::string browser =
      "GET /api/posts?select=id,title,author(name)&order=created_at.desc&limit=20 HTTP/1.1\r\n"
      "Host: localhost:3000\r\n"
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
      "Accept: application/json, text/plain;q=0.9, */*;q=0.8\r\n"
      "Accept-Language: en-US,en;q=0.5\r\n"
      "Accept-Encoding: gzip, deflate, br, zstd\r\n"
      "Referer: http://localhost:3000/docs\r\n"
      "Origin: http://localhost:3000\r\n"
      "Connection: keep-alive\r\n"
      "Sec-Fetch-Dest: empty\r\n"
      "Sec-Fetch-Mode: cors\r\n"
      "Sec-Fetch-Site: same-origin\r\n"
      "Prefer: count=exact\r\n"
      "\r\n";
  for (const std::string& bytes : {small, browser}) {
    std::printf("%4zu bytes: ours %6.0f ns, Beast %6.0f ns\n", bytes.size(),
                nanoseconds(read_ours, bytes), nanoseconds(read_beast, bytes));
  }
}
