#pragma once

#include <map>
#include <string>

#include "compiler/syntax/tree.h"

// PostgreSQL keeps 63 bytes of a name (NAMEDATALEN) and says so only in a NOTICE. Names are cut
// where they are read, so that what stands behind the parser is what the database has.
namespace sqlxc::syntax {

/// What was written of each name that is as long as can be, by what is kept of it. One source's.
struct CutNames {
  struct Written {
    std::string whole;
    bool is_told = false;
  };
  std::map<std::string, Written, std::less<>> by_kept = {};
};

/// The name as the engine keeps it. Warns where another name was cut to the same; once for each.
std::string kept_of_name(const BuildContext& context, std::string name, SourceRange range);

}  // namespace sqlxc::syntax
