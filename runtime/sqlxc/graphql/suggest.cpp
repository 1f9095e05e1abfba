#include <sqlxc/graphql/suggest.h>

#include <algorithm>
#include <optional>

#include <sqlxc/core/text.h>

namespace sqlxc::graphql {
namespace {

// Names beyond this are nobody's typing error, and comparing them would take long.
constexpr std::size_t kMaxLength = 64;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

// Edits (optimal string alignment) between two names, a change of case being one; nothing beyond
// `most`.
std::optional<std::size_t> distance(std::string_view name, std::string_view option,
                                    std::size_t most) {
  if (name == option) return 0;
  std::string a = lower(option);
  std::string b = lower(name);
  if (a == b) return 1;
  if (a.size() < b.size()) a.swap(b);
  if (a.size() - b.size() > most) return std::nullopt;
  std::vector<std::size_t> rows[3];
  for (auto& row : rows) row.assign(b.size() + 1, 0);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::vector<std::size_t>& up = rows[(i - 1) % 3];
    std::vector<std::size_t>& row = rows[i % 3];
    std::size_t smallest = row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + cost});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > most) return std::nullopt;
  }
  const std::size_t edits = rows[a.size() % 3][b.size()];
  if (edits > most) return std::nullopt;
  return edits;
}

// The number that starts at text[at], which is passed over.
std::size_t number_at(std::string_view text, std::size_t& at) {
  std::size_t number = 0;
  while (at < text.size() && is_digit(text[at]))
    number = number * 10 + static_cast<std::size_t>(text[at++] - '0');
  return number;
}

}  // namespace

std::string did_you_mean(std::span<const std::string_view> names, std::string_view subject) {
  constexpr std::size_t kMost = 5;
  if (names.empty()) return {};
  names = names.first(std::min(names.size(), kMost));
  std::string out = " Did you mean ";
  if (!subject.empty()) out.append(subject).append(" ");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_last = i + 1 == names.size();
    if (i > 0) out += names.size() == 2 ? " or " : is_last ? ", or " : ", ";
    out.append("\"").append(names[i]).append("\"");
  }
  return out + "?";
}

std::vector<std::string_view> suggestions(std::string_view name,
                                          std::span<const std::string_view> options) {
  struct Near {
    std::size_t edits;
    std::string_view name;
  };
  if (name.size() > kMaxLength) return {};
  const std::size_t most = name.size() * 2 / 5 + 1;
  std::vector<Near> near;
  for (const std::string_view option : options) {
    const auto edits = distance(name, option, most);
    if (edits) near.push_back({*edits, option});
  }
  std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
    return a.edits != b.edits ? a.edits < b.edits : natural_less(a.name, b.name);
  });
  std::vector<std::string_view> names;
  for (const Near& one : near) {
    if (names.empty() || names.back() != one.name) names.push_back(one.name);
  }
  return names;
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const std::size_t x = number_at(a, i);
      const std::size_t y = number_at(b, j);
      if (x != y) return x < y;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return a.size() < b.size();
}

}  // namespace sqlxc::graphql
