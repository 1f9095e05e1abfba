#include <sqlxc/graphql/print.h>

#include <utility>

#include <sqlxc/json/writer.h>

namespace sqlxc::graphql {
namespace {

class Printer {
 public:
  Printer(const ast::Document& document, std::size_t limit) : document_(document), limit_(limit) {}

  // Recursion is bounded by the parser's depth.
  void print(const ast::Value& value) {
    if (out.size() > limit_) return;
    switch (value.kind) {
      case ast::ValueKind::variable:
        out += '$';
        [[fallthrough]];
      case ast::ValueKind::int_value:
      case ast::ValueKind::float_value:
      case ast::ValueKind::boolean:
      case ast::ValueKind::enum_value:
        out += value.text;
        return;
      case ast::ValueKind::string:
        json::append_string(out, value.text);
        return;
      case ast::ValueKind::null:
        out += "null";
        return;
      case ast::ValueKind::list:
        return print_list(value);
      case ast::ValueKind::object:
        return print_object(value);
    }
  }

  std::string out;

 private:
  void print_list(const ast::Value& list) {
    out += '[';
    bool is_first = true;
    for (const ast::Value& item : document_.values_of(list.children)) {
      if (!is_first) out += ", ";
      is_first = false;
      print(item);
      if (out.size() > limit_) break;
    }
    out += ']';
  }

  void print_object(const ast::Value& object) {
    out += '{';
    bool is_first = true;
    for (const ast::Argument& field : document_.arguments_of(object.children)) {
      out += is_first ? " " : ", ";
      is_first = false;
      out += field.name;
      out += ": ";
      print(document_.values[field.value]);
      if (out.size() > limit_) break;
    }
    out += is_first ? "}" : " }";
  }

  const ast::Document& document_;
  std::size_t limit_;
};

}  // namespace

std::string print(const ast::Document& document, const ast::Value& value, bool is_for_error) {
  constexpr std::size_t kReadable = 1000;
  Printer printer(document, is_for_error ? kReadable : std::string::npos);
  printer.print(value);
  if (!is_for_error || printer.out.size() <= kReadable) return std::move(printer.out);
  std::size_t end = kReadable;
  while ((static_cast<unsigned char>(printer.out[end]) & 0xC0U) == 0x80U) --end;
  printer.out.resize(end);
  return printer.out + "…";
}

std::string print(const ast::Type& type) {
  std::string text(type.wrapping.lists, '[');
  text += type.name;
  for (unsigned level = 0;; ++level) {
    if ((type.wrapping.non_null >> level & 1U) != 0) text += '!';
    if (level == type.wrapping.lists) return text;
    text += ']';
  }
}

}  // namespace sqlxc::graphql
