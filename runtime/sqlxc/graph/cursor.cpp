#include <sqlxc/graph/cursor.h>

#include <utility>

#include <sqlxc/core/hash.h>
#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::graph {

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
  auto parsed = value::parse_json(field, reader);
  if (!parsed || reader.token() == json::Token::error) return std::nullopt;
  return std::move(*parsed);
}

}  // namespace sqlxc::graph
