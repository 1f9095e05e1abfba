#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// What people type into a search field, as the database reads it. The words are those of
// PostgreSQL's websearch_to_tsquery: words that must all be there, "phrases", -exclusions, and `or`
// between what may stand for each other. FTS5 gets the same in its own syntax, in which every word
// of the text is a quoted string: nothing that is typed is an operator there.
namespace sqlxc::query {

/// The longest text that is taken, in bytes.
inline constexpr std::size_t kMaxSearchText = 1000;

/// A search of the entity's rows; the error says what is wrong with the text, or with asking.
std::expected<Search, std::string> read_search(const Entity& entity, std::string_view text,
                                               Dialect dialect);

/// The text in the syntax of FTS5 queries; empty where a side of an `or`, or the whole, names
/// nothing that is to be found.
std::string fts5_query(std::string_view text);

}  // namespace sqlxc::query
