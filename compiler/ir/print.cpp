#include "compiler/ir/print.h"

#include "compiler/ir/lower_types.h"
#include "compiler/ir/verdicts.h"
#include "compiler/syntax/print.h"

namespace sqlxc::ir {
namespace {

std::string_view word_of(Cardinality cardinality) {
  switch (cardinality) {
    case Cardinality::to_one:
      return "one";
    case Cardinality::to_many:
      return "many";
    case Cardinality::many_to_many:
      return "many to many";
  }
  return "";
}

std::string_view word_of(OperationKind kind) {
  switch (kind) {
    case OperationKind::list:
      return "list";
    case OperationKind::search:
      return "search";
    case OperationKind::read:
      return "read";
    case OperationKind::create:
      return "create";
    case OperationKind::upsert:
      return "upsert";
    case OperationKind::update:
      return "update";
    case OperationKind::remove:
      return "remove";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const Module& module) : module_(module) {}

  std::string run() {
    out_ = "module " + module_.name + " (" + std::string(name_of(module_.dialect)) + ")\n";
    for (const Enumeration& enumeration : module_.enumerations) write(enumeration);
    for (const Entity& entity : module_.entities) write(entity);
    for (const Function& function : module_.functions) write(function);
    for (const Handler& handler : module_.handlers) write(handler);
    return std::move(out_);
  }

 private:
  void line(int depth, std::string_view text) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ').append(text) += '\n';
  }

  static std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

  void write(const Enumeration& enumeration) {
    std::string text = "enum " + enumeration.name + " as " + enumeration.cpp_name + ':';
    for (const std::string& label : enumeration.labels) text += ' ' + quoted(label);
    line(0, text);
  }

  std::string names(const Entity& entity, const std::vector<std::uint16_t>& fields) const {
    std::string text = "(";
    for (const std::uint16_t field : fields) {
      if (text.size() > 1) text += ", ";
      text += entity.fields[field].name;
    }
    return text + ')';
  }

  std::string type_of(const Type& type) const {
    if (type.kind == TypeKind::array) return type_of(element_of(type)) + "[]";
    std::string text(name_of(type.kind));
    if (type.kind == TypeKind::enumeration && type.enumeration.is_valid()) {
      return at(module_.enumerations, type.enumeration).cpp_name;
    }
    if (type.max_length > 0) text += '(' + std::to_string(type.max_length) + ')';
    if (type.precision > 0) {
      text += '(' + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ')';
    }
    return text + (type.is_unsigned ? " unsigned" : "") + (type.is_fixed_length ? " fixed" : "");
  }

  void write(const Handler& handler) {
    std::string text = "handler " + handler.media_type + " by " + handler.function + " of ";
    text += handler.entity.is_valid() ? at(module_.entities, handler.entity).name : "any rows";
    line(0, text);
  }

  void write(const Field& field) {
    std::string text = "field " + field.name;
    if (field.column != field.name) text += " column " + quoted(field.column);
    if (field.cpp_name != field.name) text += " as " + field.cpp_name;
    text += ' ' + type_of(field.type);
    if (!field.is_nullable) text += " required";
    if (field.is_identity) text += " identity";
    if (field.is_generated) text += " generated";
    if (field.is_readonly && !field.is_generated) text += " readonly";
    if (field.is_writeonly) text += " writeonly";
    if (field.is_hidden) text += " hidden";
    const Representation& represented = field.represented;
    if (!represented.to_json.empty()) text += " to-json " + represented.to_json;
    if (!represented.from_json.empty()) text += " from-json " + represented.from_json;
    if (!represented.from_text.empty()) text += " from-text " + represented.from_text;
    if (!field.deprecated.empty()) text += " deprecated";
    if (!field.format.empty()) text += " format " + field.format;
    if (!field.example.empty()) text += " example " + quoted(field.example);
    if (field.default_value)
      text += " default " + syntax::print(*field.default_value, module_.dialect);
    if (field.generated_as)
      text += " computed " + syntax::print(*field.generated_as, module_.dialect);
    line(1, text);
    if (!field.description.empty()) line(2, "doc " + first_line(field.description));
  }

  static std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
  }

  void write(const Relation& relation, const Entity& entity) {
    const Entity& target = at(module_.entities, relation.target);
    std::string text =
        "relation " + relation.name + ' ' + std::string(word_of(relation.cardinality)) + ' ' +
        names(entity, relation.from) + " -> " + target.name + names(target, relation.to);
    if (relation.via.is_valid()) {
      const Entity& via = at(module_.entities, relation.via);
      text += " via " + via.name + names(via, relation.via_from) + names(via, relation.via_to);
    }
    if (relation.cardinality == Cardinality::to_one && !relation.is_optional) text += " required";
    if (!relation.constraint.empty()) text += " by " + relation.constraint;
    if (!relation.function.empty()) text += " by function " + relation.function;
    line(1, text);
  }

