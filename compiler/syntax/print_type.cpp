#include <algorithm>

#include "compiler/syntax/print_writer.h"

// Type names, in the spelling that the dialect's own tools use.
namespace sqlxc::syntax::printing {
namespace {

// Types of the language are several words or reserved ones: they are no identifiers. User types
// are.
void print_type_path(Writer& out, const ast::TypeName& type) {
  const auto& names = type.path.names;
  if (names.size() == 1 && !names.front().quoted) {
    const std::string& name = names.front().text;
    const bool is_word = std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ' ';
    });
    if (is_word) {
      out << name;
      return;
    }
  }
  out.path(type.path);
}

bool has_labels(const ast::TypeName& type) {
  const auto name = type.path.last();
  return name == "enum" || name == "set";
}

void print_arguments(Writer& out, const ast::TypeName& type) {
  if (type.args.empty()) return;
  out << "(";
  out.list(type.args, [&](const std::string& arg) {
    if (has_labels(type)) {
      out.string(arg);
    } else {
      out << arg;
    }
  });
  out << ")";
}

}  // namespace

void print_type(Writer& out, const ast::TypeName& type) {
  if (out.is(Dialect::sqlite) && !type.spelled.empty()) {
    out << type.spelled;
    return;
  }
  if (type.is_setof) out << "setof ";
  print_type_path(out, type);
  if (type.is_column_reference) out << "%type";
  if (!type.interval_fields.empty()) out << " " << type.interval_fields;
  print_arguments(out, type);
  if (type.with_time_zone) out << (*type.with_time_zone ? " with time zone" : " without time zone");
  if (type.is_unsigned) out << " unsigned";
  if (type.is_zerofill) out << " zerofill";
  if (!type.character_set.empty()) out << " character set " << type.character_set;
  if (!type.collation.empty()) {
    out << " collate ";
    out.name(type.collation);
  }
  for (int i = 0; i < type.array_dimensions; ++i) out << "[]";
}

}  // namespace sqlxc::syntax::printing
