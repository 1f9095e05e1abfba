#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sqlxc/query/model.h>

// What live queries ask of those who understand GraphQL: to make a plan of an operation, to say
// what it reads, to run it. What keeps results alive (hub.h) and what speaks to clients
// (socket_session.h, event_stream.h) know no more of it than this.
namespace sqlxc::live {

/// An operation as a client sent it. Equal ones share their runs and results.
struct Operation {
  std::string query;
  std::string name = {};       // operationName; empty: the only one
  std::string variables = {};  // a JSON object, or empty

  auto operator<=>(const Operation&) const = default;
};

/// A table, or a row of it, that an operation reads.
struct Dependency {
  query::EntityIndex entity = 0;
  std::string key = {};  // its primary key: values as JSON with commas between; empty: any row

  auto operator<=>(const Dependency&) const = default;
};

struct Plan {
  enum class Kind : std::uint8_t {
    refused,  // `errors` says why
    once,     // a query or a mutation
    live,     // a subscription
  };
  Kind kind = Kind::refused;
  std::string errors = {};  // a JSON array of GraphQL errors
  std::vector<Dependency> dependencies = {};
  // What the engine made of it: used on its loop alone, but perhaps destroyed on another. Shared,
  // as a run may outlast its subscription.
  std::shared_ptr<const void> compiled = {};
};

/// What came of a run: `{"data":...}`, with errors where there are any.
struct Outcome {
  std::string json;
  bool is_unavailable = false;  // the database could not be asked: try again
};
using RunDone = std::move_only_function<void(Outcome outcome)>;

/// The operations of one loop.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual Plan prepare(const Operation& operation) = 0;
  /// Calls `done` once, on the loop's thread, now or later.
  virtual void run(const Plan& plan, RunDone done) = 0;
};

}  // namespace sqlxc::live
