#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "emit/graphql/sdl_text.h"
#include "emit/graphql/sdl_types.h"
#include "emit/openapi/schema.h"
#include "emit/schema/rule_schema.h"

// Inputs that write rows. What the schema asks of a value stands beside it as @validate, in the
// words of JSON Schema where it has them.
namespace sqlxc::emit {
namespace {

bool is_table(const ir::Entity& entity) { return !entity.is_view && !entity.graphql.type.empty(); }

// `minimum: "13", maxLength: 80`.
std::string keywords(const Json& schema) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!out.empty()) out += ", ";
    out += std::string(name) + ": " + value;
  };
  for (const char* name : {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}) {
    if (schema.contains(name)) add(name, sdl_string(schema[name].dump()));
  }
  for (const char* name : {"minLength", "maxLength"}) {
    if (schema.contains(name)) add(name, schema[name].dump());
  }
  if (schema.contains("pattern") && schema["pattern"].is_string()) {
    add("pattern", sdl_string(schema["pattern"].get<std::string>()));
  }
  return out;
}

std::string validate(const std::string& arguments) { return " @validate(" + arguments + ")"; }

std::string rule_words(const ir::Rule& rule) {
  return "rule: " + sdl_string(rule.name) + ", sql: " + sdl_string(rule.sql);
}

class Inputs {
 public:
  Inputs(const ir::Module& module, const ir::Entity& entity) : module_(module), entity_(entity) {}

  std::string run() {
    if (has_create_input(entity_)) input("CreateInput", Absent::becomes_default);
    if (has_update_input(entity_)) input("UpdateInput", Absent::stays);
    if (has_key_input(entity_)) key_input();
    nested_inputs();
    return std::move(out_);
  }

 private:
  const std::string& type() const { return entity_.graphql.type; }

  std::string rules_of_field(std::uint16_t index, Absent absent) const {
    const ir::Field& field = entity_.fields[index];
    std::string out;
    if (field.type.kind == ir::TypeKind::text && field.type.max_length > 0) {
      out += validate("maxLength: " + std::to_string(field.type.max_length));
    }
    if (!field.format.empty()) out += validate("format: " + sdl_string(field.format));
    for (const ir::Rule& rule : entity_.rules) {
      if (rule.fields != std::vector<std::uint16_t>{index}) continue;
      std::string arguments;
      if (rule.predicate && rule.verdict != ir::Verdict::server_only) {
        const RuleSchema schema = rule_schema(*rule.predicate, entity_, absent);
        const bool has_keywords = schema.schema.is_object() &&
                                  schema.schema.contains("properties") &&
                                  schema.schema["properties"].contains(field.name);
        if (has_keywords) arguments = keywords(schema.schema["properties"][field.name]);
      }
      if (!arguments.empty()) arguments += ", ";
      out += validate(arguments + rule_words(rule));
    }
    return out;
  }

  std::string rules_of_row() const {
    std::string out;
    for (const ir::Rule& rule : entity_.rules) {
      if (rule.fields.size() != 1) out += validate(rule_words(rule));
    }
    return out;
  }

  // A reference may be given by the row that it leads to.
  bool is_reference(std::uint16_t index) const {
    return std::ranges::any_of(entity_.relations, [&](const ir::Relation& relation) {
      return relation.cardinality == ir::Cardinality::to_one && relation.function.empty() &&
             std::ranges::find(relation.from, index) != relation.from.end();
    });
  }

