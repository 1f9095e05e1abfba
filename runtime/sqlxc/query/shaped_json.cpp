#include <sqlxc/query/shaped_json.h>

#include <cstddef>
#include <span>
#include <vector>

#include <sqlxc/json/scan.h>

namespace sqlxc::query {
namespace {

class Shaper {
 public:
  explicit Shaper(std::string_view text) : text_(text) {}

  void member(std::string& out, const Column& column);
  void value(std::string& out, const Column& column);

 private:
  bool take(char c);
  bool is_null() const { return text_.substr(at_).starts_with("null"); }
  void skip_spaces();
  void skip_string();
  std::string_view any();
  void skip_key();
  void object(std::string& out, std::span<const Column> shape);
  void spread(std::string& out, const Column& column);
  void gather(std::span<const Column> shape, std::vector<std::string>& leaves);
  void gather_row(std::span<const Column> shape, std::vector<std::string>& leaves,
                  std::size_t& leaf);

  std::string_view text_;
  std::size_t at_ = 0;
};

void Shaper::skip_spaces() {
  while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') ++at_;
}

bool Shaper::take(char c) {
  skip_spaces();
  if (at_ == text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

void Shaper::skip_string() {
  ++at_;
  while (at_ < text_.size()) {
    at_ += json::count_plain<json::Stop::special>(text_.data() + at_, text_.size() - at_);
    if (at_ >= text_.size()) return;
    const char c = text_[at_++];
    if (c == '"') return;
    if (c == '\\') ++at_;
  }
}

// The next value as it stands.
std::string_view Shaper::any() {
  skip_spaces();
  const std::size_t start = at_;
  std::size_t depth = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      skip_string();
    } else if (c == '{' || c == '[') {
      ++depth;
      ++at_;
      continue;
    } else if (depth > 0 && (c == '}' || c == ']')) {
      --depth;
      ++at_;
    } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
      break;
    } else {
      ++at_;
      continue;
    }
    if (depth == 0) break;
  }
  std::string_view found = text_.substr(start, at_ - start);
  while (!found.empty() && static_cast<unsigned char>(found.back()) <= ' ') found.remove_suffix(1);
  return found;
}

void Shaper::skip_key() {
  skip_spaces();
  skip_string();
  take(':');
  skip_spaces();
}

void Shaper::object(std::string& out, std::span<const Column> shape) {
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) take(',');
    skip_key();
    member(out, shape[i]);
  }
  if (out.size() == start) out += '{';
  take('}');
  out += '}';
}

void Shaper::value(std::string& out, const Column& column) {
  skip_spaces();
  if (column.shape.empty() || is_null()) {
    out += any();
    return;
  }
  if (take('{')) return object(out, column.shape);
  take('[');
  out += '[';
  for (bool is_first = true; !take(']'); is_first = false) {
    if (!is_first && !take(',')) break;
    if (!is_first) out += ',';
    if (!take('{')) break;
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
    if (i > 0) take(',');
    skip_key();
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
  if (!take('[')) {
    any();
    return;
  }
  for (bool is_first = true; !take(']'); is_first = false) {
    if (!is_first && !take(',')) break;
    if (!take('{')) break;
    std::size_t leaf = 0;
    gather_row(shape, leaves, leaf);
    take('}');
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
