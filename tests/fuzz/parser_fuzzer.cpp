#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

// Any bytes, in any dialect: no crash, no leak, no endless loop. The first byte chooses the
// dialect.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 20000) return 0;
  const auto dialect = static_cast<sqlxc::Dialect>(data[0] % 3);
  sqlxc::SourceMap sources;
  const sqlxc::SourceId id =
      sources.add("fuzz", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  sqlxc::Diagnostics diagnostics;
  sqlxc::syntax::ParseOptions options;
  options.reads_rows = true;
  const sqlxc::ast::File file = sqlxc::syntax::parse(sources, id, dialect, diagnostics, options);
  sqlxc::syntax::detect_dialect(sources.text(id));
  for (const sqlxc::ast::Statement& one : file.statements) sqlxc::syntax::print(one, dialect);
  return 0;
}
