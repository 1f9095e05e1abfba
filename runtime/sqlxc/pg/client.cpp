#include <sqlxc/pg/client.h>

#include <algorithm>

#include <sqlxc/pg/bind.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

using std::chrono::milliseconds;

// A statement that has run longer than this holds up what is behind it: nothing more is sent there.
constexpr milliseconds kStalled{20};
// And after this one a spare connection is made. A server that waits for a processor is as silent
// as one that works on something long, and more connections would be of no help to it.
constexpr milliseconds kSpareAfter{100};

}  // namespace

std::expected<std::unique_ptr<Client>, db::Error> Client::create(net::Loop& loop, Options options) {
  if (auto loaded = load_library(); !loaded) return std::unexpected(loaded.error());
  // The constructor is private: make_unique cannot.
  return std::unique_ptr<Client>(new Client(loop, std::move(options)));
}

Client::Client(net::Loop& loop, Options options)
    : loop_(loop),
      options_(std::move(options)),
      readers_{.role = Connection::Role::reader,
               .limit = options_.readers,
               .spare = options_.readers,
               .depth = options_.read_depth},
      writers_{.role = Connection::Role::writer,
               .limit = options_.writers,
               .spare = 0,
               .depth = options_.write_depth},
      backoff_(0),
      random_(std::random_device{}()),
      alarm_(loop, [this] { schedule(); }),
      sweeper_(loop, [this] { sweep(); }),
      self_(std::make_shared<Client*>(this)) {
  named_ = hosts_of(options_.url);
  events_.ready = [this](Connection* connection) {
    on_ready_connection();
    if (connection->role() == Connection::Role::session) release(connection);
  };
  events_.finished = [this](Connection* connection, RequestPtr request) {
    on_finished(*connection, std::move(request));
  };
  events_.lost = [this](Connection* connection, db::Error why, std::vector<RequestPtr> unanswered) {
    on_lost(*connection, std::move(why), std::move(unanswered));
  };
}

Client::~Client() { *self_ = nullptr; }

void Client::schedule() {
  if (is_scheduled_) return;
  is_scheduled_ = true;
  loop_.run_soon([self = self_] {
    if (*self != nullptr) (*self)->pump();
  });
}

Ticket Client::run(Job job) {
  auto request = std::make_unique<Request>();
  request->job = std::move(job);
  request->ticket = ++last_ticket_;
  request->queued_at = loop_.now();
  ++jobs_;
  schedule();
  if (auto error = unfit(request->job.binds)) {
    fail_later(std::move(request), std::move(*error));
    return last_ticket_;
  }
  Pool& pool = pool_of(*request);
  if (pool.queue.size() >= options_.queue_limit) {
    fail_later(std::move(request), {.failure = db::Failure::busy,
                                    .message = "too many statements wait for PostgreSQL",
                                    .sqlstate = "53300"});
    return last_ticket_;
  }
  pool.queue.push_back(std::move(request));
  return last_ticket_;
}

Client::Pool& Client::pool_of(const Request& request) {
  return request.job.kind == Job::Kind::read ? readers_ : writers_;
}

void Client::fail_later(RequestPtr request, db::Error error) {
  request->error = std::move(error);
  failed_.push_back(std::move(request));
  schedule();
}

void Client::deliver_failed() {
  std::vector<RequestPtr> failed;
  failed.swap(failed_);
  for (RequestPtr& request : failed) deliver(std::move(request));
}

void Client::deliver(RequestPtr request) {
  if (request->is_abandoned || !request->job.done) return;
  Done done = std::move(request->job.done);
  if (request->error) {
    done(std::unexpected(std::move(*request->error)));
  } else {
    done(std::move(request->result));
  }
}

// One step of the work, at the end of the turn's events: what has been asked for in the turn goes
// out together.
void Client::pump() {
  is_scheduled_ = false;
  deliver_failed();
  const auto now = net::Clock::now();
  for (Delayed& delayed : delayed_) {
    if (delayed.due <= now) again(std::move(delayed.request));
  }
  std::erase_if(delayed_, [](const Delayed& delayed) { return delayed.request == nullptr; });
  for (Delayed& delayed : delayed_) {
    alarm_.arm(std::chrono::ceil<milliseconds>(delayed.due - now));
  }
  dispatch(readers_);
  dispatch(writers_);
  serve_waiters();
  for (Pool* pool : {&readers_, &writers_}) {
    for (const auto& connection : pool->connections) connection->flush();
  }
  for (const auto& connection : sessions_) connection->flush();
  if (!is_idle() && !sweeper_.is_armed()) sweeper_.arm(milliseconds(100));
}

void Client::dispatch(Pool& pool) {
  dispatch_from(pool, pool.again);
  if (pool.again.empty()) dispatch_from(pool, pool.queue);
}

void Client::dispatch_from(Pool& pool, std::deque<RequestPtr>& queue) {
  Connection* last = nullptr;
  while (!queue.empty()) {
    const bool may_go_along = queue.front()->job.goes_along && last != nullptr &&
                              last->state() == Connection::State::ready && !last->must_wait() &&
                              last->in_flight() < pool.depth;
    Connection* connection = may_go_along ? last : choose(pool);
    if (connection == nullptr || connection->in_flight() > 0) grow(pool);
    if (connection == nullptr) return;
    last = connection;
    RequestPtr request = std::move(queue.front());
    queue.pop_front();
    // Behind a pooler each is alone, answered at its Sync: PgBouncer loses what it is sent between
    // an error and the end of its transaction (pgbouncer/pgbouncer#759).
    if (pool.role == Connection::Role::reader && !options_.is_pgbouncer && !request->is_alone &&
        request->job.settings.empty() && !request->job.is_rolled_back) {
      connection->send_shared(std::move(request));
    } else {
      connection->send_alone(std::move(request));
    }
  }
}

