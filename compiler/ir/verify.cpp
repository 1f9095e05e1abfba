#include "compiler/ir/verify.h"

#include <cstdio>
#include <cstdlib>
#include <set>

namespace sqlxc::ir {
namespace {

class Verifier {
 public:
  Verifier(const Module& module, std::string_view after) : module_(module), after_(after) {}

  void run() {
    std::set<std::string_view> urls;
    std::set<std::string_view> types;
    std::set<std::string_view> files;
    for (const Enumeration& enumeration : module_.enumerations) {
      require(types.insert(enumeration.cpp_name).second, "two types of one C++ name",
              enumeration.cpp_name);
    }
    for (const Entity& entity : module_.entities) {
      require(!entity.name.empty() && urls.insert(entity.name).second,
              "entities have distinct names", entity.name);
      require(types.insert(entity.cpp_name).second, "two types of one C++ name", entity.cpp_name);
      require(files.insert(entity.file_name).second, "two entities of one file", entity.file_name);
      check(entity);
    }
    for (const Operation& operation : module_.operations) {
      require(operation.entity.index < module_.entities.size(), "an operation without an entity",
              operation.name);
    }
  }

 private:
  void require(bool condition, std::string_view what, std::string_view name) const {
    if (condition) return;
    std::fprintf(stderr, "sqlxc: after pass `%.*s`: %.*s: `%.*s`\n",
                 static_cast<int>(after_.size()), after_.data(), static_cast<int>(what.size()),
                 what.data(), static_cast<int>(name.size()), name.data());
    std::abort();
  }

  void check_fields(const Entity& entity, const std::vector<std::uint16_t>& fields,
                    std::string_view what) const {
    for (const std::uint16_t field : fields)
      require(field < entity.fields.size(), what, entity.name);
  }

  // Nothing of it is left to the database.
  static bool is_told(Verdict verdict) {
    return verdict == Verdict::exact || verdict == Verdict::service_only;
  }

  void check_key(const Entity& entity, const Key& key) const {
    require(!key.fields.empty(), "a key has fields", entity.name);
    check_fields(entity, key.fields, "a key is of fields that exist");
  }

  void check(const Entity& entity) const {
    require(!entity.source.is_valid() || entity.source.index < module_.catalog.tables.size(),
            "an entity comes from a table that exists", entity.name);
    std::set<std::string_view> members;
    for (const Field& field : entity.fields) {
      require(members.insert(field.cpp_name).second, "fields have distinct C++ names",
              field.cpp_name);
      check_type(field.type, field.name);
    }
    if (entity.primary_key) check_key(entity, *entity.primary_key);
    for (const Key& key : entity.uniques) check_key(entity, key);
    for (const Key& key : entity.indexes) check_key(entity, key);
    for (const Order& order : entity.default_order)
      check_fields(entity, {order.field}, "an order is of fields that exist");
    for (const SearchField& one : entity.search) {
      check_fields(entity, {one.field}, "a search is of fields that exist");
      require(one.weight >= 'A' && one.weight <= 'D', "a search has weights A to D", entity.name);
    }
    for (const Rule& rule : entity.rules) {
      check_fields(entity, rule.fields, "a rule reads fields that exist");
      require((rule.verdict == Verdict::server_only) == !rule.predicate,
              "a verdict fits its predicate", rule.name);
      require(is_told(rule.verdict) || !rule.reason.empty(),
              "a verdict that is not exact has a reason", rule.name);
    }
    for (const Constraint& constraint : entity.constraints) {
      check_fields(entity, constraint.fields, "a constraint is of fields that exist");
      require(is_told(constraint.verdict) || !constraint.reason.empty(),
              "a verdict that is not exact has a reason", entity.name);
    }
    std::set<std::string_view> relations;
    for (const Relation& relation : entity.relations) {
      require(relations.insert(relation.name).second, "relations of an entity have distinct names",
              relation.name);
      check(relation, entity);
    }
  }

  void check_type(const Type& type, std::string_view field) const {
    require(
        type.kind != TypeKind::enumeration || type.enumeration.index < module_.enumerations.size(),
        "an enumeration that exists", field);
    require((type.kind == TypeKind::array) == (type.element.size() == 1), "an array has an element",
            field);
    if (!type.element.empty()) check_type(type.element.front(), field);
  }

  void check(const Relation& relation, const Entity& entity) const {
    require(relation.target.index < module_.entities.size(), "a relation leads to an entity",
            relation.name);
    check_fields(entity, relation.from, "a relation is of fields that exist");
    check_fields(at(module_.entities, relation.target), relation.to,
                 "a relation is of fields that exist");
    if (relation.cardinality != Cardinality::many_to_many) {
      require(relation.from.size() == relation.to.size(), "a relation has pairs of fields",
              relation.name);
      return;
    }
    require(relation.via.index < module_.entities.size(), "a relation has a junction",
            relation.name);
    const Entity& via = at(module_.entities, relation.via);
    check_fields(via, relation.via_from, "a junction has the fields");
    check_fields(via, relation.via_to, "a junction has the fields");
    require(relation.from.size() == relation.via_from.size() &&
                relation.to.size() == relation.via_to.size(),
            "a relation has pairs of fields", relation.name);
  }

  const Module& module_;
  std::string_view after_;
};

}  // namespace

void verify(const Module& module, std::string_view after) { Verifier(module, after).run(); }

}  // namespace sqlxc::ir
