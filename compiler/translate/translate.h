#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "compiler/syntax/ast.h"

// Expressions and queries of one dialect in the words of another: dialect flags, then the rows of
// stdlib/functions, then named rewrites. What has no form in the target is refused by name, never
// guessed. It resolves no schema of its own: whoever calls says what a table's columns are (World).
namespace sqlxc::translate {

/// What a value is, as far as its translation depends on it. The names are those of ir::TypeKind.
enum class Kind : std::uint8_t {
  unknown,
  boolean,
  integer,
  real,
  decimal,       // up to 15 digits: a number in SQLite
  wide_decimal,  // more: a text in SQLite, compared and computed by functions
  text,
  bytes,
  bits,
  date,
  time,
  timetz,
  timestamp,
  timestamptz,
  interval,
  uuid,
  json,
  enumeration,
  array,
  other,
};

struct ValueType {
  Kind kind = Kind::unknown;
  Kind element = Kind::unknown;  // of an array
};

struct Column {
  std::string name;    // in the source
  std::string target;  // in the target
  ValueType type;
  bool is_nullable = true;
};

/// A table or view as expressions and queries see it.
struct Relation {
  std::string name;    // in the source, without its schema
  std::string target;  // in the target
  std::vector<Column> columns;
  std::string target_schema = {};  // before `target`; empty where the target needs none
};

/// What surrounds the translated text.
struct World {
  /// The table of a path, or null.
  std::function<const Relation*(const ast::Path&)> find_table;
  /// The type that a user's type stands for; unknown where it is none.
  std::function<ValueType(const ast::Path&)> find_type;
};

/// Where an expression stands: some places take less than others.
enum class Place : std::uint8_t { value, default_value, check, generated, index, trigger };

/// Why something has no form in the target: a noun phrase, "the function `to_tsvector`".
struct Refusal {
  SourceRange range;
  std::string what;
};

template <typename T>
using Result = std::expected<T, Refusal>;

struct Request {
  Dialect from = Dialect::postgres;
  Dialect to = Dialect::sqlite;
  const World* world = nullptr;
  const Relation* row = nullptr;  // whose columns bare names are
  Place place = Place::value;
  /// What `$1`, `$2`, ... are: of a named query.
  std::vector<ValueType> parameters = {};
  /// Appended to: what was translated into something weaker ("the order inside `string_agg`").
  std::vector<std::string>* weaker = nullptr;
};

/// Whether this pair is known: any dialect to SQLite and to PostgreSQL, and a dialect to itself.
bool is_known(Dialect from, Dialect to);

Result<ast::Expr> translate(const ast::Expr& expr, const Request& request);
Result<ast::Query> translate(const ast::Query& query, const Request& request);

/// A column's default in the form that its storage has: `'t'` of a boolean is 1, `'{}'` of an array
/// is `'[]'`.
Result<ast::Expr> translate_default(const ast::Expr& expr, const ValueType& type,
                                    const Request& request);

/// What a value of that type name is in `dialect`, user types aside.
ValueType type_of(const ast::TypeName& type, Dialect dialect);

}  // namespace sqlxc::translate
