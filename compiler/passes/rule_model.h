#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/passes/truths.h"

// The legal predicates of an entity (predicate.h) as formulas over cells. A value that is compared
// with constants has a cell for each constant, one between each two and one for null; two values
// that are compared have the cells less, equal, greater and null; all else is a truth value of
// which nothing is known but that it is the same wherever it is written the same.
namespace sqlxc::passes {

class RuleModel {
 public:
  RuleModel(const ir::Module& module, const ir::Entity& entity)
      : module_(module), entity_(entity) {}

  /// Of every predicate once before close(): which values and constants there are. After it: what
  /// the predicate is over their cells.
  Formula formula(const ast::Expr& predicate);
  void close();

  /// That the field is not null; nothing where no predicate reads it.
  std::optional<Formula> not_null(std::uint16_t field) const;
  /// That the field's values are of its type, as far as the engine of the schema holds it.
  std::vector<Formula> of_type(std::uint16_t field) const;

  const Space& space() const { return space_; }

 private:
  using Expr = ast::Expr;
  enum class Family : std::uint8_t { number, text, date, time, timestamp, truth };

  struct Constant {
    Family family = Family::number;
    std::string text;  // in a form that compares: plain decimals, ISO 8601, bytes
  };

  enum class Kind : std::uint8_t { value, order, truth };

  struct Variable {
    Kind kind = Kind::value;
    std::uint32_t left = 0;  // of an order: the values
    std::uint32_t right = 0;
    std::optional<std::uint16_t> field;      // it is a column
    std::optional<std::uint32_t> length_of;  // it is the number of characters of that text
    std::vector<std::uint32_t> nulls;        // null if one of these is
    std::vector<Constant> constants;         // once closed: in their order
    bool is_integral = false;                // nothing lies between 5 and 6
    bool is_count = false;                   // integral, and not below 0
    bool is_exact = false;                   // compared by all its digits, not as a double
    bool is_opaque = false;                  // its constants have no one order
  };

  std::uint32_t add(const std::string& key, Variable variable);
  std::optional<std::uint32_t> find(const std::string& key) const;
  std::uint32_t value(const Expr& expr);
  Variable describe(const Expr& expr);
  void add_nulls(const Expr& expr, std::vector<std::uint32_t>& nulls);
  const ir::Field& field_of(const Variable& variable) const {
    return entity_.fields[*variable.field];
  }
  bool is(Dialect dialect) const { return module_.dialect == dialect; }

  Formula in_list(const Expr& expr);
  Formula binary(const Expr& expr);
  Formula compare(std::string_view op, const Expr& left, const Expr& right);
  Formula compare_constant(std::string_view op, std::uint32_t variable, const Constant& constant);
  Formula compare_values(std::string_view op, const Expr& left, const Expr& right);
  Formula null_test(const Expr& value);
  Formula flag(const Expr& column);
  Formula of_call(const Expr& expr);
  Formula unknown(const Expr& expr);

  static std::optional<Constant> constant_of(const Expr& expr);
  static int compare_constants(const Constant& a, const Constant& b);
  void order_constants(Variable& variable) const;
  bool has_whole_between(const Variable& variable, std::size_t gap, std::int64_t low,
                         std::int64_t high) const;
  std::vector<bool> cells_of(const Variable& variable) const;
  void link(std::vector<std::uint32_t> variables,
            const std::function<bool(const std::vector<std::size_t>& cells)>& is_possible);
  void link_variable(std::uint32_t index);
  void link_order(std::uint32_t index);
  void link_length(std::uint32_t index);
  std::optional<Formula> within_length(std::uint16_t field, std::uint32_t text) const;

  const ir::Module& module_;
  const ir::Entity& entity_;
  std::map<std::string, std::uint32_t> by_key_;
  std::vector<Variable> variables_;
  Space space_;
  bool is_closed_ = false;
};

}  // namespace sqlxc::passes
