#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"

// The values that conditions compare: columns, literals, casts, arithmetic and functions, in the
// language of legal predicates (predicate.h), with the type that the database gives them.
namespace sqlxc::passes {

/// What a value is and what may be done with it.
struct Operand {
  ast::Expr expr;
  ir::TypeKind kind = ir::TypeKind::other;
  bool is_literal = false;
  bool is_string_literal = false;  // of a type yet to be found out
  bool is_padded = false;          // char(n)
  bool has_collation = false;      // equality is not that of bytes
  Id<ir::Enumeration> enumeration;
};

bool is_integer(ir::TypeKind kind);
bool is_number(ir::TypeKind kind);
bool is_moment(ir::TypeKind kind);

/// Reads the values of one condition and keeps the first reason why one is not legal.
class Operands {
 public:
  Operands(const ir::Module& module, const ir::Entity& entity);

  /// The value in the language of legal predicates, or nothing where only the database can tell.
  std::optional<Operand> value(const ast::Expr& expr);
  /// Gives a literal the type of what it is compared with; false where it cannot be of that type.
  bool coerce(Operand& literal, const Operand& other);
  /// Notes why something is left to the database. The first reason is the one that is told.
  std::nullopt_t refuse(std::string reason);
  const std::string& reason() const { return reason_; }

 private:
  std::optional<Operand> column(const ast::Expr& expr);
  std::optional<Operand> number(const ast::Expr& expr);
  std::optional<Operand> negative(const ast::Expr& expr);
  std::optional<ir::TypeKind> kind_of(const ast::TypeName& type) const;
  std::optional<Operand> cast(const ast::Expr& expr);
  std::optional<Operand> cast_literal(Operand operand, ir::TypeKind kind,
                                      const ast::TypeName& type);
  std::optional<Operand> arithmetic(const ast::Expr& expr);
  std::optional<Operand> concatenation(Operand left, Operand right);
  std::optional<Operand> call(const ast::Expr& expr);
  std::optional<Operand> apply(const std::string& name, const ast::Expr& arg);
  std::optional<Operand> coalesce(const ast::Expr& expr);
  std::optional<Operand> num_nonnulls(const ast::Expr& expr);

  const ir::Module& module_;
  const ir::Entity& entity_;
  const catalog::Table& table_;
  std::string reason_;
};

}  // namespace sqlxc::passes
