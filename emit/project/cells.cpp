#include "emit/project/cells.h"

namespace sqlxc::emit {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, text.find('\n'))) {
    if (c == '|' || c == '<' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string code_cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    // A backtick would end the code, a bar the cell; code knows no other escape than GitHub's.
    if (c == '|') out += '\\';
    out += c == '`' ? '\'' : c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

}  // namespace sqlxc::emit
