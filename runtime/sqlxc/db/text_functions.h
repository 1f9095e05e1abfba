#pragma once

#include <string>
#include <string_view>

struct sqlite3;

// PostgreSQL's functions of text that SQLite lacks, counting characters as PostgreSQL does.
namespace sqlxc::db {

/// Registers them on a connection; SQLite's result code.
int register_text_functions(sqlite3* connection);

/// `text` with every letter in lower case, by Unicode's simple mapping.
std::string fold_case(std::string_view text);

}  // namespace sqlxc::db
