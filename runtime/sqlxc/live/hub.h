#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <sqlxc/db/changes.h>
#include <sqlxc/db/error.h>
#include <sqlxc/live/engine.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/query/model.h>

// The live queries of a service: which of them a change concerns, on which loop each is run, who
// gets the result. Subscribers of one operation share it: it is run once, and its result is sent,
// the same bytes to all, if it differs from the one before. Any thread may call it; loop.h is how a
// loop takes part.
namespace sqlxc::live {

/// A result on its way to many clients. Shared, as several loops send the same bytes.
using Payload = std::shared_ptr<const std::string>;
using SubscriptionId = std::uint64_t;

class Loop;

struct HubOptions {
  std::size_t max_subscriptions = 100'000;
};

class Hub {
 public:
  using Watched = std::move_only_function<void(std::expected<void, db::Error> result)>;
  /// Has the database tell on_changes() what happens to these entities, too, and calls back (on
  /// any thread) when it does.
  using Watch = std::function<void(std::vector<query::EntityIndex> entities, Watched done)>;

  /// The model outlives the hub, which outlives its loops and whoever tells it of changes.
  Hub(const query::Model& model, Watch watch, HubOptions options = {});

  /// Tells what has been committed.
  void on_changes(const db::Changes& changes);

  struct Counters {
    std::size_t subscriptions = 0;
    std::size_t queries = 0;  // of them, different
    std::uint64_t runs = 0;
    std::uint64_t results = 0;  // that differed from the one before
  };
  Counters counters() const;

 private:
  friend class Loop;

  struct Member {
    std::size_t loop = 0;
    std::uint64_t first_run = 0;  // the first whose result is for it
    bool has_result = false;
  };
  struct Query {
    std::uint64_t id = 0;
    const Operation* operation = nullptr;
    Plan plan = {};
    std::size_t owner = 0;  // the loop that runs it
    bool is_watched = false;
    bool has_failed = false;  // to be watched
    bool is_dirty = false;
    bool is_queued = false;
    bool is_running = false;
    std::uint64_t runs = 0;
    Payload last = {};
    std::unordered_map<SubscriptionId, Member> members = {};
  };
  using Queries = std::set<Query*>;
  // Who reads the rows with certain values in these fields.
  struct RowReaders {
    std::vector<query::FieldIndex> fields;
    std::unordered_map<std::string, Queries> by_values;
  };
  // Who reads a table.
  struct Readers {
    Queries any_row;
    std::vector<RowReaders> rows;  // few: the key, and each reference that somebody asks by
  };
  struct Due {
    std::uint64_t query = 0;
    std::uint64_t run = 0;
    Plan plan = {};
  };
  struct Delivery {
    Loop* loop = nullptr;
    net::Remote remote = {};
    std::vector<SubscriptionId> subscriptions = {};
  };

  std::size_t join(Loop& loop);
  bool subscribe(std::size_t loop, SubscriptionId id, const Operation& operation, const Plan& plan);
  void unsubscribe(SubscriptionId id);
  void on_watched(std::uint64_t query, std::expected<void, db::Error> result);
  std::vector<Due> take_due(std::size_t loop, std::size_t most);
  std::vector<Delivery> finish(std::uint64_t query, std::uint64_t run, const Payload& payload);
  void retry(std::uint64_t query);

  bool reads_everything(const Plan& plan) const;
  std::string index_of(const Dependency& dependency) const;
  Queries& readers_of(const Dependency& dependency);
  void remove(Query& query, const Dependency& dependency);
  void mark_readers(query::EntityIndex entity, const db::TableChange& change);
  void mark(const Queries& queries);
  void mark(Query& query);
  void enqueue(Query& query);
  void forget(Query& query);
  std::vector<query::EntityIndex> tables_of(const Query& query) const;

  const query::Model& model_;
  Watch watch_;
  HubOptions options_;
  std::map<std::pair<std::string, std::string>, query::EntityIndex> entities_;
  mutable std::mutex mutex_;
  std::vector<net::Remote> remotes_;
  std::vector<Loop*> loops_;
  std::vector<std::vector<std::uint64_t>> due_;  // queries to run, of each loop
  std::map<Operation, std::unique_ptr<Query>> queries_;
  std::unordered_map<std::uint64_t, Query*> by_id_;
  std::unordered_map<SubscriptionId, Query*> by_subscription_;
  std::vector<Readers> readers_;                         // of each entity
  std::vector<std::vector<query::FieldIndex>> tracked_;  // of each entity
  Queries readers_of_all_;  // what reads a view, or calls a function, may read any table
  std::uint64_t next_id_ = 1;
  std::uint64_t runs_ = 0;
  std::uint64_t results_ = 0;
};

}  // namespace sqlxc::live
