#pragma once

#include <optional>

#include "compiler/base/diagnostic.h"
#include "compiler/syntax/ast.h"

// Source -> ast::File: the wall behind which ANTLR lives. A source is split into statements first
// (quotes, comments, dollar quotes, COPY data, DELIMITER, psql commands, conditional comments),
// then each is parsed on its own, so one mistake is one error and everything after it is still
// read.
namespace sqlxc::syntax {

/// The dialect whose marks (backticks, ENGINE=, AUTO_INCREMENT; $$, ::, serial, COPY;
/// AUTOINCREMENT, PRAGMA, WITHOUT ROWID) the text shows; PostgreSQL where it shows none.
Dialect detect_dialect(std::string_view text);

struct ParseOptions {
  bool reads_rows =
      false;  // INSERT ... VALUES at the top level is read whole, not counted as DataRows
};

/// Reports syntax errors (SX1001...) and statements that are not supported (SX1002).
ast::File parse(const SourceMap& sources, SourceId source, Dialect dialect,
                Diagnostics& diagnostics, const ParseOptions& options = {});

/// A single expression, as in an annotation: `policy(read: owner_id = auth.id)`. `range` is where
/// it stands in a source.
std::optional<ast::Expr> parse_expression(const SourceMap& sources, SourceRange range,
                                          Dialect dialect, Diagnostics& diagnostics);

/// The statement of a named query, with `:name` for its parameters in every dialect. What is no
/// query, or more than one statement, is ast::Other; only a syntax error is reported here.
std::optional<ast::Statement> parse_query(const SourceMap& sources, SourceRange range,
                                          Dialect dialect, Diagnostics& diagnostics);

/// An expression as text that stands in no source (a fix, a test, a row of stdlib): ranges are
/// unknown.
std::optional<ast::Expr> parse_expression_text(std::string_view text, Dialect dialect);

}  // namespace sqlxc::syntax
