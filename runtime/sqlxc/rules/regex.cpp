#include <sqlxc/rules/regex.h>

#include <sqlxc/core/check.h>
#include <sqlxc/rules/functions.h>
#include <sqlxc/value/pattern.h>

#include <re2/re2.h>

namespace sqlxc::rules {
namespace {

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
  explicit Compiled(const value::Pattern& pattern)
      : depends_on_locale(pattern.depends_on_locale),
        re(pattern.re2, options(pattern.ignores_case)) {}

  bool depends_on_locale;
  RE2 re;
};

Regex::Regex(std::string_view pattern, bool ignores_case) {
  const auto translated = value::translate_pattern(pattern, ignores_case);
  if (!translated) return;
  auto compiled = std::make_unique<Compiled>(*translated);
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
