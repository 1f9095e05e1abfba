#include "emit/cpp/orm_view.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/openapi/schema.h"

namespace sqlxc::emit {
namespace {

using ir::TypeKind;

struct CppType {
  std::string_view text;
  std::string_view include;
  std::string_view initial;
};

CppType cpp_type(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean:
      return {"bool", "", " = false"};
    case TypeKind::int16:
      return {"std::int16_t", "cstdint", " = 0"};
    case TypeKind::int32:
      return {"std::int32_t", "cstdint", " = 0"};
    case TypeKind::int64:
      return {"std::int64_t", "cstdint", " = 0"};
    case TypeKind::float32:
      return {"float", "", " = 0"};
    case TypeKind::float64:
      return {"double", "", " = 0"};
    case TypeKind::text:
      return {"std::string", "string", ""};
    case TypeKind::decimal:
      return {"orm::Decimal", "", ""};
    case TypeKind::bytes:
      return {"orm::Bytes", "", ""};
    case TypeKind::date:
      return {"orm::Date", "", ""};
    case TypeKind::time:
      return {"orm::Time", "", ""};
    case TypeKind::timestamp:
      return {"orm::Timestamp", "", ""};
    case TypeKind::timestamptz:
      return {"orm::Timestamptz", "", ""};
    case TypeKind::uuid:
      return {"orm::Uuid", "", ""};
    case TypeKind::json:
      return {"orm::Json", "", ""};
    case TypeKind::timetz:
    case TypeKind::interval:
    case TypeKind::enumeration:
    case TypeKind::array:
    case TypeKind::other:
      return {"orm::Opaque", "", ""};
  }
  return {};
}

std::string member_type(const ir::Module& module, const ir::Type& type, TypedTable& view,
                        std::string& initial) {
  if (type.kind == TypeKind::array) {
    std::string ignored;
    view.includes.insert("vector");
    view.includes.insert("optional");
    return "std::vector<std::optional<" + member_type(module, ir::element_of(type), view, ignored) +
           ">>";
  }
  if (type.kind == TypeKind::enumeration) {
    const ir::Enumeration& enumeration = at(module.enumerations, type.enumeration);
    view.has_enumerations = true;
    initial = "{}";
    return enumeration.cpp_name;
  }
  const CppType cpp = cpp_type(type.kind);
  if (!cpp.include.empty()) view.includes.insert(std::string(cpp.include));
  initial = cpp.initial;
  return std::string(cpp.text);
}

std::string comment_of(const ir::Field& field) {
  std::string text = field.description;
  if (!field.deprecated.empty()) {
    text += text.empty() ? "" : "\n";
    text += field.deprecated == "true" ? "Deprecated." : "Deprecated: " + field.deprecated;
  }
  return cpp_comment(text);
}

// What a table's members and its own names may not be called: those of its struct.
constexpr std::array<std::string_view, 6> kTaken = {"Row",     "Input",       "Key",
                                                    "kEntity", "each_column", "each_input"};

// What constants of tables may not be called.
std::string constant_name(const ir::Entity& entity) {
  return cpp_name(entity.file_name,
                  {"input", "table", "table_of", "open", "orm", "from", "null", "use_default",
                   "every_row", "model", "rest", "validation", "to_string", "from_string"});
}

// What SQLite computes has 64 bits, whatever the column's type says.
ir::Type stored_type(const ir::Field& field) {
  ir::Type type = field.type;
  const bool is_narrow = type.kind == TypeKind::int16 || type.kind == TypeKind::int32;
  if (field.is_generated && is_narrow) type.kind = TypeKind::int64;
  return type;
}

class Describer {
 public:
  Describer(const ir::Module& module, const ir::Entity& entity)
      : module_(module), entity_(entity), names_(kTaken) {
    names_.take(entity.cpp_name);
    // A member may not be named as a type that members after it have.
    for (const ir::Enumeration& each : module.enumerations) names_.take(each.cpp_name);
  }

  TypedTable run() {
    view_.comment = cpp_comment(entity_.description.empty() ? "A row of `" + entity_.table + "`."
                                                            : entity_.description);
    view_.name = entity_.cpp_name;
    view_.table = entity_.table;
    view_.constant = constant_name(entity_);
    view_.index = index_of(entity_);
    view_.is_written = !entity_.is_view;
    for (const ir::Field& field : entity_.fields) add_member(field);
    for (std::size_t i = 0; i < entity_.relations.size(); ++i) add_relation(i);
    if (entity_.primary_key) describe_key(*entity_.primary_key);
    return std::move(view_);
  }

 private:
  std::size_t index_of(const ir::Entity& entity) const {
    return static_cast<std::size_t>(&entity - module_.entities.data());
  }

  void add_member(const ir::Field& field) {
    Member member;
    member.comment = comment_of(field);
    member.type = member_type(module_, stored_type(field), view_, member.initial);
    member.name = names_.take(field.cpp_name);
    member.is_nullable = field.is_nullable;
    member.is_written = !field.is_generated && !field.is_readonly && !field.is_hidden;
    if (field.is_nullable) {
      member.initial.clear();
      view_.includes.insert("optional");
    }
    view_.members.push_back(std::move(member));
  }

  void add_relation(std::size_t index) {
    const ir::Relation& relation = entity_.relations[index];
    const ir::Entity& target = at(module_.entities, relation.target);
    const bool is_one = relation.cardinality == ir::Cardinality::to_one;
    // Rows stand under the relation's name in a body, where no column has it.
    const bool has_name = std::ranges::none_of(
        entity_.fields, [&](const ir::Field& field) { return field.name == relation.name; });
    RelationMember out;
    out.name = names_.take(cpp_name(ir::snake_case(relation.name)));
    out.kind = is_one ? "ToOne" : "ToMany";
    out.target = target.cpp_name;
    out.index = index;
    out.is_input = !is_one && is_nestable(module_, relation) && has_name;
    view_.relations.push_back(std::move(out));
  }

  void describe_key(const ir::Key& key) {
    if (key.fields.empty()) return;
    std::string types;
    for (const std::uint16_t field : key.fields) {
      types += (types.empty() ? "" : ", ") + view_.members[field].type;
    }
    view_.key = key.fields.size() == 1 ? types : "std::tuple<" + types + '>';
    if (key.fields.size() > 1) view_.includes.insert("tuple");
  }

  const ir::Module& module_;
  const ir::Entity& entity_;
  CppNames names_;
  TypedTable view_;
};

}  // namespace

TypedTable describe_table(const ir::Module& module, const ir::Entity& entity) {
  return Describer(module, entity).run();
}

}  // namespace sqlxc::emit
