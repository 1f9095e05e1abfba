// Many subscribers of a service in one thread, and one writer in another: how long from a row that
// is changed to a message at the client. bench/live.py starts the service and says what is asked.
//
//   live_clients PORT SUBSCRIBERS QUERY WRITES RATE ROWS
//
// QUERY is a subscription in which %i is the subscriber's number, from 1. The writer sets the name
// of user 1, 2, ... ROWS to the time, RATE times a second, WRITES times. A message is as old as the
// newest time in it: from before the request was sent until the message was read.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

std::int64_t now() { return Clock::now().time_since_epoch().count(); }

int connect_to(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(fd, generic, sizeof address) != 0) give_up("connect");
  const int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

void send_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) give_up("send");
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// A text message, masked with zeros.
std::string frame(std::string_view text) {
  std::string out = "\x81";
  const auto size = static_cast<unsigned>(text.size());
  if (size < 126) {
    out += static_cast<char>(0x80 | size);
  } else {
    out += '\xfe';
    out += static_cast<char>(size >> 8);
    out += static_cast<char>(size);
  }
  out.append(4, '\0');
  return out.append(text);
}

std::string replaced(std::string text, std::string_view what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

// The newest time in a message, which is a name that begins with `t`; 0: none.
std::int64_t newest(std::string_view text) {
  constexpr std::string_view kMark = "\"t";
  std::int64_t best = 0;
  for (std::size_t at = 0; (at = text.find(kMark, at)) != text.npos;) {
    at += kMark.size();
    std::int64_t time = 0;
    const auto read = std::from_chars(text.data() + at, text.data() + text.size(), time);
    if (read.ec == std::errc() && *read.ptr == '"') best = std::max(best, time);
  }
  return best;
}

struct Subscriber {
  int fd = -1;
  std::string input = {};
  std::int64_t seen = 0;
  bool is_open = false;   // the handshake is over
  std::size_t first = 0;  // results
};

std::string_view next_message(std::string_view& input) {
  if (input.size() < 2) return {};
  std::size_t size = static_cast<unsigned char>(input[1]);
  std::size_t at = 2;
  const std::size_t width = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (input.size() < at + width) return {};
  if (width > 0) size = 0;
  for (; at < 2 + width; ++at) size = size << 8 | static_cast<unsigned char>(input[at]);
  if (input.size() < at + size) return {};
  const std::string_view message = input.substr(at, size);
  input.remove_prefix(at + size);
  return message;
}

class Clients {
 public:
  Clients(int port, int count, const std::string& query) : subscribers_(count) {
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < subscribers_.size(); ++i) {
      Subscriber& each = subscribers_[i];
      each.fd = connect_to(port);
      const std::string asked = replaced(query, "%i", std::to_string(i + 1));
      send_all(each.fd,
               "GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n" +
                   frame(R"({"type":"connection_init"})") +
                   frame(R"({"id":"1","type":"subscribe","payload":{"query":")" + asked + "\"}}"));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_, EPOLL_CTL_ADD, each.fd, &event);
    }
  }

  /// Reads what comes within a moment; false if nothing did.
  bool read() {
    epoll_event events[256];
    const int ready = epoll_wait(epoll_, events, 256, 200);
    for (int i = 0; i < ready; ++i) take(subscribers_[events[i].data.u64]);
    return ready > 0;
  }

  bool all_have_results() const {
    return std::ranges::all_of(subscribers_, [](const Subscriber& s) { return s.first > 0; });
  }
  std::vector<std::int64_t>& ages() { return ages_; }

 private:
  void take(Subscriber& each) {
    char buffer[65536];
    const ssize_t got = ::recv(each.fd, buffer, sizeof buffer, 0);
    if (got <= 0) give_up("the service has closed a connection");
    const std::int64_t time = now();
    each.input.append(buffer, static_cast<std::size_t>(got));
    if (!each.is_open) {
      const std::size_t end = each.input.find("\r\n\r\n");
      if (end == std::string::npos) return;
      each.input.erase(0, end + 4);
      each.is_open = true;
    }
    std::string_view rest = each.input;
    for (std::string_view text = next_message(rest); !text.empty(); text = next_message(rest)) {
      if (text.find("\"errors\"") != text.npos || text.find("\"error\"") != text.npos) {
        std::printf("refused: %.*s\n", static_cast<int>(text.size()), text.data());
        std::exit(1);
      }
      if (text.find("\"next\"") == text.npos) continue;
      ++each.first;
      const std::int64_t changed = newest(text);
      if (changed <= each.seen) continue;
      each.seen = changed;
      ages_.push_back(time - changed);
    }
    each.input.erase(0, each.input.size() - rest.size());
  }

  int epoll_ = -1;
  std::vector<Subscriber> subscribers_;
  std::vector<std::int64_t> ages_;
};

void write_names(int port, int writes, int rate, int rows, std::vector<std::int64_t>& took) {
  const int fd = connect_to(port);
  const auto begin = Clock::now();
  for (int i = 0; i < writes; ++i) {
    std::this_thread::sleep_until(begin + std::chrono::nanoseconds(1'000'000'000LL * i / rate));
    const std::int64_t time = now();
    const std::string body = R"({"name":"t)" + std::to_string(time) + "\"}";
    send_all(fd, "PATCH /api/users?id=eq." + std::to_string(i % rows + 1) +
                     " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
    char answer[4096];
    const ssize_t got = ::recv(fd, answer, sizeof answer, 0);
    if (got < 12 || std::string_view(answer, 12) != "HTTP/1.1 204") give_up("a write failed");
    took.push_back(now() - time);
  }
  ::close(fd);
}

double milliseconds(std::vector<std::int64_t>& times, double part) {
  if (times.empty()) return 0;
  const auto at = static_cast<std::size_t>(part * static_cast<double>(times.size() - 1));
  std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(at));
  return static_cast<double>(times[at]) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fputs("usage: live_clients PORT SUBSCRIBERS QUERY WRITES RATE ROWS\n", stderr);
    return 2;
  }
  const int port = std::atoi(argv[1]);
  Clients clients(port, std::atoi(argv[2]), argv[3]);
  while (!clients.all_have_results()) clients.read();
  clients.ages().clear();
  std::atomic<bool> is_writing = true;
  std::vector<std::int64_t> took;
  std::thread writer([&] {
    write_names(port, std::atoi(argv[4]), std::atoi(argv[5]), std::atoi(argv[6]), took);
    is_writing = false;
  });
  while (is_writing || clients.read()) {
    if (is_writing) clients.read();
  }
  writer.join();
  std::printf(R"({"messages": %zu, "p50": %.2f, "p99": %.2f, "max": %.2f, )"
              R"("write_p50": %.2f, "write_p99": %.2f})"
              "\n",
              clients.ages().size(), milliseconds(clients.ages(), 0.5),
              milliseconds(clients.ages(), 0.99), milliseconds(clients.ages(), 1),
              milliseconds(took, 0.5), milliseconds(took, 0.99));
}
