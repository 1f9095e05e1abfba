#include "emit/clients/ts_table.h"

#include <algorithm>
#include <set>

#include "compiler/base/printer.h"
#include "emit/clients/ts_names.h"
#include "emit/clients/ts_predicate.h"
#include "emit/openapi/schema.h"

namespace sqlxc::emit {
namespace {

using ir::Field;
using ir::TypeKind;

bool is_shown(const Field& field) { return !field.is_hidden && !field.is_writeonly; }
bool is_given(const Field& field) { return !field.is_hidden && is_writable(field); }
bool is_needed(const Field& field) {
  return !field.is_nullable && !field.has_default && !field.is_identity;
}

std::string labels_of(const ir::Module& module, const ir::Type& type, std::string_view separator) {
  std::string out;
  for (const std::string& label : at(module.enumerations, type.enumeration).labels)
    out += (out.empty() ? "" : std::string(separator)) + ts_string(label);
  return out;
}

bool has_labels(const ir::Module& module, const ir::Type& type) {
  return type.kind == TypeKind::enumeration && type.enumeration.is_valid() &&
         !at(module.enumerations, type.enumeration).labels.empty();
}

// Numbers that JavaScript's may not hold are also taken as strings.
bool is_exact_number(TypeKind kind) { return kind == TypeKind::int64 || kind == TypeKind::decimal; }

std::string type_of(const ir::Module& module, const ir::Type& type, bool is_written) {
  if (type.kind >= TypeKind::int16 && type.kind <= TypeKind::decimal)
    return is_written && is_exact_number(type.kind) ? "number | string" : "number";
  if (has_labels(module, type)) return labels_of(module, type, " | ");
  switch (type.kind) {
    case TypeKind::boolean:
      return "boolean";
    case TypeKind::json:
      return "unknown";
    case TypeKind::array: {
      const std::string element =
          type.element.empty() ? "unknown" : type_of(module, type.element[0], is_written);
      return "readonly (" + element + " | null)[]";
    }
    default:
      return "string";
  }
}

std::string type_of(const ir::Module& module, const Field& field, bool is_written) {
  const std::string type = type_of(module, field.type, is_written);
  return field.is_nullable && type != "unknown" ? type + " | null" : type;
}

std::string integer(std::string_view low, std::string_view high) {
  return "z.number().int().min(" + std::string(low) + ").max(" + std::string(high) + ')';
}

std::string zod_of(const ir::Module& module, const ir::Type& type) {
  if (has_labels(module, type)) return "z.enum([" + labels_of(module, type, ", ") + "])";
  const bool is_unsigned = type.is_unsigned;
  switch (type.kind) {
    case TypeKind::boolean:
      return "z.boolean()";
    case TypeKind::int16:
      return is_unsigned ? integer("0", "65535") : integer("-32768", "32767");
    case TypeKind::int32:
      return is_unsigned ? integer("0", "4294967295") : integer("-2147483648", "2147483647");
    case TypeKind::int64:
      return "z.union([z.number().int(), z.string().regex(/^[+-]?\\d+$/)])";
    case TypeKind::float32:
    case TypeKind::float64:
      return "z.number()";
    case TypeKind::decimal:
      return "z.union([z.number(), z.string().regex(/^[+-]?(\\d+\\.?\\d*|\\.\\d+)$/)])";
    case TypeKind::text:
      if (type.max_length == 0) return "z.string()";
      return "z.string().refine(atMost(" + std::to_string(type.max_length) + "), \"at most " +
             std::to_string(type.max_length) + " characters\")";
    case TypeKind::date:
      return "z.string().regex(/^\\d{4}-\\d\\d-\\d\\d$/)";
    case TypeKind::uuid:
      return "z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)";
    case TypeKind::json:
      return "z.custom<unknown>((value) => value !== undefined)";
    case TypeKind::array:
      return "z.array(z.unknown())";  // of any dimensions
    default:
      return "z.string()";
  }
}

std::string zod_of(const ir::Module& module, const Field& field, bool is_optional) {
  std::string out = zod_of(module, field.type);
  if (field.type.kind == TypeKind::json && !field.is_nullable)
    out = "z.custom<unknown>((value) => value !== undefined && value !== null)";
  if (field.is_nullable && field.type.kind != TypeKind::json) out += ".nullable()";
  return is_optional ? out + ".optional()" : out;
}

// ---- forms

std::string label_of(const Field& field) {
  std::string out = field.name;
  std::ranges::replace(out, '_', ' ');
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string widget_of(const ir::Module& module, const Field& field) {
  if (has_labels(module, field.type)) return "select";
  if (field.type.kind >= TypeKind::int16 && field.type.kind <= TypeKind::decimal) return "number";
  switch (field.type.kind) {
    case TypeKind::boolean:
      return "checkbox";
    case TypeKind::text:
      if (field.format == "email") return "email";
      if (field.format == "uri" || field.format == "url") return "url";
      return field.type.max_length > 0 && field.type.max_length <= 255 ? "text" : "textarea";
    case TypeKind::bytes:
      return "file";
    case TypeKind::date:
      return "date";
    case TypeKind::time:
      return "time";
    case TypeKind::timestamp:
      return "datetime-local";
    case TypeKind::timestamptz:
      return "datetime";
    case TypeKind::json:
      return "json";
    case TypeKind::array:
      return "list";
    default:
      return "text";
  }
}

std::string step_of(const Field& field) {
  const bool is_integer = field.type.kind >= TypeKind::int16 && field.type.kind <= TypeKind::int64;
  if (is_integer) return "1";
  if (field.type.kind != TypeKind::decimal || field.type.precision == 0 || field.type.scale < 0)
    return "";
  if (field.type.scale == 0) return "1";
  return "0." + std::string(static_cast<std::size_t>(field.type.scale - 1), '0') + "1";
}

std::string referenced_by(const ir::Module& module, const ir::Entity& entity, std::uint16_t field) {
  for (const ir::Relation& relation : entity.relations) {
    const bool refers = relation.cardinality == ir::Cardinality::to_one &&
                        relation.function.empty() && relation.from.size() == 1 &&
                        relation.from[0] == field;
    const ir::Entity& target = at(module.entities, relation.target);
    if (refers && !target.is_view) return target.name;
  }
  return {};
}

void print_form_field(Printer& out, const ir::Module& module, const ir::Entity& entity,
                      std::uint16_t index) {
  const Field& field = entity.fields[index];
  const Json schema = schema_of(module, entity, index, OpenApi::v3_1);
  std::string line = "{ name: " + ts_string(field.name) + ", label: " + ts_string(label_of(field)) +
                     ", widget: \"" + widget_of(module, field) + '"';
  const auto add = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) line += ", " + std::string(name) + ": " + text;
  };
  const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
  add("required", flag(is_needed(field) && is_writable(field)));
  add("nullable", flag(field.is_nullable));
  add("readOnly", flag(!is_writable(field)));
  const std::string step = step_of(field);
  const auto bound = [&](const char* name, const char* exclusive, int direction) {
    if (schema.contains(name)) return schema[name].dump();
    if (!schema.contains(exclusive)) return std::string();
    // Of whole numbers the one beyond the bound is the last.
    const Json& limit = schema[exclusive];
    if (step == "1" && limit.is_number_integer())
      return std::to_string(limit.get<std::int64_t>() + direction);
    return limit.dump();
  };
  add("min", bound("minimum", "exclusiveMinimum", 1));
  add("max", bound("maximum", "exclusiveMaximum", -1));
  add("step", step);
  for (const char* name : {"minLength", "maxLength", "pattern"}) {
    if (schema.contains(name)) add(name, schema[name].dump());
  }
  if (has_labels(module, field.type))
    add("options", '[' + labels_of(module, field.type, ", ") + ']');
  const std::string target = referenced_by(module, entity, index);
  if (!target.empty()) add("references", ts_string(target));
  if (!field.description.empty()) add("help", ts_string(field.description));
  if (!field.example.empty()) add("example", ts_string(field.example));
  out.raw(line + " },\n");
}

// ---- rules

struct RuleView {
  const ir::Rule* rule = nullptr;
  std::string holds;
  std::string fields;
};

struct RulesView {
  std::vector<RuleView> rules;
  std::vector<std::string> unchecked;  // not told, or not wholly
};

RulesView describe_rules(const ir::Entity& entity) {
  RulesView view;
  for (const ir::Rule& rule : entity.rules) {
    if (rule.is_redundant) continue;
    TsPredicate predicate;
    predicate.is_empty = true;
    if (rule.predicate) predicate = ts_predicate(*rule.predicate, entity);
    const bool is_whole =
        !predicate.is_empty && predicate.is_exact && rule.verdict != ir::Verdict::weaker;
    if (!is_whole) view.unchecked.push_back(ts_string(rule.name));
    if (predicate.is_empty) continue;
    std::string fields;
    for (const std::uint16_t field : rule.fields)
      fields += (fields.empty() ? "" : ", ") + ts_string(entity.fields[field].name);
    view.rules.push_back({&rule, std::move(predicate.text), std::move(fields)});
  }
  return view;
}

// What of rules.ts the file uses.
std::string imports_of(const std::string& text) {
  static constexpr std::string_view kNames[] = {
      "and", "atMost", "between",    "date",  "decimal", "eq",     "exact", "flag",
      "ge",  "gt",     "isDistinct", "isIn",  "isNull",  "isTrue", "le",    "length",
      "lt",  "ltrim",  "matches",    "minus", "moment",  "ne",     "not",   "obeys",
      "or",  "plus",   "rtrim",      "text",  "times",   "trim"};
  std::string out;
  for (const std::string_view name : kNames) {
    const std::string call = std::string(name) + '(';
    for (std::size_t at = text.find(call); at != text.npos; at = text.find(call, at + 1)) {
      const char before = at == 0 ? ' ' : text[at - 1];
      const bool is_whole =
          !std::isalnum(static_cast<unsigned char>(before)) && before != '.' && before != '_';
      if (!is_whole) continue;
      out += std::string(name) + ", ";
      break;
    }
  }
  if (text.find("unknown,") != text.npos || text.find("unknown)") != text.npos) out += "unknown, ";
  return out;
}

class TablePrinter {
 public:
  TablePrinter(const ir::Module& module, const ir::Entity& entity)
      : module_(module), entity_(entity), stem_(ts_stem(entity)) {}

