#include <algorithm>

#include "compiler/syntax/print.h"
#include "compiler/syntax/print_writer.h"

// Names and strings.
namespace sqlxc::syntax {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A name that reads as itself without quotes; PostgreSQL would fold upper case.
bool is_plain(std::string_view name, Dialect dialect) {
  if (name.empty() || is_digit(name.front())) return false;
  const bool may_be_upper = dialect != Dialect::postgres;
  return std::ranges::all_of(name, [&](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || (may_be_upper && is_upper(c));
  });
}

}  // namespace

std::string print_name(std::string_view name, Dialect dialect) {
  if (is_plain(name, dialect) && !is_reserved(name, dialect)) return std::string(name);
  const char quote = dialect == Dialect::mysql ? '`' : '"';
  std::string quoted(1, quote);
  for (const char c : name) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  quoted += quote;
  return quoted;
}

std::string print_string(std::string_view text, Dialect dialect) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    if (c == '\\' && dialect == Dialect::mysql) quoted += '\\';
    if (c == '\0' && dialect == Dialect::mysql) {
      quoted += "\\0";
      continue;
    }
    quoted += c;
  }
  quoted += '\'';
  return quoted;
}

namespace printing {

void Writer::line() {
  if (is_flat_) {
    if (!out_.empty() && out_.back() != ' ' && out_.back() != '(') out_ += ' ';
    return;
  }
  while (!out_.empty() && out_.back() == ' ') out_.pop_back();
  out_ += '\n';
  out_.append(static_cast<std::size_t>(indent_) * 2, ' ');
}

void Writer::indented(const std::function<void()>& body) {
  ++indent_;
  body();
  --indent_;
}

void Writer::name(std::string_view name) { *this << print_name(name, dialect_); }

void Writer::path(const ast::Path& path) {
  list(path.names, [&](const ast::Name& part) { name(part); }, ".");
}

void Writer::names(const std::vector<ast::Name>& names) {
  *this << "(";
  list(names, [&](const ast::Name& part) { name(part); });
  *this << ")";
}

void Writer::string(std::string_view text) { *this << print_string(text, dialect_); }

}  // namespace printing
}  // namespace sqlxc::syntax
