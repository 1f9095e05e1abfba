#include "compiler/base/printer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace sqlxc {
namespace {

constexpr std::string_view kBlanks = " \t";

[[noreturn]] void abort_at(const std::source_location& where, const char* what,
                           std::string_view name) {
  std::fprintf(stderr, "%s:%u: %s `%.*s`\n", where.file_name(), static_cast<unsigned>(where.line()),
               what, static_cast<int>(name.size()), name.data());
  std::abort();
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(kBlanks), line.size());
}

// Lines with their ends; the last one may lack it.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\n") == std::string_view::npos;
}

std::vector<std::string_view> without_margin(std::string_view text) {
  if (!text.starts_with('\n')) return lines_of(text);
  std::vector<std::string_view> lines = lines_of(text.substr(1));
  if (!lines.empty() && !lines.back().ends_with('\n') && is_blank(lines.back())) lines.pop_back();
  std::size_t margin = std::string_view::npos;
  for (const std::string_view line : lines) {
    if (!is_blank(line)) margin = std::min(margin, indentation(line));
  }
  for (std::string_view& line : lines) {
    line = is_blank(line) ? std::string_view("\n") : line.substr(margin);
  }
  return lines;
}

// The name where the line is blanks, `$name$` and a line end, and nothing else.
std::string_view lone_name(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  line.remove_prefix(indentation(line));
  if (line.size() < 3 || line.front() != '$' || line.back() != '$') return {};
  const std::string_view name = line.substr(1, line.size() - 2);
  return name.find('$') == std::string_view::npos ? name : std::string_view();
}

}  // namespace

std::string Printer::take() { return std::exchange(out_, {}); }

void Printer::raw(std::string_view text) { put_text(text); }

void Printer::emit(std::string_view text, std::initializer_list<Arg> args,
                   std::source_location where) {
  scopes_.push_back({args.begin(), args.end()});
  for (const std::string_view line : without_margin(text)) emit_line(line, where);
  scopes_.pop_back();
}

const Printer::Arg& Printer::find(std::string_view name, const std::source_location& where) const {
  for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
    const Arg* arg =
        std::find_if(scope->begin, scope->end, [&](const Arg& a) { return a.name == name; });
    if (arg != scope->end) return *arg;
  }
  abort_at(where, "the template has no value for", name);
}

void Printer::emit_line(std::string_view line, const std::source_location& where) {
  if (const std::string_view name = lone_name(line); !name.empty()) {
    const Arg& arg = find(name, where);
    const std::size_t before = out_.size();
    const std::size_t outer = indent_.size();
    indent_.append(line.substr(0, indentation(line)));
    put(arg);
    indent_.resize(outer);
    if (out_.size() > before && line.ends_with('\n') && !out_.ends_with('\n')) out_ += '\n';
    return;
  }
  while (!line.empty()) {
    const std::size_t dollar = std::min(line.find('$'), line.size());
    put_text(line.substr(0, dollar));
    line.remove_prefix(dollar);
    if (line.empty()) return;
    const std::size_t end = line.find('$', 1);
    if (end == std::string_view::npos) abort_at(where, "a lone `$` in", line);
    const std::string_view name = line.substr(1, end - 1);
    line.remove_prefix(end + 1);
    if (name.empty()) {
      put_text("$");
      continue;
    }
    const Arg& arg = find(name, where);
    const std::size_t before = out_.size();
    put(arg);
    if (std::holds_alternative<Block>(arg.value) && out_.size() > before && out_.ends_with('\n')) {
      out_.pop_back();
    }
  }
}

void Printer::put(const Arg& arg) {
  if (const auto* block = std::get_if<Block>(&arg.value)) {
    (*block)();
  } else {
    put_text(std::get<std::string>(arg.value));
  }
}

// A line that holds nothing gets no indentation: emitted text has no trailing blanks.
void Printer::put_text(std::string_view text) {
  for (const std::string_view line : lines_of(text)) {
    if ((out_.empty() || out_.back() == '\n') && line != "\n") out_ += indent_;
    out_ += line;
  }
}

}  // namespace sqlxc
