#include <sqlxc/graph/write_rows.h>

#include <algorithm>
#include <ranges>

#include <sqlxc/graph/cursor.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graph {
namespace {

using query::Column;
using Kind = Node::Kind;

// An object whose first brace comes next.
void write_object(std::string& out, std::span<const Node> members, std::span<const Column> shape,
                  json::Skimmer& text) {
  text.take('{');
  JsonRow row(text, shape);
  write_members(out, members, row);
  row.leave();
  out += '}';
}

// The values of an object, each as it stands.
std::vector<std::string_view> split_object(std::string_view json, std::size_t count) {
  std::vector<std::string_view> values;
  values.reserve(count);
  json::Skimmer text(json);
  text.take('{');
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text.take(',');
    text.key();
    values.push_back(text.value());
  }
  return values;
}

std::vector<std::string_view> split_array(std::string_view json) {
  std::vector<std::string_view> values;
  json::Skimmer text(json);
  if (!text.take('[')) return values;
  while (!text.take(']')) {
    if (!values.empty() && !text.take(',')) break;
    values.push_back(text.value());
    if (values.back().empty()) break;
  }
  return values;
}

// A page of rows, in the order of the response.
class Page {
 public:
  Page(const Node& node, std::span<const std::string> values,
       std::span<const Column* const> columns)
      : node_(node),
        values_(values),
        shape_(columns[0]->shape),
        total_(columns.size() > 1 ? columns[1] : nullptr) {
    rows_ = split_array(values[0]);
    has_more_ = rows_.size() > node.limit;
    if (has_more_) rows_.resize(node.limit);
    if (node.is_backward) std::ranges::reverse(rows_);
  }

  void write(std::string& out) const { write_parts_of(out, node_.members); }

 private:
  void write_parts_of(std::string& out, std::span<const Node> members) const {
    for (const Node& member : members) {
      out += member.key;
      write_part(out, member);
    }
    out += '}';
  }

  void write_part(std::string& out, const Node& part) const {
    switch (part.kind) {
      case Kind::constant:
        out += part.text;
        return;
      case Kind::object:
        return write_parts_of(out, part.members);
      case Kind::edges:
      case Kind::nodes: {
        out += '[';
        bool is_first = true;
        for (const std::string_view row : rows_) {
          if (!is_first) out += ',';
          is_first = false;
          const auto found = split_object(row, shape_.size());
          part.kind == Kind::edges ? write_edge(out, part, found) : write_row(out, part, found);
        }
        out += ']';
        return;
      }
      case Kind::has_next:
        out += (node_.is_backward ? node_.has_others : has_more_) ? "true" : "false";
        return;
      case Kind::has_previous:
        out += (node_.is_backward ? has_more_ : node_.has_others) ? "true" : "false";
        return;
      case Kind::start_cursor:
        return write_end(out, true);
      case Kind::end_cursor:
        return write_end(out, false);
      case Kind::total: {
        json::Skimmer text(values_[1]);
        text.take('[');
        text.take('{');
        JsonRow row(text, total_->shape);
        return row.append(out);
      }
      default:
        return;
    }
  }

  void write_end(std::string& out, bool is_start) const {
    if (rows_.empty()) {
      out += "null";
    } else {
      write_cursor_of(out, split_object(is_start ? rows_.front() : rows_.back(), shape_.size()));
    }
  }

  void write_row(std::string& out, const Node& part,
                 std::span<const std::string_view> found) const {
    FoundRow row(found.subspan(part.member), shape_.subspan(part.member));
    write_members(out, part.members, row);
    out += '}';
  }

  void write_edge(std::string& out, const Node& edge,
                  std::span<const std::string_view> found) const {
    FoundRow row(found.subspan(edge.member), shape_.subspan(edge.member));
    for (const Node& member : edge.members) {
      out += member.key;
      if (member.kind == Kind::cursor) {
        write_cursor_of(out, found);
      } else {
        write_node(out, member, row);
      }
    }
    out += '}';
  }

  void write_cursor_of(std::string& out, std::span<const std::string_view> found) const {
    std::string values;
    for (std::size_t i = node_.shown; i < found.size(); ++i) {
      values += ',';
      query::append_shaped_leaf(values, shape_[i], found[i]);
    }
    write_cursor(out, node_.cursor_order, values);
  }

  const Node& node_;
  std::span<const std::string> values_;
  std::span<const Column> shape_;
  const Column* total_ = nullptr;
  std::vector<std::string_view> rows_;
  bool has_more_ = false;
};

// What is computed over rows, and over their groups.
void write_aggregate(std::string& out, const Node& node, std::span<const std::string> values,
                     std::span<const Column* const> columns) {
  // The first value is of all rows, the others of groups.
  json::Skimmer text(values[0]);
  text.take('[');
  text.take('{');
  JsonRow row(text, columns[0]->shape);
  for (const Node& member : node.members) {
    out += member.key;
    if (member.kind == Kind::groups) {
      json::Skimmer groups(values[member.member]);
      Node rows = member;
      rows.kind = Kind::rows;
      write_json(out, rows, *columns[member.member], groups);
    } else {
      write_node(out, member, row);
    }
  }
  out += '}';
}

}  // namespace

void set_keys(std::vector<Node>& members, const std::vector<std::string_view>& keys) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].key = i == 0 ? '{' : ',';
    json::append_string(members[i].key, keys[i]);
    members[i].key += ':';
  }
}

void write_json(std::string& out, const Node& node, const Column& column, json::Skimmer& text) {
  if (text.is_null()) {
    text.value();
    out += "null";
    return;
  }
  if (node.kind == Kind::one) return write_object(out, node.members, column.shape, text);
  text.take('[');
  out += '[';
  for (bool is_first = true; !text.take(']'); is_first = false) {
    if (!is_first && !text.take(',')) break;
    if (!is_first) out += ',';
    write_object(out, node.members, column.shape, text);
  }
  out += ']';
}

void write_label(std::string& out, const Node& node, std::string_view json) {
  if (json.starts_with('[')) {
    out += '[';
    bool is_first = true;
    for (const std::string_view element : split_array(json)) {
      if (!is_first) out += ',';
      is_first = false;
      write_label(out, node, element);
    }
    out += ']';
    return;
  }
  std::string quoted;
  for (std::size_t i = 0; i < node.labels.size(); ++i) {
    quoted.clear();
    json::append_string(quoted, node.labels[i]);
    if (quoted != json) continue;
    return json::append_string(out, node.names[i]);
  }
  out += json;
}

void write_node_id(std::string& out, std::string_view type, std::span<const std::string> values) {
  std::string keys;
  for (const std::string& value : values) (keys += ',') += value;
  std::string quoted;
  json::append_string(quoted, type);
  write_cursor(out, quoted, keys);
}

void write_parts(std::string& out, const Node& node, std::span<const std::string> values,
                 std::span<const Column* const> columns) {
  if (node.kind == Kind::page) {
    Page(node, values, columns).write(out);
  } else {
    write_aggregate(out, node, values, columns);
  }
}

}  // namespace sqlxc::graph
