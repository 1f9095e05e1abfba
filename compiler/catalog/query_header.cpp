#include "compiler/catalog/query_header.h"

#include "compiler/catalog/fold.h"
#include "compiler/syntax/scan.h"

namespace sqlxc::catalog {
namespace {

using syntax::Lexeme;
using syntax::Shape;

class HeaderReader {
 public:
  HeaderReader(const SourceMap& sources, SourceRange range, Dialect dialect,
               Diagnostics& diagnostics)
      : text_(sources.text(range.source)),
        range_(range),
        dialect_(dialect),
        diagnostics_(diagnostics),
        scanner_(text_, dialect, range.begin, range.end) {
    move();
  }

  std::optional<QueryHeader> read() {
    QueryHeader header;
    if (!read_name(header.name, "the query's name")) return std::nullopt;
    if (now_.shape == Shape::lparen) {
      move();
      if (!read_parameters(header.parameters)) return std::nullopt;
    }
    // SQLite's `:select` is a parameter to the scanner.
    const bool is_colon =
        now_.shape == Shape::colon || (now_.shape == Shape::parameter && text_[now_.begin] == ':');
    if (!is_colon) return expected("`:` and a SELECT");
    header.body = of(now_.begin + 1, range_.end);
    return header;
  }

 private:
  SourceRange of(std::uint32_t begin, std::uint32_t end) const {
    return {range_.source, begin, end};
  }
  void move() {
    last_end_ = now_.end;
    now_ = scanner_.next();
  }
  std::nullopt_t expected(const char* what) {
    const std::uint32_t end = now_.shape == Shape::end ? now_.begin : now_.end;
    diagnostics_.report<diag::AnnotationSyntax>(of(now_.begin, end), what);
    return std::nullopt;
  }
  bool is_word(std::string_view word) const {
    return now_.shape == Shape::word &&
           equal_ignoring_case(text_.substr(now_.begin, now_.end - now_.begin), word);
  }

  bool read_name(ast::Name& name, const char* what) {
    if (now_.shape != Shape::word && now_.shape != Shape::quoted) {
      expected(what);
      return false;
    }
    name.range = of(now_.begin, now_.end);
    name.quoted = now_.shape == Shape::quoted;
    const std::string_view written = text_.substr(now_.begin, now_.end - now_.begin);
    if (!name.quoted) {
      name.text = dialect_ == Dialect::postgres ? to_lower(written) : std::string(written);
    } else {
      const char quote = written.back();
      for (std::size_t i = 1; i + 1 < written.size(); ++i) {
        name.text += written[i];
        if (written[i] == quote) ++i;
      }
    }
    move();
    return true;
  }

  bool read_parameters(std::vector<WrittenParameter>& parameters) {
    if (now_.shape == Shape::rparen) {
      move();
      return true;
    }
    while (true) {
      WrittenParameter& parameter = parameters.emplace_back();
      if (!read_name(parameter.name, "a parameter's name")) return false;
      parameter.type = read_part(true);
      if (parameter.type.begin == parameter.type.end) {
        expected("a parameter's type");
        return false;
      }
      if (now_.shape == Shape::eq || now_.shape == Shape::assign || is_word("default")) {
        move();
        parameter.default_value = read_part(false);
        if (parameter.default_value.begin == parameter.default_value.end) {
          expected("a parameter's default");
          return false;
        }
      }
      const bool is_last = now_.shape == Shape::rparen;
      if (!is_last && now_.shape != Shape::comma) {
        expected("`,` or `)`");
        return false;
      }
      move();
      if (is_last) return true;
    }
  }

  /// Up to what ends a type, or a default, outside of brackets.
  SourceRange read_part(bool is_type) {
    const std::uint32_t begin = now_.begin;
    int depth = 0;
    while (now_.shape != Shape::end) {
      if (now_.shape == Shape::lparen || now_.shape == Shape::lbracket) ++depth;
      const bool closes = now_.shape == Shape::rparen || now_.shape == Shape::rbracket;
      if (depth == 0 && (closes || now_.shape == Shape::comma)) break;
      const bool is_default =
          now_.shape == Shape::eq || now_.shape == Shape::assign || is_word("default");
      if (depth == 0 && is_type && is_default) break;
      if (closes) --depth;
      move();
    }
    return of(begin, begin == now_.begin ? begin : last_end_);
  }

  std::string_view text_;
  SourceRange range_;
  Dialect dialect_;
  Diagnostics& diagnostics_;
  syntax::Scanner scanner_;
  Lexeme now_;
  std::uint32_t last_end_ = 0;
};

}  // namespace

std::optional<QueryHeader> read_query_header(const SourceMap& sources, SourceRange range,
                                             Dialect dialect, Diagnostics& diagnostics) {
  return HeaderReader(sources, range, dialect, diagnostics).read();
}

}  // namespace sqlxc::catalog
