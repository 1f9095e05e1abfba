#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"

// A legal predicate (compiler/passes/predicate.h) in C++ that reads like its SQL, over
// runtime/sqlxc/rules.
namespace sqlxc::emit {

struct CppPredicate {
  std::vector<std::string>
      regexes;       // C++ string literals and flags: the arguments of kPattern, kPattern2, ...
  std::string text;  // `user[age] >= 18 && length(user[name]) <= 80`
  bool is_value = false;  // a boolean that is kept or computed, not a Tri
};

/// `row` is the name of the row's variable; `column` gives the constant that stands for a field.
CppPredicate print_predicate(const ast::Expr& expr, std::string_view row,
                             const std::function<std::string(std::string_view field)>& column);

}  // namespace sqlxc::emit
