#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/ddl/ddl.h"
#include "emit/graphql/graphql.h"
#include "emit/project/project.h"

namespace sqlxc::emit {

namespace {

// What server/documents.cpp holds.
std::string documents_of(const ir::Module& module) {
  const std::string here = "${CMAKE_CURRENT_SOURCE_DIR}/";
  std::string out = here + "docs/openapi.json;" + here + "docs/index.html";
  if (has_graphql(module)) out += ';' + here + "api/graphql/schema.graphql";
  for (const Dialect target : ddl::databases(module)) {
    out += ';' + here + "db/schema." + std::string(name_of(target)) + ".sql";
  }
  return out;
}

}  // namespace

File emit_cmake(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      cmake_minimum_required(VERSION 3.25)
      project($name$ LANGUAGES CXX)

      find_package(sqlxc REQUIRED)
      if(NOT CMAKE_BUILD_TYPE)
        set(CMAKE_BUILD_TYPE Release)
      endif()

      add_compile_options(-Wall -Wextra -Werror)

      # All but main(): the service and its tests are made of it.
      add_library(model OBJECT
        server/model.cpp
        server/places.cpp
        server/documents.cpp
        $graphql$
        $entities$
      )
      target_include_directories(model PUBLIC $${CMAKE_CURRENT_SOURCE_DIR})
      target_link_libraries(model PUBLIC sqlxc::runtime)
      target_compile_features(model PUBLIC cxx_std_23)

      # For programs that use the typed ORM: target_link_libraries(tool PRIVATE $name$::orm).
      add_library($name$::orm ALIAS model)

      add_executable(service server/main.cpp)
      target_link_libraries(service PRIVATE model)

      # Whether the rules are those of the database: tests/run builds and runs it.
      add_executable(rules_test EXCLUDE_FROM_ALL tests/rules_test.cpp)
      target_link_libraries(rules_test PRIVATE model)
      set_target_properties(model service rules_test PROPERTIES CXX_EXTENSIONS OFF)

      # Entities are compiled a few to a file: they share the headers, and one that changes takes few with it.
      set_target_properties(model PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE $batch$)

      # What changes with every change of the schema takes no entity with it.
      set_source_files_properties(server/model.cpp server/places.cpp $graphql$
        PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

      # The assembler reads what is compiled in as it is.
      set_source_files_properties(server/documents.cpp PROPERTIES
        SKIP_UNITY_BUILD_INCLUSION ON
        COMPILE_OPTIONS "-Wa,-I$${CMAKE_CURRENT_SOURCE_DIR}"
        OBJECT_DEPENDS
          "$documents$")
      )",
      {{"name", ir::snake_case(module.name)},
       {"batch", 12},
       {"graphql", has_graphql(module) ? "api/graphql/names.cpp" : ""},
       {"documents", documents_of(module)},
       {"entities", [&] {
          std::string files;
          const auto add = [&](const std::string& name) {
            files += (files.empty() ? "api/rest/" : "\napi/rest/") + name + ".cpp";
          };
          if (!module.functions.empty()) add("functions");
          if (!module.handlers.empty()) add("handlers");
          for (const ir::Entity& entity : module.entities) add(entity.file_name);
          out.raw(files);
        }}});
  return {"CMakeLists.txt", out.take()};
}

File emit_clang_format() {
  return {".clang-format",
          "# The lines are broken where they read best; clang-format keeps the rest in order.\n"
          "BasedOnStyle: Google\n"
          "ColumnLimit: 0\n"
          "AlignAfterOpenBracket: DontAlign\n"
          "DerivePointerAlignment: false\n"
          "IncludeBlocks: Preserve\n"};
}

}  // namespace sqlxc::emit
