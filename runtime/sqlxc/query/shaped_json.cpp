#include <sqlxc/query/shaped_json.h>

#include <cstddef>
#include <span>
#include <vector>

#include <sqlxc/json/skim.h>

namespace sqlxc::query {
namespace {

class Shaper {
 public:
  explicit Shaper(std::string_view text) : text_(text) {}

  void member(std::string& out, const Column& column);
  void value(std::string& out, const Column& column);

 private:
  void object(std::string& out, std::span<const Column> shape);
  void spread(std::string& out, const Column& column);
  void gather(std::span<const Column> shape, std::vector<std::string>& leaves);
  void gather_row(std::span<const Column> shape, std::vector<std::string>& leaves,
                  std::size_t& leaf);

  json::Skimmer text_;
};

void Shaper::object(std::string& out, std::span<const Column> shape) {
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text_.take(',');
    text_.key();
    member(out, shape[i]);
  }
  if (out.size() == start) out += '{';
  text_.take('}');
  out += '}';
}

void Shaper::value(std::string& out, const Column& column) {
  if (column.shape.empty() || text_.is_null()) {
    out += text_.value();
    return;
  }
  if (text_.take('{')) return object(out, column.shape);
  text_.take('[');
  out += '[';
  for (bool is_first = true; !text_.take(']'); is_first = false) {
    if (!is_first && !text_.take(',')) break;
    if (!is_first) out += ',';
    if (!text_.take('{')) break;
    object(out, column.shape);
  }
  out += ']';
}

void Shaper::member(std::string& out, const Column& column) {
  if (column.is_spread) return spread(out, column);
  out += column.key;
  value(out, column);
}

std::size_t count_leaves(std::span<const Column> shape) {
  std::size_t count = 0;
  for (const Column& column : shape) count += column.is_spread ? count_leaves(column.shape) : 1;
  return count;
}

// Appends each leaf's key and what was gathered for it.
void append_leaves(std::string& out, std::span<const Column> shape,
                   const std::vector<std::string>& leaves, std::size_t& leaf) {
  for (const Column& column : shape) {
    if (column.is_spread) {
      append_leaves(out, column.shape, leaves, leaf);
      continue;
    }
    out += column.key;
    out += leaves[leaf].empty() ? "[" : leaves[leaf];
    out += ']';
    ++leaf;
  }
}

void Shaper::gather_row(std::span<const Column> shape, std::vector<std::string>& leaves,
                        std::size_t& leaf) {
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text_.take(',');
    text_.key();
    if (!shape[i].is_spread) {
      std::string& into = leaves[leaf++];
      into += into.empty() ? '[' : ',';
      value(into, shape[i]);
      continue;
    }
    std::vector<std::string> inner(count_leaves(shape[i].shape));
    gather(shape[i].shape, inner);
    for (const std::string& values : inner) {
      std::string& into = leaves[leaf++];
      into += into.empty() ? '[' : ',';
      into += values.empty() ? "[" : values;
      into += ']';
    }
  }
}

// Reads an array of objects into one list a leaf, each without its closing bracket.
void Shaper::gather(std::span<const Column> shape, std::vector<std::string>& leaves) {
  if (!text_.take('[')) {
    text_.value();
    return;
  }
  for (bool is_first = true; !text_.take(']'); is_first = false) {
    if (!is_first && !text_.take(',')) break;
    if (!text_.take('{')) break;
    std::size_t leaf = 0;
    gather_row(shape, leaves, leaf);
    text_.take('}');
  }
}

void Shaper::spread(std::string& out, const Column& column) {
  std::vector<std::string> leaves(count_leaves(column.shape));
  gather(column.shape, leaves);
  std::size_t leaf = 0;
  append_leaves(out, column.shape, leaves, leaf);
}

}  // namespace

void append_shaped(std::string& out, const Column& column, std::optional<std::string_view> json) {
  Shaper(json.value_or("null")).member(out, column);
}

void append_shaped_value(std::string& out, const Column& column, std::string_view json) {
  Shaper(json).value(out, column);
}

}  // namespace sqlxc::query