milliseconds Client::silence(const Connection& connection) const {
  if (connection.in_flight() == 0) return milliseconds(0);
  return std::chrono::duration_cast<milliseconds>(loop_.now() - connection.busy_since());
}

Connection* Client::choose(Pool& pool) {
  Connection* best = nullptr;
  std::size_t usable = 0;
  for (const auto& connection : pool.connections) {
    if (connection->state() != Connection::State::ready || silence(*connection) > kStalled) {
      continue;
    }
    // What is spare rests unless it stands in for another: few pipelines do more than many.
    if (++usable > pool.limit) break;
    if (connection->must_wait() || connection->in_flight() >= pool.depth) continue;
    if (best == nullptr || connection->in_flight() < best->in_flight()) best = connection.get();
  }
  return best;
}

// One more connection, where those that there are have work and none is being made.
void Client::grow(Pool& pool) {
  std::size_t alive = 0;
  std::size_t stalled = 0;
  milliseconds longest(0);
  Connection* closed = nullptr;
  for (const auto& connection : pool.connections) {
    switch (connection->state()) {
      case Connection::State::connecting:
        return;
      case Connection::State::closed:
        closed = connection.get();
        break;
      case Connection::State::ready:
        ++alive;
        longest = std::max(longest, silence(*connection));
        if (silence(*connection) > kSpareAfter) ++stalled;
        break;
    }
  }
  if (alive >= pool.limit + std::min(stalled, pool.spare)) {
    // It may be time later, when nothing else calls for a step.
    const bool may_be_later = alive < pool.limit + pool.spare && longest > kStalled;
    if (may_be_later && longest <= kSpareAfter) {
      alarm_.arm(kSpareAfter - longest + milliseconds(1));
    }
    return;
  }
  if (!may_connect()) return;
  if (closed == nullptr) {
    pool.connections.push_back(std::make_unique<Connection>(loop_, options_, pool.role, events_));
    closed = pool.connections.back().get();
  }
  closed->connect(addresses_);
}

// False while the wait after a failure lasts, or the hosts' addresses are not known; the next step
// comes by itself.
bool Client::may_connect() {
  if (loop_.now() < closed_until_) {
    alarm_.arm(std::chrono::ceil<milliseconds>(closed_until_ - loop_.now()) + milliseconds(1));
    return false;
  }
  if (!named_.must_look_up || !addresses_.all.empty()) return true;
  look_up_hosts();
  return false;
}

void Client::look_up_hosts() {
  if (is_looking_up_) return;
  is_looking_up_ = true;
  using Found = std::expected<Hosts, std::string>;
  // The thread writes it, the loop reads it afterwards.
  auto found = std::make_shared<Found>();
  errands_.run([found, hosts = named_.hosts] { *found = look_up(hosts); }, loop_.remote(),
               [found, self = self_] {
                 if (*self == nullptr) return;
                 Client& client = **self;
                 client.is_looking_up_ = false;
                 if (*found) {
                   client.addresses_ = std::move(**found);
                 } else {
                   client.back_off(found->error());
                 }
                 client.schedule();
               });
}

void Client::cancel(Ticket ticket) {
  const auto is_it = [ticket](const RequestPtr& request) { return request->ticket == ticket; };
  for (Pool* pool : {&readers_, &writers_}) {
    if (std::erase_if(pool->queue, is_it) + std::erase_if(pool->again, is_it) > 0) return;
  }
  if (std::erase_if(failed_, is_it) > 0) return;
  if (std::erase_if(delayed_, [&](const Delayed& delayed) { return is_it(delayed.request); }) > 0) {
    return;
  }
  const auto abandon = [ticket](Request& request) {
    if (request.ticket == ticket) request.is_abandoned = true;
  };
  for (Pool* pool : {&readers_, &writers_}) {
    for (const auto& connection : pool->connections) connection->for_each_in_flight(abandon);
  }
  for (const auto& connection : sessions_) connection->for_each_in_flight(abandon);
  // The sweep tells the server, if the statement has not ended by then: most have.
}

bool Client::is_idle() const {
  const auto is_quiet = [](const Pool& pool) {
    return pool.queue.empty() && pool.again.empty() &&
           std::ranges::all_of(pool.connections, [](const auto& connection) {
             return connection->state() != Connection::State::connecting &&
                    connection->in_flight() == 0;
           });
  };
  return is_quiet(readers_) && is_quiet(writers_) && waiters_.empty() &&
         std::ranges::all_of(sessions_, [](const auto& connection) {
           return connection->state() != Connection::State::connecting &&
                  connection->in_flight() == 0;
         });
}

Deadline Client::statement_deadline() const {
  const auto timeout = options_.statement_timeout;
  return timeout.count() == 0 ? kNoDeadline : net::Clock::now() + timeout;
}

Client::Counters Client::counters() const {
  Counters all = {.jobs = jobs_, .retries = retries_, .lost_connections = lost_};
  const auto add = [&all](const std::vector<std::unique_ptr<Connection>>& connections) {
    for (const auto& connection : connections) {
      all.in_flight += connection->in_flight();
      if (connection->state() == Connection::State::ready) ++all.connections;
    }
  };
  for (const Pool* pool : {&readers_, &writers_}) {
    all.queued += pool->queue.size() + pool->again.size();
    add(pool->connections);
  }
  add(sessions_);
  all.queued += waiters_.size() + delayed_.size();
  return all;
}

}  // namespace sqlxc::pg
