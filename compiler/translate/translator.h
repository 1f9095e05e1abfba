#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/translate/build.h"
#include "compiler/translate/translate.h"

// One translation under way: the names that are in scope and the first refusal. Not for use outside
// of translate/.
namespace sqlxc::translate {

/// What the dialects do differently without a word of it in the text.
struct Flags {
  bool like_ignores_case;          // MySQL and SQLite
  bool like_escapes_by_backslash;  // all but SQLite
  bool slash_divides_exactly;      // MySQL: 1 / 2 is 0.5
  bool nulls_sort_last;            // PostgreSQL, ascending
  bool concat_is_strict;           // MySQL's concat returns null for a null
};

constexpr Flags flags_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::postgres:
      return {false, true, false, true, false};
    case Dialect::mysql:
      return {true, true, true, false, true};
    case Dialect::sqlite:
      return {true, false, false, false, false};
  }
  return {};
}

class Translator {
 public:
  explicit Translator(const Request& request);

  /// Null where it was refused; the reason is in refusal().
  ast::Expr expr(const ast::Expr& from);
  std::vector<ast::Expr> exprs(const std::vector<ast::Expr>& from);
  /// The same where a truth value is wanted: PostgreSQL takes no number for one.
  ast::Expr condition(const ast::Expr& from);
  std::vector<ast::Expr> conditions(const std::vector<ast::Expr>& from);
  std::vector<ast::OrderItem> order(const std::vector<ast::OrderItem>& from);
  ast::Query query(const ast::Query& from);
  ast::Query subquery(const ast::Query& from);

  ValueType type_of(const ast::Expr& expr) const;
  ValueType type_of(const ast::TypeName& type) const;
  /// Of `$2`, where the request has so many parameters: 2.
  std::optional<std::size_t> parameter_number(const ast::Expr& expr) const;

  /// Notes that there is no form for `what`; the value is a placeholder that nobody sees.
  ast::Expr refuse(const ast::Expr& where, std::string what);
  void refuse(SourceRange range, std::string what);
  /// Notes that what comes out says less than what went in.
  void weaken(std::string what);

  const std::optional<Refusal>& refusal() const { return refusal_; }
  const Request& request() const { return request_; }
  Dialect from() const { return request_.from; }
  Place place() const { return request_.place; }
  const Flags& flags() const { return flags_; }

 private:
  struct Source {        // a thing in FROM
    std::string name;    // as expressions call it
    std::string target;  // as they call it in the target; empty: columns stand bare
    std::vector<Column> columns;
    bool is_complete = true;  // every column is known
  };
  struct Scope {
    std::vector<Source> sources;
  };
  struct Found {
    const Source* source = nullptr;
    const Column* column = nullptr;
  };

  Found find_column(const ast::Path& path) const;
  ast::Expr column(const ast::Expr& from);
  ast::Expr call(const ast::Expr& from);
  ast::Expr known_call(const ast::Expr& from, std::string_view form);
  void call_clauses(const ast::Expr& from, ast::Expr& to);
  ast::Expr generic(const ast::Expr& from);
  ValueType type_of_call(const ast::Expr& expr) const;
  ValueType type_of_column(const ast::Expr& expr) const;

  ast::Window window(const ast::Window& from);
  ast::Select select(const ast::Select& from);
  void group_by_all(ast::Select& select, const std::vector<ast::OrderItem>& order);
  ast::FromItem from_item(const ast::FromItem& from, Scope& scope);
  ast::FromItem from_table(const ast::FromItem& from, Scope& scope);
  ast::FromItem from_function(const ast::FromItem& from, Scope& scope);
  ast::FromItem from_subquery(const ast::FromItem& from, Scope& scope);
  ast::FromItem from_join(const ast::FromItem& from, Scope& scope);
  ast::Query operand(const ast::Query& from, bool is_right);
  ast::CommonTable common_table(const ast::CommonTable& from);
  std::vector<Column> output_columns(const ast::Query& query) const;
  void add_star(const ast::Expr& star, std::vector<Column>& into) const;

  Request request_;
  Flags flags_;
  std::vector<Scope> scopes_;
  std::vector<Source> common_tables_;  // the innermost first
  std::vector<Column> last_columns_;   // of the query that was translated last
  std::optional<Refusal> refusal_;
  int depth_ = 0;
};

/// A rewrite sees the expression as it was written and says what it becomes, or nothing where it
/// does not concern it.
using Rewrite = std::optional<ast::Expr> (*)(Translator& t, const ast::Expr& expr);

struct NamedRewrite {
  std::string_view name;
  Rewrite run;
};

/// The rewrites in their order; each file of rewrites has its list.
std::span<const NamedRewrite> operator_rewrites();
std::span<const NamedRewrite> call_rewrites();
std::span<const NamedRewrite> time_rewrites();
std::span<const NamedRewrite> cast_rewrites();
/// For PostgreSQL from the others; no other list runs then.
std::span<const NamedRewrite> postgres_rewrites();

/// A default of MySQL or SQLite as PostgreSQL takes it: of the column's own type.
Result<ast::Expr> postgres_default(const ast::Expr& expr, const ValueType& type,
                                   const Request& request);
/// The literal in a cast or parentheses, with its sign; none where there is none.
std::optional<ast::Expr> literal_in(const ast::Expr& expr);

/// A literal as its storage has it: `'{a,b}'` of an array is `'["a","b"]'`.
std::optional<ast::Expr> stored_literal(const ast::Expr& literal, const ValueType& type);
/// The SQLite modifiers of an interval: `1 mon 2 days` is {"+1 month", "+2 days"}; none where it is
/// not understood.
std::optional<std::vector<std::string>> interval_modifiers(std::string_view interval,
                                                           bool is_negative);
bool is_text_like(Kind kind);
bool is_number(Kind kind);
bool is_moment(Kind kind);

}  // namespace sqlxc::translate
