#include <sqlxc/net/socket.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <sqlxc/core/text.h>

namespace sqlxc::net {
namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// Looking names up loads libraries and reads files; an address needs none of that.
bool parse_address(const std::string& host, Address& address) {
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    address.size = sizeof *v4;
    return true;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    address.size = sizeof *v6;
    return true;
  }
  return false;
}

Result<Address> resolve(const std::string& host, std::uint16_t port) {
  Address address;
  if (!parse_address(host, address)) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    if (const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
      return fail("cannot find the address of `" + host + "`: " + gai_strerror(error));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
  }
  // The port stands at the same place in both forms.
  reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port = htons(port);
  return address;
}

}  // namespace

Result<Fd> listen_on(const std::string& host, std::uint16_t port) {
  const Result<Address> address = resolve(host, port);
  if (!address) return std::unexpected(address.error());
  const std::string what = "cannot listen on " + host + " port " + std::to_string(port);
  Fd listener(socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listener) return fail_errno(what, errno);
  const int one = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener.get(), address->get(), address->size) != 0 ||
      listen(listener.get(), SOMAXCONN) != 0) {
    return fail_errno(what, errno);
  }
  return listener;
}

std::uint16_t port_of(int socket) {
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.sin6_port);
}

std::string peer_of(int socket) {
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "-";
  char text[INET6_ADDRSTRLEN] = {};
  const bool is_v4 = address.sin6_family == AF_INET;
  const void* bytes =
      is_v4 ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&address)->sin_addr)
            : static_cast<const void*>(&address.sin6_addr);
  if (inet_ntop(address.sin6_family, bytes, text, sizeof text) == nullptr) return "-";
  std::string out = is_v4 ? std::string(text) : "[" + std::string(text) + "]";
  out += ':';
  append_number(out, ntohs(address.sin6_port));
  return out;
}

std::size_t raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  if (limit.rlim_cur < limit.rlim_max) {
    const rlim_t before = std::exchange(limit.rlim_cur, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  }
  return limit.rlim_cur == RLIM_INFINITY ? std::size_t{1} << 20
                                         : static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace sqlxc::net
