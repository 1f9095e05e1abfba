#include "server/model.h"

#include <sqlxc/core/hash.h>

#include "api/rest/rest.h"

namespace types {

const sqlxc::query::Model& model() {
  static const rest::Entity kEntities[] = {
      rest::numbers::entity,
      rest::texts::entity,
      rest::moments::entity,
      rest::others::entity,
      rest::cells::entity,
  };
  static constexpr std::string_view kSchemas[] = {"public"};
  static const rest::Model kModel = {
      .name = "types",
      .fingerprint = "1005a4ea076c36c3",
      .entities = kEntities,
      .find_entity = find_entity,
      .schemas = kSchemas,
      .sqlite_schema = sqlite_schema(),
      .postgres_schema = postgres_schema(),
      .openapi = openapi_json(),
      .docs_html = docs_page(),
      .graphql = &graphql_names(),
  };
  return kModel;
}

int find_entity(std::string_view name) {
  namespace at = rest::at;
  switch (sqlxc::hash(name)) {
    case sqlxc::hash("numbers"):
      return name == "numbers" ? at::numbers : -1;
    case sqlxc::hash("texts"):
      return name == "texts" ? at::texts : -1;
    case sqlxc::hash("moments"):
      return name == "moments" ? at::moments : -1;
    case sqlxc::hash("others"):
      return name == "others" ? at::others : -1;
    case sqlxc::hash("cells"):
      return name == "cells" ? at::cells : -1;
    default:
      return -1;
  }
}

}  // namespace types
