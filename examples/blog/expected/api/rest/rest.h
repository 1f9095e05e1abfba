#pragma once

#include <sqlxc/query/model.h>

// Every entity of the service, and its place in the model.
namespace blog::rest {

using namespace sqlxc::query;

namespace at {

enum : EntityIndex {
  users,
  posts,
  comments,
  tags,
  post_tags,
  author_activity,
  result_top_authors,
};

}  // namespace at

namespace users {
extern const Entity entity;
extern const Places places;
}
namespace posts {
extern const Entity entity;
extern const Places places;
}
namespace comments {
extern const Entity entity;
extern const Places places;
}
namespace tags {
extern const Entity entity;
extern const Places places;
}
namespace post_tags {
extern const Entity entity;
extern const Places places;
}
namespace author_activity {
extern const Entity entity;
extern const Places places;
}

// What can be called, and what it gives that is no table's row.
std::span<const Function> functions();
namespace result_top_authors {
extern const Entity entity;
}

}  // namespace blog::rest
