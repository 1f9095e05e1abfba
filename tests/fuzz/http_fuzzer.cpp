#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/core/check.h>
#include <sqlxc/http/chunks.h>
#include <sqlxc/http/head.h>

// The HTTP reader on any bytes: what it finds lies within them, and is the same in whatever pieces
// they arrive.
namespace {

using namespace sqlxc::http;

bool is_within(std::string_view part, std::string_view whole) {
  return part.empty() || part == "/" ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_head(std::string_view bytes, const HeadOutcome& outcome, const Head& head) {
  if (outcome.kind == HeadOutcome::Kind::refused) {
    SQLXC_CHECK(outcome.refusal.status >= 400 && outcome.refusal.status < 600);
    return;
  }
  if (outcome.kind != HeadOutcome::Kind::complete) return;
  SQLXC_CHECK(outcome.size <= bytes.size());
  const std::string_view own = bytes.substr(0, outcome.size);
  SQLXC_CHECK(is_within(head.target, own) && is_within(head.path, own) &&
              is_within(head.query, own));
  for (std::size_t i = 0; i < head.header_count; ++i) {
    SQLXC_CHECK(is_within(head.headers[i].name, own) && is_within(head.headers[i].value, own));
    SQLXC_CHECK(head.headers[i].value.find_first_of("\r\n") == std::string_view::npos);
  }
}

struct Chunked {
  ChunkReader::Kind kind = ChunkReader::Kind::incomplete;
  std::string body;
};

Chunked read_chunks(std::string_view bytes, std::size_t step) {
  ChunkReader reader;
  Chunked out;
  std::string buffer(bytes);
  std::size_t raw = 0;
  std::size_t body_end = 0;
  for (std::size_t size = 0; size < bytes.size() && out.kind == ChunkReader::Kind::incomplete;) {
    size = std::min(bytes.size(), size + step);
    out.kind = reader.read(buffer.data(), raw, size, body_end);
    SQLXC_CHECK(body_end <= raw && raw <= size);
  }
  out.body = buffer.substr(0, body_end);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const std::unique_ptr<Head> head = std::make_unique<Head>();
  const HeadLimits limits{.max_target = 128, .max_head = 512};
  const HeadOutcome whole = parse_head(bytes, limits, *head);
  check_head(bytes, whole, *head);
  // No prefix of a complete head may be refused, nor be complete itself.
  if (whole.kind == HeadOutcome::Kind::complete && size < 600) {
    for (std::size_t i = 0; i < whole.size; ++i) {
      SQLXC_CHECK(parse_head(bytes.substr(0, i), limits, *head).kind ==
                  HeadOutcome::Kind::incomplete);
    }
  }
  const std::string_view rest =
      whole.kind == HeadOutcome::Kind::complete ? bytes.substr(whole.size) : bytes;
  const Chunked at_once = read_chunks(rest, rest.size() + 1);
  const Chunked bytewise = read_chunks(rest, 1);
  SQLXC_CHECK(at_once.kind == bytewise.kind);
  if (at_once.kind != ChunkReader::Kind::refused) SQLXC_CHECK(at_once.body == bytewise.body);
  return 0;
}
