// An annotation held against its row in stdlib/annotations.
#include <algorithm>

#include "compiler/base/nearest.h"
#include "compiler/catalog/annotation_text.h"
#include "compiler/stdlib/annotations.h"
#include "compiler/stdlib/rows.h"
#include "compiler/syntax/parse.h"

namespace sqlxc::catalog {
namespace {

using stdlib::AnnotationArg;
using stdlib::AnnotationRow;
using stdlib::ArgType;

bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

bool is_integer(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view name_of(ArgType type) {
  switch (type) {
    case ArgType::word:
      return "a word";
    case ArgType::text:
      return "a string";
    case ArgType::integer:
      return "a whole number";
    case ArgType::number:
      return "a number";
    case ArgType::value:
      return "a value";
    case ArgType::boolean:
      return "true or false";
    case ArgType::column:
      return "a column";
    case ArgType::order:
      return "a column, and asc or desc";
    case ArgType::sql:
      return "an SQL expression";
    case ArgType::any:
      return "something";
  }
  return "";
}

/// "min: a whole number, and optionally max: a whole number"
std::string signature(const AnnotationRow& row) {
  if (row.args.empty()) return "no arguments";
  std::string out;
  for (const AnnotationArg& arg : row.args) {
    if (!out.empty()) out += ", ";
    if (arg.is_optional && !arg.repeats) out += "optionally ";
    out += "`" + arg.name + "` (" + std::string(name_of(arg.type)) + ")";
    if (arg.repeats) out += " and so on";
  }
  return out;
}

/// The column of `name`, `name desc`, `name asc nulls last`.
bool names_column(const Catalog& catalog, const Table* table, std::string_view arg) {
  if (table == nullptr) return true;
  const std::string_view name = arg.substr(0, std::min(arg.find(' '), arg.size()));
  const auto same = [&](const Column& column) {
    if (catalog.dialect == Dialect::postgres) return column.name == name;
    return edit_distance(column.name, name, 0) == 0;
  };
  return std::ranges::any_of(table->columns, same);
}

bool fits(const Catalog& catalog, const Table* table, const AnnotationArg& wanted,
          std::string_view arg, bool is_quoted) {
  switch (wanted.type) {
    case ArgType::integer:
      return !is_quoted && is_integer(arg);
    case ArgType::number:
      return is_number(arg);
    case ArgType::text:
    case ArgType::word:
    case ArgType::value:
      return !arg.empty() || is_quoted;
    case ArgType::boolean:
      return arg == "true" || arg == "false";
    case ArgType::column:
    case ArgType::order:
      return names_column(catalog, table, arg);
    case ArgType::sql:
    case ArgType::any:
      return !arg.empty();
  }
  return false;
}

const AnnotationArg* wanted_at(const AnnotationRow& row, std::size_t index) {
  if (index < row.args.size()) return &row.args[index];
  return !row.args.empty() && row.args.back().repeats ? &row.args.back() : nullptr;
}

bool check_args(const Catalog& catalog, const Table* table, const AnnotationRow& row,
                const Annotation& annotation) {
  for (std::size_t i = 0; i < annotation.args.size(); ++i) {
    const AnnotationArg* wanted = wanted_at(row, i);
    if (wanted == nullptr) return false;
    if (!fits(catalog, table, *wanted, annotation.args[i], annotation.is_quoted[i])) return false;
    const std::string& key = annotation.keys[i];
    const bool is_known_key =
        row.keys.empty() ? true : std::ranges::find(row.keys, key) != row.keys.end();
    if (!is_known_key) return false;
  }
  const auto needed = static_cast<std::size_t>(
      std::ranges::count_if(row.args, [](const AnnotationArg& arg) { return !arg.is_optional; }));
  return annotation.args.size() >= needed;
}

void report_unknown(const Annotation& annotation, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const AnnotationRow& row : stdlib::annotations()) names.push_back(row.name);
  const std::string_view near = nearest(annotation.name, names);
  Diagnostic& error =
      diagnostics.report<diag::UnknownAnnotation>(annotation.range, annotation.name);
  error.help(near.empty() ? "docs/annotations.md lists those that exist" : did_you_mean(near));
}

}  // namespace

bool check_annotation(const SourceMap& sources, const Catalog& catalog, const Table* table,
                      bool is_on_column, Annotation& annotation, Diagnostics& diagnostics) {
  const AnnotationRow* row = stdlib::find_annotation(annotation.name);
  if (row == nullptr) {
    report_unknown(annotation, diagnostics);
    return false;
  }
  const bool may_stand = is_on_column ? row->on_column : row->on_table || row->on_file;
  if (!may_stand) {
    diagnostics.report<diag::AnnotationPlace>(annotation.range, annotation.name,
                                              row->on_table ? "table" : "column",
                                              is_on_column ? "column" : "table");
    return false;
  }
  if (row->is_query) return true;
  if (!check_args(catalog, table, *row, annotation)) {
    diagnostics.report<diag::AnnotationArguments>(annotation.range, annotation.name,
                                                  signature(*row));
    return false;
  }
  (void)sources;
  for (std::size_t i = 0; i < annotation.args.size(); ++i) {
    if (wanted_at(*row, i)->type != ArgType::sql) continue;
    const auto expr = syntax::parse_expression_text(annotation.args[i], catalog.dialect);
    if (!expr) {
      diagnostics.report<diag::AnnotationArguments>(annotation.range, annotation.name,
                                                    signature(*row));
      return false;
    }
    annotation.exprs.resize(annotation.args.size());
    annotation.exprs[i] = *expr;
  }
  return true;
}

}  // namespace sqlxc::catalog
