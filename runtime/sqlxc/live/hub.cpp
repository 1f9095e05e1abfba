#include <sqlxc/live/hub.h>

#include <algorithm>
#include <utility>

#include <sqlxc/live/key.h>
#include <sqlxc/live/loop.h>
#include <sqlxc/query/names.h>
#include <sqlxc/query/tracked.h>

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
    tracked_.push_back(query::tracked_fields(entity));
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

bool Hub::reads_everything(const Plan& plan) const {
  return plan.reads_everything ||
         std::ranges::any_of(plan.dependencies, [&](const Dependency& dependency) {
           const query::Entity& entity = model_.entities[dependency.entity];
           return entity.is_view || entity.is_result;
         });
}

// Under what a dependency's values are looked up; empty: any row concerns it.
std::string Hub::index_of(const Dependency& dependency) const {
  std::string index;
  for (std::size_t i = 0; i < dependency.fields.size(); ++i) {
    const auto& tracked = tracked_[dependency.entity];
    const query::Field& field = model_.entities[dependency.entity].fields[dependency.fields[i]];
    const bool is_tracked = std::ranges::find(tracked, dependency.fields[i]) != tracked.end();
    if (!is_tracked || !append_key(index, field.type, dependency.values[i])) return {};
  }
  return index;
}

Hub::Queries& Hub::readers_of(const Dependency& dependency) {
  Readers& readers = readers_[dependency.entity];
  const std::string index = index_of(dependency);
  if (index.empty()) return readers.any_row;
  auto rows = std::ranges::find(readers.rows, dependency.fields, &RowReaders::fields);
  if (rows == readers.rows.end()) {
    rows = readers.rows.insert(rows, {.fields = dependency.fields, .by_values = {}});
  }
  return rows->by_values[index];
}

std::vector<query::EntityIndex> Hub::tables_of(const Query& query) const {
  std::set<query::EntityIndex> tables;
  if (reads_everything(query.plan)) {
    for (const auto& [name, index] : entities_) tables.insert(index);
  } else {
    for (const Dependency& dependency : query.plan.dependencies) tables.insert(dependency.entity);
  }
  return {tables.begin(), tables.end()};
}

void Hub::on_changes(const db::Changes& changes) {
  const std::lock_guard lock(mutex_);
  if (changes.is_everything) {
    for (const auto& [operation, query] : queries_) mark(*query);
    return;
  }
  mark(readers_of_all_);
  for (const db::TableChange& change : changes.tables) {
    const auto found = entities_.find({change.schema, change.table});
    if (found == entities_.end()) continue;
    mark(readers_[found->second].any_row);
    mark_readers(found->second, change);
  }
}

// Marks what reads rows that have changed, by all their values that are looked up.
void Hub::mark_readers(query::EntityIndex entity, const db::TableChange& change) {
  std::vector<RowReaders>& all = readers_[entity].rows;
  const auto mark_all = [this](const RowReaders& rows) {
    for (const auto& [values, queries] : rows.by_values) mark(queries);
  };
  if (all.empty()) return;
  if (change.is_whole) {
    for (const RowReaders& rows : all) mark_all(rows);
    return;
  }
  const std::vector<query::FieldIndex>& tracked = tracked_[entity];
  for (const std::string& key : change.keys) {
    const std::vector<std::string_view> values = split_key(key);
    for (const RowReaders& rows : all) {
      std::string index;
      bool is_indexed = values.size() == tracked.size();
      for (const query::FieldIndex field : rows.fields) {
        const auto place =
            static_cast<std::size_t>(std::ranges::find(tracked, field) - tracked.begin());
        const value::Type type = model_.entities[entity].fields[field].type;
        is_indexed = is_indexed && append_key(index, type, values[place]);
      }
      if (!is_indexed) {
        mark_all(rows);
        continue;
      }
      const auto found = rows.by_values.find(index);
      if (found != rows.by_values.end()) mark(found->second);
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
    if (reads_everything(query.plan)) readers_of_all_.insert(&query);
    for (const Dependency& dependency : query.plan.dependencies) {
      readers_of(dependency).insert(&query);
    }
  }
  Query& query = *entry->second;
  // Not the last result: a client that has written and then subscribes sees what it wrote.
  query.members[id] = {.loop = loop, .first_run = query.runs + 1};
  by_subscription_[id] = &query;
  if (query.is_watched) mark(query);
  // Who joins what could not be watched has it tried again; the others are told, and leave.
  if (!is_new && !std::exchange(query.has_failed, false)) return true;
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
  query.has_failed = true;
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
  readers_of_all_.erase(&query);
  for (const Dependency& dependency : query.plan.dependencies) remove(query, dependency);
  by_id_.erase(query.id);
  queries_.erase(queries_.find(*query.operation));
}

void Hub::remove(Query& query, const Dependency& dependency) {
  readers_of(dependency).erase(&query);
  const std::string index = index_of(dependency);
  if (index.empty()) return;
  std::vector<RowReaders>& all = readers_[dependency.entity].rows;
  const auto rows = std::ranges::find(all, dependency.fields, &RowReaders::fields);
  const auto found = rows->by_values.find(index);
  if (found->second.empty()) rows->by_values.erase(found);
  if (rows->by_values.empty()) all.erase(rows);
}

// ---- runs

void Hub::mark(const Queries& queries) {
  for (Query* query : queries) mark(*query);
}

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
