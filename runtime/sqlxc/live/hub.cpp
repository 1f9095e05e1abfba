#include <sqlxc/live/hub.h>

#include <algorithm>
#include <utility>

#include <sqlxc/live/loop.h>
#include <sqlxc/query/names.h>

namespace sqlxc::live {
namespace {

std::pair<std::string, std::string> table_name(std::string_view sql) {
  std::vector<std::string> names = query::bare_names(sql);
  std::string name = std::move(names.back());
  return {names.size() > 1 ? std::move(names.front()) : std::string(), std::move(name)};
}

}  // namespace

Hub::Hub(const query::Model& model, Watch watch, HubOptions options)
    : model_(model), watch_(std::move(watch)), options_(options), readers_(model.entities.size()) {
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    const query::Entity& entity = model.entities[i];
    if (entity.is_view || entity.is_result) continue;
    // SQLite reports names of its own, PostgreSQL those of its catalog.
    for (const std::string_view sql : {entity.sql, entity.pg_sql}) {
      if (!sql.empty()) entities_[table_name(sql)] = static_cast<query::EntityIndex>(i);
    }
  }
}

std::size_t Hub::join(Loop& loop) {
  const std::lock_guard lock(mutex_);
  loops_.push_back(&loop);
  remotes_.push_back(loop.remote());
  due_.emplace_back();
  return loops_.size() - 1;
}

// ---- what reads what

// Whether a key has one text in requests and in both databases: integers do.
bool Hub::keeps_keys(query::EntityIndex index) const {
  const query::Entity& entity = model_.entities[index];
  const auto is_integer = [&](query::FieldIndex field) {
    const value::Type type = entity.fields[field].type;
    return type == value::Type::int16 || type == value::Type::int32 || type == value::Type::int64;
  };
  return !entity.primary_key.fields.empty() &&
         std::all_of(entity.primary_key.fields.begin(), entity.primary_key.fields.end(),
                     is_integer);
}

std::string Hub::index_key(const Dependency& dependency) const {
  const bool is_number = dependency.key.find_first_not_of("-0123456789,") == std::string::npos;
  return is_number && keeps_keys(dependency.entity) ? dependency.key : std::string();
}

Hub::Queries& Hub::readers_of(const Dependency& dependency) {
  const query::Entity& entity = model_.entities[dependency.entity];
  if (entity.is_view || entity.is_result) return readers_of_all_;
  Readers& readers = readers_[dependency.entity];
  const std::string key = index_key(dependency);
  return key.empty() ? readers.any_row : readers.by_key[key];
}

std::vector<query::EntityIndex> Hub::tables_of(const Query& query) const {
  std::set<query::EntityIndex> tables;
  for (const Dependency& dependency : query.plan.dependencies) {
    const query::Entity& entity = model_.entities[dependency.entity];
    if (!entity.is_view && !entity.is_result) {
      tables.insert(dependency.entity);
      continue;
    }
    for (const auto& [name, index] : entities_) tables.insert(index);
  }
  return {tables.begin(), tables.end()};
}

void Hub::on_changes(const db::Changes& changes) {
  const std::lock_guard lock(mutex_);
  if (changes.is_everything) {
    for (const auto& [operation, query] : queries_) mark(*query);
    return;
  }
  for (Query* query : readers_of_all_) mark(*query);
  for (const db::TableChange& change : changes.tables) {
    const auto found = entities_.find({change.schema, change.table});
    if (found == entities_.end()) continue;
    Readers& readers = readers_[found->second];
    for (Query* query : readers.any_row) mark(*query);
    if (change.is_whole) {
      for (const auto& [key, queries] : readers.by_key) {
        for (Query* query : queries) mark(*query);
      }
    }
    for (const std::string& key : change.keys) {
      const auto by_key = readers.by_key.find(key);
      if (by_key == readers.by_key.end()) continue;
      for (Query* query : by_key->second) mark(*query);
    }
  }
}

// ---- subscriptions

