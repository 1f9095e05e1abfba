#pragma once

#include <optional>
#include <string_view>

#include "compiler/ir/ir.h"

// What a string literal means where a value of another type is expected: the forms that every
// engine reads alike.
namespace sqlxc::passes {

/// The literal as one of that kind: a number, boolean or typed literal; nothing where the service
/// and the database might read it differently. `labels` are those of an enumeration.
std::optional<ast::Expr> literal_of(ir::TypeKind kind, std::string_view text, Dialect dialect,
                                    const std::vector<std::string>* labels);

/// Whether `text` is a plain number, `12` or `-12.50`.
bool is_number(std::string_view text);
/// Whether it is an integer of 64 bits.
bool is_int64(std::string_view text);

}  // namespace sqlxc::passes
