#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include <sqlxc/http/server.h>

// http_fixed PORT LOOPS: the HTTP server with one fixed reply, so that bench/http.sh sees what the
// server itself costs.
namespace {

using sqlxc::http::Exchange;

class FixedReply final : public sqlxc::http::Handler {
 public:
  void handle(Exchange& exchange) override {
    exchange.response().body += R"({"m":"hi"})";
    exchange.finish();
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: http_fixed PORT LOOPS\n");
    return 2;
  }
  sqlxc::http::Options options;
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.loops = static_cast<unsigned>(std::atoi(argv[2]));
  auto server = sqlxc::http::Server::listen(options);
  if (!server) {
    std::fprintf(stderr, "http_fixed: %s\n", server.error().message.c_str());
    return 3;
  }
  const auto run = (*server)->run([](sqlxc::net::Loop&) { return std::make_unique<FixedReply>(); });
  return run ? 0 : 3;
}
