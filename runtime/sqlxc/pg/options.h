#pragma once

#include <chrono>
#include <cstddef>
#include <string>

// How a service uses a PostgreSQL server; the same for every loop.
namespace sqlxc::pg {

struct Options {
  std::string url = {};  // postgresql://... or libpq's key=value form
  std::string application_name = "sqlxc";
  /// Where bodies of functions and triggers find names that they do not qualify: quoted, with
  /// commas. Empty: as the server has it.
  std::string search_path = {};
  // Connections of one loop; they are opened when they are needed.
  unsigned readers = 2;         // pipelines of reads
  unsigned writers = 4;         // pipelines of writes
  unsigned sessions = 8;        // transactions of several steps, and streams
  std::size_t read_depth = 32;  // statements on their way on one connection
  std::size_t write_depth = 8;
  std::size_t queue_limit = 16'384;                     // waiting jobs; beyond it they fail as busy
  std::size_t statements = 256;                         // kept prepared on one connection
  std::chrono::milliseconds statement_timeout{30'000};  // 0: as long as it takes
  std::chrono::milliseconds acquire_timeout{5'000};     // waiting for a connection
  std::chrono::milliseconds connect_timeout{5'000};
  /// For a pooler that gives every transaction another server: no named statements, no settings at
  /// the start.
  bool is_pgbouncer = false;
};

}  // namespace sqlxc::pg
