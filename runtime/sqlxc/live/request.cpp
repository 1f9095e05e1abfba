#include <sqlxc/live/request.h>

#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::live {

std::optional<Operation> read_operation(std::string_view json) {
  json::Reader reader(json);
  if (reader.next() != json::Token::begin_object) return std::nullopt;
  Operation operation;
  bool has_query = false;
  while (reader.next() == json::Token::key) {
    const std::string key(reader.text());
    if (reader.is_duplicate()) return std::nullopt;
    const json::Token token = reader.next();
    const bool is_null = token == json::Token::null_value;
    if (key == "query" || key == "operationName") {
      if (key == "operationName" && is_null) continue;
      if (token != json::Token::string) return std::nullopt;
      has_query |= key == "query";
      (key == "query" ? operation.query : operation.name) = reader.text();
    } else if (key == "variables" && !is_null) {
      if (token != json::Token::begin_object) return std::nullopt;
      operation.variables = reader.raw();
    } else {
      reader.raw();
    }
  }
  const bool is_whole =
      reader.token() == json::Token::end_object && reader.next() == json::Token::end;
  if (!is_whole || !has_query) return std::nullopt;
  return operation;
}

std::string errors_of(std::string_view message, std::string_view code) {
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  writer.begin_object();
  writer.key("message");
  writer.string(message);
  writer.key("extensions");
  writer.begin_object();
  writer.key("code");
  writer.string(code);
  writer.end_object();
  writer.end_object();
  writer.end_array();
  return out;
}

}  // namespace sqlxc::live
