#include "compiler/ir/lower_annotations.h"

#include <algorithm>
#include <charconv>

namespace sqlxc::ir {
namespace {

std::string first_arg(const catalog::Annotation& annotation) {
  return annotation.args.empty() ? std::string() : annotation.args[0];
}

std::string reason_of(const catalog::Annotation& annotation) {
  const std::string reason = first_arg(annotation);
  return reason.empty() ? "true" : reason;
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

// `created_at desc` -> the field and its direction.
void add_order(std::string_view arg, Entity& entity) {
  arg = trimmed(arg);
  std::string_view column = arg;
  std::string_view direction;
  if (const auto blank = arg.find_last_of(" \t"); blank != arg.npos) {
    direction = arg.substr(blank + 1);
    column = trimmed(arg.substr(0, blank));
  }
  const bool is_descending = equals_ignoring_case(direction, "desc");
  if (!direction.empty() && !is_descending && !equals_ignoring_case(direction, "asc")) column = arg;
  if (column.size() > 1 && column.front() == '"' && column.back() == '"') {
    column = column.substr(1, column.size() - 2);
  }
  // A name that is no column was reported where annotations are read.
  if (const auto field = find_field(entity, column))
    entity.default_order.push_back({*field, is_descending});
}

void set_page(const catalog::Annotation& annotation, Entity& entity, Diagnostics& diagnostics) {
  const std::string arg = first_arg(annotation);
  std::uint32_t page = 0;
  const auto [end, error] = std::from_chars(arg.data(), arg.data() + arg.size(), page);
  if (error != std::errc() || end != arg.data() + arg.size() || page == 0) {
    diagnostics.report<diag::AnnotationValue>(annotation.range, annotation.name,
                                              "a number of rows, at least 1", arg);
    return;
  }
  entity.page = page;
}

}  // namespace

std::optional<std::uint16_t> find_field(const Entity& entity, std::string_view name) {
  const auto find = [&](auto matches) -> std::optional<std::uint16_t> {
    const auto found = std::ranges::find_if(entity.fields, matches, &Field::column);
    if (found == entity.fields.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - entity.fields.begin());
  };
  if (const auto exact = find([&](const std::string& column) { return column == name; }))
    return exact;
  return find([&](const std::string& column) { return equals_ignoring_case(column, name); });
}

void apply_annotation(const catalog::Annotation& annotation, Field& field, Diagnostics&) {
  const std::string& name = annotation.name;
  if (name == "name") {
    field.name = first_arg(annotation);
  } else if (name == "deprecated") {
    field.deprecated = reason_of(annotation);
  } else if (name == "hidden") {
    field.is_hidden = true;
  } else if (name == "readonly") {
    field.is_readonly = true;
  } else if (name == "writeonly" || name == "secret") {
    field.is_writeonly = true;
  } else if (name == "format") {
    field.format = first_arg(annotation);
    field.annotations.push_back(annotation);
  } else if (name == "example") {
    field.example = first_arg(annotation);
  } else {
    field.annotations.push_back(annotation);
  }
}

void apply_annotation(const catalog::Annotation& annotation, Entity& entity,
                      Diagnostics& diagnostics) {
  const std::string& name = annotation.name;
  if (name == "deprecated") {
    entity.deprecated = reason_of(annotation);
  } else if (name == "default_order") {
    for (const std::string& arg : annotation.args) add_order(arg, entity);
  } else if (name == "page") {
    set_page(annotation, entity, diagnostics);
  } else if (name != "name" && name != "hidden") {
    entity.annotations.push_back(annotation);
  }
}

}  // namespace sqlxc::ir
