#include "emit/clients/ts_names.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace sqlxc::emit {
namespace {

bool is_identifier(std::string_view name) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, is_part);
}

}  // namespace

std::string ts_string(std::string_view text) { return nlohmann::json(text).dump(); }

std::string ts_property(std::string_view name) {
  // `__proto__: value` would set the prototype.
  if (name == "__proto__") return "[\"__proto__\"]";
  return is_identifier(name) ? std::string(name) : ts_string(name);
}

std::string ts_member(std::string_view object, std::string_view name) {
  return std::string(object) + '[' + ts_string(name) + ']';
}

std::string ts_comment(std::string_view text) {
  std::string out = "/** ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '/' && out.back() == '*') out += ' ';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + " */";
}

std::string ts_regex(std::string_view pattern) {
  return "new RegExp(" + ts_string(pattern) + ", \"u\")";
}

}  // namespace sqlxc::emit
