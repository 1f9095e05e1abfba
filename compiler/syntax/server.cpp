#include "compiler/syntax/server.h"

#include <array>
#include <charconv>

#include "compiler/syntax/tokens.h"

namespace sqlxc::syntax {

namespace {

constexpr std::uint32_t kFirstOfMySql = 50700;  // MySQL 5.7 ...
constexpr std::uint32_t kLastOfMySql = 99999;   // ... to 9.99, while MariaDB went on with 10.0
constexpr std::uint32_t kMySql8 = 80000;
constexpr std::uint32_t kNewestMySql = 99998;  // /*!99999 is written so that nothing reads it
constexpr std::size_t kHeader = 2000;          // bytes that a dump's header may be long

// 10.11.6 is 101106; 0 where there is no version.
std::uint32_t version_at(std::string_view text) {
  std::array<std::uint32_t, 3> parts{};
  for (std::uint32_t& part : parts) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc{} || part > 999) return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

// The rest of the line behind the first `mark` of the header.
std::string_view line_behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.substr(0, kHeader).find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  text = text.substr(0, text.find('\n'));
  const std::size_t first = text.find_first_not_of(" \t:");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

bool has_comment_of_mysql_8(std::string_view text) {
  for (std::size_t at = text.find("/*!"); at != std::string_view::npos;
       at = text.find("/*!", at + 3)) {
    std::uint32_t needed = 0;
    std::from_chars(text.data() + at + 3, text.data() + text.size(), needed);
    if (needed >= kMySql8 && needed <= kNewestMySql) return true;
  }
  return false;
}

}  // namespace

// MariaDB's manual, "Comment Syntax": it passes over /*!50700 to /*!99999, whose features are
// MySQL's, and alone reads /*M!. MySQL's manual, 9.7: /*M! is an ordinary comment.
bool Server::reads(std::uint32_t needed, bool is_for_mariadb) const {
  if (needed > version) return false;
  if (!is_mariadb) return !is_for_mariadb;
  return is_for_mariadb || needed < kFirstOfMySql || needed > kLastOfMySql;
}

Server server_of(std::string_view text) {
  // mysqldump and phpMyAdmin name the server; else the program is of the server's version.
  for (const std::string_view mark : {"-- Server version", "Distrib "}) {
    const std::string_view line = line_behind(text, mark);
    const std::uint32_t version = version_at(line);
    if (version == 0) continue;
    const bool is_mariadb = line.find("MariaDB") != std::string_view::npos;
    return {is_mariadb, version};
  }
  if (has_comment_of_mysql_8(text)) return {false, kNewestMySql};
  return {};
}

}  // namespace sqlxc::syntax
