#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"
#include "compiler/stdlib/formats.h"
#include "emit/emit.h"

// The formats of texts that a service asks for, each a function in server/formats.h, so that a rule
// reads `is_email(user[email])`.
namespace sqlxc::emit {

/// The format that a rule asks for; null for any other rule.
const stdlib::FormatRow* format_of(const ir::Entity& entity, const ir::Rule& rule);

/// `is_date_time`
std::string format_function(const stdlib::FormatRow& format);

/// server/formats.h; nothing where no rule asks for a format.
std::optional<File> emit_formats(const ir::Module& module);

}  // namespace sqlxc::emit
