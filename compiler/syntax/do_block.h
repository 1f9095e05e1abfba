#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

// The body of PostgreSQL's DO -> the statements in it that change the schema. ORMs wrap in one what
// has no IF NOT EXISTS of its own: a CREATE TYPE whose block goes on where the type is there.
namespace sqlxc::syntax {

struct BlockStatement {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;            // without the semicolon
  bool tolerates_existing = false;  // IF NOT EXISTS (...) THEN, EXCEPTION WHEN duplicate_object
};

struct Block {
  std::vector<BlockStatement> statements;  // in order
  bool is_whole = true;                    // nothing in it is left that might change the schema
};

/// `begin` and `end`: the body within its dollar quotes.
Block read_block(std::string_view text, std::uint32_t begin, std::uint32_t end);

}  // namespace sqlxc::syntax