  void input(std::string_view ending, Absent absent) {
    const bool is_new = absent == Absent::becomes_default;
    out_ += "input " + type() + std::string(ending) + rules_of_row() + " {\n";
    for (std::uint16_t i = 0; i < entity_.fields.size(); ++i) {
      const ir::Field& field = entity_.fields[i];
      if (!is_input(field)) continue;
      const bool is_required = is_new && !field.is_nullable && !field.has_default &&
                               !field.is_identity && !is_reference(i);
      out_ += sdl_description(field.description, 2) + "  " + field.graphql_name + ": " +
              sdl_written_type(module_, field) + (is_required ? "!" : "") +
              rules_of_field(i, absent);
      // What is required cannot be deprecated.
      if (!is_required) out_ += sdl_deprecated(field.deprecated);
      out_ += '\n';
    }
    for (const ir::Relation* relation : relations_of(entity_)) {
      const ir::Entity& target = at(module_.entities, relation->target);
      if (!is_nestable(module_, *relation) || !has_create_input(target)) continue;
      const bool is_one = relation->cardinality == ir::Cardinality::to_one;
      out_ += "  " + relation->graphql_name + ": " + target.graphql.type +
              (is_new ? "Create" : "Update") + (is_one ? "One\n" : "Many\n");
    }
    out_ += "}\n\n";
  }

  void key_input() {
    out_ += "input " + type() + "Key {\n";
    std::set<std::uint16_t> fields;
    const auto add = [&](const ir::Key& key) {
      fields.insert(key.fields.begin(), key.fields.end());
    };
    if (entity_.primary_key) add(*entity_.primary_key);
    for (std::size_t i = 0; i < entity_.uniques.size(); ++i) {
      if (!entity_.graphql.by_unique[i].empty()) add(entity_.uniques[i]);
    }
    for (const std::uint16_t index : fields) {
      out_ += "  " + entity_.fields[index].graphql_name + ": " +
              sdl_compared_type(module_, entity_.fields[index]) + '\n';
    }
    out_ += "}\n\n";
  }

  void nested_inputs() {
    if (!has_create_input(entity_)) return;
    const std::string& name = type();
    if (!has_key_input(entity_)) {
      // There is nothing to name a row that stands by.
      for (const std::string_view verb : {"Create", "Update"}) {
        const std::string start = "input " + name + std::string(verb);
        out_ += start + "One {\n  create: " + name + "CreateInput\n}\n\n" + start +
                "Many {\n  create: [" + name + "CreateInput!]\n}\n\n";
      }
      return;
    }
    const bool can_change = has_update_input(entity_);
    out_ += "input " + name + "CreateOne {\n  create: " + name + "CreateInput\n  connect: " + name +
            "Key\n}\n\n";
    out_ += "input " + name + "CreateMany {\n  create: [" + name + "CreateInput!]\n  connect: [" +
            name + "Key!]\n}\n\n";
    out_ += "input " + name + "UpdateOne {\n  create: " + name + "CreateInput\n  connect: " + name +
            "Key\n";
    if (can_change) out_ += "  update: " + name + "UpdateInput\n";
    out_ += "  disconnect: Boolean\n  delete: Boolean\n}\n\n";
    out_ += "input " + name + "UpdateMany {\n  create: [" + name + "CreateInput!]\n  connect: [" +
            name + "Key!]\n";
    if (can_change) out_ += "  update: [" + name + "UpdateRow!]\n";
    out_ += "  disconnect: [" + name + "Key!]\n  delete: [" + name + "Key!]\n" +
            sdl_description("These, and no others.", 2) + "  set: [" + name + "Key!]\n}\n\n";
    if (!can_change) return;
    out_ += "input " + name + "UpdateRow {\n  key: " + name + "Key!\n  input: " + name +
            "UpdateInput!\n}\n\n";
  }

  const ir::Module& module_;
  const ir::Entity& entity_;
  std::string out_;
};

}  // namespace

bool has_create_input(const ir::Entity& entity) {
  return is_table(entity) && std::ranges::any_of(entity.fields, is_input);
}

bool has_update_input(const ir::Entity& entity) { return has_create_input(entity); }

bool has_key_input(const ir::Entity& entity) {
  return is_table(entity) && entity.primary_key.has_value();
}

std::string sdl_write_types(const ir::Module& module, const ir::Entity& entity) {
  return is_table(entity) ? Inputs(module, entity).run() : std::string();
}

}  // namespace sqlxc::emit
