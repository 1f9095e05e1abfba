#pragma once

#include <optional>
#include <vector>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/input.h>

// How the values of an operation's variables differ from one request to the next. Leaves are what
// is no list, object, boolean or null in them; they are numbered from 1, in the order in which the
// operation declares its variables and in which values stand in one another.
namespace sqlxc::graphql {

/// Numbers the leaves of `variables` and gives them in that order; nothing if there are more than
/// anybody keeps plans for.
std::optional<std::vector<const Input*>> number_leaves(const ast::Document& document,
                                                       const ast::Operation& operation,
                                                       Variables& variables);

/// The values that an operation was selected with, those of variables that are absent included.
class Variation {
 public:
  Variation(const ast::Document& document, const ast::Operation& operation,
            const Variables& variables);

  /// Whether `variables` are the same but for the values of these leaves. Both are of one
  /// operation, and their leaves are numbered.
  bool covers(const ast::Document& document, const ast::Operation& operation,
              const Variables& variables, const std::vector<bool>& any_value) const;

 private:
  std::vector<std::optional<Input>> values_;
};

}  // namespace sqlxc::graphql
