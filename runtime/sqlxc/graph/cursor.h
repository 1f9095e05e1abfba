#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/query/query.h>
#include <sqlxc/value/value.h>

// Opaque words for rows: a JSON array in base64. A cursor begins with the order that it is of, so
// that it is refused in any other; a global id with the type.
namespace sqlxc::graph {

/// Appends `"..."`: `first` and the rest are JSON, the latter with a comma before each value.
void write_cursor(std::string& out, std::string_view first, std::string_view rest);

/// The parts of such a word, each as JSON; nothing if it is none.
std::optional<std::vector<std::string>> split_cursor(std::string_view word);

/// What a cursor of that order begins with: a number.
std::string order_word(query::EntityIndex entity, std::span<const query::Sort> order);

/// The value of that column that `json` says; nothing if it is none.
std::optional<value::Value> value_of(const query::Field& field, std::string_view json);

}  // namespace sqlxc::graph
