#include "compiler/catalog/annotation_text.h"

#include <algorithm>

#include "compiler/base/nearest.h"
#include "compiler/stdlib/annotations.h"
#include "compiler/stdlib/rows.h"

namespace sqlxc::catalog {
namespace {

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(const AnnotationText& text, Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  /// Everything in the text.
  std::vector<Annotation> read_all() {
    std::vector<Annotation> out;
    for (skip_space(); at_ < text_.text.size(); skip_space()) {
      std::optional<Annotation> annotation = read_one();
      if (!annotation) break;
      out.push_back(std::move(*annotation));
    }
    return out;
  }

  /// One annotation, at the reader's place.
  std::optional<Annotation> read_one() {
    const std::size_t begin = at_;
    while (at_ < text_.text.size() && is_word_char(text_.text[at_])) ++at_;
    if (at_ == begin) {
      report(begin, "a name");
      return std::nullopt;
    }
    Annotation out;
    out.name = text_.text.substr(begin, at_ - begin);
    const stdlib::AnnotationRow* row = stdlib::find_annotation(out.name);
    if (row != nullptr && row->is_query) {
      read_query(out);
    } else if (at_ < text_.text.size() && text_.text[at_] == '(') {
      if (!read_args(out)) return std::nullopt;
    }
    out.range = range_of(begin, at_);
    return out;
  }

  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }

 private:
  void skip_space() {
    const auto is_between = [](char c) { return is_blank(c) || c == ',' || c == '@' || c == '*'; };
    while (at_ < text_.text.size() && is_between(text_.text[at_])) ++at_;
  }

  SourceRange range_of(std::size_t begin, std::size_t end) const {
    if (!text_.is_verbatim) return text_.range;
    const std::uint32_t base = text_.range.begin;
    return {text_.range.source, base + static_cast<std::uint32_t>(begin),
            base + static_cast<std::uint32_t>(end)};
  }

  void report(std::size_t where, const char* what) {
    diagnostics_.report<diag::AnnotationSyntax>(
        range_of(where, std::min(where + 1, text_.text.size())), what);
  }

  /// `query top_posts(n int): select ...`: all of it is one argument.
  void read_query(Annotation& out) {
    const std::string_view rest = stdlib::trim(text_.text.substr(at_));
    add(out, "", std::string(rest), false);
    at_ = text_.text.size();
  }

  static void add(Annotation& out, std::string key, std::string arg, bool is_quoted) {
    out.keys.push_back(std::move(key));
    out.args.push_back(std::move(arg));
    out.is_quoted.push_back(is_quoted);
  }

  bool read_args(Annotation& out) {
    const std::size_t open = at_++;
    while (true) {
      while (at_ < text_.text.size() && is_blank(text_.text[at_])) ++at_;
      if (at_ >= text_.text.size()) {
        report(open, "`)`");
        return false;
      }
      if (text_.text[at_] == ')') break;
      if (!read_arg(out, open)) return false;
      if (at_ < text_.text.size() && text_.text[at_] == ',') ++at_;
    }
    ++at_;
    return true;
  }

  /// Up to the comma or parenthesis that ends it, over nested ones and strings.
  bool read_arg(Annotation& out, std::size_t open) {
    const std::size_t begin = at_;
    int depth = 0;
    for (; at_ < text_.text.size(); ++at_) {
      const char c = text_.text[at_];
      if (c == '\'' || c == '"') {
        const std::size_t close = end_of_string(at_, c);
        if (close == std::string_view::npos) {
          report(at_, "the end of this string");
          return false;
        }
        at_ = close;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
        --depth;
      } else if ((c == ',' || c == ')') && depth == 0) {
        keep_arg(out, stdlib::trim(text_.text.substr(begin, at_ - begin)));
        return true;
      }
    }
    report(open, "`)`");
    return false;
  }

  /// Doubled quotes stand for one.
  std::size_t end_of_string(std::size_t begin, char quote) const {
    for (std::size_t i = begin + 1; i < text_.text.size(); ++i) {
      if (text_.text[i] != quote) continue;
      if (i + 1 >= text_.text.size() || text_.text[i + 1] != quote) return i;
      ++i;
    }
    return std::string_view::npos;
  }

