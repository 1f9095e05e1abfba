#pragma once

#include <cstdint>
#include <string_view>

// Which server's conditional comments a MySQL source holds. Only they are of interest here: what
// else the servers differ in, the grammar reads from all of them.
namespace sqlxc::syntax {

/// What `/*!NNNNN x */` and `/*M!NNNNNN x */` mean is the server's: the text is read by servers of
/// that version or later, and is a comment to the others.
struct Server {
  bool is_mariadb = true;
  std::uint32_t version = 101199;  // 10.11: what a source that names none is read as

  /// Whether this server reads the text of a comment for `needed`; 0: the comment names no version.
  bool reads(std::uint32_t needed, bool is_for_mariadb) const;
};

/// The server that wrote the source, by the header of its dump (`-- Server version 8.0.33`,
/// `-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB`) or by a comment that only MySQL 8 writes
/// (`/*!80016 ... */`); MariaDB 10.11 where neither is there.
Server server_of(std::string_view text);

}  // namespace sqlxc::syntax
