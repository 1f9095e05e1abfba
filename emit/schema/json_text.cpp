#include "emit/schema/json_text.h"

#include <algorithm>
#include <utility>

namespace sqlxc::emit {
namespace {

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

void append_string(std::string& out, std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) {
    out.append(1, '"').append(text).append(1, '"');
  } else {
    out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void append_scalar(std::string& out, const Json& value) {
  if (value.is_string()) return append_string(out, value.get_ref<const std::string&>());
  out += value.dump();
}

void begin_line(std::string& out, int depth) { out.append(1, '\n').append(depth, ' '); }

// Stands in one line: scalars in a short list, one in an object, as most references are.
bool is_line(const Json& value) {
  constexpr std::size_t kShort = 80;
  std::size_t width = 0;
  for (const Json& element : value) {
    if (element.is_structured()) return false;
    width += element.is_string() ? element.get_ref<const std::string&>().size() + 4 : 6;
  }
  return value.size() < 2 || (value.is_array() && width < kShort);
}

// Other elements begin a line each, one space deeper.
void append(std::string& out, const Json& value, int depth) {
  if (!value.is_structured()) return append_scalar(out, value);
  const bool is_list = value.is_array();
  const bool is_flat = is_line(value);
  out += is_list ? '[' : '{';
  bool is_first = true;
  const auto begin_element = [&] {
    if (!std::exchange(is_first, false)) out += is_flat ? ", " : ",";
    if (!is_flat) begin_line(out, depth + 1);
  };
  if (is_list) {
    for (const Json& element : value) {
      begin_element();
      append(out, element, depth + 1);
    }
  } else {
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
      begin_element();
      append_string(out, name);
      out += ": ";
      append(out, member, depth + 1);
    }
  }
  if (!is_flat) begin_line(out, depth);
  out += is_list ? ']' : '}';
}

}  // namespace

ObjectText::ObjectText(std::string& out, int depth) : out_(out), depth_(depth) { out_ += '{'; }

ObjectText::~ObjectText() {
  if (!is_empty_) begin_line(out_, depth_);
  out_ += '}';
}

void ObjectText::begin_member(std::string_view name) {
  if (!std::exchange(is_empty_, false)) out_ += ',';
  begin_line(out_, depth_ + 1);
  append_string(out_, name);
  out_ += ": ";
}

void ObjectText::add(std::string_view name, const Json& value) {
  begin_member(name);
  append(out_, value, depth_ + 1);
}

void ObjectText::add_all(const Json& object) {
  for (const auto& [name, value] : object.items()) add(name, value);
}

ObjectText ObjectText::object(std::string_view name) {
  begin_member(name);
  return ObjectText(out_, depth_ + 1);
}

}  // namespace sqlxc::emit
