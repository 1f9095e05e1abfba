#pragma once

#include <string>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

// What the parser's tests share: a text of a dialect with all that was said of it.
namespace sqlxc {

struct Parsed {
  ast::File file;
  Diagnostics diagnostics;
};

inline Parsed parsed(std::string text, Dialect dialect) {
  Parsed made;
  SourceMap sources;
  const SourceId id = sources.add("test.sql", std::move(text));
  syntax::ParseOptions options;
  options.reads_rows = true;
  made.file = syntax::parse(sources, id, dialect, made.diagnostics, options);
  return made;
}

/// The statements as they are printed, a line each; the first diagnostic's message where there is
/// one.
inline std::string read_as(std::string text, Dialect dialect) {
  const Parsed made = parsed(std::move(text), dialect);
  if (!made.diagnostics.all().empty()) return made.diagnostics.all().front().message;
  std::string out;
  for (const ast::Statement& statement : made.file.statements) {
    if (!out.empty()) out += '\n';
    out += syntax::print(statement, dialect);
  }
  return out;
}

}  // namespace sqlxc
