#include <algorithm>
#include <set>

#include "compiler/base/printer.h"
#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"

// The typed rows: a struct a table, an enum class an enum.
namespace sqlxc::emit {
namespace {

using ir::TypeKind;

struct Member {
  std::string comment;
  std::string type;
  std::string name;
  std::string initial;  // " = 0", or empty
};

struct EntityView {
  std::string comment;
  std::string name;
  std::vector<Member> members;
  std::set<std::string> includes;  // of the standard library
  bool has_types = false;          // of <sqlxc/orm/types.h>
  bool has_enumerations = false;
};

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
      return {"sqlxc::orm::Decimal", "", ""};
    case TypeKind::bytes:
      return {"sqlxc::orm::Bytes", "", ""};
    case TypeKind::date:
      return {"sqlxc::orm::Date", "", ""};
    case TypeKind::time:
      return {"sqlxc::orm::Time", "", ""};
    case TypeKind::timestamp:
      return {"sqlxc::orm::Timestamp", "", ""};
    case TypeKind::timestamptz:
      return {"sqlxc::orm::Timestamptz", "", ""};
    case TypeKind::uuid:
      return {"sqlxc::orm::Uuid", "", ""};
    case TypeKind::json:
      return {"sqlxc::orm::Json", "", ""};
    case TypeKind::timetz:
    case TypeKind::interval:
    case TypeKind::enumeration:
    case TypeKind::array:
    case TypeKind::other:
      return {"sqlxc::orm::Opaque", "", ""};
  }
  return {};
}

std::string member_type(const ir::Module& module, const ir::Type& type, EntityView& view,
                        std::string& initial) {
  if (type.kind == TypeKind::array) {
    std::string ignored;
    view.includes.insert("vector");
    return "std::vector<" + member_type(module, ir::element_of(type), view, ignored) + '>';
  }
  if (type.kind == TypeKind::enumeration) {
    const ir::Enumeration& enumeration = at(module.enumerations, type.enumeration);
    view.has_enumerations = true;
    initial = "{}";
    return enumeration.cpp_name;
  }
  const CppType cpp = cpp_type(type.kind);
  if (!cpp.include.empty()) view.includes.insert(std::string(cpp.include));
  if (cpp.text.starts_with("sqlxc::orm::")) view.has_types = true;
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

// Not the name of a header that every service has.
std::string header_name(const ir::Entity& entity) {
  const std::string name = ir::snake_case(entity.cpp_name);
  return name + (name == "orm" || name == "enumerations" ? "_row.h" : ".h");
}

EntityView describe(const ir::Module& module, const ir::Entity& entity) {
  EntityView view;
  view.comment = cpp_comment(entity.description.empty() ? "A row of `" + entity.table + "`."
                                                        : entity.description);
  view.name = entity.cpp_name;
  for (const ir::Field& field : entity.fields) {
    Member member;
    member.comment = comment_of(field);
    member.type = member_type(module, field.type, view, member.initial);
    member.name = cpp_name(field.cpp_name, {entity.cpp_name});
    // A member may not be named as a type that members after it have.
    const bool hides_type = std::ranges::any_of(
        module.enumerations, [&](const ir::Enumeration& e) { return e.cpp_name == member.name; });
    if (hides_type) member.name += '_';
    if (field.is_nullable) {
      member.type = "std::optional<" + member.type + '>';
      member.initial.clear();
      view.includes.insert("optional");
    }
    view.members.push_back(std::move(member));
  }
  return view;
}

std::vector<std::string> enumerators(const ir::Enumeration& enumeration) {
  ir::UniqueNames names;
  std::vector<std::string> out;
  for (const std::string& label : enumeration.labels) {
    const bool is_blank = label.find_first_not_of(" _-") == std::string::npos;
    out.push_back(names.take({is_blank ? "none" : cpp_name(label)}));
  }
  return out;
}

}  // namespace

File emit_entity_header(const ir::Module& module, const ir::Entity& entity) {
  const EntityView view = describe(module, entity);
  Printer out;
  out.emit(
      R"(
      #pragma once

      $includes$
      namespace $service$ {

      $comment$
      struct $name$ {
        $members$

        bool operator==(const $name$&) const = default;
      };

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"comment", view.comment},
       {"name", view.name},
       {"includes",
        [&] {
          if (view.has_types) out.emit("#include <sqlxc/orm/types.h>\n\n");
          for (const std::string& include : view.includes)
            out.emit("#include <$i$>\n", {{"i", include}});
          if (!view.includes.empty()) out.raw("\n");
          if (view.has_enumerations) out.emit("#include \"orm/enumerations.h\"\n\n");
        }},
       {"members", [&] {
          for (const Member& member : view.members) {
            out.emit("$c$\n$type$ $n$$initial$;\n", {{"c", member.comment},
                                                     {"type", member.type},
                                                     {"n", member.name},
                                                     {"initial", member.initial}});
          }
        }}});
  return {"orm/" + header_name(entity), out.take()};
}

File emit_enumerations(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <cstdint>
      #include <string_view>

      // The enums of the schema, and what their values are called in it.
      namespace $service$ {

      $enumerations$
      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"enumerations", [&] {
          for (const ir::Enumeration& enumeration : module.enumerations) {
            const std::vector<std::string> names = enumerators(enumeration);
            out.emit(
                R"(
                $comment$
                enum class $name$ : std::uint16_t {
                  $values$
                };

                constexpr std::string_view to_string($name$ value) {
                  switch (value) {
                    $cases$
                  }
                  return {};
                }

                )",
                {{"comment", cpp_comment(enumeration.description)},
                 {"name", enumeration.cpp_name},
                 {"values",
                  [&] {
                    for (const std::string& name : names) out.emit("$v$,\n", {{"v", name}});
                  }},
                 {"cases", [&] {
                    for (std::size_t i = 0; i < names.size(); ++i) {
                      out.emit("case $name$::$v$:\n  return $label$;\n",
                               {{"v", names[i]}, {"label", cpp_string(enumeration.labels[i])}});
                    }
                  }}});
          }
        }}});
  return {"orm/enumerations.h", out.take()};
}

File emit_orm_umbrella(const ir::Module& module) {
  std::vector<std::string> headers;
  for (const ir::Entity& entity : module.entities) headers.push_back(header_name(entity));
  if (!module.enumerations.empty()) headers.push_back("enumerations.h");
  std::ranges::sort(headers);
  Printer out;
  out.emit("#pragma once\n\n// Every row type of the service.\n$includes$\n",
           {{"includes", [&] {
               for (const std::string& header : headers)
                 out.emit("#include \"orm/$h$\"\n", {{"h", header}});
             }}});
  return {"orm/orm.h", out.take()};
}

}  // namespace sqlxc::emit
