#include <sqlxc/http/head.h>

#include <algorithm>
#include <cstring>

#include <sqlxc/core/text.h>

namespace sqlxc::http {
namespace {

enum : std::uint8_t {
  kToken = 1,   // RFC 9110, section 5.6.2
  kTarget = 2,  // RFC 3986: any visible ASCII here, the router looks closer
  kValue = 4,   // field-vchar, obs-text, space and tab
  kHost = 8,    // of uri-host and port
};

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c > 0x20 && c < 0x7F) table[c] |= kTarget;
    if ((c >= 0x20 && c != 0x7F) || c == '\t') table[c] |= kValue;
    const bool is_alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_alphanumeric) table[c] |= kToken | kHost;
  }
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] |= kToken;
  for (const char c : std::string_view("!$%&'()*+,-.:;=[]_~"))
    table[static_cast<unsigned char>(c)] |= kHost;
  return table;
}();

bool all_of(std::string_view text, std::uint8_t cls) {
  std::uint8_t common = cls;
  for (const char c : text) common &= kClasses[static_cast<unsigned char>(c)];
  return common != 0;
}

constexpr std::uint64_t repeat(std::uint8_t byte) { return 0x0101010101010101U * byte; }

// Whether one of eight bytes is below `limit`, at most 128 (Hacker's Delight, section 6-1).
constexpr std::uint64_t any_below(std::uint64_t bytes, std::uint8_t limit) {
  return (bytes - repeat(limit)) & ~bytes & repeat(0x80);
}

// all_of, eight bytes at a time while these are beyond doubt: at least `lowest`, and no DEL. With
// `is_ascii`, below 0x80.
bool all_of_quickly(std::string_view text, std::uint8_t cls, std::uint8_t lowest, bool is_ascii) {
  std::uint64_t word = 0;
  while (text.size() >= sizeof word) {
    std::memcpy(&word, text.data(), sizeof word);
    std::uint64_t doubt = any_below(word, lowest) | any_below(word ^ repeat(0x7F), 1);
    if (is_ascii) doubt |= word & repeat(0x80);
    if (doubt != 0) break;
    text.remove_prefix(sizeof word);
  }
  return all_of(text, cls);
}

bool is_target(std::string_view text) { return all_of_quickly(text, kTarget, 0x21, true); }
bool is_value(std::string_view text) { return all_of_quickly(text, kValue, 0x20, false); }

std::size_t span_of(std::string_view text, std::uint8_t cls) {
  std::size_t i = 0;
  while (i < text.size() && (kClasses[static_cast<unsigned char>(text[i])] & cls) != 0) ++i;
  return i;
}

Refusal bad(std::string_view message) { return {400, message}; }

Refusal read_method(std::string_view name, Head& head) {
  for (int i = 0; i <= static_cast<int>(Method::options); ++i) {
    const auto method = static_cast<Method>(i);
    if (name == name_of(method)) {
      head.method = method;
      return {};
    }
  }
  return {405, "the method is not one that this server implements"};
}

Refusal read_version(std::string_view version, Head& head) {
  if (version == "HTTP/1.1") return {};
  if (version == "HTTP/1.0") {
    head.is_http_1_0 = true;
    head.keep_alive = false;
    return {};
  }
  const bool is_http = version.size() == 8 && version.starts_with("HTTP/") &&
                       is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  if (is_http) return {505, "the server speaks HTTP/1.1 and HTTP/1.0"};
  return bad("the request line does not end in an HTTP version");
}

// Takes scheme and authority off an absolute-form target (RFC 9112, section 3.2.2).
Refusal strip_origin(std::string_view& target) {
  std::size_t scheme = 0;
  if (target.size() >= 7 && equals_ignoring_case(target.substr(0, 7), "http://")) scheme = 7;
  if (target.size() >= 8 && equals_ignoring_case(target.substr(0, 8), "https://")) scheme = 8;
  if (scheme == 0) return bad("the request target is neither a path nor an http URL");
  target.remove_prefix(scheme);
  const std::string_view authority = target.substr(0, target.find_first_of("/?#"));
  if (authority.empty() || !all_of(authority, kHost)) return bad("the URL's host is malformed");
  target.remove_prefix(authority.size());
  return {};
}

