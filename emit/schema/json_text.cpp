#include "emit/schema/json_text.h"

namespace sqlxc::emit {
namespace {

std::string text_of(const Json& value) {
  return value.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

ObjectText::ObjectText(std::string& out, int depth) : out_(out), depth_(depth) { out_ += '{'; }

ObjectText::~ObjectText() {
  if (!is_empty_) out_.append("\n").append(depth_, ' ');
  out_ += '}';
}

void ObjectText::begin_member(std::string_view name) {
  out_.append(is_empty_ ? "\n" : ",\n").append(depth_ + 1, ' ');
  out_.append(text_of(name)).append(": ");
  is_empty_ = false;
}

void ObjectText::add(std::string_view name, const Json& value) {
  begin_member(name);
  // A line end within a string is written `\n`: each one here begins a line of the document.
  const std::string text = text_of(value);
  std::size_t begin = 0;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    out_.append(text, begin, end + 1 - begin).append(depth_ + 1, ' ');
    begin = end + 1;
  }
  out_.append(text, begin);
}

void ObjectText::add_all(const Json& object) {
  for (const auto& [name, value] : object.items()) add(name, value);
}

ObjectText ObjectText::object(std::string_view name) {
  begin_member(name);
  return ObjectText(out_, depth_ + 1);
}

}  // namespace sqlxc::emit
