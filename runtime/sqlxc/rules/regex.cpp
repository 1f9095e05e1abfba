#include <sqlxc/rules/regex.h>

#include <sqlxc/core/check.h>
#include <sqlxc/rules/functions.h>

#include <re2/re2.h>

#include <optional>

namespace sqlxc::rules {
namespace {

// What reading a pattern tells.
struct Traits {
  bool depends_on_locale = false;  // has a class such as \w or [[:alpha:]]
};

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// One after the escape at `pattern[at]`; empty if PostgreSQL and RE2 read it differently.
std::optional<std::size_t> pass_escape(std::string_view pattern, std::size_t at, Traits& traits) {
  if (at + 1 >= pattern.size()) return std::nullopt;
  const char c = pattern[at + 1];
  if (std::string_view("dDwWsS").find(c) != std::string_view::npos) {
    traits.depends_on_locale = true;
  } else if (is_alphanumeric(c) && std::string_view("ntrfvA").find(c) == std::string_view::npos) {
    return std::nullopt;
  }
  return at + 2;
}

// One after the bracket expression at `pattern[at]`.
std::optional<std::size_t> pass_bracket(std::string_view pattern, std::size_t at, Traits& traits) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  while (at < pattern.size() && pattern[at] != ']') {
    if (pattern[at] == '\\') {
      const auto next = pass_escape(pattern, at, traits);
      if (!next || pattern[at + 1] == 'A') return std::nullopt;
      at = *next;
    } else if (pattern.substr(at, 2) == "[:") {
      const std::size_t end = pattern.find(":]", at);
      if (end == pattern.npos || pattern[at + 2] == '<' || pattern[at + 2] == '>') {
        return std::nullopt;
      }
      traits.depends_on_locale = true;
      at = end + 2;
    } else if (pattern.substr(at, 2) == "[." || pattern.substr(at, 2) == "[=") {
      return std::nullopt;
    } else {
      ++at;
    }
  }
  if (at >= pattern.size()) return std::nullopt;
  return at + 1;
}

// Reads a pattern as PostgreSQL's manual has it (9.7.3, POSIX Regular Expressions, in their
// advanced form); empty if RE2 would mean something else by it.
std::optional<Traits> read_traits(std::string_view pattern) {
  Traits traits;
  if (pattern.starts_with("***")) return std::nullopt;
  for (std::size_t at = 0; at < pattern.size();) {
    std::optional<std::size_t> next = at + 1;
    if (pattern[at] == '\\') {
      next = pass_escape(pattern, at, traits);
    } else if (pattern[at] == '[') {
      next = pass_bracket(pattern, at, traits);
    } else if (pattern.substr(at, 2) == "(?" && pattern.substr(at, 3) != "(?:") {
      next = std::nullopt;
    }
    if (!next) return std::nullopt;
    at = *next;
  }
  return traits;
}

RE2::Options options(bool ignores_case) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_case_sensitive(!ignores_case);
  options.set_max_mem(std::int64_t{2} << 20);
  return options;
}

}  // namespace

struct Regex::Compiled {
  Compiled(std::string_view pattern, bool no_case, bool locale)
      : depends_on_locale(locale || no_case),
        re(re2::StringPiece(pattern.data(), pattern.size()), options(no_case)) {}

  bool depends_on_locale;
  RE2 re;
};

Regex::Regex(std::string_view pattern, bool ignores_case) {
  const auto traits = read_traits(pattern);
  if (!traits) return;
  auto compiled = std::make_unique<Compiled>(pattern, ignores_case, traits->depends_on_locale);
  if (compiled->re.ok()) compiled_ = std::move(compiled);
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

Tri Regex::search(std::string_view text) const {
  if (!is_supported()) return Tri::unknown;
  if (compiled_->depends_on_locale && !detail::is_ascii(text)) return Tri::unknown;
  return to_tri(search_ascii(text));
}

std::size_t Regex::steps(std::size_t text_size) const {
  SQLXC_CHECK(is_supported());
  return static_cast<std::size_t>(compiled_->re.ProgramSize()) * text_size;
}

bool Regex::search_ascii(std::string_view text) const {
  SQLXC_CHECK(is_supported());
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->re);
}

}  // namespace sqlxc::rules
