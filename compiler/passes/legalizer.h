#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/passes/predicate.h"
#include "compiler/stdlib/functions.h"

// How a condition as it was written becomes a legal predicate, or why it does not: conditions
// (conditions.cpp), the values that they compare (operands.cpp), calls (calls.cpp), casts
// (casts.cpp), texts (texts.cpp), documents and arrays (documents.cpp). Only predicate.cpp and
// these include it.
namespace sqlxc::passes {

/// What a value is and what may be done with it.
struct Operand {
  ast::Expr expr;
  ir::TypeKind kind = ir::TypeKind::other;
  bool is_literal = false;
  bool is_string_literal = false;  // of a type yet to be found out
  bool is_condition = false;       // a truth value that was computed, not a boolean that is kept
  bool is_padded = false;          // char(n)
  bool has_collation = false;      // equality is not that of bytes
  bool ignores_case = false;       // of ASCII letters: SQLite's NOCASE
  bool is_ordered = false;         // a text whose order is that of bytes
  ir::TypeKind element = ir::TypeKind::other;  // of an array
  Id<ir::Enumeration> enumeration;
};

bool is_integer(ir::TypeKind kind);
bool is_number(ir::TypeKind kind);
bool is_moment(ir::TypeKind kind);

/// `text` between backticks.
std::string quoted(std::string_view text);

class Legalizer {
 public:
  Legalizer(const ir::Module& module, const ir::Entity& entity, bool is_own);

  LegalPredicate run(const ast::Expr& expr);

 private:
  using Expr = ast::Expr;

  // What is left out of a condition makes it weaker, or stronger; nothing may be left out of one
  // whose value is looked at.
  enum class Polarity : std::uint8_t { positive, negative, none };

  // ---- conditions

  std::optional<Expr> condition(const Expr& expr);
  std::optional<Expr> whole_condition(const Expr& expr);
  std::optional<Expr> negation(const Expr& expr);
  std::optional<Expr> junction(const Expr& expr);
  std::optional<Expr> binary_condition(const Expr& expr);
  std::optional<Expr> comparison(std::string_view op, const Expr& left, const Expr& right);
  std::optional<Expr> compare(std::string_view op, Operand left, Operand right);
  std::optional<Expr> compare_truths(std::string_view op, Operand left, Operand right);
  std::optional<Expr> compare_rows(std::string_view op, const Expr& left, const Expr& right);
  std::optional<Expr> is_test(const Expr& expr);
  std::optional<Expr> between(const Expr& expr);
  std::optional<Expr> in_list(const Expr& needle, const std::vector<Expr>& list, bool is_negated);
  std::optional<Expr> quantified(const Expr& expr);
  bool unify(Operand& left, Operand& right, std::string_view op);
  bool unify_moments(Operand& left, Operand& right);
  bool unify_texts(Operand& left, Operand& right, bool is_order);
  bool is_constant(const Operand& left, const Operand& right);

  // ---- values

  std::optional<Operand> value(const Expr& expr);
  std::optional<Operand> column(const Expr& expr);
  std::optional<Operand> number(const Expr& expr);
  std::optional<Operand> negative(const Expr& expr);
  std::optional<Operand> truth(const Expr& expr);
  std::optional<Operand> case_when(const Expr& expr);
  std::optional<Operand> collate(const Expr& expr);
  std::optional<Operand> arithmetic(const Expr& expr);
  std::optional<Operand> fold(const std::string& op, const Operand& left, const Operand& right);
  std::optional<Operand> of_moments(const std::string& op, Operand left, Operand right);
  std::optional<Operand> concatenation(Operand left, Operand right);
  bool coerce(Operand& literal, const Operand& other);
  bool join(std::vector<Operand>& operands);

  // ---- calls

  std::optional<Operand> call(const Expr& expr);
  std::optional<Operand> special_call(const std::string& name, const Expr& expr);
  std::optional<Operand> user_call(const std::string& name, const Expr& expr);
  std::optional<Operand> by_row(const stdlib::FunctionRow& row, const Expr& expr);
  bool fits(std::string_view kind, Operand& arg, const std::vector<Operand>& before);
  std::optional<Operand> joined(std::string_view function, const Expr& expr);
  std::optional<Operand> extract(const std::string& field, const Expr& moment);
  std::optional<Operand> date_trunc(const Expr& expr);
  std::optional<Operand> type_of(const Expr& expr);

  // ---- casts

  std::optional<ir::TypeKind> kind_of(const ast::TypeName& type) const;
  std::optional<Operand> cast(const Expr& expr);
  std::optional<Operand> cast_literal(Operand operand, ir::TypeKind kind,
                                      const ast::TypeName& type);
  std::optional<Operand> cast_value(Operand operand, ir::TypeKind kind, const ast::TypeName& type);
  static void to_moment(Operand& operand, ir::TypeKind kind);

  // ---- texts

  std::optional<Operand> plain_text(const Expr& expr);
  std::optional<Expr> like(const Expr& expr, std::string_view op);
  std::optional<Expr> regex(std::string_view op, const Expr& text, const Expr& pattern);
  std::optional<Expr> matches(std::string_view op, const Operand& text, std::string pattern);
  std::optional<Expr> other_pattern(const Expr& expr);

  // ---- documents and arrays

  std::optional<Operand> member(const Expr& expr);
  std::optional<Expr> has_key(const Expr& expr);
  std::optional<Expr> array_condition(const Expr& expr);
  std::optional<std::vector<Expr>> array_items(const Expr& expr);
  std::optional<Expr> item_of(const Expr& expr, const Operand& array);
  std::optional<Operand> array_position(const Expr& expr);

  // ---- reasons

  /// Notes why something is left to the database. The first reason is the one that is told.
  std::nullopt_t refuse(std::string reason);
  bool is_refused(std::string reason);
  /// Notes that what was made is implied by the condition, but not the other way round.
  void weaken(std::string reason);
  bool is(Dialect dialect) const { return module_.dialect == dialect; }

  const ir::Module& module_;
  const ir::Entity& entity_;
  const catalog::Table& table_;
  const bool is_own_;  // no database asks it, so none decides
  Polarity polarity_ = Polarity::positive;
  std::string reason_;
  std::string weakness_;
  bool is_weaker_ = false;
  int depth_ = 0;  // of functions of the schema that are looked into
};

}  // namespace sqlxc::passes
