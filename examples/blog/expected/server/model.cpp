#include "server/model.h"

#include <sqlxc/core/hash.h>

#include "api/rest/rest.h"

namespace blog {

const sqlxc::query::Model& model() {
  static const rest::Entity kEntities[] = {
      rest::users::entity,
      rest::posts::entity,
      rest::comments::entity,
      rest::tags::entity,
      rest::post_tags::entity,
      rest::author_activity::entity,
      rest::result_top_authors::entity,
  };
  static constexpr std::string_view kSchemas[] = {"public"};
  static const rest::Model kModel = {
      .name = "blog",
      .fingerprint = "de6779e3e14d4f44",
      .entities = kEntities,
      .find_entity = find_entity,
      .functions = rest::functions(),
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
    case sqlxc::hash("users"):
      return name == "users" ? at::users : -1;
    case sqlxc::hash("posts"):
      return name == "posts" ? at::posts : -1;
    case sqlxc::hash("comments"):
      return name == "comments" ? at::comments : -1;
    case sqlxc::hash("tags"):
      return name == "tags" ? at::tags : -1;
    case sqlxc::hash("post_tags"):
      return name == "post_tags" ? at::post_tags : -1;
    case sqlxc::hash("author_activity"):
      return name == "author_activity" ? at::author_activity : -1;
    default:
      return -1;
  }
}

}  // namespace blog
