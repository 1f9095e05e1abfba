#pragma once

#include "compiler/translate/translate.h"
#include "emit/ddl/ddl.h"

namespace sqlxc::emit::ddl {

/// The named query in the words of `request.to`; of `request`, the world and the dialects are used.
/// Reports what has no form there, or a weaker one (SX5028, SX5029).
HeldQuery query_in(const ir::Module& module, const catalog::NamedQuery& query,
                   translate::Request request, Diagnostics& diagnostics);

/// What is said where a database does not serve the query.
void report_not_held(const catalog::NamedQuery& query, SourceRange where, Dialect dialect,
                     const std::string& why, Diagnostics& diagnostics);

}  // namespace sqlxc::emit::ddl
