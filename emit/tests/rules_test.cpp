#include "compiler/base/printer.h"
#include "compiler/ir/verdicts.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/tests/tests.h"

namespace sqlxc::emit {
namespace {

std::string_view verdict_name(ir::Verdict verdict) {
  switch (verdict) {
    case ir::Verdict::exact:
      return "exact";
    case ir::Verdict::weaker:
      return "weaker";
    case ir::Verdict::server_only:
      return "server_only";
    case ir::Verdict::service_only:
      return "service_only";
  }
  return "server_only";
}

bool has_claims(const ir::Module& module) {
  for (const ir::Entity& entity : module.entities) {
    if (!entity.rules.empty()) return true;
  }
  return false;
}

}  // namespace

File emit_rules_test(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #include <sqlxc/proof/prove.h>

      #include "api/rest/rest.h"
      #include "server/model.h"

      // Rows by the thousand go through the rules of the service and into a real database; the two must agree.
      namespace $service$ {
      namespace {

      $claims$

      }  // namespace
      }  // namespace $service$

      int main(int argc, char** argv) {
        return sqlxc::proof::prove(argc, argv, $service$::model(), $argument$);
      }
      )",
      {{"service", service_namespace(module)},
       {"argument", has_claims(module) ? service_namespace(module) + "::kClaims" : "{}"},
       {"claims", [&] {
          if (!has_claims(module)) return;
          out.raw(
              "namespace at = rest::at;\n"
              "using sqlxc::proof::Verdict;\n\n"
              "// What the compiler claims of each condition.\n"
              "constexpr sqlxc::proof::Claim kClaims[] = {\n");
          for (const ir::Entity& entity : module.entities) {
            for (const ir::Rule& rule : entity.rules) {
              out.emit("    {at::$entity$, $rule$, Verdict::$verdict$},\n",
                       {{"entity", entity_name(entity)},
                        {"rule", cpp_string(rule.name)},
                        {"verdict", verdict_name(rule.verdict)}});
            }
          }
          out.raw("};\n");
        }}});
  return {"tests/rules_test.cpp", out.take()};
}

}  // namespace sqlxc::emit