  void write(const Rule& rule, const Entity& entity) {
    std::string text = "rule " + rule.name + ' ' + names(entity, rule.fields) + ' ' +
                       std::string(name_of(rule.verdict)) + (rule.is_redundant ? " redundant" : "");
    if (!rule.reason.empty()) text += ": " + rule.reason;
    line(1, text);
    line(2, "sql " + rule.sql);
    if (rule.predicate) line(2, "holds " + syntax::print(*rule.predicate, Dialect::postgres));
  }

  void write_search(const Entity& entity) {
    std::string text = "search";
    for (const SearchField& one : entity.search) {
      text += ' ' + entity.fields[one.field].name + ' ' + one.weight;
    }
    if (!entity.search.empty()) line(1, text);
  }

  void write_reads(const std::vector<Id<Entity>>& reads) {
    std::string text = "reads";
    for (const Id<Entity> id : reads) text += ' ' + at(module_.entities, id).name;
    if (!reads.empty()) line(1, text);
  }

  void write(const Entity& entity) {
    std::string text =
        (entity.is_view ? "view " : "entity ") + entity.name + " as " + entity.cpp_name;
    if (entity.table != entity.name || !entity.schema.empty()) {
      text += " table " + (entity.schema.empty() ? "" : entity.schema + '.') + entity.table;
    }
    if (!entity.place.text.empty()) text += " at " + entity.place.text;
    if (!entity.deprecated.empty()) text += " deprecated";
    if (entity.page > 0) text += " page " + std::to_string(entity.page);
    line(0, text);
    if (!entity.description.empty()) line(1, "doc " + first_line(entity.description));
    write_reads(entity.reads);
    for (const Field& field : entity.fields) write(field);
    for (const Field& field : entity.computed) {
      line(1, "computed " + field.name + ' ' + type_of(field.type) + " by " + field.column);
    }
    if (entity.primary_key)
      line(1, "key " + names(entity, entity.primary_key->fields) + ' ' + entity.primary_key->name);
    for (const Key& key : entity.uniques)
      line(1, "unique " + names(entity, key.fields) + ' ' + key.name);
    for (const Key& key : entity.indexes)
      line(1, "index " + names(entity, key.fields) + ' ' + key.name);
    for (const Order& order : entity.default_order) {
      line(1, "order " + entity.fields[order.field].name + (order.is_descending ? " desc" : ""));
    }
    write_search(entity);
    for (const Relation& relation : entity.relations) write(relation, entity);
    for (const Rule& rule : entity.rules) write(rule, entity);
    const std::size_t index = static_cast<std::size_t>(&entity - module_.entities.data());
    for (const Operation& operation : module_.operations) {
      if (operation.entity.index == index) {
        line(1, "operation " + operation.name + ' ' + std::string(word_of(operation.kind)));
      }
    }
  }

  static std::string_view word_of_returns(Returns returns) {
    switch (returns) {
      case Returns::nothing:
        return "nothing";
      case Returns::value:
        return "value";
      case Returns::values:
        return "values";
      case Returns::row:
        return "row";
      case Returns::rows:
        return "rows";
    }
    return "";
  }

  void write(const Function& function) {
    std::string text = (function.is_query ? "query " : "function ") + function.name;
    if (!function.schema.empty()) text += " of " + function.schema;
    if (function.volatility == Volatility::stable) text += " stable";
    if (function.volatility == Volatility::immutable) text += " immutable";
    text += " gives " + std::string(word_of_returns(function.returns));
    if (function.entity.is_valid()) text += " of " + at(module_.entities, function.entity).name;
    line(0, text);
    if (!function.description.empty()) line(1, "doc " + first_line(function.description));
    write_reads(function.reads);
    for (const Parameter& parameter : function.parameters) {
      const std::string name = parameter.field.name.empty() ? "(unnamed)" : parameter.field.name;
      line(1, "takes " + name + ' ' + type_of(parameter.field.type) +
                  (parameter.is_optional ? " optional" : "") +
                  (parameter.is_variadic ? " variadic" : ""));
    }
    if (function.result == UINT32_MAX) return;
    for (const Field& field : module_.results[function.result].fields) {
      line(1, "gives " + field.name + ' ' + type_of(field.type));
    }
  }

  const Module& module_;
  std::string out_;
};

}  // namespace

std::string print(const Module& module) { return Writer(module).run(); }

}  // namespace sqlxc::ir