Refusal read_target(std::string_view target, Head& head) {
  if (target.empty() || !is_target(target))
    return bad("the request target has a character that must be percent-encoded");
  if (target == "*") {
    if (head.method != Method::options) return bad("the target `*` is for OPTIONS");
    head.target = head.path = target;
    return {};
  }
  if (target[0] != '/') {
    if (Refusal refusal = strip_origin(target)) return refusal;
  }
  target = target.substr(0, target.find('#'));
  head.target = target;
  head.path = split_off(target, '?');
  head.query = target;
  if (head.path.empty()) head.path = "/";
  return {};
}

Refusal read_request_line(std::string_view line, const HeadLimits& limits, Head& head) {
  const std::size_t method_end = span_of(line, kToken);
  if (method_end == 0 || method_end == line.size() || line[method_end] != ' ') {
    return bad("the request line does not begin with a method and a space");
  }
  const std::size_t target_end = line.rfind(' ');
  if (target_end <= method_end) return bad("the request line has no HTTP version");
  const std::string_view target = line.substr(method_end + 1, target_end - method_end - 1);
  if (Refusal refusal = read_version(line.substr(target_end + 1), head)) return refusal;
  if (target.size() > limits.max_target) return {414, "the request target is too long"};
  if (Refusal refusal = read_method(line.substr(0, method_end), head)) return refusal;
  return read_target(target, head);
}

// What the headers that frame a message and steer the connection say, gathered before it is judged.
struct Framing {
  bool has_length = false;
  bool has_encoding = false;
  bool has_host = false;
  bool wants_close = false;
  bool wants_keep_alive = false;
};

Refusal read_content_length(std::string_view value, Framing& framing, Head& head) {
  if (framing.has_length) return bad("Content-Length appears twice");
  framing.has_length = true;
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit)) {
    return bad("Content-Length is not a number");
  }
  const std::optional<std::uint64_t> length = parse_number<std::uint64_t>(value);
  if (!length) return {413, "the body is too large"};
  head.content_length = *length;
  return {};
}

// RFC 9112, section 6.3: a request whose last coding is not `chunked` has no length anyone can
// know.
Refusal read_transfer_encoding(std::string_view value, Framing& framing, Head& head) {
  if (framing.has_encoding) return bad("Transfer-Encoding appears twice");
  framing.has_encoding = true;
  if (equals_ignoring_case(value, "chunked")) {
    head.is_chunked = true;
    return {};
  }
  const std::size_t comma = value.rfind(',');
  const bool ends_chunked = comma != std::string_view::npos &&
                            equals_ignoring_case(trim(value.substr(comma + 1)), "chunked");
  if (!ends_chunked) return bad("Transfer-Encoding does not end in chunked");
  for (std::string_view rest = value.substr(0, comma); !rest.empty();) {
    const std::string_view coding = trim(split_off(rest, ','));
    if (coding.empty() || !all_of(coding, kToken)) return bad("Transfer-Encoding is malformed");
    if (equals_ignoring_case(coding, "chunked"))
      return bad("Transfer-Encoding names chunked twice");
  }
  return bad("chunked is the only transfer coding that this server reads");
}

Refusal read_host(std::string_view value, Framing& framing) {
  if (framing.has_host) return bad("Host appears twice");
  framing.has_host = true;
  return value.empty() || all_of(value, kHost) ? Refusal() : bad("Host is malformed");
}

void read_connection(std::string_view value, Framing& framing) {
  while (!value.empty()) {
    const std::string_view option = trim(split_off(value, ','));
    framing.wants_close |= equals_ignoring_case(option, "close");
    framing.wants_keep_alive |= equals_ignoring_case(option, "keep-alive");
  }
}

