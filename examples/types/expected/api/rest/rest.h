#pragma once

#include <sqlxc/query/model.h>

// Every entity of the service, and its place in the model.
namespace types::rest {

using namespace sqlxc::query;

namespace at {

enum : EntityIndex {
  numbers,
  texts,
  moments,
  others,
  cells,
};

}  // namespace at

namespace numbers {
extern const Entity entity;
extern const Places places;
}
namespace texts {
extern const Entity entity;
extern const Places places;
}
namespace moments {
extern const Entity entity;
extern const Places places;
}
namespace others {
extern const Entity entity;
extern const Places places;
}
namespace cells {
extern const Entity entity;
extern const Places places;
}

}  // namespace types::rest
