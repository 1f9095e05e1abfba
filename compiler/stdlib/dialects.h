#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/dialect.h"

// What differs between the engines where a schema is read: how names are compared, what they make
// up, what they refuse. Rows of stdlib/dialects.
namespace sqlxc::stdlib {

struct DialectRow {
  std::string name;
  std::string title;            // as people write it: PostgreSQL
  bool folds_to_lower = false;  // unquoted names
  bool ignores_table_case = false;
  bool ignores_column_case = false;
  std::string default_schema;  // whose name is left out in the catalog
  std::vector<std::string> hidden_schemas;
  std::uint32_t name_bytes = 0;  // longest name; 0: no limit
  std::string quote;
  bool takes_any_type = false;
  bool refuses_missing_table = true;  // a foreign key to nothing
  std::vector<std::string> system_columns;
};

/// The row of a dialect; read at the first call.
const DialectRow& dialect_row(Dialect dialect);

/// A file of rows; reports SX7001... for what is not understood.
std::vector<DialectRow> read_dialects(const SourceMap& sources, SourceId source,
                                      Diagnostics& diagnostics);

}  // namespace sqlxc::stdlib