Refusal read_known_header(const Header& header, Framing& framing, Head& head) {
  const auto is = [&](std::string_view name) { return equals_ignoring_case(header.name, name); };
  switch (header.name.size()) {
    case 4:
      if (is("host")) return read_host(header.value, framing);
      break;
    case 6:
      if (!is("expect")) break;
      if (!equals_ignoring_case(header.value, "100-continue")) {
        return {417, "the only expectation that can be met is 100-continue"};
      }
      head.expects_continue = true;
      break;
    case 10:
      if (is("connection")) read_connection(header.value, framing);
      break;
    case 14:
      if (is("content-length")) return read_content_length(header.value, framing, head);
      break;
    case 17:
      if (is("transfer-encoding")) return read_transfer_encoding(header.value, framing, head);
      break;
    default:
      break;
  }
  return {};
}

Refusal judge(const Framing& framing, Head& head) {
  if (framing.has_encoding && framing.has_length) {
    return bad("Content-Length and Transfer-Encoding exclude each other");
  }
  if (framing.has_encoding && head.is_http_1_0) return bad("HTTP/1.0 has no Transfer-Encoding");
  if (!framing.has_host && !head.is_http_1_0) return bad("HTTP/1.1 requires a Host header");
  if (head.is_http_1_0) {
    head.keep_alive = framing.wants_keep_alive && !framing.wants_close;
    head.expects_continue = false;
  } else {
    head.keep_alive = !framing.wants_close;
  }
  return {};
}

// What an incomplete head already shows.
Refusal judge_incomplete(std::string_view bytes, bool is_request_line, const HeadLimits& limits) {
  if (bytes.size() > limits.max_head) return {431, "the request's headers are too large"};
  if (!is_request_line || bytes.empty()) return {};
  if (span_of(bytes, kToken) == 0) return bad("this is not an HTTP request");
  // The longest method and version that anyone would send fit in what is added here.
  if (bytes.size() > limits.max_target + 64) return {414, "the request target is too long"};
  return {};
}

HeadOutcome refuse(Refusal refusal) { return {HeadOutcome::Kind::refused, 0, refusal}; }

}  // namespace

bool parse_header_line(std::string_view line, Header& header) {
  const std::size_t name_end = span_of(line, kToken);
  if (name_end == 0 || name_end == line.size() || line[name_end] != ':') return false;
  header.name = line.substr(0, name_end);
  header.value = line.substr(name_end + 1);
  if (!is_value(header.value)) return false;
  header.value = trim(header.value);
  return true;
}

HeadOutcome parse_head(std::string_view bytes, const HeadLimits& limits, Head& head) {
  head.method = Method::get;
  head.is_http_1_0 = false;
  head.keep_alive = true;
  head.is_chunked = false;
  head.expects_continue = false;
  head.content_length = 0;
  head.header_count = 0;
  Framing framing;
  std::size_t at = 0;
  for (;;) {
    const bool is_request_line = at == 0;
    const void* found =
        bytes.size() == at ? nullptr : std::memchr(bytes.data() + at, '\n', bytes.size() - at);
    if (found == nullptr) {
      const Refusal refusal = judge_incomplete(bytes, is_request_line, limits);
      return refusal ? refuse(refusal) : HeadOutcome();
    }
    const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    if (end == at || bytes[end - 1] != '\r') return refuse(bad("a line does not end in CR LF"));
    const std::string_view line = bytes.substr(at, end - 1 - at);
    at = end + 1;
    if (is_request_line) {
      if (Refusal refusal = read_request_line(line, limits, head)) return refuse(refusal);
      continue;
    }
    if (at > limits.max_head) return refuse({431, "the request's headers are too large"});
    if (line.empty()) break;
    if (head.header_count == kMaxHeaders) return refuse({431, "the request has too many headers"});
    Header& header = head.headers[head.header_count];
    if (!parse_header_line(line, header)) return refuse(bad("a header line is malformed"));
    if (Refusal refusal = read_known_header(header, framing, head)) return refuse(refusal);
    ++head.header_count;
  }
  if (Refusal refusal = judge(framing, head)) return refuse(refusal);
  return {HeadOutcome::Kind::complete, at, {}};
}

}  // namespace sqlxc::http
