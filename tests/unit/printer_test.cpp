#include "compiler/base/printer.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace sqlxc {
namespace {

TEST_CASE("a template loses its margin and keeps its shape") {
  Printer out;
  out.emit(R"(
      struct $name$ {
        int id;

      };
  )",
           {{"name", "User"}});
  CHECK(out.text() == "struct User {\n  int id;\n\n};\n");
}

TEST_CASE("a block alone on its line indents what it prints") {
  Printer out;
  const std::vector<std::string> fields = {"a", "b"};
  out.emit(R"(
      struct $name$ {
        $fields$
      };
  )",
           {{"name", "User"}, {"fields", [&] {
                                 for (const std::string& field : fields) {
                                   out.emit("int $field$;  // of $name$\n", {{"field", field}});
                                 }
                               }}});
  CHECK(out.text() == "struct User {\n  int a;  // of User\n  int b;  // of User\n};\n");
}

TEST_CASE("a lone name with an empty value takes its line along") {
  Printer out;
  out.emit(R"(
      first
        $nothing$
      last
  )",
           {{"nothing", ""}});
  CHECK(out.text() == "first\nlast\n");
}

TEST_CASE("a value of several lines is indented, its blank lines are not") {
  Printer out;
  out.emit("{\n  $lines$\n}\n", {{"lines", "a\n\nb"}});
  CHECK(out.text() == "{\n  a\n\n  b\n}\n");
}

TEST_CASE("a block within a line joins the line, numbers and dollars are spelled") {
  Printer out;
  out.emit("f($args$) + $n$; // $$1\n", {{"args", [&] { out.emit("a, b\n"); }}, {"n", 7}});
  CHECK(out.text() == "f(a, b) + 7; // $1\n");
}

TEST_CASE("taking the text empties the printer") {
  Printer out;
  out.raw("x\n");
  CHECK(out.take() == "x\n");
  CHECK(out.text().empty());
}

}  // namespace
}  // namespace sqlxc
