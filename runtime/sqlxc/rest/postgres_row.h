#pragma once

#include <string>
#include <string_view>

#include <sqlxc/core/text.h>
#include <sqlxc/pg/client.h>
#include <sqlxc/pg/encode.h>
#include <sqlxc/query/sql.h>

namespace sqlxc::rest {

/// A row of a PostgreSQL result.
struct PostgresRow {
  const pg::Result& result;
  int row = 0;

  bool is_null(std::size_t column) const { return result.is_null(row, static_cast<int>(column)); }
  std::string_view text(std::size_t column) const {
    return result.text(row, static_cast<int>(column));
  }
  void append_json(std::string& out, const query::Column& column, std::size_t index) const {
    append_json(out, column, text(index));
  }
  /// The same, or null.
  void append_value(std::string& out, const query::Column& column, std::size_t index) const {
    const std::string_view value = text(index);
    // libpq is asked three things about a value, this one of few.
    if (value.empty() && is_null(index)) {
      out += "null";
    } else {
      append_json(out, column, value);
    }
  }
  /// The value itself: bytes as bytes, everything else as its text.
  void append_raw(std::string& out, const query::Column& column, std::size_t index) const {
    if (column.type().type == value::Type::bytes && !column.is_json) {
      append_hex_bytes(out, text(index));
    } else {
      out += text(index);
    }
  }
  void append_text(std::string& out, const value::Field& field, std::size_t index) const {
    pg::append_text(out, field, text(index));
  }
  /// The bytes that PostgreSQL writes as `\x0aff`.
  static void append_hex_bytes(std::string& out, std::string_view text) {
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
      out += static_cast<char>(hex_value(text[i]) * 16 + hex_value(text[i + 1]));
    }
  }

 private:
  static void append_json(std::string& out, const query::Column& column, std::string_view value) {
    if (column.is_json) {
      out += value;
    } else {
      pg::append_json(out, column.type(), value);
    }
  }
};

}  // namespace sqlxc::rest