  File run() {
    const RulesView rules = entity_.is_view ? RulesView() : describe_rules(entity_);
    print_row();
    if (!entity_.is_view) {
      print_written("Insert", "What a new row may be.", true);
      print_written("Update", "What a change may say.", false);
      print_rules(rules);
      print_schema("Insert", "A new row: its types and rules.", true, rules);
      print_schema("Update", "A change: what it does not name stays as it is.", false, rules);
      print_form();
    }
    const std::string body = out_.take();
    Printer file;
    if (!entity_.is_view) {
      file.raw("import { z } from \"zod\";\n\nimport type { FormField } from \"../forms.js\";\n");
      const std::string imports = imports_of(body);
      file.raw("import { " + imports + "type Rule } from \"../rules.js\";\n\n");
    }
    file.raw(body);
    return {"clients/typescript/src/tables/" + entity_.file_name + ".ts", file.take()};
  }

 private:
  std::string type_name(std::string_view kind) const {
    return entity_.cpp_name + std::string(kind);
  }

  void print_row() {
    out_.raw(ts_comment(entity_.description.empty() ? "A row of `" + entity_.name + "`."
                                                    : entity_.description) +
             "\nexport interface " + type_name("Row") + " {\n");
    for (const Field& field : entity_.fields) {
      if (!is_shown(field)) continue;
      if (!field.description.empty()) out_.raw("  " + ts_comment(field.description) + '\n');
      out_.raw("  " + ts_property(field.name) + ": " + type_of(module_, field, false) + ";\n");
    }
    out_.raw("}\n");
  }

