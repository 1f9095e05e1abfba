#include <sqlxc/live/socket_session.h>

#include <utility>

#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/live/errors.h>

namespace sqlxc::live {
namespace {

// Close codes of the protocol.
constexpr unsigned kBadRequest = 4400;
constexpr unsigned kUnauthorized = 4401;
constexpr unsigned kBadProtocol = 4406;
constexpr unsigned kInitTimeout = 4408;
constexpr unsigned kDuplicate = 4409;
constexpr unsigned kInitAgain = 4429;

}  // namespace

struct SocketSession::Message {
  std::string type = {};
  std::string id = {};
  std::string payload = {};  // JSON; empty: none

  bool read(std::string_view text);
};

bool SocketSession::Message::read(std::string_view text) {
  json::Reader reader(text);
  if (reader.next() != json::Token::begin_object) return false;
  while (reader.next() == json::Token::key) {
    const std::string key(reader.text());
    if (reader.is_duplicate()) return false;
    const json::Token token = reader.next();
    if (key == "payload") {
      payload = reader.raw();
    } else if (key == "type" || key == "id") {
      if (token != json::Token::string) return false;
      (key == "type" ? type : id) = reader.text();
    } else {
      reader.raw();
    }
  }
  return reader.token() == json::Token::end_object && reader.next() == json::Token::end;
}

// An operation that has been begun and not ended.
class SocketSession::Running final : public Subscriber {
 public:
  Running(SocketSession& session, std::string id) : session_(&session), id_(std::move(id)) {}
  ~Running() override { stop(); }

  void start(const Operation& operation, const Plan& plan);
  /// Nobody waits for it any more.
  void stop() {
    if (session_ != nullptr && subscription_ != 0) session_->loop_.unsubscribe(subscription_);
    session_ = nullptr;
  }
  bool was_refused() const { return is_refused_; }

  void on_result(const Payload& payload) override {
    waiting_ = payload;
    if (!session_->socket_->is_congested()) send_waiting();
  }
  void on_failed(std::string_view message) override {
    // This may be the last that holds it.
    SocketSession& session = *session_;
    const std::string id = id_;
    session.refuse(id, errors_of(message, "SERVICE_UNAVAILABLE"));
    session.end(id);
  }
  /// Sends the newest result, unless the client has it.
  void send_waiting() {
    const Payload payload = std::exchange(waiting_, nullptr);
    if (payload == nullptr || (sent_ != nullptr && *sent_ == *payload)) return;
    sent_ = payload;
    session_->send("next", id_, *payload);
  }

 private:
  friend class SocketSession;
  SocketSession* session_;
  std::string id_;
  SubscriptionId subscription_ = 0;
  bool is_refused_ = false;
  Payload waiting_;  // for the client to take what it was sent before
  Payload sent_;
};

void SocketSession::Running::start(const Operation& operation, const Plan& plan) {
  subscription_ = session_->loop_.subscribe(operation, plan, *this);
  is_refused_ = subscription_ == 0;
}

SocketSession::SocketSession(Loop& loop, SessionOptions options, bool has_protocol)
    : loop_(loop), options_(options), has_protocol_(has_protocol), init_timer_(loop.net(), [this] {
        if (socket_) socket_->close(kInitTimeout, "Connection initialisation timeout");
      }) {}

SocketSession::~SocketSession() {
  for (const auto& [id, running] : running_) running->stop();
}

void SocketSession::on_open(http::WebSocket& socket) {
  socket_ = &socket;
  if (!has_protocol_) return socket_->close(kBadProtocol, "Subprotocol not acceptable");
  init_timer_.arm(options_.init_timeout);
}

void SocketSession::on_closed(http::CloseCode) {
  for (const auto& [id, running] : running_) running->stop();
  running_.clear();
  init_timer_.cancel();
  socket_ = nullptr;
}

void SocketSession::on_drained() {
  for (const auto& [id, running] : running_) {
    if (socket_->is_congested()) return;
    running->send_waiting();
  }
}

void SocketSession::on_text(std::string_view text) {
  Message message;
  if (!message.read(text)) {
    return socket_->close(kBadRequest, "the message is not an object with type, id and payload");
  }
  if (message.type == "connection_init") return init();
  if (message.type == "ping") return send("pong", {}, message.payload);
  if (message.type == "pong") return;
  if (message.type == "complete") return end(message.id);
  if (message.type == "subscribe") return subscribe(message);
  socket_->close(kBadRequest, "the type of the message is unknown");
}

void SocketSession::init() {
  if (is_initialised_) return socket_->close(kInitAgain, "Too many initialisation requests");
  is_initialised_ = true;
  init_timer_.cancel();
  send("connection_ack", {}, {});
}

void SocketSession::subscribe(const Message& message) {
  if (!is_initialised_) return socket_->close(kUnauthorized, "Unauthorized");
  const auto operation = graphql_http::read_parameters(message.payload);
  const bool names_document = operation && (operation->query || !operation->document_id.empty());
  if (message.id.empty() || !names_document) {
    return socket_->close(kBadRequest, "subscribe needs an id and a payload with a query");
  }
  if (running_.contains(message.id)) {
    return socket_->close(kDuplicate, "Subscriber for " + message.id + " already exists");
  }
  if (running_.size() >= options_.max_operations) {
    return refuse(message.id, errors_of("this client has too many operations at once", "TOO_MANY"));
  }
  const Plan plan = loop_.engine().prepare(*operation);
  if (plan.kind == Plan::Kind::refused) return refuse(message.id, plan.errors);
  const auto running = std::make_shared<Running>(*this, message.id);
  running_[message.id] = running;
  if (plan.kind == Plan::Kind::live) {
    running->start(*operation, plan);
    if (!running->was_refused()) return;
    refuse(message.id, errors_of("the service has too many subscriptions", "TOO_MANY"));
    return end(message.id);
  }
  loop_.engine().run(plan, [waiting = std::weak_ptr(running)](Outcome outcome) {
    const auto still = waiting.lock();
    if (still == nullptr || still->session_ == nullptr) return;
    SocketSession& session = *still->session_;
    session.send("next", still->id_, outcome.json);
    session.send("complete", still->id_, {});
    session.end(still->id_);
  });
}

void SocketSession::end(const std::string& id) {
  const auto found = running_.find(id);
  if (found == running_.end()) return;
  // It may be the caller: it goes when nobody is in it any more.
  const std::shared_ptr<Running> running = std::move(found->second);
  running_.erase(found);
  running->stop();
  loop_.net().run_soon([running] {});
}

void SocketSession::refuse(std::string_view id, std::string_view errors) {
  send("error", id, errors);
}

void SocketSession::send(std::string_view type, std::string_view id, std::string_view payload) {
  std::string head = R"({"type":")" + std::string(type) + '"';
  if (!id.empty()) {
    head += R"(,"id":)";
    json::append_string(head, id);
  }
  if (payload.empty()) return socket_->send({head, "}"});
  socket_->send({head, R"(,"payload":)", payload, "}"});
}

}  // namespace sqlxc::live
