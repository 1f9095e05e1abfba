#include "emit/cpp/names.h"

#include <algorithm>
#include <cstdio>

#include "compiler/base/utf8.h"
#include "compiler/ir/names.h"

namespace sqlxc::emit {
namespace {

constexpr std::size_t kWidth = 100;

// Marks that change the direction of what follows make source read otherwise than it compiles
// (CVE-2021-42574).
bool is_direction_mark(std::string_view letter) {
  if (letter.size() == 2) return letter == "\xD8\x9C";
  if (letter.size() != 3 || letter[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(letter[1]);
  const auto third = static_cast<unsigned char>(letter[2]);
  return (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE))) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_plain(std::string_view letter) {
  return !is_direction_mark(letter) && !(letter.size() == 1 && is_control(letter[0]));
}

// Calls `take` with each character, a broken byte being one of its own.
template <typename Take>
void for_each_letter(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    take(text.substr(0, length));
    text.remove_prefix(length);
  }
}

void append_octal(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\%03o",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += digits;
  }
}

bool can_be_raw(std::string_view text) {
  bool is_good = text.find(")\"") == text.npos && text.find(")sql\"") == text.npos;
  for_each_letter(text, [&](std::string_view letter) {
    const bool is_broken = letter.size() == 1 && static_cast<unsigned char>(letter[0]) >= 0x80;
    is_good = is_good && is_plain(letter) && !is_broken;
  });
  return is_good;
}

std::string escaped(std::string_view text) {
  std::string out = "\"";
  for_each_letter(text, [&](std::string_view letter) {
    const char c = letter[0];
    const bool is_broken = letter.size() == 1 && static_cast<unsigned char>(c) >= 0x80;
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '"' || c == '\\') {
      out.append("\\") += c;
    } else if (is_plain(letter) && !is_broken) {
      out += letter;
    } else {
      append_octal(out, letter);
    }
  });
  return out + '"';
}

// Words of a line, broken to the width.
void append_wrapped(std::string& out, std::string_view line, std::string_view prefix,
                    std::size_t width) {
  std::string current(prefix);
  while (!line.empty()) {
    const std::size_t blank = line.find(' ');
    const std::string_view word = line.substr(0, blank);
    line = blank == line.npos ? std::string_view() : line.substr(blank + 1);
    if (word.empty()) continue;
    const bool is_first = current.size() == prefix.size();
    if (!is_first && current.size() + 1 + word.size() > width) {
      out.append(current) += '\n';
      current = prefix;
    } else if (!is_first) {
      current += ' ';
    }
    current += word;
  }
  // A backslash at the end of a line would continue the comment.
  while (current.ends_with('\\') || current.ends_with(' ')) current.pop_back();
  out.append(current) += '\n';
}

}  // namespace

std::string cpp_name(std::string_view name, std::initializer_list<std::string_view> taken) {
  std::string out = ir::cpp_identifier(name);
  if (std::ranges::find(taken, out) != taken.end()) out += '_';
  return out;
}

std::string CppNames::take(std::string name) {
  if (taken_.insert(name).second) return name;
  name += '_';
  std::string free = name;
  for (int number = 2; !taken_.insert(free).second; ++number) free = name + std::to_string(number);
  return free;
}

std::string cpp_string(std::string_view text) {
  const bool needs_escapes = text.find_first_of("\"\\") != text.npos;
  if (needs_escapes && can_be_raw(text)) return "R\"(" + std::string(text) + ")\"";
  return escaped(text);
}

std::string cpp_raw_string(std::string_view text) {
  std::string one_line(text);
  std::ranges::replace(one_line, '\n', ' ');
  if (!can_be_raw(one_line)) return escaped(text);
  return "R\"sql(\n" + std::string(text) + "\n)sql\"";
}

std::string cpp_comment(std::string_view text, std::string_view prefix, std::size_t margin) {
  std::string clean;
  for_each_letter(text, [&](std::string_view letter) {
    if (letter == "\n" || is_plain(letter)) {
      const bool is_broken = letter.size() == 1 && static_cast<unsigned char>(letter[0]) >= 0x80;
      if (is_broken) {
        clean += '?';
      } else {
        clean += letter;
      }
    } else {
      clean += ' ';
    }
  });
  std::string out;
  std::string_view rest = clean;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    append_wrapped(out, rest.substr(0, end), prefix, kWidth - margin);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace sqlxc::emit
