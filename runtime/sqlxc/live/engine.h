#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/query/model.h>

// What live queries ask of those who understand GraphQL: to make a plan of an operation, to say
// what it reads, to run it. What keeps results alive (hub.h) and what speaks to clients
// (socket_session.h, event_stream.h) know no more of it than this.
namespace sqlxc::live {

/// An operation as a client sent it. Equal ones share their runs and results.
using Operation = graphql_http::Parameters;

/// A table, or rows of it, that an operation reads.
struct Dependency {
  query::EntityIndex entity = 0;
  // Only rows with these values (as JSON) in these fields, of query::tracked_fields; none: any row.
  std::vector<query::FieldIndex> fields = {};
  std::vector<std::string> values = {};

  auto operator<=>(const Dependency&) const = default;
};

struct Plan {
  enum class Kind : std::uint8_t {
    refused,  // `errors` says why
    query,
    mutation,
    live,  // a subscription
  };
  Kind kind = Kind::refused;
  std::string errors = {};        // a JSON array of GraphQL errors
  bool reads_everything = false;  // a change of any table concerns it
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
