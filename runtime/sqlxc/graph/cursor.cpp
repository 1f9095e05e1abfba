#include <sqlxc/graph/cursor.h>

#include <utility>

#include <sqlxc/core/hash.h>
#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::graph {
namespace {

// MySQL's zero date, which a default may have put there and no client may: as SQLite stores it.
std::optional<value::Value> zero_date(const query::Field& field, std::string_view shown) {
  const bool is_date = field.type == value::Type::date;
  const bool has_time =
      field.type == value::Type::timestamp || field.type == value::Type::timestamptz;
  const std::size_t size = is_date ? 10 : 19;
  if (!(is_date || has_time) || !shown.starts_with("0000-00-00") || shown.size() < size) {
    return std::nullopt;
  }
  std::string text(shown.substr(0, size));
  if (has_time) text[10] = ' ';
  return value::Value::of_text(std::move(text));
}

}  // namespace

void write_cursor(std::string& out, std::string_view first, std::string_view rest) {
  std::string json = "[";
  json += first;
  json += rest;
  json += ']';
  out += '"';
  append_base64(out, json);
  out += '"';
}

std::optional<std::vector<std::string>> split_cursor(std::string_view word) {
  const auto json = decode_base64(word);
  if (!json) return std::nullopt;
  json::Reader reader(*json);
  if (reader.next() != json::Token::begin_array) return std::nullopt;
  std::vector<std::string> parts;
  while (true) {
    const json::Token token = reader.next();
    if (token == json::Token::end_array) break;
    if (token == json::Token::error) return std::nullopt;
    parts.emplace_back(reader.raw());
    if (reader.token() == json::Token::error) return std::nullopt;
  }
  if (reader.next() != json::Token::end || parts.empty()) return std::nullopt;
  return parts;
}

std::string order_word(query::EntityIndex entity, std::span<const query::Sort> order) {
  std::string text;
  append_number(text, entity);
  for (const query::Sort& sort : order) {
    text += sort.descending ? '-' : '+';
    for (const query::RelationIndex relation : sort.relations) {
      append_number(text, relation);
      text += '.';
    }
    append_number(text, sort.field);
    text += query::puts_nulls_first(sort) ? 'f' : 'l';
  }
  std::string word;
  append_number(word, static_cast<std::uint32_t>(hash(text)));
  return word;
}

std::optional<value::Value> value_of(const query::Field& field, std::string_view json) {
  json::Reader reader(json);
  reader.next();
  if (reader.token() == json::Token::string) {
    if (auto zero = zero_date(field, reader.text())) return zero;
  }
  // SQLite computes columns in 64 bits, whatever their type says.
  query::Field stored = field;
  const bool is_integer = field.type == value::Type::int16 || field.type == value::Type::int32;
  if (is_integer) stored.type = value::Type::int64;
  auto parsed = value::parse_json(stored, reader);
  if (!parsed || reader.token() == json::Token::error) return std::nullopt;
  return std::move(*parsed);
}

}  // namespace sqlxc::graph
