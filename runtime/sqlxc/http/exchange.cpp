#include <sqlxc/http/exchange.h>

#include <algorithm>

#include <sqlxc/core/check.h>
#include <sqlxc/http/connection.h>
#include <sqlxc/http/shard.h>
#include <sqlxc/http/slot.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kKeptBody = 64 * 1024;
constexpr std::size_t kMaxId = 128;

bool is_sane_id(std::string_view id) {
  return !id.empty() && id.size() <= kMaxId && std::all_of(id.begin(), id.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '\\';
  });
}

std::string_view moved(std::string_view view, const char* from, const char* to) {
  return view.data() == nullptr ? view : std::string_view(to + (view.data() - from), view.size());
}

}  // namespace

net::Loop& Exchange::loop() const { return connection_->shard().loop(); }

void Exchange::finish() {
  SQLXC_CHECK(state_ == State::handling || state_ == State::deferred);
  connection_->finish(static_cast<Slot&>(*this));
}

void Exchange::stream(Producer producer) {
  SQLXC_CHECK(state_ == State::handling || state_ == State::deferred);
  producer_ = std::move(producer);
  state_ = State::streaming;
  connection_->start_stream(static_cast<Slot&>(*this));
}

bool Exchange::upgrade(const SocketOptions& options, std::unique_ptr<SocketHandler> handler) {
  SQLXC_CHECK(state_ == State::handling);
  const std::string accept_key = accept_key_of(request_);
  if (accept_key.empty()) return false;
  connection_->upgrade(static_cast<Slot&>(*this), accept_key, options, std::move(handler));
  return true;
}

void Exchange::resume() {
  SQLXC_CHECK(state_ == State::streaming);
  connection_->resume(static_cast<Slot&>(*this));
}

void Exchange::defer() {
  SQLXC_CHECK(state_ == State::handling);
  state_ = State::deferred;
}

void Exchange::on_abandoned(net::Task task) { abandoned_ = std::move(task); }

std::string_view Exchange::id() {
  if (id_.empty()) {
    const std::string_view given = request_.header("X-Request-Id").value_or(std::string_view());
    if (is_sane_id(given)) {
      id_ = given;
    } else {
      connection_->shard().append_fresh_id(id_);
    }
  }
  return id_;
}

void Slot::set_request(std::string_view body) {
  request_.method = head.method;
  request_.is_http_1_0 = head.is_http_1_0;
  request_.keep_alive = head.keep_alive;
  request_.target = head.target;
  request_.path = head.path;
  request_.query = head.query;
  request_.headers = std::span(head.headers.data(), head.header_count);
  request_.body = body;
}

void Slot::rebase(const char* from, const char* to) {
  head.target = moved(head.target, from, to);
  // `/` stands for the empty path of an absolute-form target and is no part of the buffer.
  const bool is_in_buffer =
      head.target.data() != nullptr && !head.target.empty() && head.target[0] != '?';
  if (is_in_buffer) head.path = moved(head.path, from, to);
  head.query = moved(head.query, from, to);
  for (std::size_t i = 0; i < head.header_count; ++i) {
    head.headers[i].name = moved(head.headers[i].name, from, to);
    head.headers[i].value = moved(head.headers[i].value, from, to);
  }
}

void Slot::clear() {
  response_.clear();
  if (response_.body.capacity() > kKeptBody) response_.body = std::string();
  state_ = State::idle;
  is_abandoned_ = false;
  waits_for_resume_ = false;
  abandoned_ = nullptr;
  draining_ = nullptr;
  producer_ = nullptr;
  id_.clear();
  connection_ = nullptr;
}

}  // namespace sqlxc::http
