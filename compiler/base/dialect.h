#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sqlxc {

/// The SQL that a text is written in, or printed for. MariaDB is read as mysql.
enum class Dialect : std::uint8_t { postgres, mysql, sqlite };

constexpr std::string_view name_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::postgres:
      return "postgres";
    case Dialect::mysql:
      return "mysql";
    case Dialect::sqlite:
      return "sqlite";
  }
  return "";
}

constexpr std::optional<Dialect> dialect_named(std::string_view name) {
  if (name == "postgres" || name == "postgresql") return Dialect::postgres;
  if (name == "mysql" || name == "mariadb") return Dialect::mysql;
  if (name == "sqlite") return Dialect::sqlite;
  return std::nullopt;
}

}  // namespace sqlxc
