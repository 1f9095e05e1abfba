#include "emit/cpp/formats.h"

#include <algorithm>
#include <set>

#include "compiler/base/printer.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"

namespace sqlxc::emit {
namespace {

// The formats that rules ask for, in the order of stdlib/formats.
std::vector<const stdlib::FormatRow*> formats_of(const ir::Module& module) {
  std::set<const stdlib::FormatRow*> asked;
  for (const ir::Entity& entity : module.entities) {
    for (const ir::Rule& rule : entity.rules) {
      if (const stdlib::FormatRow* format = format_of(entity, rule)) asked.insert(format);
    }
  }
  std::vector<const stdlib::FormatRow*> out;
  for (const stdlib::FormatRow& row : stdlib::formats()) {
    if (asked.contains(&row)) out.push_back(&row);
  }
  return out;
}

}  // namespace

const stdlib::FormatRow* format_of(const ir::Entity& entity, const ir::Rule& rule) {
  const bool is_annotation = rule.kind == ir::ConstraintKind::annotation && rule.predicate;
  if (!is_annotation || rule.fields.size() != 1) return nullptr;
  const stdlib::FormatRow* format = stdlib::find_format(entity.fields[rule.fields[0]].format);
  return format != nullptr && rule.sql == "format(" + format->name + ')' ? format : nullptr;
}

std::string format_function(const stdlib::FormatRow& format) {
  std::string out = "is_" + format.name;
  std::ranges::replace(out, '-', '_');
  return out;
}

std::optional<File> emit_formats(const ir::Module& module) {
  const auto formats = formats_of(module);
  if (formats.empty()) return std::nullopt;
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/rules/functions.h>
      #include <sqlxc/rules/regex.h>

      // The formats that the schema asks of texts, as its JSON Schemas and its client have them, too.
      namespace $service$::validation {

      using FormattedText = sqlxc::rules::Nullable<sqlxc::rules::Text>;

      $formats$

      }  // namespace $service$::validation
      )",
      {{"service", service_namespace(module)},
       {"formats", [&] {
          for (const stdlib::FormatRow* format : formats) {
            if (format != formats.front()) out.raw("\n");
            out.emit(
                R"(
               $doc$
               inline sqlxc::rules::Tri $function$(const FormattedText& text) {
                 static const sqlxc::rules::Regex kPattern($pattern$);
                 return $condition$;
               }
               )",
                {{"doc", cpp_comment(format->doc, "// ", 0)},
                 {"function", format_function(*format)},
                 {"pattern", cpp_string(format->pattern)},
                 {"condition",
                  std::string("matches(text, kPattern)") +
                      (format->max_length == 0
                           ? ""
                           : " && length(text) <= " + std::to_string(format->max_length))}});
          }
        }}});
  return File{"server/formats.h", out.take()};
}

}  // namespace sqlxc::emit
