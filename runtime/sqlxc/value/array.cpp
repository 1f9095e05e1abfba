#include <sqlxc/value/array.h>

#include <sqlxc/core/text.h>
#include <sqlxc/value/format.h>

#include <string>
#include <utility>

namespace sqlxc::value {
namespace {

constexpr int kMaxDimensions = 6;  // PostgreSQL's MAXDIM

Field element_of(const Field& field) {
  Field element = field;
  element.type = field.element;
  return element;
}

ParseError in_element(std::size_t index, ParseError error) {
  error.message = "element " + std::to_string(index + 1) + ": " + error.message;
  return error;
}

using Done = std::expected<void, ParseError>;

Done read_elements(const Field& element, json::Reader& reader, int depth, std::string& out) {
  if (depth > kMaxDimensions) {
    return std::unexpected(ParseError{"type", "an array has at most 6 dimensions"});
  }
  out += '[';
  for (std::size_t count = 0; reader.next() != json::Token::end_array; ++count) {
    if (count > 0) out += ',';
    if (reader.token() == json::Token::begin_array && element.type != Type::json) {
      if (auto done = read_elements(element, reader, depth + 1, out); !done) return done;
      continue;
    }
    auto value = parse_json(element, reader);
    if (!value) return std::unexpected(in_element(count, std::move(value.error())));
    append_json(out, element.type, *value);
  }
  out += ']';
  return {};
}

// The next element's text, without its quotes; quoted ones are never NULL.
struct Item {
  std::string text;
  bool is_quoted = false;
};

std::unexpected<ParseError> malformed(std::string_view why) {
  return std::unexpected(ParseError{"type", "the array literal is malformed: " + std::string(why)});
}

std::expected<Item, ParseError> read_item(std::string_view& rest) {
  Item item;
  item.is_quoted = rest.starts_with('"');
  if (item.is_quoted) rest.remove_prefix(1);
  while (!rest.empty()) {
    char c = rest.front();
    const bool ends = item.is_quoted ? c == '"' : c == ',' || c == '}';
    if (ends) break;
    if (!item.is_quoted && (c == '{' || c == '"')) return malformed("a stray bracket or quote");
    if (c == '\\') {
      rest.remove_prefix(1);
      if (rest.empty()) break;
      c = rest.front();
    }
    item.text += c;
    rest.remove_prefix(1);
  }
  if (rest.empty()) return malformed("it has no end");
  if (item.is_quoted) {
    rest.remove_prefix(1);
    rest = trim(rest);
    return item;
  }
  item.text = std::string(trim(item.text));
  if (item.text.empty()) return malformed("an element is missing");
  return item;
}

Done read_literal(const Field& element, std::string_view& rest, int depth, std::string& out) {
  if (depth > kMaxDimensions) return malformed("an array has at most 6 dimensions");
  rest.remove_prefix(1);
  rest = trim(rest);
  out += '[';
  if (rest.starts_with('}')) {
    rest.remove_prefix(1);
    out += ']';
    return {};
  }
  for (std::size_t count = 0;; ++count) {
    rest = trim(rest);
    if (rest.starts_with('{')) {
      if (auto done = read_literal(element, rest, depth + 1, out); !done) return done;
    } else {
      const auto item = read_item(rest);
      if (!item) return std::unexpected(item.error());
      if (!item->is_quoted && equals_ignoring_case(item->text, "null")) {
        out += "null";
      } else {
        auto value = parse_text(element, item->text);
        if (!value) return std::unexpected(in_element(count, std::move(value.error())));
        append_json(out, element.type, *value);
      }
    }
    rest = trim(rest);
    if (rest.empty()) return malformed("it has no end");
    const char next = rest.front();
    rest.remove_prefix(1);
    if (next == '}') break;
    if (next != ',') return malformed("expected `,` or `}`");
    out += ',';
  }
  out += ']';
  return {};
}

}  // namespace

Parsed parse_array(const Field& field, json::Reader& reader) {
  std::string out;
  const std::size_t depth = reader.depth();
  if (auto done = read_elements(element_of(field), reader, 1, out); !done) {
    reader.leave(depth);
    return std::unexpected(std::move(done.error()));
  }
  return Value::of_text(std::move(out));
}

Parsed parse_array_literal(const Field& field, std::string_view text) {
  std::string out;
  std::string_view rest = trim(text);
  if (auto done = read_literal(element_of(field), rest, 1, out); !done) {
    return std::unexpected(std::move(done.error()));
  }
  if (!trim(rest).empty()) return malformed("something follows it");
  return Value::of_text(std::move(out));
}

}  // namespace sqlxc::value
