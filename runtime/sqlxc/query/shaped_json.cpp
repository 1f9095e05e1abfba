#include <sqlxc/query/shaped_json.h>

#include <charconv>
#include <cstddef>
#include <span>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/json/skim.h>

namespace sqlxc::query {
namespace {

template <typename Real>
void append_real(std::string& out, std::string_view text) {
  Real number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    out += text;  // null, or "Infinity" as a string
  } else {
    append_number(out, number);
  }
}

// A value of `type` as the flat encoders write it: PostgreSQL's JSON has reals in digits where
// they choose the shorter exponent.
void append_value(std::string& out, Type type, std::string_view text) {
  if (type == Type::float64) {
    append_real<double>(out, text);
  } else if (type == Type::float32) {
    append_real<float>(out, text);
  } else if (type == Type::bytes && text.starts_with("\"\\\\x")) {
    // Only in an array: PostgreSQL's own form, in hexadecimal digits.
    std::string bytes;
    for (std::size_t i = 4; i + 2 < text.size(); i += 2) {
      bytes += static_cast<char>(hex_value(text[i]) << 4 | hex_value(text[i + 1]));
    }
    out += '"';
    append_base64(out, bytes);
    out += '"';
  } else {
    out += text;
  }
}

void append_array(std::string& out, Type element, std::string_view text) {
  json::Skimmer array(text);
  if (!array.take('[')) {
    out += text;
    return;
  }
  out += '[';
  for (bool is_first = true; !array.take(']'); is_first = false) {
    if (!is_first && !array.take(',')) break;
    if (!is_first) out += ',';
    const std::string_view value = array.value();
    if (value.empty()) break;
    if (value.starts_with('[')) {
      append_array(out, element, value);
    } else {
      append_value(out, element, value);
    }
  }
  out += ']';
}

// Types whose JSON the flat encoders write otherwise than PostgreSQL does.
bool is_rewritten(Type type) {
  return type == Type::float32 || type == Type::float64 || type == Type::bytes;
}

void append_leaf(std::string& out, const Column& column, std::string_view text) {
  const Field& field = column.type();
  if (column.is_json || (field.type != Type::array && !is_rewritten(field.type))) {
    out += text;
  } else if (field.type != Type::array) {
    append_value(out, field.type, text);
  } else if (is_rewritten(field.element)) {
    append_array(out, field.element, text);
  } else {
    out += text;
  }
}

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
  if (column.shape.empty() || text_.is_null()) return append_leaf(out, column, text_.value());
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

void append_shaped_leaf(std::string& out, const Column& column, std::string_view json) {
  append_leaf(out, column, json);
}

void append_shaped_value(std::string& out, const Column& column, std::string_view json) {
  Shaper(json).value(out, column);
}

}  // namespace sqlxc::query
