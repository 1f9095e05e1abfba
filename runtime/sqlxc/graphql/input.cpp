#include <sqlxc/graphql/input.h>

#include <sqlxc/json/writer.h>

namespace sqlxc::graphql {
namespace {

// What a person reads of one value.
constexpr std::size_t kReadable = 1000;

void inspect(std::string& out, const Input& value, int depth) {
  constexpr std::size_t kMaxItems = 10;
  constexpr int kMaxDepth = 3;
  if (value.kind != InputKind::list && value.kind != InputKind::object) {
    if (value.kind != InputKind::enum_value) return append_json(out, value);
    out += value.text;
    return;
  }
  const bool is_object = value.kind == InputKind::object;
  if (value.items.empty()) {
    out += is_object ? "{}" : "[]";
    return;
  }
  if (depth == kMaxDepth) {
    out += is_object ? "[Object]" : "[Array]";
    return;
  }
  out += is_object ? "{ " : "[";
  for (std::size_t i = 0; i < value.items.size() && out.size() < kReadable; ++i) {
    if (i > 0) out += ", ";
    if (!is_object && i == kMaxItems) {
      const std::size_t rest = value.items.size() - i;
      out += "... " + std::to_string(rest) + (rest == 1 ? " more item" : " more items");
      break;
    }
    if (is_object) out += value.items[i].name + ": ";
    inspect(out, value.items[i], depth + 1);
  }
  out += is_object ? " }" : "]";
}

}  // namespace

std::string inspect(const Input& value) {
  std::string out;
  inspect(out, value, 0);
  if (out.size() <= kReadable) return out;
  std::size_t end = kReadable;
  while ((static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  out.resize(end);
  return out + "…";
}

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
