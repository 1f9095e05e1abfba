#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>

namespace sqlxc::graphql {

/// Gathers what is wrong with one document, at most a hundred errors.
class Report {
 public:
  explicit Report(std::string_view source) : lines_(source) {}

  void add(std::string message, std::span<const ast::Offset> places) {
    constexpr std::size_t kMost = 100;
    if (is_full_) return;
    if (errors_.size() == kMost) {
      is_full_ = true;
      errors_.push_back({.message = "Too many validation errors, error limit reached. "
                                    "Validation aborted.",
                         .code = std::string(kValidationFailed)});
      return;
    }
    Error error{.message = std::move(message), .code = std::string(kValidationFailed)};
    // A name that stands a thousand times is not a thousand places to look at.
    for (const ast::Offset at : places.first(std::min(places.size(), kMost)))
      error.locations.push_back(lines_.locate(at));
    errors_.push_back(std::move(error));
  }
  void add(std::string message, std::initializer_list<ast::Offset> places) {
    add(std::move(message), std::span(places.begin(), places.size()));
  }

  /// Nothing that follows would be kept: the time to stop.
  bool is_full() const { return is_full_; }
  Errors take() { return std::move(errors_); }

 private:
  LineIndex lines_;
  Errors errors_;
  bool is_full_ = false;
};

/// Joins pieces of a message.
template <class... Parts>
std::string say(const Parts&... parts) {
  std::string message;
  (message.append(parts), ...);
  return message;
}

}  // namespace sqlxc::graphql
