#include <httplib.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sqlxc/json/reader.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include "compiler/driver/database/probe.h"

namespace sqlxc::driver {
namespace {

constexpr int kTimeoutMilliseconds = 5000;

std::unexpected<DatabaseFailure> unreachable(std::string message) {
  return std::unexpected(DatabaseFailure{DatabaseFailure::Kind::unreachable, std::move(message)});
}

struct Place {
  std::string host;
  std::string port;
};

// Of scheme://user@host:port/path?query.
Place place_of(std::string_view url, std::string_view default_port) {
  url.remove_prefix(url.find("://") + 3);
  url = url.substr(0, url.find_first_of("/?"));
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos)
    url.remove_prefix(at + 1);
  std::string_view port = default_port;
  const std::size_t bracket = url.find(']');
  const std::size_t colon = url.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    port = url.substr(colon + 1);
    url = url.substr(0, colon);
  }
  if (url.starts_with('[') && url.ends_with(']')) url = url.substr(1, url.size() - 2);
  return {std::string(url.empty() ? "localhost" : url), std::string(port)};
}

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }

  bool waits_for(short events) const {
    pollfd one{fd_, events, 0};
    return ::poll(&one, 1, kTimeoutMilliseconds) == 1;
  }

 private:
  int fd_;
};

// What a server says first, as far as one read gets it.
std::expected<std::string, std::string> greeting_of(const Place& place) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int resolved = ::getaddrinfo(place.host.c_str(), place.port.c_str(), &hints, &found);
  if (resolved != 0) return std::unexpected(std::string(::gai_strerror(resolved)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  std::string reason;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const Socket socket(
        ::socket(one->ai_family, one->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (::connect(socket.fd(), one->ai_addr, one->ai_addrlen) != 0 && errno != EINPROGRESS) {
      reason = std::strerror(errno);
      continue;
    }
    int error = ETIMEDOUT;
    socklen_t size = sizeof error;
    if (socket.waits_for(POLLOUT)) ::getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
      reason = std::strerror(error);
      continue;
    }
    std::string bytes(512, '\0');
    const ssize_t got =
        socket.waits_for(POLLIN) ? ::recv(socket.fd(), bytes.data(), bytes.size(), 0) : 0;
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }
  return std::unexpected(reason);
}

/// The title and version of an OpenAPI document; empty where the text is none.
struct Title {
  std::string title;
  std::string version;
  std::string openapi;
};

Title title_of(const std::string& document) {
  Title out;
  json::Reader reader(document);
  std::string key;
  int depth = 0;
  std::string section;
  for (json::Token token = reader.next(); token != json::Token::end && token != json::Token::error;
       token = reader.next()) {
    if (token == json::Token::begin_object || token == json::Token::begin_array) {
      if (++depth == 2) section = key;
    } else if (token == json::Token::end_object || token == json::Token::end_array) {
      --depth;
    } else if (token == json::Token::key) {
      key = reader.text();
    } else if (token == json::Token::string) {
      if (depth == 1 && key == "openapi") out.openapi = reader.text();
      if (depth == 2 && section == "info" && key == "title") out.title = reader.text();
      if (depth == 2 && section == "info" && key == "version") out.version = reader.text();
    }
  }
  return out;
}

std::string answer_of(const httplib::Result& result) {
  return result ? std::to_string(result->status) : "no answer";
}

}  // namespace

Facts probe_mysql(const DatabaseUrl& url) {
  const auto greeting = greeting_of(place_of(url.text, "3306"));
  if (!greeting) return unreachable(greeting.error());
  // Four bytes of packet header, the protocol's version 10, and a text that a zero byte ends.
  constexpr std::size_t kVersion = 5;
  if (greeting->size() < kVersion + 2 || (*greeting)[4] != 10) {
    return unreachable("what listens there does not greet as MySQL does");
  }
  std::string version = greeting->substr(kVersion, greeting->find('\0', kVersion) - kVersion);
  const bool is_mariadb = version.find("MariaDB") != std::string::npos;
  // MariaDB says 5.5.5- first, for old replicas.
  if (is_mariadb && version.starts_with("5.5.5-")) version = version.substr(6);
  return std::vector<Fact>{
      {"kind", std::string("database")},
      {"engine", std::string(is_mariadb ? "MariaDB" : "MySQL")},
      {"version", version.substr(0, is_mariadb ? version.find('-') : std::string::npos)},
      {"supported", false},
      {"note",
       std::string("sqlxc reads schemas of the MySQL family, but does not connect to it yet")}};
}

Facts probe_service(const DatabaseUrl& url) {
  const bool is_tls = url.text.starts_with("https://");
  const Place place = place_of(url.text, is_tls ? "443" : "80");
  const std::string host =
      place.host.find(':') == std::string::npos ? place.host : "[" + place.host + "]";
  httplib::Client client((is_tls ? "https://" : "http://") + host + ":" + place.port);
  client.set_connection_timeout(kTimeoutMilliseconds / 1000);
  client.set_read_timeout(kTimeoutMilliseconds / 1000);
  client.set_keep_alive(true);
  std::string path = url.text.substr(std::min(url.text.find('/', is_tls ? 8 : 7), url.text.size()));
  path = path.substr(0, path.find_first_of("?#"));
  while (path.ends_with('/')) path.pop_back();

  const httplib::Result health = client.Get(path + "/health");
  if (!health) return unreachable(httplib::to_string(health.error()));
  const httplib::Result ready = client.Get(path + "/ready");
  const httplib::Result document = client.Get(path + "/openapi.json");
  const Title title = document && document->status == 200 ? title_of(document->body) : Title();
  const bool is_healthy = health->status == 200;
  const bool is_ready = ready && ready->status == 200;
  const bool is_service = is_healthy && ready && !title.title.empty();
  std::vector<Fact> facts = {{"kind", std::string(is_service ? "service" : "http server")}};
  if (!title.title.empty()) facts.push_back({"title", title.title + " " + title.version});
  if (!title.openapi.empty()) facts.push_back({"openapi", title.openapi});
  facts.push_back({"health", answer_of(health)});
  facts.push_back({"ready", answer_of(ready)});
  facts.push_back({"healthy", is_healthy});
  facts.push_back({"is-ready", is_ready});
  facts.push_back({"latency-ms", median_latency([&] { client.Get(path + "/health"); })});
  return facts;
}

}  // namespace sqlxc::driver
