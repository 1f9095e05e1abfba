#include "compiler/syntax/reserved.h"

#include <algorithm>
#include <string>

#include "compiler/syntax/print.h"

namespace sqlxc::syntax {

namespace {

// Lists of words are filled like text.
// clang-format off

// pg_get_keywords() of PostgreSQL 15, all but the unreserved: what quote_ident quotes.
constexpr std::string_view kQuotedByPostgres[] = {
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
    "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal",
    "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
    "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant",
    "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
    "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "lateral",
    "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
    "position", "precision", "primary", "real", "references", "returning", "right", "row",
    "select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
    "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim",
    "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose",
    "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists",
    "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable"};

// sqlite3_keyword_name of SQLite 3.40, without those that SQLite reads as names wherever a name can
// stand and that people call columns: action, key, view, ...
constexpr std::string_view kQuotedBySqlite[] = {
    "abort", "add", "after", "all", "alter", "analyze", "and", "as", "asc", "attach",
    "autoincrement", "before", "begin", "between", "by", "cascade", "case", "cast", "check",
    "collate", "column", "commit", "conflict", "constraint", "create", "cross", "current",
    "current_date", "current_time", "current_timestamp", "default", "deferrable", "deferred",
    "delete", "desc", "detach", "distinct", "do", "drop", "each", "else", "end", "escape",
    "except", "exclude", "exclusive", "exists", "explain", "fail", "false", "filter", "following",
    "for", "foreign", "from", "full", "glob", "group", "having", "if", "ignore", "immediate",
    "in", "index", "indexed", "initially", "inner", "insert", "instead", "intersect", "into",
    "is", "isnull", "join", "left", "like", "limit", "match", "materialized", "natural", "not",
    "nothing", "notnull", "null", "nulls", "of", "offset", "on", "or", "order", "outer", "over",
    "partition", "pragma", "preceding", "primary", "raise", "range", "recursive", "references",
    "regexp", "reindex", "release", "rename", "replace", "restrict", "returning", "right",
    "rollback", "savepoint", "select", "set", "table", "temp", "temporary", "then", "ties", "to",
    "transaction", "trigger", "true", "unbounded", "union", "unique", "update", "using", "vacuum",
    "values", "virtual", "when", "where", "window", "with", "without"};

// The reserved words of MySQL 8 and MariaDB 10.11, and `options`, which opens a clause after a
// table's name.
constexpr std::string_view kQuotedByMySql[] = {
    "accessible", "add", "all", "alter", "analyze", "and", "as", "asc", "asensitive", "before",
    "between", "bigint", "binary", "blob", "both", "by", "call", "cascade", "case", "change",
    "char", "character", "check", "collate", "column", "condition", "constraint", "continue",
    "convert", "create", "cross", "cube", "cume_dist", "current_date", "current_role",
    "current_time", "current_timestamp", "current_user", "cursor", "database", "databases",
    "day_hour", "day_microsecond", "day_minute", "day_second", "dec", "decimal", "declare",
    "default", "delayed", "delete", "dense_rank", "desc", "describe", "deterministic", "distinct",
    "distinctrow", "div", "double", "drop", "dual", "each", "else", "elseif", "empty", "enclosed",
    "escaped", "except", "exists", "exit", "explain", "false", "fetch", "first_value", "float",
    "float4", "float8", "for", "force", "foreign", "from", "fulltext", "function", "generated",
    "get", "grant", "group", "grouping", "groups", "having", "high_priority", "hour_microsecond",
    "hour_minute", "hour_second", "if", "ignore", "in", "index", "infile", "inner", "inout",
    "insensitive", "insert", "int", "int1", "int2", "int3", "int4", "int8", "integer",
    "intersect", "interval", "into", "io_after_gtids", "io_before_gtids", "is", "iterate", "join",
    "json_table", "key", "keys", "kill", "lag", "last_value", "lateral", "lead", "leading",
    "leave", "left", "like", "limit", "linear", "lines", "load", "localtime", "localtimestamp",
    "lock", "long", "longblob", "longtext", "loop", "low_priority", "master_bind",
    "master_ssl_verify_server_cert", "match", "maxvalue", "mediumblob", "mediumint", "mediumtext",
    "middleint", "minute_microsecond", "minute_second", "mod", "modifies", "natural",
    "no_write_to_binlog", "not", "nth_value", "ntile", "null", "numeric", "of", "offset", "on",
    "optimize", "optimizer_costs", "option", "optionally", "options", "or", "order", "out",
    "outer", "outfile", "over", "page_checksum", "parse_vcol_expr", "partition", "percent_rank",
    "position", "precision", "primary", "procedure", "purge", "range", "rank", "read",
    "read_write", "reads", "real", "recursive", "ref_system_id", "references", "regexp",
    "release", "rename", "repeat", "replace", "require", "resignal", "restrict", "return",
    "returning", "revoke", "right", "rlike", "row", "row_number", "rows", "schema", "schemas",
    "second_microsecond", "select", "sensitive", "separator", "set", "show", "signal", "slow",
    "smallint", "spatial", "specific", "sql", "sql_big_result", "sql_calc_found_rows",
    "sql_small_result", "sqlexception", "sqlstate", "sqlwarning", "ssl", "starting",
    "stats_auto_recalc", "stats_persistent", "stats_sample_pages", "stored", "straight_join",
    "system", "table", "terminated", "then", "tinyblob", "tinyint", "tinytext", "to", "trailing",
    "trigger", "true", "undo", "union", "unique", "unlock", "unsigned", "update", "usage", "use",
    "using", "utc_date", "utc_time", "utc_timestamp", "values", "varbinary", "varchar",
    "varcharacter", "varying", "virtual", "when", "where", "while", "window", "with", "write",
    "xor", "year_month", "zerofill"};

// PostgreSQL manual, appendix C: reserved, and reserved but for functions and types; those that are
// no keywords of the grammar.
constexpr std::string_view kNoNamesOfPostgres[] = {
    "analyse", "analyze", "any", "authorization", "binary", "both", "collation", "do", "end",
    "freeze", "grant", "leading", "some", "trailing", "verbose"};

// What MySQL and MariaDB both reserve, and have for long: a newer version's words still name
// columns of older schemas.
constexpr std::string_view kNoNamesOfMySql[] = {
    "accessible", "add", "all", "alter", "analyze", "and", "as", "asc", "asensitive", "before",
    "between", "bigint", "binary", "blob", "both", "by", "call", "cascade", "case", "change",
    "char", "character", "check", "collate", "column", "condition", "constraint", "continue",
    "convert", "create", "cross", "current_date", "current_time", "current_timestamp",
    "current_user", "cursor", "databases", "day_hour", "day_microsecond",
    "day_minute", "day_second", "dec", "decimal", "declare", "default", "delayed", "delete",
    "desc", "describe", "deterministic", "distinct", "distinctrow", "div", "double", "drop",
    "dual", "each", "else", "elseif", "enclosed", "escaped", "exists", "exit", "explain", "false",
    "fetch", "float", "float4", "float8", "for", "force", "foreign", "from", "fulltext", "grant",
    "group", "having", "high_priority", "hour_microsecond", "hour_minute", "hour_second", "if",
    "ignore", "in", "index", "infile", "inner", "inout", "insensitive", "insert", "int", "int1",
    "int2", "int3", "int4", "int8", "integer", "interval", "into", "is", "iterate", "join", "key",
    "keys", "kill", "leading", "leave", "left", "like", "limit", "linear", "lines", "load",
    "localtime", "localtimestamp", "lock", "long", "longblob", "longtext", "loop", "low_priority",
    "match", "maxvalue", "mediumblob", "mediumint", "mediumtext", "middleint",
    "minute_microsecond", "minute_second", "mod", "modifies", "natural", "no_write_to_binlog",
    "not", "null", "numeric", "on", "optimize", "optionally", "or", "order", "out",
    "outer", "outfile", "partition", "precision", "primary", "procedure", "purge", "range",
    "read", "read_write", "reads", "real", "references", "regexp", "release", "rename", "repeat",
    "replace", "require", "resignal", "restrict", "return", "revoke", "right", "rlike", "schemas", "second_microsecond", "select", "sensitive", "separator", "set", "show", "signal",
    "smallint", "spatial", "specific", "sql", "sql_big_result", "sql_calc_found_rows",
    "sql_small_result", "sqlexception", "sqlstate", "sqlwarning", "ssl", "starting",
    "straight_join", "table", "terminated", "then", "tinyblob", "tinyint", "tinytext", "to",
    "trailing", "trigger", "true", "undo", "union", "unique", "unlock", "unsigned", "update",
    "usage", "use", "using", "utc_date", "utc_time", "utc_timestamp", "values", "varbinary",
    "varchar", "varcharacter", "varying", "when", "where", "while", "with", "write", "xor",
    "year_month", "zerofill"};

// SQLite: sqlite.org/lang_keywords.html without those that its parser falls back from (parse.y,
// %fallback).
constexpr std::string_view kNoNamesOfSqlite[] = {
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate",
    "commit", "constraint", "create", "default", "deferrable", "delete", "distinct", "drop",
    "else", "escape", "except", "exists", "foreign", "from", "group", "having", "in", "index",
    "insert", "intersect", "into", "is", "isnull", "join", "limit", "not", "nothing", "notnull",
    "null", "on", "or", "order", "primary", "references", "returning", "select", "set", "table",
    "then", "to", "transaction", "union", "unique", "update", "using", "values", "when", "where"};

// clang-format on

template <std::size_t size>
constexpr bool is_ascending(const std::string_view (&words)[size]) {
  return std::ranges::is_sorted(words);
}
static_assert(is_ascending(kQuotedByPostgres) && is_ascending(kQuotedBySqlite) &&
              is_ascending(kQuotedByMySql) && is_ascending(kNoNamesOfPostgres) &&
              is_ascending(kNoNamesOfMySql) && is_ascending(kNoNamesOfSqlite));

template <std::size_t size>
bool holds(const std::string_view (&words)[size], std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return std::ranges::binary_search(words, std::string_view(lower));
}

}  // namespace

bool cannot_name(std::string_view word, Dialect dialect) {
  switch (dialect) {
    case Dialect::postgres:
      return holds(kNoNamesOfPostgres, word);
    case Dialect::mysql:
      return holds(kNoNamesOfMySql, word);
    case Dialect::sqlite:
      return holds(kNoNamesOfSqlite, word);
  }
  return false;
}

bool is_reserved(std::string_view name, Dialect dialect) {
  switch (dialect) {
    case Dialect::postgres:
      return holds(kQuotedByPostgres, name);
    case Dialect::mysql:
      return holds(kQuotedByMySql, name);
    case Dialect::sqlite:
      return holds(kQuotedBySqlite, name);
  }
  return false;
}

}  // namespace sqlxc::syntax
