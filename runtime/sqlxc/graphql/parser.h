#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>

// Text into a document, in one pass and linear time: GraphQL's whole grammar of October 2021, and
// descriptions before operations and fragments, which later drafts have.
namespace sqlxc::graphql {

struct ParseLimits {
  std::size_t max_bytes = 1024 * 1024;
  std::size_t max_tokens = 100'000;
  std::size_t max_depth = 200;  // of selections, values and types in one another
};

/// For a text that the program itself brings.
inline constexpr ParseLimits kNoLimits = {
    .max_bytes = 0xFFFF'FFFF, .max_tokens = 0xFFFF'FFFF, .max_depth = 1000};

/// The document, with views into `source`, or the first thing that is wrong with it.
std::expected<ast::Document, Error> parse(std::string_view source, const ParseLimits& limits = {});

}  // namespace sqlxc::graphql
