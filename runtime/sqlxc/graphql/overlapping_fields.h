#pragma once

#include <cstdint>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/report.h>
#include <sqlxc/graphql/schema.h>

// Whether fields of one response key can be merged wherever they meet (October 2021, section
// 5.3.2). Two looks: one that says quickly that nothing conflicts, which is all that sound
// documents pay for, and a slow one that finds out what does conflict, in graphql-js's words.
namespace sqlxc::graphql {

enum class Merging : std::uint8_t { fine, maybe_not, too_many_ways };

/// The quick look. Fields that meet are looked at as one set, each set once, so that a fragment
/// that is spread a thousand times costs what it costs once.
Merging look_for_conflicts(const Schema& schema, const ast::Document& document);

/// The slow look, at a document for which the quick one did not say `fine`. False where it gave up
/// without having found anything.
bool report_conflicts(const Schema& schema, const ast::Document& document, Report& report);

}  // namespace sqlxc::graphql
