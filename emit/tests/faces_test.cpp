#include <span>

#include <nlohmann/json.hpp>

#include "compiler/base/embedded.h"
#include "emit/clients/ts_table.h"
#include "emit/tests/tests.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_tests();
}

namespace sqlxc::emit {

std::vector<File> emit_faces_test(const ir::Module& module) {
  std::vector<File> files;
  for (const EmbeddedFile& file : stdlib_tests())
    files.push_back({"tests/" + std::string(file.name), std::string(file.text)});
  nlohmann::ordered_json tables = nlohmann::ordered_json::object();
  for (const ir::Entity& entity : module.entities) {
    if (entity.is_view) continue;
    tables[entity.name] = {{"file", entity.file_name}, {"stem", ts_stem(entity)}};
  }
  files.push_back({"tests/tables.json", tables.dump(2) + '\n'});
  return files;
}

}  // namespace sqlxc::emit
