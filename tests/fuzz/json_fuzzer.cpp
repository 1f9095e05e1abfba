#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/field.h>
#include <sqlxc/value/format.h>
#include <sqlxc/value/parse.h>

// The JSON reader on any bytes: it ends, tokens nest, what it accepts reads the same when it is
// taken raw and when it is written again, and every type of column takes or refuses it without
// harm.
namespace {

using namespace sqlxc;
using json::Token;

// The text again, from its tokens; empty if it is not JSON.
std::string rewritten(std::string_view text) {
  std::string out;
  json::Writer writer(out);
  json::Reader reader(text);
  for (std::size_t steps = 0;; ++steps) {
    SQLXC_CHECK(steps <= text.size() + 1);
    switch (reader.next()) {
      case Token::begin_object:
        writer.begin_object();
        break;
      case Token::end_object:
        writer.end_object();
        break;
      case Token::begin_array:
        writer.begin_array();
        break;
      case Token::end_array:
        writer.end_array();
        break;
      case Token::key:
        SQLXC_CHECK(is_utf8(reader.text()));
        writer.key(reader.text());
        break;
      case Token::string:
        SQLXC_CHECK(is_utf8(reader.text()));
        SQLXC_CHECK(reader.has_nul() == (reader.text().find('\0') != std::string_view::npos));
        writer.string(reader.text());
        break;
      case Token::number:
      case Token::true_value:
      case Token::false_value:
      case Token::null_value:
        writer.raw(reader.text());
        break;
      case Token::end:
        SQLXC_CHECK(reader.depth() == 0);
        return out;
      case Token::error:
        SQLXC_CHECK(!reader.error().message.empty());
        SQLXC_CHECK(reader.error().offset <= text.size());
        SQLXC_CHECK(reader.next() == Token::error);
        return {};
    }
  }
}

void check_values(std::string_view text) {
  static constexpr std::array<std::string_view, 2> kLabels = {"a", "b"};
  for (int i = 0; i <= static_cast<int>(value::Type::other); ++i) {
    const value::Field field{.type = static_cast<value::Type>(i),
                             .element = static_cast<value::Type>((i * 7) % 20),
                             .max_length = i % 2 == 0 ? 8U : 0U,
                             .precision = static_cast<std::uint16_t>(i % 3 == 0 ? 12 : 0),
                             .scale = 3,
                             .labels = kLabels};
    std::string json;
    if (const auto parsed = value::parse_text(field, text)) {
      value::append_json(json, field.type, *parsed);
      SQLXC_CHECK(!rewritten(json).empty());
    }
    json::Reader reader(text);
    reader.next();
    const std::size_t depth = reader.depth();
    const auto parsed = value::parse_json(field, reader);
    if (reader.token() == Token::error) continue;
    // Taken or refused, the value has been passed.
    SQLXC_CHECK(reader.depth() == 0 || depth == 0);
    if (!parsed) continue;
    json.clear();
    value::append_json(json, field.type, *parsed);
    SQLXC_CHECK(!rewritten(json).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string once = rewritten(text);
  if (!once.empty()) {
    SQLXC_CHECK(rewritten(once) == once);
    json::Reader reader(text);
    reader.next();
    const std::string_view raw = reader.raw();
    SQLXC_CHECK(rewritten(raw) == once);
    SQLXC_CHECK(reader.next() == Token::end);
  }
  check_values(text);
  return 0;
}
