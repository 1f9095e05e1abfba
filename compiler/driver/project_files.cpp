#include "compiler/driver/project_files.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/base/dialect.h"
#include "compiler/base/printer.h"
#include "compiler/catalog/print.h"

namespace sqlxc::driver {
namespace {

using catalog::Catalog;

// A CMake target: its letters, and none of CMake's own names.
std::string target_name(std::string_view folder) {
  constexpr std::array<std::string_view, 6> kTaken = {"all",  "test",    "install",
                                                      "help", "package", "clean"};
  std::string out;
  for (const char c : folder) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    out += is_plain ? c : '_';
  }
  const bool is_taken = out.empty() || std::ranges::find(kTaken, out) != kTaken.end();
  return is_taken ? out + "_service" : out;
}

// Within single quotes of a shell.
std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// A table that people know, with a column that is no key: the examples speak of it.
struct Example {
  std::string table = "users";
  std::string column = "email";
};

Example example_of(const Catalog& catalog) {
  for (const catalog::Table& table : catalog.tables) {
    for (const catalog::Column& column : table.columns) {
      const bool is_text = column.type.name == "text" || column.type.name == "character varying";
      const std::string& name = table.schema.empty() ? table.name : table.schema + "." + table.name;
      if (is_text) return {name, column.name};
    }
  }
  return {};
}

std::string sidecar_of(const Catalog& catalog) {
  const Example example = example_of(catalog);
  Printer out;
  out.emit(R"(
    # Descriptions and annotations for schema.sql, of a database whose own comments are not yours to change.
    # A line is `table: text` or `table.column: text`. The text is what COMMENT ON would say, annotations included, and
    # stands in place of what schema.sql says; lines that begin with a blank go on with the text above. Such as:
    #
    # $table$: What one row of it is. @page(50)
    # $table$.$column$: What it holds.
    #   @max(200) @example('as one would write it')
    # $table$.$column$: @hidden
    #
    # There are, among others: name deprecated hidden readonly writeonly secret format pattern min max length example
    # default_order page relation key search version soft_delete. `sqlxc check` tells of one that does not fit.
  )",
           {{"table", example.table}, {"column", example.column}});
  return out.take();
}

std::string cmake_of(const std::string& target, std::string_view dialect) {
  Printer out;
  out.emit(R"(
    cmake_minimum_required(VERSION 3.25)
    project($target$ LANGUAGES CXX)

    if(NOT CMAKE_BUILD_TYPE)
      set(CMAKE_BUILD_TYPE Release)
    endif()

    # Where sqlxc is not installed where CMake looks: -DCMAKE_PREFIX_PATH=THE_FOLDER_ABOVE_ITS_bin
    find_package(sqlxc REQUIRED)

    # The service, compiled again when the schema or its sidecar changes. C++ files of your own: EXTENSIONS hooks.cpp
    sqlxc_add_service($target$ SCHEMA schema.sql DIALECT $dialect$)
  )",
           {{"target", target}, {"dialect", dialect}});
  return out.take();
}

std::string readme_of(const Project& project, const std::string& target, Dialect dialect) {
  const bool is_postgres = dialect == Dialect::postgres;
  Printer out;
  out.emit(
      R"(
    # $name$

    A service over `$database$`, begun by `sqlxc init` from that database.

    | file | what |
    |---|---|
    | `schema.sql` | the database as `sqlxc init` found it |
    | `schema.sqlx` | your descriptions and annotations |
    | `CMakeLists.txt` | builds the service |

    ## Compile and run

    ```sh
    cmake -B build
    cmake --build build
    ./build/$target$ --database=$url$ --port=3000
    ```

    `curl localhost:3000/health` answers then, and http://localhost:3000/docs shows what it serves.
    $password$

    Without CMake: `sqlxc schema.sql --dialect=$dialect$ -o out` makes `out/bin/service`. To look at the service on an empty
    database of its own, `sqlxc run schema.sql --dialect=$dialect$`.

    ## When the database changes

    ```sh
    sqlxc init fresh --database=$url$
    diff schema.sql fresh/schema.sql
    cp fresh/schema.sql schema.sql
    ```

    `schema.sqlx` stays as it is. `sqlxc ping $url$` tells whether the database answers, and what it can.
  )",
      {{"name", project.name},
       {"database", project.database},
       {"target", target},
       {"url", shell_word(project.database)},
       {"dialect", name_of(dialect)},
       {"password",
        is_postgres
            ? "\nA password does not belong into a file or a command line: set `PGPASSWORD`, or "
              "write it to `~/.pgpass`.\n"
            : ""}});
  return out.take();
}

}  // namespace

std::vector<emit::File> project_files(const Catalog& catalog, const Project& project) {
  const std::string target = target_name(project.name);
  return {{"schema.sql", catalog::print(catalog)},
          {"schema.sqlx", sidecar_of(catalog)},
          {"CMakeLists.txt", cmake_of(target, name_of(catalog.dialect))},
          {"README.md", readme_of(project, target, catalog.dialect)}};
}

}  // namespace sqlxc::driver
