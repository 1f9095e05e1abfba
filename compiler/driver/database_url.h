#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What people write for a database or a service, read without opening anything. Passwords leave
// this value only towards the connection.
namespace sqlxc::driver {

enum class Engine : std::uint8_t { postgres, sqlite, mysql, http };

struct DatabaseUrl {
  Engine engine = Engine::postgres;
  std::string text;      // as given, for the connection; of SQLite the path of the file
  std::string shown;     // without a password
  std::string password;  // as the URL spells it; empty where it has none
};

/// postgresql://, postgres://, sqlite:FILE, a path, mysql://, mariadb://, http://, https://;
/// nothing where the scheme is another.
std::optional<DatabaseUrl> read_database_url(std::string_view text);

/// What may be shown of a text that read_database_url() does not know.
std::string shown_without_secrets(std::string_view text);

/// A library's message without the URL and its password, on one line, without `FATAL:` and its
/// like.
std::string message_about(const DatabaseUrl& url, std::string_view message);

}  // namespace sqlxc::driver
