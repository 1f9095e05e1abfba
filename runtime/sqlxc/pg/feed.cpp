#include <sqlxc/pg/feed.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/pg/feed_sql.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{5'000};
constexpr std::chrono::milliseconds kLiveness{20'000};  // a silent connection is asked

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += c;
    out += c;
  }
  return out + '"';
}

bool is_lost(const db::Error& error) { return error.failure == db::Failure::closed; }

}  // namespace

Feed::Feed(Options options, db::ChangeListener listener)
    : options_(std::move(options)),
      listener_(std::move(listener)),
      wakeup_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  options_.application_name += " (changes)";
}

Feed::~Feed() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t sent = ::write(wakeup_.get(), &one, sizeof one);
  if (thread_.joinable()) thread_.join();
}

void Feed::watch(std::vector<WatchedTable> tables, WatchDone done) {
  const std::lock_guard lock(mutex_);
  requests_.push_back({std::move(tables), std::move(done)});
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t sent = ::write(wakeup_.get(), &one, sizeof one);
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

bool Feed::is_stopping() {
  const std::lock_guard lock(mutex_);
  return is_stopping_;
}

void Feed::run() {
  if (options_.is_pgbouncer) {
    return fail_all({.message = "subscriptions need a connection to the server itself, for LISTEN: "
                                "they do not work through a pooler of transactions"});
  }
  std::chrono::milliseconds pause = kFirstPause;
  while (!is_stopping()) {
    auto handle = open_blocking(options_);
    if (handle && begin(*handle)) {
      pause = kFirstPause;
      serve(*handle);
    }
    if (is_stopping()) return;
    // Only a stop or a request ends the pause early.
    wait(-1, pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

// Answers what waits and what is yet to come.
void Feed::fail_all(const db::Error& error) {
  while (!is_stopping()) {
    std::vector<Request> requests;
    {
      const std::lock_guard lock(mutex_);
      requests.swap(requests_);
    }
    for (Request& request : requests) request.done(std::unexpected(error));
    wait(-1, std::chrono::milliseconds(-1));
  }
}

// Listens, and puts back what may have been lost since the connection before.
std::expected<void, db::Error> Feed::begin(const Handle& handle) {
  for (const char* sql : {"set lock_timeout = '2s'", "set statement_timeout = '30s'",
                          "set idle_in_transaction_session_timeout = 0", kListen}) {
    if (auto done = run_blocking(handle, std::string(sql)); !done) {
      return std::unexpected(done.error());
    }
  }
  installed_.clear();
  const auto tables = std::exchange(watched_, {});
  for (const auto& [name, table] : tables) {
    watched_.emplace(name, table);
    if (auto done = install(handle, table); !done && is_lost(done.error())) {
      watched_.insert(tables.begin(), tables.end());
      return done;
    }
  }
  if (std::exchange(has_listened_, true)) listener_({.is_everything = true});
  return {};
}

void Feed::serve(const Handle& handle) {
  while (!is_stopping()) {
    if (!serve_requests(handle)) return;
    take_notifications(handle);
    if (pq().status(handle.get()) != CONNECTION_OK) return;
    if (wait(pq().socket(handle.get()), kLiveness)) {
      if (pq().consumeInput(handle.get()) == 0) return;
    } else if (!run_blocking(handle, std::string("select 1"))) {
      return;
    }
  }
}

// Waits for the socket or for a request; false if nothing came.
bool Feed::wait(int socket, std::chrono::milliseconds most) {
  pollfd sources[] = {{wakeup_.get(), POLLIN, 0}, {socket, POLLIN, 0}};
  const int ready = ::poll(sources, socket < 0 ? 1 : 2, static_cast<int>(most.count()));
  if (sources[0].revents != 0) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(wakeup_.get(), &count, sizeof count);
  }
  return ready != 0;
}

// Fails only if the connection is lost: then the requests wait for the next one.
std::expected<void, db::Error> Feed::serve_requests(const Handle& handle) {
  std::vector<Request> requests;
  {
    const std::lock_guard lock(mutex_);
    requests.swap(requests_);
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    std::expected<void, db::Error> result;
    for (const WatchedTable& table : requests[i].tables) {
      if (result && !installed_.contains(table)) result = install(handle, table);
    }
    if (!result && is_lost(result.error())) {
      const std::lock_guard lock(mutex_);
      std::move(requests.begin() + static_cast<std::ptrdiff_t>(i), requests.end(),
                std::back_inserter(requests_));
      return result;
    }
    requests[i].done(std::move(result));
  }
  return {};
}

std::expected<void, db::Error> Feed::install(const Handle& handle, const WatchedTable& table) {
  const std::string sql_name =
      table.schema.empty() ? quoted(table.name) : quoted(table.schema) + "." + quoted(table.name);
  const std::string asked[] = {sql_name, arguments_in_hex(table.key)};
  const auto found = run_blocking(handle, kFindTable, asked);
  if (!found) return std::unexpected(found.error());
  if (found->rows() == 0) {
    return std::unexpected(db::Error{.message = "there is no table " + sql_name + " to watch"});
  }
  const std::pair name{std::string(found->text(0, 0)), std::string(found->text(0, 1))};
  watched_[name] = table;
  if (found->text(0, 2) == "t") {
    installed_.insert(table);
    return {};
  }
  const std::string exact = quoted(name.first) + "." + quoted(name.second);
  // Writers that wait for the lock wait two seconds at most; who asks is told, and may ask again.
  auto done = run_blocking(handle, watch_script(exact, table.key));
  if (!done) {
    if (!is_lost(done.error())) (void)run_blocking(handle, std::string("rollback"));
    return std::unexpected(done.error());
  }
  installed_.insert(table);
  return {};
}

void Feed::take_notifications(const Handle& handle) {
  db::Changes changes;
  while (PGnotify* notification = pq().notifies(handle.get())) {
    note(changes, notification->extra);
    pq().freemem(notification);
  }
  if (!changes.is_empty()) listener_(std::move(changes));
}

// A payload is schema, table, the tag of the columns and rows, a line each; `*` is any row.
void Feed::note(db::Changes& changes, std::string_view payload) const {
  const std::string schema(split_off(payload, '\n'));
  const std::string name(split_off(payload, '\n'));
  const auto found = watched_.find(std::pair(schema, name));
  if (found == watched_.end()) return;
  const WatchedTable& table = found->second;
  auto change = std::find_if(changes.tables.begin(), changes.tables.end(), [&](const auto& each) {
    return each.schema == table.schema && each.table == table.name;
  });
  if (change == changes.tables.end()) {
    change = changes.tables.insert(change, {.schema = table.schema, .table = table.name});
  }
  if (split_off(payload, '\n') != tag_of(table.key)) change->is_whole = true;
  while (!payload.empty() && !change->is_whole) {
    const std::string_view key = split_off(payload, '\n');
    change->is_whole = key.find('*') != key.npos || change->keys.size() == db::kMaxChangedKeys;
    change->keys.emplace_back(key);
  }
  if (change->is_whole) change->keys.clear();
}

}  // namespace sqlxc::pg
