#include <sqlxc/live/key.h>

namespace sqlxc::live {
namespace {

bool append_integer(std::string& out, std::string_view json) {
  if (json.empty() || json.find_first_not_of("-0123456789") != std::string_view::npos) return false;
  out += json;
  return true;
}

// Collations know letter case and spaces at the end; what they make of other letters than ASCII's
// nobody knows here.
bool append_text(std::string& out, std::string_view json) {
  if (json.size() < 2 || json.front() != '"') return false;
  std::string_view text = json.substr(1, json.size() - 2);
  while (text.ends_with(' ')) text.remove_suffix(1);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\\') return false;
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
  }
  return true;
}

}  // namespace

std::vector<std::string_view> split_key(std::string_view key) {
  std::vector<std::string_view> values;
  std::size_t start = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '"') is_quoted = !is_quoted;
    if (key[i] == '\\') ++i;
    if (i >= key.size() || key[i] != ',' || is_quoted) continue;
    values.push_back(key.substr(start, i - start));
    start = i + 1;
  }
  values.push_back(key.substr(start));
  return values;
}

bool append_key(std::string& out, value::Type type, std::string_view json) {
  out += ',';
  if (json == "null") {
    out += json;
    return true;
  }
  switch (type) {
    case value::Type::int16:
    case value::Type::int32:
    case value::Type::int64:
      return append_integer(out, json);
    case value::Type::text:
    case value::Type::uuid:
      return append_text(out, json);
    default:
      return false;
  }
}

}  // namespace sqlxc::live
