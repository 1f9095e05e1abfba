#include "emit/ddl/postgres_order.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <set>
#include <tuple>

#include "compiler/base/utf8.h"
#include "compiler/syntax/scan.h"

namespace sqlxc::emit::ddl {
namespace {

using syntax::Shape;

constexpr std::size_t kNameBytes = 63;  // that PostgreSQL keeps

// A name as it stands in a text, with what is written before its dot.
struct Mention {
  std::string schema;
  std::string name;
  friend auto operator<=>(const Mention&, const Mention&) = default;
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"') ++i;
  }
  return out;
}

// Every name in the text, those in strings too: nextval('orders_id_seq').
void find_mentions(std::string_view text, int depth, std::set<Mention>& into) {
  syntax::Scanner scanner(text, Dialect::postgres, 0, static_cast<std::uint32_t>(text.size()));
  std::string before;  // the name before a dot that was just read
  bool is_behind_dot = false;
  std::string last;
  for (syntax::Lexeme lexeme = scanner.next(); lexeme.shape != Shape::end;
       lexeme = scanner.next()) {
    const std::string_view word = text.substr(lexeme.begin, lexeme.end - lexeme.begin);
    if (lexeme.shape == Shape::word || lexeme.shape == Shape::quoted) {
      std::string name = lexeme.shape == Shape::word ? lower(word) : unquoted(word);
      name.resize(clip_utf8(name, kNameBytes).size());
      into.insert({is_behind_dot ? before : std::string(), name});
      last = name;
      is_behind_dot = false;
      continue;
    }
    is_behind_dot = lexeme.shape == Shape::dot && !last.empty();
    before = is_behind_dot ? last : std::string();
    last.clear();
    if (lexeme.shape == Shape::string && depth > 0 && word.size() > 2) {
      find_mentions(word.substr(1, word.size() - 2), depth - 1, into);
    }
  }
}

class Ordering {
 public:
  Ordering(const std::vector<Part>& parts, const catalog::Catalog& catalog)
      : parts_(parts), catalog_(catalog), needed_(parts.size()), wanted_(parts.size()) {
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      for (const Provided& one : parts[i].provides) by_name_[one.name].push_back({one.schema, i});
    }
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      needed_[i].insert(parts[i].after.begin(), parts[i].after.end());
      wanted_[i].insert(parts[i].rather_after.begin(), parts[i].rather_after.end());
      add_mentions(i, parts[i].needs, needed_[i]);
      add_mentions(i, parts[i].wants, wanted_[i]);
      needed_[i].erase(i);
      wanted_[i].erase(i);
    }
  }

  std::vector<std::uint32_t> run() {
    std::vector<std::uint32_t> out;
    std::vector<bool> is_done(parts_.size(), false);
    std::set<Place> ready;   // nothing is missing
    std::set<Place> usable;  // nothing needed is missing
    std::set<Place> waiting;
    std::vector<std::size_t> missing(parts_.size());
    std::vector<std::size_t> missing_wanted(parts_.size());
    std::vector<std::vector<std::uint32_t>> needed_by(parts_.size());
    std::vector<std::vector<std::uint32_t>> wanted_by(parts_.size());
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      missing[i] = needed_[i].size();
      missing_wanted[i] = wanted_[i].size();
      for (const std::uint32_t other : needed_[i]) needed_by[other].push_back(i);
      for (const std::uint32_t other : wanted_[i]) wanted_by[other].push_back(i);
    }
    const auto enlist = [&](std::uint32_t i) {
      const Place place = place_of(i);
      ready.erase(place);
      usable.erase(place);
      waiting.erase(place);
      if (missing[i] > 0) {
        waiting.insert(place);
      } else {
        (missing_wanted[i] > 0 ? usable : ready).insert(place);
      }
    };
    for (std::uint32_t i = 0; i < parts_.size(); ++i) enlist(i);
    while (out.size() < parts_.size()) {
      // Of the lowest rank that is left, one that misses the least.
      std::set<Place>* from = nullptr;
      for (std::set<Place>* one : {&ready, &usable, &waiting}) {
        const bool is_better =
            !one->empty() &&
            (from == nullptr || std::get<0>(*one->begin()) < std::get<0>(*from->begin()));
        if (is_better) from = one;
      }
      const std::uint32_t next = std::get<2>(*from->begin());
      from->erase(from->begin());
      out.push_back(next);
      is_done[next] = true;
      for (const std::uint32_t other : needed_by[next]) {
        if (is_done[other]) continue;
        --missing[other];
        enlist(other);
      }
      for (const std::uint32_t other : wanted_by[next]) {
        if (is_done[other]) continue;
        --missing_wanted[other];
        enlist(other);
      }
    }
    return out;
  }

 private:
  using Place = std::tuple<int, SourceRange, std::uint32_t>;

  Place place_of(std::uint32_t part) const { return {parts_[part].rank, parts_[part].range, part}; }

  void add_mentions(std::uint32_t part, const std::string& text, std::set<std::uint32_t>& into) {
    std::set<Mention> mentions;
    find_mentions(text, 1, mentions);
    for (const Mention& mention : mentions) add_mention(parts_[part].search_path, mention, into);
  }

  // A name behind a dot may be a column: it means a thing only where what stands before is a
  // schema.
  void add_mention(std::uint32_t search_path, const Mention& mention,
                   std::set<std::uint32_t>& into) {
    const auto found = by_name_.find(mention.name);
    if (found == by_name_.end()) return;
    const auto add = [&](std::string_view schema) {
      bool is_found = false;
      for (const auto& [at, part] : found->second) {
        if (at != schema) continue;
        into.insert(part);
        is_found = true;
      }
      return is_found;
    };
    if (!mention.schema.empty()) {
      add(mention.schema == "public" ? std::string_view() : std::string_view(mention.schema));
      return;
    }
    for (const std::string& schema : catalog_.search_paths[search_path]) {
      if (add(schema)) return;
    }
  }

  const std::vector<Part>& parts_;
  const catalog::Catalog& catalog_;
  std::map<std::string, std::vector<std::pair<std::string, std::uint32_t>>, std::less<>> by_name_;
  std::vector<std::set<std::uint32_t>> needed_;
  std::vector<std::set<std::uint32_t>> wanted_;
};

}  // namespace

std::vector<std::uint32_t> order_of(const std::vector<Part>& parts,
                                    const catalog::Catalog& catalog) {
  return Ordering(parts, catalog).run();
}

}  // namespace sqlxc::emit::ddl
