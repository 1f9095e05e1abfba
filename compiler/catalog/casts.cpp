// CREATE CAST and CREATE AGGREGATE, of which the grammar keeps the text: their types, and the
// function of a cast.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/catalog/fold.h"
#include "compiler/syntax/scan.h"

namespace sqlxc::catalog {
namespace {

using syntax::Lexeme;
using syntax::Shape;

// The lexemes of one statement, read from left to right.
class Words {
 public:
  explicit Words(std::string_view text)
      : text_(text), scanner_(text, Dialect::postgres, 0, static_cast<std::uint32_t>(text.size())) {
    advance();
  }

  bool at_end() const { return now_.shape == Shape::end; }
  bool is(std::string_view word) const {
    return now_.shape == Shape::word && equal_ignoring_case(text(), word);
  }
  bool take(std::string_view word) { return is(word) && advance(); }
  bool take(Shape shape) { return now_.shape == shape && advance(); }
  bool advance() {
    now_ = scanner_.next();
    return true;
  }

  std::optional<ast::Name> name() {
    if (now_.shape == Shape::word) {
      ast::Name name{.text = to_lower(text()), .range = {}};
      advance();
      return name;
    }
    if (now_.shape != Shape::quoted || text().size() < 2 || text().front() != '"') {
      return std::nullopt;
    }
    ast::Name name{.text = {}, .quoted = true, .range = {}};
    const std::string_view inner = text().substr(1, text().size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
      name.text += inner[i];
      if (inner[i] == '"') ++i;
    }
    advance();
    return name;
  }

  /// `a.b`, or several words that are one type's name.
  std::optional<ast::Path> path() {
    ast::Path path;
    do {
      auto part = name();
      if (!part) return std::nullopt;
      path.names.push_back(std::move(*part));
    } while (take(Shape::dot));
    return path;
  }

 private:
  std::string_view text() const { return text_.substr(now_.begin, now_.end - now_.begin); }

  std::string_view text_;
  syntax::Scanner scanner_;
  Lexeme now_;
};

std::optional<RoutineType> type(Fold& fold, Words& words) {
  ast::TypeName written;
  auto path = words.path();
  if (!path) return std::nullopt;
  written.path = std::move(*path);
  return routine_type(fold, written);
}

// The schema of the function that the path means, by the search path; the function need not stand
// in the file.
std::string schema_of_function(const Fold& fold, const ast::Path& path) {
  if (path.names.size() >= 2) return schema_spelled(fold, path.qualifier());
  for (const std::string& schema : fold.search_path) {
    const bool is_there = std::ranges::any_of(fold.catalog.functions, [&](const Function& one) {
      return one.name == path.last() && one.schema == schema;
    });
    if (is_there) return schema;
  }
  return fold.search_path.empty() ? std::string() : fold.search_path.front();
}

// The type of what the final function makes of a state, if the file has that function.
std::optional<RoutineType> final_type(const Fold& fold, const ast::Path& path,
                                      const RoutineType& state) {
  const std::string schema = schema_of_function(fold, path);
  for (const Function& function : fold.catalog.functions) {
    const bool is_it = function.name == path.last() && function.schema == schema &&
                       !function.parameters.empty() && function.returns &&
                       function.parameters[0].type.spelled == state.type.spelled;
    if (is_it) return function.returns;
  }
  return std::nullopt;
}

// The only argument: `(lines)`, `(in one lines)`; nothing where there is none, or several.
std::optional<RoutineType> only_argument(Fold& fold, Words& words) {
  std::optional<ast::Path> last;
  while (!words.at_end() && !words.take(Shape::rparen)) {
    last = words.path();
    if (!last) return std::nullopt;
  }
  if (!last) return std::nullopt;
  ast::TypeName written;
  written.path = std::move(*last);
  return routine_type(fold, written);
}

}  // namespace

// CREATE [OR REPLACE] AGGREGATE name (type) (stype = type [, finalfunc = function] ...)
void note_aggregate(Fold& fold, std::string_view statement) {
  Words words(statement);
  if (!words.take("create")) return;
  if (words.take("or")) words.advance();
  if (!words.take("aggregate")) return;
  const auto name = words.path();
  if (!name || !words.take(Shape::lparen)) return;
  auto parameter = only_argument(fold, words);
  if (!parameter || !words.take(Shape::lparen)) return;
  std::optional<RoutineType> state;
  std::optional<ast::Path> final_function;
  while (!words.at_end()) {
    const bool is_state = words.take("stype");
    const bool is_final = !is_state && words.take("finalfunc");
    if (!is_state && !is_final) {
      words.advance();
    } else if (words.take(Shape::eq)) {
      if (is_state) state = type(fold, words);
      if (is_final) final_function = words.path();
    }
  }
  if (!state) return;
  auto result = final_function ? final_type(fold, *final_function, *state) : state;
  if (!result) return;
  fold.catalog.aggregates.push_back({.schema = schema_for(fold, *name),
                                     .name = std::string(name->last()),
                                     .parameter = std::move(*parameter),
                                     .result = std::move(*result),
                                     .range = fold.statement});
}

// CREATE CAST (source AS target) WITH FUNCTION name [(...)] [AS ASSIGNMENT | AS IMPLICIT]
void note_cast(Fold& fold, std::string_view statement) {
  Words words(statement);
  const bool is_begun = words.take("create") && words.take("cast") && words.take(Shape::lparen);
  if (!is_begun) return;
  auto source = type(fold, words);
  if (!source || !words.take("as")) return;
  auto target = type(fold, words);
  if (!target || !words.take(Shape::rparen)) return;
  if (!words.take("with") || !words.take("function")) return;
  auto function = words.path();
  if (!function) return;
  if (words.take(Shape::lparen)) {
    while (!words.at_end() && !words.take(Shape::rparen)) words.advance();
  }
  Cast cast{.source = std::move(*source),
            .target = std::move(*target),
            .function_schema = {},
            .function = std::string(function->last()),
            .is_implicit = words.take("as") && words.is("implicit")};
  cast.function_schema = schema_of_function(fold, *function);
  fold.catalog.casts.push_back(std::move(cast));
}

}  // namespace sqlxc::catalog
