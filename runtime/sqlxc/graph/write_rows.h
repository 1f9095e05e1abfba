#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/graph/layout.h>
#include <sqlxc/json/skim.h>
#include <sqlxc/query/shaped_json.h>
#include <sqlxc/query/sql.h>

// Rows as a part of a response: a layout's nodes take the values of a row of the driver, and of the
// rows within it, which the database gave as JSON. Nothing is kept but the text.
namespace sqlxc::graph {

/// The values of an object within a column of JSON, read where they stand.
class JsonRow {
 public:
  JsonRow(json::Skimmer& text, std::span<const query::Column> columns)
      : text_(text), columns_(columns) {}

  const query::Column& column() const { return columns_[at_]; }
  /// Stands before the next value.
  json::Skimmer& enter() {
    if (at_++ > 0) text_.take(',');
    text_.key();
    return text_;
  }
  void append(std::string& out) {
    const query::Column& of = column();
    query::append_shaped_leaf(out, of, enter().value());
  }
  /// Passes over what no node took.
  void leave() {
    while (at_ < columns_.size()) enter().value();
    text_.take('}');
  }

 private:
  json::Skimmer& text_;
  std::span<const query::Column> columns_;
  std::size_t at_ = 0;
};

/// Values that were found before.
class FoundRow {
 public:
  FoundRow(std::span<const std::string_view> values, std::span<const query::Column> columns)
      : values_(values), columns_(columns) {}

  const query::Column& column() const { return columns_[at_]; }
  json::Skimmer& enter() { return text_.emplace(values_[at_++]); }
  void append(std::string& out) {
    const query::Column& of = column();
    query::append_shaped_leaf(out, of, values_[at_++]);
  }

 private:
  std::span<const std::string_view> values_;
  std::span<const query::Column> columns_;
  std::size_t at_ = 0;
  std::optional<json::Skimmer> text_;
};

/// The values of a row of the driver (rest::SqliteRow, rest::PostgresRow).
template <typename Row>
class DriverRow {
 public:
  DriverRow(const Row& row, std::span<const query::Column> columns)
      : row_(row), columns_(columns) {}

  const query::Column& column() const { return columns_[at_]; }
  json::Skimmer& enter() {
    const std::size_t at = at_++;
    if (row_.is_null(at)) return text_.emplace("null");
    if (columns_[at].is_json) return text_.emplace(row_.text(at));
    scratch_.clear();
    row_.append_value(scratch_, columns_[at], at);
    return text_.emplace(scratch_);
  }
  void append(std::string& out) {
    row_.append_value(out, columns_[at_], at_);
    ++at_;
  }
  /// Of a joined row: whether there is one, and where the columns of its members end.
  bool enter_joined() { return !row_.is_null(at_++); }
  std::size_t end_of_joined() const { return at_ + 1 + columns_[at_].members; }
  void leave_joined(std::size_t end) { at_ = end; }

 private:
  const Row& row_;
  std::span<const query::Column> columns_;
  std::size_t at_ = 0;
  std::string scratch_;
  std::optional<json::Skimmer> text_;
};

/// Appends the value of a node, which is all that `text` stands before.
void write_json(std::string& out, const Node& node, const query::Column& column,
                json::Skimmer& text);

/// Appends a label of an enumeration, given as JSON, as its name; of an array, each.
void write_label(std::string& out, const Node& node, std::string_view json);

/// A global id: the type and the values of the key, given as JSON.
void write_node_id(std::string& out, std::string_view type, std::span<const std::string> values);

/// A page or an aggregate from the values that it takes.
void write_parts(std::string& out, const Node& node, std::span<const std::string> values,
                 std::span<const query::Column* const> columns);

/// Appends the members of an object, without its last brace.
template <typename Source>
void write_members(std::string& out, std::span<const Node> members, Source& source);

/// Appends what a node says.
template <typename Source>
void write_node(std::string& out, const Node& node, Source& source) {
  switch (node.kind) {
    case Node::Kind::constant:
      out += node.text;
      return;
    case Node::Kind::value:
      if (node.names.empty()) return source.append(out);
      write_label(out, node, source.enter().value());
      return;
    case Node::Kind::object:
      write_members(out, node.members, source);
      out += '}';
      return;
    case Node::Kind::one:
      if constexpr (requires { source.enter_joined(); }) {
        if (source.column().members > 0) {
          const std::size_t end = source.end_of_joined();
          if (source.enter_joined()) {
            write_members(out, node.members, source);
            out += '}';
          } else {
            out += "null";
          }
          return source.leave_joined(end);
        }
      }
      [[fallthrough]];
    case Node::Kind::rows: {
      const query::Column& column = source.column();
      return write_json(out, node, column, source.enter());
    }
    case Node::Kind::node_id: {
      std::vector<std::string> values(node.values);
      for (std::string& value : values) source.append(value);
      return write_node_id(out, node.text, values);
    }
    case Node::Kind::page:
    case Node::Kind::aggregate: {
      std::vector<std::string> values;
      std::vector<const query::Column*> columns;
      for (std::size_t i = 0; i < node.values; ++i) {
        columns.push_back(&source.column());
        values.emplace_back(source.enter().value());
      }
      return write_parts(out, node, values, columns);
    }
    case Node::Kind::edges:
    case Node::Kind::nodes:
    case Node::Kind::cursor:
    case Node::Kind::has_next:
    case Node::Kind::has_previous:
    case Node::Kind::start_cursor:
    case Node::Kind::end_cursor:
    case Node::Kind::total:
    case Node::Kind::groups:
      return;  // written by what they are part of
  }
}

template <typename Source>
void write_members(std::string& out, std::span<const Node> members, Source& source) {
  for (const Node& member : members) {
    out += member.key;
    write_node(out, member, source);
  }
}

}  // namespace sqlxc::graph
