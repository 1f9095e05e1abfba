#pragma once

#include <cstdint>
#include <string>

#include <sqlxc/core/error.h>
#include <sqlxc/net/fd.h>

// The few things done with TCP sockets outside of a connection's life.
namespace sqlxc::net {

/// A non-blocking socket that listens on `host` (a name or an address, IPv4 or IPv6) and `port` (0:
/// any free one). Fails with words for a person where the port is taken or the address is not this
/// machine's.
Result<Fd> listen_on(const std::string& host, std::uint16_t port);
/// The port that a bound socket has.
std::uint16_t port_of(int socket);
/// "127.0.0.1:4711" of the other end, "-" if it is gone.
std::string peer_of(int socket);
/// Lets this process open as many files as it may, and says how many these are.
std::size_t raise_file_limit();

}  // namespace sqlxc::net