  void keep_arg(Annotation& out, std::string_view arg) {
    std::string key;
    std::size_t word = 0;
    while (word < arg.size() && is_word_char(arg[word])) ++word;
    const bool has_key = word > 0 && word < arg.size() && arg[word] == ':' &&
                         (word + 1 >= arg.size() || arg[word + 1] != ':');
    if (has_key) {
      key = arg.substr(0, word);
      arg = stdlib::trim(arg.substr(word + 1));
    }
    if (arg.empty() || (arg.front() != '\'' && arg.front() != '"')) {
      add(out, std::move(key), std::string(arg), false);
      return;
    }
    const char quote = arg.front();
    std::string decoded;
    std::size_t i = 1;
    for (; i < arg.size(); ++i) {
      if (arg[i] != quote) {
        decoded += arg[i];
      } else if (i + 1 < arg.size() && arg[i + 1] == quote) {
        decoded += quote;
        ++i;
      } else {
        break;
      }
    }
    const bool is_whole = i + 1 == arg.size();  // else it only begins with a string
    add(out, std::move(key), is_whole ? std::move(decoded) : std::string(arg), is_whole);
  }

  AnnotationText text_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
};

/// Whether `@word` in prose is meant as an annotation.
bool is_meant(std::string_view name, bool has_parentheses) {
  if (stdlib::find_annotation(name) != nullptr || has_parentheses) return true;
  std::vector<std::string_view> names;
  for (const stdlib::AnnotationRow& row : stdlib::annotations()) names.push_back(row.name);
  return !nearest(name, names).empty();
}

/// Line ends and double blanks that a removed annotation leaves behind.
std::string tidy(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_doubled = c == ' ' && (out.empty() || out.back() == ' ' || out.back() == '\n');
    if (!is_doubled) out += c;
  }
  const std::size_t end = out.find_last_not_of(" \t\r\n");
  const std::size_t begin = out.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? std::string() : out.substr(begin, end - begin + 1);
}

}  // namespace

std::vector<Annotation> read_annotations(const AnnotationText& text, Diagnostics& diagnostics) {
  return Reader(text, diagnostics).read_all();
}

std::vector<Annotation> extract_annotations(std::string& description, SourceRange range,
                                            Diagnostics& diagnostics) {
  std::vector<Annotation> out;
  if (description.find('@') == std::string::npos) return out;
  const std::string text = description;
  std::string rest;
  Reader reader({text, range, false}, diagnostics);
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = text[at] == '@' && (at == 0 || is_blank(text[at - 1])) &&
                        at + 1 < text.size() && is_word_char(text[at + 1]);
    std::size_t end = at + 1;
    while (begins && end < text.size() && is_word_char(text[end])) ++end;
    const bool has_parentheses = end < text.size() && text[end] == '(';
    if (!begins ||
        !is_meant(std::string_view(text).substr(at + 1, end - at - 1), has_parentheses)) {
      rest += text[at++];
      continue;
    }
    reader.move_to(at + 1);
    std::optional<Annotation> annotation = reader.read_one();
    if (annotation) out.push_back(std::move(*annotation));
    at = std::max(reader.at(), end);
  }
  if (!out.empty()) description = tidy(rest);
  return out;
}

std::string print_annotation(const Annotation& annotation) {
  const stdlib::AnnotationRow* row = stdlib::find_annotation(annotation.name);
  if (row != nullptr && row->is_query && !annotation.args.empty()) {
    return annotation.name + " " + annotation.args.front();
  }
  std::string out = annotation.name;
  if (annotation.args.empty()) return out;
  out += '(';
  for (std::size_t i = 0; i < annotation.args.size(); ++i) {
    if (i > 0) out += ", ";
    if (!annotation.keys[i].empty()) out += annotation.keys[i] + ": ";
    if (!annotation.is_quoted[i]) {
      out += annotation.args[i];
      continue;
    }
    out += '\'';
    for (const char c : annotation.args[i]) out += c == '\'' ? "''" : std::string(1, c);
    out += '\'';
  }
  return out + ")";
}

}  // namespace sqlxc::catalog
