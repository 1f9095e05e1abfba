#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"

// The enums of the schema, as enum classes that know what their values are called in it.
namespace sqlxc::emit {
namespace {

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

                /// False, and nothing happens, if the text is no value's.
                constexpr bool from_string(std::string_view text, $name$& value) {
                  for (std::uint16_t i = 0; i != $count$; ++i) {
                    if (text != to_string($name${i})) continue;
                    value = $name${i};
                    return true;
                  }
                  return false;
                }

                )",
                {{"comment", cpp_comment(enumeration.description)},
                 {"name", enumeration.cpp_name},
                 {"count", names.size()},
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

}  // namespace sqlxc::emit
