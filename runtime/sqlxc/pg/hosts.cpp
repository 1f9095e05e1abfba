#include <sqlxc/pg/hosts.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <memory>
#include <string_view>

#include <sqlxc/core/text.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

std::string join(const Hosts& hosts, std::string Hosts::Host::* part) {
  std::string list;
  for (std::size_t i = 0; i < hosts.all.size(); ++i) {
    if (i > 0) list += ',';
    list += hosts.all[i].*part;
  }
  return list;
}

// A path, an abstract socket, or digits.
bool needs_no_look_up(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.front() == '@') return true;
  unsigned char address[sizeof(in6_addr)];
  return inet_pton(AF_INET, name.c_str(), address) == 1 ||
         inet_pton(AF_INET6, name.c_str(), address) == 1;
}

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts;
  do {
    parts.emplace_back(split_off(list, ','));
  } while (list.data() != nullptr);
  return parts;
}

std::vector<std::string> addresses_of(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  std::vector<std::string> addresses;
  if (getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0) return addresses;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    char digits[NI_MAXHOST];
    if (getnameinfo(each->ai_addr, each->ai_addrlen, digits, sizeof digits, nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      addresses.emplace_back(digits);
    }
  }
  return addresses;
}

}  // namespace

std::string Hosts::names() const { return join(*this, &Host::name); }
std::string Hosts::addresses() const { return join(*this, &Host::address); }
std::string Hosts::ports() const { return join(*this, &Host::port); }

Named hosts_of(const std::string& url) {
  Named named;
  PQconninfoOption* all = pq().conninfoParse(url.c_str(), nullptr);
  if (all == nullptr) return named;  // connecting will say what is wrong with it
  std::string names;
  std::string ports;
  bool has_addresses = false;
  for (const PQconninfoOption* option = all; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword = option->keyword;
    if (keyword == "host") names = option->val;
    if (keyword == "port") ports = option->val;
    has_addresses |= keyword == "hostaddr";
  }
  pq().conninfoFree(all);
  if (names.empty() || has_addresses) return named;
  const std::vector<std::string> each_port = parts_of(ports);
  for (const std::string& name : parts_of(names)) {
    const std::size_t i = named.hosts.all.size();
    named.hosts.all.push_back({.name = name,
                               .address = {},
                               .port = each_port.size() == 1  ? each_port[0]
                                       : i < each_port.size() ? each_port[i]
                                                              : ""});
    named.must_look_up |= !needs_no_look_up(name);
  }
  return named;
}

std::expected<Hosts, std::string> look_up(const Hosts& hosts) {
  Hosts found;
  for (const Hosts::Host& host : hosts.all) {
    if (needs_no_look_up(host.name)) {
      found.all.push_back(host);
      continue;
    }
    for (std::string& address : addresses_of(host.name)) {
      found.all.push_back({.name = host.name, .address = std::move(address), .port = host.port});
    }
  }
  if (found.all.empty()) return std::unexpected("no address is known of `" + hosts.names() + "`");
  return found;
}

}  // namespace sqlxc::pg
