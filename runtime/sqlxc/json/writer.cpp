#include <sqlxc/json/writer.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/scan.h>

#include <cmath>

namespace sqlxc::json {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    default:
      out += "\\u";
      append_hex(out, static_cast<unsigned char>(c), 4);
  }
}

// Appends a run of bytes beyond ASCII, each that belongs to no character replaced.
void append_repaired(std::string& out, std::string_view run) {
  while (!run.empty()) {
    std::size_t length = 2;
    while (length <= 4 && length <= run.size() && !is_utf8(run.substr(0, length))) ++length;
    if (length <= 4 && length <= run.size()) {
      out += run.substr(0, length);
      run.remove_prefix(length);
    } else {
      out += kReplacement;
      run.remove_prefix(1);
    }
  }
}

std::size_t unicode_run(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && static_cast<unsigned char>(text[size]) >= 0x80) ++size;
  return size;
}

// The name of a number that JSON does not have; empty for the others.
std::string_view special_name(double value) {
  if (std::isnan(value)) return "\"NaN\"";
  if (std::isinf(value)) return value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  return {};
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (true) {
    const std::size_t plain = count_plain<Stop::special_or_unicode>(text.data(), text.size());
    out.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (const std::size_t size = unicode_run(text); size > 0) {
      const std::string_view run = text.substr(0, size);
      if (is_utf8(run)) {
        out += run;
      } else {
        append_repaired(out, run);
      }
      text.remove_prefix(size);
    } else {
      append_escaped(out, text.front());
      text.remove_prefix(1);
    }
  }
  out += '"';
}

void append_double(std::string& out, double value) {
  const std::string_view special = special_name(value);
  if (special.empty()) {
    append_number(out, value);
  } else {
    out += special;
  }
}

void append_float(std::string& out, float value) {
  const std::string_view special = special_name(value);
  if (special.empty()) {
    append_number(out, value);
  } else {
    out += special;
  }
}

void Writer::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
}

void Writer::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
}

void Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
}

void Writer::string(std::string_view text) {
  separate();
  append_string(out_, text);
}

void Writer::integer(std::int64_t value) {
  separate();
  append_number(out_, value);
}

void Writer::real(double value) {
  separate();
  append_double(out_, value);
}

void Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void Writer::null() {
  separate();
  out_ += "null";
}

void Writer::raw(std::string_view json) {
  separate();
  out_ += json;
}

}  // namespace sqlxc::json
