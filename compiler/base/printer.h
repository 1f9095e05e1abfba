#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

// What emitters print text with: raw-string templates that look like what they print. Logic stays
// in C++; the printer only substitutes and indents.
namespace sqlxc {

/// ```
/// Printer out;
/// out.emit(R"(
///     struct $name$ {
///       $fields$
///     };
/// )", {{"name", entity.name}, {"fields", [&] { for (...) out.emit("$type$ $name$;\n", {...});
/// }}});
/// ```
/// A template that begins with a line end loses that line end, its margin (the indentation that all
/// its lines share) and the blanks of its last line. A name that stands alone on its line gives its
/// indentation to every line of its value, and the whole line goes where the value is empty. Within
/// a line, a block's last line end is dropped. `$$` is a dollar sign. Blocks see the names of the
/// templates round them. An unknown name aborts with the emitter's file and line.
class Printer {
 public:
  using Block = std::function<void()>;

  struct Arg {
    std::string_view name;
    std::variant<std::string, Block> value;

    template <typename Value>
    Arg(std::string_view arg_name, Value&& arg_value) : name(arg_name) {
      using Plain = std::remove_cvref_t<Value>;
      if constexpr (std::is_same_v<Plain, bool>) {
        value = std::string(arg_value ? "true" : "false");
      } else if constexpr (std::is_arithmetic_v<Plain>) {
        value = std::to_string(arg_value);
      } else if constexpr (std::is_invocable_v<Plain&>) {
        value = Block(std::forward<Value>(arg_value));
      } else {
        value = std::string(std::forward<Value>(arg_value));
      }
    }
  };

  /// Appends the template with its names substituted.
  void emit(std::string_view text, std::initializer_list<Arg> args = {},
            std::source_location where = std::source_location::current());

  /// Appends text as it is, at the indentation that holds here.
  void raw(std::string_view text);

  const std::string& text() const { return out_; }
  /// What was printed; the printer is empty afterwards.
  std::string take();

 private:
  struct Scope {
    const Arg* begin;
    const Arg* end;
  };
  void emit_line(std::string_view line, const std::source_location& where);
  void put(const Arg& arg);
  void put_text(std::string_view text);
  const Arg& find(std::string_view name, const std::source_location& where) const;

  std::string out_;
  std::string indent_;
  std::vector<Scope> scopes_;
};

}  // namespace sqlxc
