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

}  // namespace blog::rest
