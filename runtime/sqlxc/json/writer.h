#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// JSON text, appended to a string: the functions for encoders that know where commas stand, and
// Writer for documents that are built by hand. Integers and base64 come from core/text.h. What is
// written is always valid JSON in valid UTF-8. Not a DOM: nothing is kept but the text.
namespace sqlxc::json {

/// Appends `text` as a quoted JSON string. Bytes that are not UTF-8 become U+FFFD.
void append_string(std::string& out, std::string_view text);

/// Appends the shortest digits that read back as `value`; NaN and the infinities as strings, as
/// PostgreSQL does.
void append_double(std::string& out, double value);
void append_float(std::string& out, float value);

/// Objects and arrays with their commas: `Writer w(out); w.begin_object(); w.key("id");
/// w.integer(1); w.end_object();`.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void string(std::string_view text);
  void integer(std::int64_t value);
  void real(double value);
  void boolean(bool value);
  void null();
  /// JSON text that is known to be valid.
  void raw(std::string_view json);

 private:
  void open(char bracket);
  void close(char bracket);
  void separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
  }

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace sqlxc::json
