#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/dialect.h"

// The functions that engines know, as rows of stdlib/functions: names, what they return, and what
// they become in SQLite and PostgreSQL.
namespace sqlxc::stdlib {

/// What a function is in rules (compiler/passes/predicate.h), where its arguments are of these
/// kinds: a TypeKind by name, or "number", "exact" (integers and decimals), "real" (no decimals),
/// "integer", "count" (a whole number as a literal), "moment", "string" (whatever collation),
/// "unpadded" (text that is no char(n)), "same" (as the first), "any".
struct RuleForm {
  struct Argument {
    std::string kind;
    bool is_optional = false;
    bool is_repeated = false;
  };
  std::string name;
  std::vector<Argument> arguments;
  std::string result;    // a TypeKind by name, "first", or "rounded": a decimal or a double
  std::string weakness;  // what of it the database alone can tell
};

struct FunctionRow {
  std::string name;
  std::array<std::vector<std::string>, 3> spellings;  // a list a dialect, canonical first
  /// A map a dialect: SQL by the number of arguments, $1 the first; -1: any number.
  std::array<std::map<int, std::string>, 3> forms;
  std::string returns;  // a kind, or "first", "second": of that argument
  std::string volatility = "immutable";
  bool is_called_on_null = false;
  bool is_aggregate = false;
  std::array<std::vector<RuleForm>, 3> rules;  // a list a dialect

  /// The form in a dialect of a call with so many arguments, empty where it has none.
  std::string_view form(Dialect dialect, std::size_t arguments) const;
};

/// Every row; read at the first call.
std::span<const FunctionRow> functions();

/// The row that a dialect means by a lower-case name, or null.
const FunctionRow* find_function(Dialect dialect, std::string_view name);

/// A file of rows; reports SX7001... for what is not understood.
std::vector<FunctionRow> read_functions(const SourceMap& sources, SourceId source,
                                        Diagnostics& diagnostics);

}  // namespace sqlxc::stdlib
