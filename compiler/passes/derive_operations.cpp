#include "compiler/ir/names.h"
#include "compiler/passes/passes.h"

// What can be asked of each entity: of every one its rows, of one with a key a row by its key, of a
// table writes.
namespace sqlxc::passes {

void derive_operations(ir::Module& module, Context&) {
  ir::UniqueNames names;
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    const ir::Entity& entity = module.entities[i];
    const auto add = [&](ir::OperationKind kind, const std::string& name) {
      module.operations.push_back({kind, Id<ir::Entity>(i), names.take({name})});
    };
    add(ir::OperationKind::list, "list" + ir::plural(entity.cpp_name));
    if (!entity.search.empty()) {
      add(ir::OperationKind::search, "search" + ir::plural(entity.cpp_name));
    }
    if (entity.primary_key) add(ir::OperationKind::read, "read" + entity.cpp_name);
    if (entity.is_view) continue;
    add(ir::OperationKind::create, "create" + entity.cpp_name);
    if (!entity.primary_key) continue;
    add(ir::OperationKind::upsert, "put" + entity.cpp_name);
    add(ir::OperationKind::update, "update" + entity.cpp_name);
    add(ir::OperationKind::remove, "delete" + entity.cpp_name);
  }
}

}  // namespace sqlxc::passes