bool Hub::subscribe(std::size_t loop, SubscriptionId id, const Operation& operation,
                    const Plan& plan) {
  std::unique_lock lock(mutex_);
  if (by_subscription_.size() >= options_.max_subscriptions) return false;
  const auto [entry, is_new] = queries_.try_emplace(operation);
  if (is_new) {
    entry->second = std::make_unique<Query>();
    Query& query = *entry->second;
    query.id = next_id_++;
    query.operation = &entry->first;
    query.plan = plan;
    query.owner = loop;
    by_id_[query.id] = &query;
    for (const Dependency& dependency : query.plan.dependencies) {
      readers_of(dependency).insert(&query);
    }
  }
  Query& query = *entry->second;
  // Not the last result: a client that has written and then subscribes sees what it wrote.
  query.members[id] = {.loop = loop, .first_run = query.runs + 1};
  by_subscription_[id] = &query;
  if (query.is_watched) mark(query);
  if (!is_new) return true;
  std::vector<query::EntityIndex> tables = tables_of(query);
  const std::uint64_t query_id = query.id;
  lock.unlock();
  watch_(std::move(tables), [this, query_id](std::expected<void, db::Error> result) {
    on_watched(query_id, std::move(result));
  });
  return true;
}

void Hub::on_watched(std::uint64_t id, std::expected<void, db::Error> result) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  Query& query = *found->second;
  if (result) {
    query.is_watched = true;
    return mark(query);
  }
  const auto words = std::make_shared<const std::string>(result.error().message);
  for (const auto& [subscription, member] : query.members) {
    remotes_[member.loop].post(
        [loop = loops_[member.loop], failed = subscription, words] { loop->fail(failed, *words); });
  }
}

void Hub::unsubscribe(SubscriptionId id) {
  const std::lock_guard lock(mutex_);
  const auto found = by_subscription_.find(id);
  if (found == by_subscription_.end()) return;
  Query& query = *found->second;
  by_subscription_.erase(found);
  query.members.erase(id);
  if (query.members.empty()) forget(query);
}

void Hub::forget(Query& query) {
  for (const Dependency& dependency : query.plan.dependencies) {
    readers_of(dependency).erase(&query);
    Readers& readers = readers_[dependency.entity];
    const auto by_key = readers.by_key.find(index_key(dependency));
    if (by_key != readers.by_key.end() && by_key->second.empty()) readers.by_key.erase(by_key);
  }
  by_id_.erase(query.id);
  queries_.erase(queries_.find(*query.operation));
}

// ---- runs

void Hub::mark(Query& query) {
  query.is_dirty = true;
  if (query.is_watched && !query.is_running) enqueue(query);
}

void Hub::enqueue(Query& query) {
  if (std::exchange(query.is_queued, true)) return;
  std::vector<std::uint64_t>& due = due_[query.owner];
  due.push_back(query.id);
  if (due.size() == 1)
    remotes_[query.owner].post([loop = loops_[query.owner]] { loop->run_due(); });
}

// The queries to run now, at most so many, with the numbers of their runs.
std::vector<Hub::Due> Hub::take_due(std::size_t loop, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint64_t>& due = due_[loop];
  std::vector<Due> taken;
  std::size_t at = 0;
  for (; at < due.size() && taken.size() < most; ++at) {
    const auto found = by_id_.find(due[at]);
    if (found == by_id_.end()) continue;
    Query& query = *found->second;
    query.is_queued = query.is_dirty = false;
    query.is_running = true;
    taken.push_back({.query = query.id, .run = ++query.runs, .plan = query.plan});
    ++runs_;
  }
  due.erase(due.begin(), due.begin() + static_cast<std::ptrdiff_t>(at));
  return taken;
}

// Who gets this result, loop by loop.
std::vector<Hub::Delivery> Hub::finish(std::uint64_t id, std::uint64_t run,
                                       const Payload& payload) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return {};
  Query& query = *found->second;
  query.is_running = false;
  if (query.is_dirty) enqueue(query);
  const bool has_changed = query.last == nullptr || *query.last != *payload;
  if (has_changed) {
    query.last = payload;
    ++results_;
  }
  std::vector<Delivery> deliveries;
  for (std::size_t i = 0; i < loops_.size(); ++i) deliveries.push_back({loops_[i], remotes_[i]});
  for (auto& [subscription, member] : query.members) {
    if (member.first_run > run || (!has_changed && member.has_result)) continue;
    member.has_result = true;
    deliveries[member.loop].subscriptions.push_back(subscription);
  }
  return deliveries;
}

void Hub::retry(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  found->second->is_running = false;
  mark(*found->second);
}

Hub::Counters Hub::counters() const {
  const std::lock_guard lock(mutex_);
  return {.subscriptions = by_subscription_.size(),
          .queries = queries_.size(),
          .runs = runs_,
          .results = results_};
}

}  // namespace sqlxc::live
