#pragma once

#include <string>
#include <string_view>

#include <sqlxc/db/encode.h>
#include <sqlxc/query/sql.h>

namespace sqlxc::rest {

/// The current row of an SQLite cursor.
struct SqliteRow {
  const db::Cursor& cursor;

  bool is_null(std::size_t column) const { return cursor.is_null(static_cast<int>(column)); }
  std::string_view text(std::size_t column) const { return cursor.text(static_cast<int>(column)); }
  void append_json(std::string& out, const query::Column& column, std::size_t index) const {
    if (column.is_json) {
      out += text(index);
    } else {
      db::append_json(out, column.type(), cursor, static_cast<int>(index));
    }
  }
  /// The same, or null.
  void append_value(std::string& out, const query::Column& column, std::size_t index) const {
    if (is_null(index)) {
      out += "null";
    } else {
      append_json(out, column, index);
    }
  }
  /// The value itself: bytes as bytes, everything else as its text.
  void append_raw(std::string& out, const query::Column& column, std::size_t index) const {
    if (column.type().type == value::Type::bytes) {
      out += cursor.blob(static_cast<int>(index));
    } else {
      out += text(index);
    }
  }
  void append_text(std::string& out, const value::Field& field, std::size_t index) const {
    db::append_text(out, field, cursor, static_cast<int>(index));
  }
};

}  // namespace sqlxc::rest
