#include <sqlxc/db/path_function.h>

#include <sqlite3.h>

#include <new>
#include <optional>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/skim.h>

namespace sqlxc::db {
namespace {

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// A JSON string without quotes and escapes.
std::string plain(std::string_view string) {
  json::Reader reader(string);
  if (reader.next() != json::Token::string) return std::string(string);
  return std::string(reader.text());
}

bool is_key(std::string_view quoted, std::string_view key) {
  if (quoted.size() < 2) return false;
  if (quoted.find('\\') == quoted.npos) return quoted.substr(1, quoted.size() - 2) == key;
  return plain(quoted) == key;
}

// The member of that name; of several the last.
std::optional<std::string_view> member(std::string_view json, std::string_view key) {
  json::Skimmer text(json);
  if (!text.take('{')) return std::nullopt;
  std::optional<std::string_view> found;
  if (text.take('}')) return found;
  do {
    const bool is_wanted = is_key(text.key(), key);
    const std::string_view value = text.value();
    if (is_wanted) found = value;
  } while (text.take(','));
  return found;
}

std::optional<std::string_view> element(std::string_view json, std::int64_t index) {
  const auto count = [&] {
    json::Skimmer text(json);
    std::int64_t elements = 0;
    if (!text.take('[') || text.take(']')) return elements;
    do {
      text.value();
      ++elements;
    } while (text.take(','));
    return elements;
  };
  if (index < 0) index += count();
  json::Skimmer text(json);
  if (index < 0 || !text.take('[') || text.take(']')) return std::nullopt;
  do {
    const std::string_view value = text.value();
    if (index-- == 0) return value;
  } while (text.take(','));
  return std::nullopt;
}

std::optional<std::string_view> walk(std::string_view json, std::string_view path) {
  std::optional<std::string_view> at = json;
  while (at && !path.empty()) {
    const char kind = path.front();
    path.remove_prefix(1);
    const auto number = parse_number<std::int64_t>(split_off(path, ' '));
    SQLXC_CHECK(number.has_value());
    if (kind == 'i') {
      at = element(*at, *number);
      continue;
    }
    const auto length = static_cast<std::size_t>(*number);
    SQLXC_CHECK(length <= path.size());
    at = member(*at, path.substr(0, length));
    path.remove_prefix(length);
  }
  return at;
}

void find_path(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
  const auto found = walk(text_of(values[0]), text_of(values[1]));
  const bool as_text = sqlite3_value_int(values[2]) != 0;
  if (!found || (as_text && *found == "null")) return sqlite3_result_null(context);
  const bool is_string = as_text && found->starts_with('"');
  try {
    const std::string text = is_string ? plain(*found) : std::string(*found);
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::bad_alloc&) {
    // Exceptions must not cross SQLite's C code.
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

void append_path_key(std::string& path, std::string_view key) {
  path += 'k';
  append_number(path, key.size());
  path += ' ';
  path += key;
}

void append_path_index(std::string& path, std::int64_t index) {
  path += 'i';
  append_number(path, index);
  path += ' ';
}

int register_path_function(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, "sqlxc_path", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                    nullptr, find_path, nullptr, nullptr, nullptr);
}

}  // namespace sqlxc::db
