#include <sqlxc/live/event_stream.h>

#include <memory>
#include <utility>

#include <sqlxc/live/errors.h>

namespace sqlxc::live {
namespace {

constexpr std::string_view kContentType = "text/event-stream; charset=utf-8";

// Proxies cut what is silent; a comment is not an event.
constexpr std::chrono::milliseconds kSilence{15'000};

// A line break within a value becomes one between two data lines, which clients join again.
void append_event(std::string& out, std::string_view name, std::string_view data) {
  out += "event: ";
  out += name;
  out += "\ndata: ";
  for (const char c : data) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "data: ";
  }
  out += "\n\n";
}

// Lives as long as the producer of its stream.
class EventStream final : public Subscriber, public std::enable_shared_from_this<EventStream> {
 public:
  EventStream(http::Exchange& exchange, Loop& loop)
      : exchange_(exchange), loop_(loop), silence_(loop.net(), [this] { on_silence(); }) {}
  ~EventStream() override {
    if (subscription_ != 0) loop_.unsubscribe(subscription_);
  }

  void start(const Operation& operation, const Plan& plan) {
    http::Response& response = exchange_.response();
    response.content_type = kContentType;
    response.header("Cache-Control", "no-cache");
    response.header("X-Accel-Buffering", "no");
    exchange_.on_abandoned([self = weak_from_this()] { finish(self, State::left); });
    exchange_.on_draining([self = weak_from_this()] { finish(self, State::complete); });
    silence_.arm(kSilence);
    if (plan.kind == Plan::Kind::live) {
      subscription_ = loop_.subscribe(operation, plan, *this);
      if (subscription_ == 0) on_failed("the service has too many subscriptions");
    }
    exchange_.stream([self = shared_from_this()](std::string& piece) { return self->pull(piece); });
    if (plan.kind == Plan::Kind::live) return;
    loop_.engine().run(plan, [self = weak_from_this()](Outcome outcome) {
      const auto still = self.lock();
      if (still == nullptr) return;
      still->state_ = State::complete;
      still->on_result(std::make_shared<const std::string>(std::move(outcome.json)));
    });
  }

  void on_result(const Payload& payload) override {
    waiting_ = payload;  // the newest is enough, should the client be slow
    wake();
  }
  void on_failed(std::string_view message) override {
    state_ = State::complete;
    on_result(std::make_shared<const std::string>(R"({"errors":)" +
                                                  errors_of(message, "SERVICE_UNAVAILABLE") + "}"));
  }

 private:
  enum class State : std::uint8_t { open, complete, left };

  static void finish(const std::weak_ptr<EventStream>& stream, State state) {
    const auto still = stream.lock();
    if (still == nullptr) return;
    still->state_ = state;
    still->wake();
  }

  void wake() {
    if (std::exchange(is_waiting_, false)) exchange_.resume();
  }

  void on_silence() {
    is_silent_ = true;
    silence_.arm(kSilence);
    wake();
  }

  http::Pull pull(std::string& piece) {
    if (state_ == State::left) return http::Pull::fail;
    const Payload payload = std::exchange(waiting_, nullptr);
    if (payload != nullptr && (sent_ == nullptr || *sent_ != *payload)) {
      append_event(piece, "next", *payload);
      sent_ = payload;
    }
    if (state_ == State::complete) {
      append_event(piece, "complete", {});
      return http::Pull::done;
    }
    // The first comment has the head leave, so that the client knows that it is heard.
    if (std::exchange(is_silent_, false) && piece.empty()) piece += ":\n\n";
    is_waiting_ = true;
    return http::Pull::wait;
  }

  http::Exchange& exchange_;
  Loop& loop_;
  SubscriptionId subscription_ = 0;
  State state_ = State::open;
  bool is_waiting_ = false;
  bool is_silent_ = true;
  Payload waiting_;
  Payload sent_;
  net::Timer silence_;
};

}  // namespace

bool wants_events(const http::Request& request) {
  return request.header("Accept").value_or("").find("text/event-stream") != std::string_view::npos;
}

void answer_events(http::Exchange& exchange, Loop& loop, const Operation& operation,
                   const Plan& plan) {
  if (plan.kind != Plan::Kind::refused) {
    // Shared with the producer of the exchange's stream, which is what keeps it.
    return std::make_shared<EventStream>(exchange, loop)->start(operation, plan);
  }
  exchange.response().content_type = kContentType;
  append_event(exchange.response().body, "next", R"({"errors":)" + plan.errors + "}");
  append_event(exchange.response().body, "complete", {});
  exchange.finish();
}

}  // namespace sqlxc::live
