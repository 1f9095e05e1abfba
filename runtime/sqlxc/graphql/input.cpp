#include <sqlxc/graphql/input.h>

#include <sqlxc/json/writer.h>

namespace sqlxc::graphql {

void append_json(std::string& out, const Input& value) {
  switch (value.kind) {
    case InputKind::null:
      out += "null";
      return;
    case InputKind::boolean:
      out += value.boolean ? "true" : "false";
      return;
    case InputKind::int_value:
    case InputKind::float_value:
      out += value.text;
      return;
    case InputKind::string:
    case InputKind::enum_value:
      json::append_string(out, value.text);
      return;
    case InputKind::list:
    case InputKind::object:
      break;
  }
  const bool is_object = value.kind == InputKind::object;
  out += is_object ? '{' : '[';
  for (const Input& item : value.items) {
    if (&item != value.items.data()) out += ',';
    if (is_object) {
      json::append_string(out, item.name);
      out += ':';
    }
    append_json(out, item);
  }
  out += is_object ? '}' : ']';
}

}  // namespace sqlxc::graphql