  void print_written(std::string_view kind, const std::string& words, bool is_new) {
    out_.raw("\n" + ts_comment(words) + "\nexport interface " + type_name(kind) + " {\n");
    for (const Field& field : entity_.fields) {
      if (!is_given(field)) continue;
      const bool is_optional = !is_new || !is_needed(field);
      const std::string type = type_of(module_, field, true);
      out_.raw("  " + ts_property(field.name) + (is_optional ? "?: " : ": ") + type +
               (is_optional && type != "unknown" ? " | undefined" : "") + ";\n");
    }
    out_.raw("}\n");
  }

  void print_rules(const RulesView& view) {
    out_.raw("\n" + ts_comment("What `" + entity_.name + "` asks of a row beyond its types.") +
             "\nexport const " + stem_ + "Rules: readonly Rule[] = [");
    for (const RuleView& rule : view.rules) {
      out_.emit(
          "$break$  {\n"
          "    name: $name$,\n"
          "    sql: $sql$,\n"
          "    fields: [$fields$],\n"
          "    holds: ($row$) => $holds$,\n"
          "  },\n",
          {{"break", &rule == view.rules.data() ? "\n" : ""},
           {"name", ts_string(rule.rule->name)},
           {"sql", ts_string(rule.rule->sql)},
           {"fields", rule.fields},
           {"row", rule.holds.find("row[") == std::string::npos ? "" : "row"},
           {"holds", rule.holds}});
    }
    out_.raw("];\n");
    std::string names;
    for (const std::string& name : view.unchecked) names += (names.empty() ? "" : ", ") + name;
    out_.raw("\n" +
             ts_comment("Rules that the service and the database check, but not these schemas, or "
                        "not wholly.") +
             "\nexport const " + stem_ + "Unchecked: readonly string[] = [" + names + "];\n");
  }

