#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/http/frames.h>

// The reader of WebSocket frames on any bytes: it stays within them, holds no more than its limit,
// and finds the same in whatever pieces they arrive.
namespace {

using namespace sqlxc::http;
using Kind = MessageReader::Kind;

constexpr std::size_t kLimit = 300;

struct Seen {
  Kind kind = Kind::incomplete;
  std::string payload;
  CloseCode code = CloseCode::none;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> read_all(std::string bytes, std::size_t step) {
  MessageReader reader(kLimit);
  std::vector<Seen> all;
  std::size_t at = 0;
  for (std::size_t size = 0; size < bytes.size();) {
    size = std::min(bytes.size(), size + step);
    for (;;) {
      const std::size_t before = at;
      const Kind kind = reader.read(bytes.data(), size, at);
      SQLXC_CHECK(at >= before && at <= size);
      if (kind == Kind::incomplete) break;
      if (kind == Kind::refused) {
        all.push_back({.kind = kind, .payload = {}, .code = reader.refusal()});
        return all;
      }
      all.push_back({.kind = kind, .payload = std::string(reader.payload())});
      if (kind == Kind::close) all.back().code = reader.close_code();
      SQLXC_CHECK(all.back().payload.size() <= kLimit);
      if (kind == Kind::text) SQLXC_CHECK(sqlxc::is_utf8(all.back().payload));
    }
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto at_once = read_all(bytes, size + 1);
  SQLXC_CHECK(read_all(bytes, 1) == at_once);
  SQLXC_CHECK(read_all(bytes, 5) == at_once);
  return 0;
}
