#include <sqlxc/service/access_log.h>

#include <chrono>

#include <sqlxc/net/socket.h>

namespace sqlxc::service {

AccessLog::AccessLog(const observe::Log& log, net::Loop& loop) : log_(log) {
  loop.at_end_of_turn([this] {
    if (lines_.empty()) return;
    observe::Log::write_out(lines_);
    lines_.clear();
  });
}

void AccessLog::note(const http::Access& access) {
  const http::Request& request = access.exchange.request();
  const std::chrono::duration<double, std::milli> took =
      net::Clock::now() - access.exchange.started();
  const std::string client = net::peer_of(access.socket);
  const auto level = access.status >= 500 ? observe::Level::error : observe::Level::info;
  log_.append(lines_, level, "request",
              {{"method", http::name_of(request.method)},
               {"path", request.target},
               {"status", std::int64_t{access.status}},
               {"bytes", static_cast<std::int64_t>(access.body_bytes)},
               {"ms", took.count()},
               {"client", client},
               {"id", access.exchange.id()}});
}

}  // namespace sqlxc::service
