#include "compiler/base/printer.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"

// Where the schema declares what the entities are made of.
namespace sqlxc::emit {

File emit_places(const ir::Module& module) {
  Printer out;
  const auto print = [&](std::string_view name, const std::vector<std::string_view>& places) {
    if (places.empty()) return;
    out.emit("constexpr std::string_view $name$[] = {\n    $places$\n};\n",
             {{"name", name}, {"places", [&] {
                                 for (const std::string_view place : places)
                                   out.raw(cpp_string(place) + ",\n");
                               }}});
  };
  out.emit(
      R"(
      #include "api/rest/rest.h"

      // Where the schema declares each column and each rule, for those who are told that they broke one. A line more in
      // the schema moves all places after it, so they stand apart from the entities, which it leaves as they are.
      namespace $service$::rest {

      $entities$
      }  // namespace $service$::rest
      )",
      {{"service", service_namespace(module)},
       {"entities", [&] {
          for (const ir::Entity& entity : module.entities) {
            std::vector<std::string_view> fields;
            std::vector<std::string_view> rules;
            for (const ir::Field& field : entity.fields) fields.push_back(field.place.text);
            for (const ir::Field& field : entity.computed) fields.push_back(field.place.text);
            for (const ir::Rule& rule : entity.rules) rules.push_back(rule.place.text);
            out.emit(
                "namespace $name$ {\n$fields$\n$rules$\nconst Places places = {$list$};\n"
                "}  // namespace $name$\n\n",
                {{"name", entity_name(entity)},
                 {"fields", [&] { print("kColumnPlaces", fields); }},
                 {"rules", [&] { print("kRulePlaces", rules); }},
                 {"list", fields.empty()  ? ""
                          : rules.empty() ? "kColumnPlaces"
                                          : "kColumnPlaces, kRulePlaces"}});
          }
        }}});
  return {"server/places.cpp", out.take()};
}

}  // namespace sqlxc::emit