  void print_schema(std::string_view kind, const std::string& words, bool is_new,
                    const RulesView& view) {
    out_.raw("\n" + ts_comment(words) + "\nexport const " + stem_ + std::string(kind) +
             " = z\n  .object({\n");
    std::string missing;
    for (const Field& field : entity_.fields) {
      if (!is_given(field)) continue;
      const bool is_optional = !is_new || !is_needed(field);
      out_.raw("    " + ts_property(field.name) + ": " + zod_of(module_, field, is_optional) +
               ",\n");
      const bool is_null = is_new && !field.has_default && !field.is_identity;
      if (is_null) missing += (missing.empty() ? "" : ", ") + ts_string(field.name);
    }
    out_.raw("  })\n  .strict()");
    if (!view.rules.empty()) {
      out_.raw("\n  .superRefine(obeys(" + stem_ + "Rules" +
               (missing.empty() ? "" : ", [" + missing + ']') + "))");
    }
    out_.raw(";\n");
  }

  void print_form() {
    out_.raw("\n" + ts_comment("The fields of a form.") + "\nexport const " + stem_ +
             "Form: readonly FormField[] = [\n");
    for (std::uint16_t i = 0; i < entity_.fields.size(); ++i) {
      if (entity_.fields[i].is_hidden) continue;
      out_.raw("  ");
      print_form_field(out_, module_, entity_, i);
    }
    out_.raw("];\n");
  }

  const ir::Module& module_;
  const ir::Entity& entity_;
  std::string stem_;
  Printer out_;
};

}  // namespace

std::string ts_stem(const ir::Entity& entity) {
  std::string out = entity.cpp_name;
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
}

std::string ts_key_type(const ir::Module& module, const ir::Entity& entity) {
  if (!entity.primary_key) return {};
  std::string out;
  for (const std::uint16_t field : entity.primary_key->fields)
    out += (out.empty() ? "" : ", ") + type_of(module, entity.fields[field].type, true);
  return entity.primary_key->fields.size() == 1 ? out : '[' + out + ']';
}

File emit_ts_table(const ir::Module& module, const ir::Entity& entity) {
  return TablePrinter(module, entity).run();
}

}  // namespace sqlxc::emit
