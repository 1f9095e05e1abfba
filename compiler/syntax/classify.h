#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/syntax/tokens.h"

// Which statement it is, by its first words: the grammar's entry, a setting, or one that is not
// read. Private to compiler/syntax.
namespace sqlxc::syntax {

struct Class {
  enum class Kind : std::uint8_t {
    grammar,      // read by the rule `entry`
    setting,      // SET, USE, PRAGMA, RESET
    ignored,      // known, and without meaning for a schema
    unsupported,  // known, and not supported
    unknown,      // no statement begins so
  };
  Kind kind = Kind::unknown;
  std::uint16_t entry = 0;
  std::string construct;    // "create rule"
  std::uint32_t token = 0;  // of an unknown one: the word that was not understood
  std::string nearest;      // and the one that was meant
  std::string expected;     // what should stand there; empty: what begins a statement
};

Class classify(std::string_view text, const TokenList& tokens, Dialect dialect);

}  // namespace sqlxc::syntax
