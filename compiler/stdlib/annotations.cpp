#include "compiler/stdlib/annotations.h"

#include <algorithm>
#include <array>

#include "compiler/base/nearest.h"
#include "compiler/stdlib/rows.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_annotations();
}

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 6> kKeys = {"on", "args", "keys", "form", "many", "doc"};

constexpr std::array<std::string_view, 10> kArgTypes = {
    "word", "text", "int", "number", "value", "bool", "column", "order", "sql", "any"};

AnnotationArg read_arg(const Row& row, std::string_view text, Diagnostics& diagnostics) {
  AnnotationArg arg;
  const std::size_t colon = std::min(text.find(':'), text.size());
  arg.name = trim(text.substr(0, colon));
  std::string_view type = colon == text.size() ? "" : trim(text.substr(colon + 1));
  if (type.ends_with('*')) arg.repeats = arg.is_optional = true;
  if (type.ends_with('?')) arg.is_optional = true;
  if (arg.is_optional) type.remove_suffix(1);
  const auto found = std::ranges::find(kArgTypes, type);
  if (found == kArgTypes.end()) {
    diagnostics.report<diag::StdlibValue>(row.range, "args", "`name: type`", text)
        .help(did_you_mean(nearest(type, kArgTypes)));
  } else {
    arg.type = static_cast<ArgType>(found - kArgTypes.begin());
  }
  return arg;
}

AnnotationRow read_annotation(const Row& row, Diagnostics& diagnostics) {
  AnnotationRow annotation;
  annotation.name = row.name;
  annotation.doc = row.get("doc");
  annotation.is_query = row.get("form") == "query";
  annotation.may_repeat = row.get("many") == "yes";
  for (const std::string_view place : split_list(row.get("on"))) {
    annotation.on_table |= place == "table";
    annotation.on_column |= place == "column";
    annotation.on_file |= place == "file";
    if (place != "table" && place != "column" && place != "file") {
      diagnostics.report<diag::StdlibValue>(row.range, "on", "table, column or file", place);
    }
  }
  for (const std::string_view arg : split_list(row.get("args"))) {
    annotation.args.push_back(read_arg(row, arg, diagnostics));
  }
  for (const std::string_view key : split_list(row.get("keys"))) annotation.keys.emplace_back(key);
  return annotation;
}

std::vector<AnnotationRow> read_table() {
  std::vector<AnnotationRow> table;
  read_embedded(stdlib_annotations(),
                [&](const SourceMap& sources, SourceId id, Diagnostics& errors) {
                  for (AnnotationRow& row : read_annotations(sources, id, errors)) {
                    table.push_back(std::move(row));
                  }
                });
  return table;
}

}  // namespace

std::span<const AnnotationRow> annotations() {
  static const std::vector<AnnotationRow> kTable = read_table();
  return kTable;
}

const AnnotationRow* find_annotation(std::string_view name) {
  for (const AnnotationRow& row : annotations()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::vector<AnnotationRow> read_annotations(const SourceMap& sources, SourceId source,
                                            Diagnostics& diagnostics) {
  std::vector<AnnotationRow> out;
  for (const Row& row : read_rows(sources, source, kKeys, diagnostics)) {
    out.push_back(read_annotation(row, diagnostics));
  }
  return out;
}

}  // namespace sqlxc::stdlib
