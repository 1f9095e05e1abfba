#pragma once

#include <expected>
#include <string>
#include <vector>

// The names of hosts in a URL. libpq would look them up while it connects, and its caller would
// wait; so they are looked up before, on another thread.
namespace sqlxc::pg {

/// The server that a URL names, or several, in the order in which they are tried.
struct Hosts {
  struct Host {
    std::string name;
    std::string address;  // numeric; empty for a Unix socket or where libpq needs no look-up
    std::string port;     // empty: the default one
  };
  std::vector<Host> all;

  /// One of libpq's lists, separated by commas.
  std::string names() const;
  std::string addresses() const;
  std::string ports() const;
};

/// The hosts of a URL; `must_look_up` says whether any is neither a path nor a number.
struct Named {
  Hosts hosts;
  bool must_look_up = false;
};
Named hosts_of(const std::string& url);

/// Asks for all addresses of every name, which may take seconds. An error in words where no name
/// has one.
std::expected<Hosts, std::string> look_up(const Hosts& hosts);

}  // namespace sqlxc::pg
