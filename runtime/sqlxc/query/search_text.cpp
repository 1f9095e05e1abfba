#include <sqlxc/query/search_text.h>

#include <algorithm>
#include <vector>

#include <sqlxc/core/text.h>

namespace sqlxc::query {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// What to_tsquery reads as operators, websearch_to_tsquery passes over.
bool is_mark(char c) { return std::string_view("!&|():").find(c) != std::string_view::npos; }

bool ends_word(char c) { return is_blank(c) || is_mark(c) || c == '"'; }

// Whether something in it may be a word: letters and digits of any script.
bool has_word(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

// What stands between two `or`s.
struct Side {
  std::vector<std::string_view> found;
  std::vector<std::string_view> excluded;
};

class TextReader {
 public:
  explicit TextReader(std::string_view text) : left_(text) {}

  std::vector<Side> run() {
    sides_.emplace_back();
    while (!left_.empty()) {
      if (!read_term()) continue;
      if (take_or()) sides_.emplace_back();
    }
    return std::move(sides_);
  }

 private:
  // False where what was passed over is no word, phrase or exclusion.
  bool read_term() {
    const char c = left_.front();
    if (is_blank(c) || is_mark(c)) {
      left_.remove_prefix(1);
      return false;
    }
    if (c == '-') {
      is_excluded_ = !is_excluded_;
      left_.remove_prefix(1);
      return false;
    }
    std::string_view term;
    if (c == '"') {
      left_.remove_prefix(1);
      term = left_.substr(0, left_.find('"'));
      left_.remove_prefix(std::min(term.size() + 1, left_.size()));
    } else {
      const auto end = std::ranges::find_if(left_, ends_word);
      term = left_.substr(0, static_cast<std::size_t>(end - left_.begin()));
      left_.remove_prefix(term.size());
    }
    Side& side = sides_.back();
    if (has_word(term)) (is_excluded_ ? side.excluded : side.found).push_back(term);
    is_excluded_ = false;
    return true;
  }

  // A word `or` behind a term and before something.
  bool take_or() {
    std::string_view rest = left_;
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    if (rest.size() < 3 || !equals_ignoring_case(rest.substr(0, 2), "or")) return false;
    rest.remove_prefix(2);
    if (!ends_word(rest.front()) || std::ranges::all_of(rest, is_blank)) return false;
    left_ = rest;
    return true;
  }

  std::string_view left_;
  std::vector<Side> sides_;
  bool is_excluded_ = false;
};

// `("a" "b")`: a phrase of no token is left out by FTS5 where phrases stand beside each other.
void append_terms(std::string& out, const std::vector<std::string_view>& terms,
                  std::string_view joint) {
  out += '(';
  for (const std::string_view term : terms) {
    if (term.data() != terms.front().data()) out += joint;
    out += '"';
    out += term;
    out += '"';
  }
  out += ')';
}

}  // namespace

std::string fts5_query(std::string_view text) {
  std::string out;
  for (const Side& side : TextReader(text).run()) {
    if (side.found.empty()) return {};
    if (!out.empty()) out += " OR ";
    const bool excludes = !side.excluded.empty();
    if (excludes) out += '(';
    append_terms(out, side.found, " ");
    if (!excludes) continue;
    out += " NOT ";
    append_terms(out, side.excluded, " OR ");
    out += ')';
  }
  return out;
}

std::expected<Search, std::string> read_search(const Entity& entity, std::string_view text,
                                               Dialect dialect) {
  const bool is_sqlite = dialect == Dialect::sqlite;
  if (is_sqlite && entity.search.sqlite.empty()) {
    return std::unexpected("`" + std::string(entity.name) + "` cannot be searched in SQLite");
  }
  if (std::ranges::all_of(text, is_blank)) return std::unexpected("there is nothing to search for");
  if (text.size() > kMaxSearchText) {
    return std::unexpected("a search has a text of at most 1000 bytes");
  }
  if (text.find('\0') != text.npos) return std::unexpected("the text of a search has no NUL");
  std::string in_fts5 = fts5_query(text);
  if (in_fts5.empty()) {
    return std::unexpected("a search names a word that is to be found, on each side of an `or`");
  }
  return Search{.text = is_sqlite ? std::move(in_fts5) : std::string(text)};
}

}  // namespace sqlxc::query
