#include <sqlxc/json/strip.h>

#include <cstddef>
#include <vector>

namespace sqlxc::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Behind the string whose opening quote stands at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at < text.size() ? at + 1 : text.size();
}

}  // namespace

void append_without_nulls(std::string& out, std::string_view text) {
  std::vector<bool> is_object;                 // of the open objects and arrays
  std::size_t comma = std::string_view::npos;  // one that waits for a member that stays
  bool expects_key = false;
  std::size_t at = 0;
  while ((at = skip_space(text, at)) < text.size()) {
    const char c = text[at];
    if (c == '"' && expects_key) {
      const std::size_t key_end = end_of_string(text, at);
      std::size_t value = skip_space(text, key_end);
      value = skip_space(text, value + 1);
      expects_key = false;
      if (text.substr(value).starts_with("null")) {
        at = value + 4;
        continue;
      }
      if (comma != std::string_view::npos && out.back() != '{') out += ',';
      comma = std::string_view::npos;
      out += text.substr(at, key_end - at);
      out += ':';
      at = value;
      continue;
    }
    if (c == '"') {
      const std::size_t end = end_of_string(text, at);
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    ++at;
    if (c == '{' || c == '[') {
      is_object.push_back(c == '{');
      expects_key = c == '{';
      out += c;
    } else if (c == '}' || c == ']') {
      is_object.pop_back();
      comma = std::string_view::npos;
      expects_key = false;
      out += c;
    } else if (c == ',' && !is_object.empty() && is_object.back()) {
      comma = at;
      expects_key = true;
    } else {
      out += c;
    }
  }
}

}  // namespace sqlxc::json
