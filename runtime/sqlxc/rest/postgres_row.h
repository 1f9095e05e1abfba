#pragma once

#include <string>
#include <string_view>

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
    if (column.is_json) {
      out += text(index);
    } else {
      pg::append_json(out, column.type(), text(index));
    }
  }
  void append_text(std::string& out, const value::Field& field, std::size_t index) const {
    pg::append_text(out, field, text(index));
  }
};

}  // namespace sqlxc::rest
