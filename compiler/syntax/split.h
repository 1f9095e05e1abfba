#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/syntax/scan.h"

// A source -> its statements as byte ranges, without reading them. It knows what the tools that
// write dumps put between statements: COPY's data, psql's and sqlite3's commands, DELIMITER, GO.
namespace sqlxc::syntax {

struct Piece {
  enum class Kind : std::uint8_t {
    sql,
    rows,     // INSERT ... VALUES, or COPY ... FROM stdin with its data
    command,  // \connect, .mode: one line
  };
  Kind kind = Kind::sql;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;       // without the semicolon
  std::uint32_t data_end = 0;  // behind the data of a COPY
  bool ansi_quotes = false;    // MySQL: "x" is a name here
  Unterminated unterminated;
};

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<CommentSpan> comments;  // of the whole source, outside of rows and inside, in order
};

Pieces split(std::string_view text, Dialect dialect, const Server& server = {});

}  // namespace sqlxc::syntax
