#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/json/strip.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/query/model.h>
#include <sqlxc/query/shaped_json.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/media.h>

// Rows as the bytes of a response, straight from the driver's buffers: one way for each media type,
// the same for both databases. A Row is SqliteRow or PostgresRow.
namespace sqlxc::rest {

/// Appends columns `first` up to `end` as members of an object, without its last brace.
template <typename Row>
void append_members(std::string& out, std::span<const query::Column> columns, std::size_t first,
                    std::size_t end, const Row& row) {
  for (std::size_t i = first; i < end; ++i) {
    const query::Column& column = columns[i];
    if (!column.shape.empty()) {
      query::append_shaped(out, column, row.is_null(i) ? std::nullopt : std::optional(row.text(i)));
      continue;
    }
    out += column.key;
    if (column.members == 0) {
      row.append_value(out, column, i);
      continue;
    }
    if (row.is_null(i)) {
      out += "null";
    } else {
      append_members(out, columns, i + 1, i + 1 + column.members, row);
      out += '}';
    }
    i += column.members;
  }
}

/// Appends the row as a JSON object.
template <typename Row>
void append_row(std::string& out, std::span<const query::Column> columns, const Row& row) {
  if (columns.empty()) out += '{';
  append_members(out, columns, 0, columns.size(), row);
  out += '}';
}

/// Appends the row as a line of CSV: embedded relations as JSON.
template <typename Row>
void append_csv_row(std::string& out, std::span<const query::Column> columns, const Row& row);

/// Appends the line of CSV that names the columns.
void append_csv_header(std::string& out, std::span<const query::Column> columns);

/// Makes one line of the JSON from `start` on: a column may keep it as it was written, in lines. In
/// a string none can stand.
void join_lines(std::string& out, std::size_t start);

/// Appends a field of CSV, quoted where RFC 4180 asks for it.
void append_csv_field(std::string& out, std::string_view text);

/// Appends the values of a key as they stand in a path: `1,2`.
template <typename Row>
void append_key(std::string& out, const query::Entity& entity, const Row& row,
                std::span<const int> columns) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text.clear();
    const value::Field& field = entity.fields[entity.primary_key.fields[i]];
    row.append_text(text, field, static_cast<std::size_t>(columns[i]));
    if (i > 0) out += ',';
    append_percent_encoded(out, text);
  }
}

/// The body of one response: rows come in, bytes of its media type go out.
class Renderer {
 public:
  enum class Shape : std::uint8_t {
    list,    // of objects
    one,     // an object
    values,  // an array of the only column's values
    value,   // the only column's value
  };

  Renderer(std::span<const query::Column> columns, const Media& media, Shape shape)
      : columns_(columns), media_(media), shape_(shape) {}

  template <typename Row>
  void take(std::string& out, const Row& row) {
    const bool is_first = rows_++ == 0;
    if (media_.format == Media::Format::raw) {
      if (!row.is_null(0)) row.append_raw(out, columns_[0], 0);
      return;
    }
    if (media_.format == Media::Format::csv) {
      if (is_first) append_csv_header(out, columns_);
      return append_csv_row(out, columns_, row);
    }
    if (media_.format == Media::Format::ndjson) {
      const std::size_t start = out.size();
      append_object(out, row);
      join_lines(out, start);
      out += '\n';
      return;
    }
    if (is_list()) out += is_first ? '[' : ',';
    append_object(out, row);
  }

  /// Appends what closes the body.
  void end(std::string& out) const;

  std::int64_t rows() const { return rows_; }

 private:
  bool is_list() const {
    return media_.format == Media::Format::json &&
           (shape_ == Shape::list || shape_ == Shape::values);
  }

  template <typename Row>
  void append_object(std::string& out, const Row& row) {
    if (shape_ == Shape::value || shape_ == Shape::values) {
      return row.append_value(out, columns_[0], 0);
    }
    if (!media_.strips_nulls) return append_row(out, columns_, row);
    scratch_.clear();
    append_row(scratch_, columns_, row);
    json::append_without_nulls(out, scratch_);
  }

  std::span<const query::Column> columns_;
  Media media_;
  Shape shape_ = Shape::list;
  std::int64_t rows_ = 0;
  std::string scratch_;
};

template <typename Row>
void append_csv_row(std::string& out, std::span<const query::Column> columns, const Row& row) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const query::Column& column = columns[i];
    if (i > 0) out += ',';
    const std::size_t at = i;
    i += column.members;
    if (row.is_null(at)) continue;
    text.clear();
    if (!column.shape.empty()) {
      query::append_shaped_value(text, column, row.text(at));
    } else if (column.members > 0) {
      append_members(text, columns, at + 1, at + 1 + column.members, row);
      text += '}';
    } else if (column.is_json) {
      row.append_json(text, column, at);
    } else {
      row.append_text(text, column.type(), at);
    }
    append_csv_field(out, text);
  }
  out += '\n';
}

}  // namespace sqlxc::rest
