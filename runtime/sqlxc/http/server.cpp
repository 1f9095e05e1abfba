#include <sqlxc/http/server.h>

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include <sqlxc/http/shard.h>
#include <sqlxc/net/socket.h>

namespace sqlxc::http {
namespace {

// Files that are not connections: the database's, the log, what loops need.
constexpr std::size_t kReservedFiles = 128;

}  // namespace

struct Server::State {
  Common common;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(Options options) {
  auto state = std::make_unique<State>();
  if (options.loops == 0) options.loops = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t files = net::raise_file_limit();
  if (options.max_connections == 0) {
    options.max_connections = files > 2 * kReservedFiles ? files - kReservedFiles : files / 2;
  }
  Result<net::Fd> listener = net::listen_on(options.host, options.port);
  if (!listener) return std::unexpected(listener.error());
  state->port = net::port_of(listener->get());
  Common& common = state->common;
  common.listener = std::move(*listener);
  common.loads = std::vector<Common::Load>(options.loops);
  for (unsigned i = 0; i < options.loops; ++i) {
    Result<std::unique_ptr<net::Loop>> loop = net::Loop::create();
    if (!loop) return std::unexpected(loop.error());
    net::Fd stop_event(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!stop_event) return fail_errno("cannot create an event", errno);
    common.shards.push_back(
        std::make_unique<Shard>(common, i, std::move(*loop), std::move(stop_event)));
  }
  common.options = std::move(options);
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const { return state_->port; }

void Server::stop() {
  for (const auto& shard : state_->common.shards) shard->stop();
}

Result<void> Server::run(const HandlerFactory& factory, net::Task ready) {
  const auto& shards = state_->common.shards;
  std::vector<Result<void>> outcomes(shards.size());
  const auto serve = [&](std::size_t i) {
    outcomes[i] = shards[i]->run(factory, ready);
    if (outcomes[i]) return;
    // The others have nothing in flight that matters: this is a failed start.
    stop();
    stop();
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < shards.size(); ++i) threads.emplace_back(serve, i);
  serve(0);
  for (std::thread& thread : threads) thread.join();
  for (const Result<void>& outcome : outcomes) {
    if (!outcome) return outcome;
  }
  return {};
}

}  // namespace sqlxc::http
