#include <sqlxc/pg/statements.h>

namespace sqlxc::pg {

Statements::Found Statements::find_or_add(std::string_view sql) {
  if (const auto found = by_sql_.find(sql); found != by_sql_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
    return {.id = found->second->id, .evicted = {}};
  }
  Found added = {.id = ++last_, .is_new = true, .evicted = {}};
  if (recent_.size() >= capacity_) {
    added.evicted = recent_.back().id;
    forget(recent_.back().id);
  }
  recent_.push_front({std::string(sql), added.id});
  by_sql_.emplace(recent_.front().sql, recent_.begin());
  by_id_.emplace(added.id, recent_.begin());
  return added;
}

bool Statements::forget(Id id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return false;
  by_sql_.erase(found->second->sql);
  recent_.erase(found->second);
  by_id_.erase(found);
  return true;
}

void Statements::clear() {
  by_sql_.clear();
  by_id_.clear();
  recent_.clear();
}

}  // namespace sqlxc::pg
