#include "compiler/ir/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "compiler/base/utf8.h"

namespace sqlxc::ir {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Plurals that no ending tells.
constexpr std::array kIrregular = {
    Pair{"people", "person"},     Pair{"children", "child"},  Pair{"men", "man"},
    Pair{"women", "woman"},       Pair{"feet", "foot"},       Pair{"teeth", "tooth"},
    Pair{"mice", "mouse"},        Pair{"geese", "goose"},     Pair{"indices", "index"},
    Pair{"matrices", "matrix"},   Pair{"vertices", "vertex"}, Pair{"criteria", "criterion"},
    Pair{"analyses", "analysis"}, Pair{"bases", "base"},      Pair{"crises", "crisis"},
    Pair{"leaves", "leaf"},       Pair{"lives", "life"},      Pair{"wives", "wife"},
    Pair{"halves", "half"},       Pair{"shelves", "shelf"},   Pair{"movies", "movie"},
    Pair{"cookies", "cookie"},    Pair{"statuses", "status"}, Pair{"aliases", "alias"},
    Pair{"buses", "bus"},         Pair{"bonuses", "bonus"},   Pair{"viruses", "virus"},
    Pair{"campuses", "campus"},   Pair{"heroes", "hero"},     Pair{"potatoes", "potato"},
    Pair{"tomatoes", "tomato"},   Pair{"quizzes", "quiz"},    Pair{"axes", "axis"},
    Pair{"caches", "cache"},      Pair{"oxen", "ox"},         Pair{"ties", "tie"},
};

// Words that end in s and are one thing, or have no plural.
constexpr std::array<std::string_view, 22> kUncountable = {
    "news",  "series", "species", "data",        "metadata", "staff", "equipment", "information",
    "money", "sheep",  "fish",    "police",      "always",   "lens",  "gas",       "canvas",
    "atlas", "bias",   "chaos",   "electronics", "sms",      "dns"};

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view end) { return word.ends_with(end); });
}

bool is_uncountable(std::string_view word) {
  return std::ranges::find(kUncountable, word) != kUncountable.end();
}

std::string without(std::string_view word, std::size_t letters, std::string_view ending = "") {
  return std::string(word.substr(0, word.size() - letters)).append(ending);
}

std::string singular_word(std::string_view word) {
  for (const auto& [many, one] : kIrregular) {
    if (word == many) return std::string(one);
  }
  if (is_uncountable(word) || word.size() < 4) return std::string(word);
  if (word.ends_with("ies")) return without(word, 3, "y");
  if (ends_with_any(word, {"sses", "shes", "ches", "xes", "zes"})) return without(word, 2);
  if (ends_with_any(word, {"ss", "us", "is", "ics"}) || !word.ends_with('s')) {
    return std::string(word);
  }
  return without(word, 1);
}

std::string plural_word(std::string_view word) {
  for (const auto& [many, one] : kIrregular) {
    if (word == one) return std::string(many);
  }
  if (word.empty() || is_uncountable(word) || singular_word(word) != word) return std::string(word);
  const bool vowel_before_y =
      word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) != std::string::npos;
  if (word.ends_with('y') && !vowel_before_y) return without(word, 1, "ies");
  if (ends_with_any(word, {"s", "sh", "ch", "x", "z"})) return std::string(word) + "es";
  return std::string(word) + "s";
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '_'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

// Where the last word begins: after `_`, or at an upper case letter after a lower case one.
std::size_t last_word(std::string_view name) {
  for (std::size_t i = name.size(); i-- > 1;) {
    if (!is_word(name[i - 1]) || name[i - 1] == '_') return i;
    if (is_upper(name[i]) && is_lower(name[i - 1])) return i;
  }
  return 0;
}

std::string inflected(std::string_view name, std::string (*inflect)(std::string_view)) {
  const std::size_t at = last_word(name);
  const std::string_view word = name.substr(at);
  const std::string low = lower(word);
  const std::string changed = inflect(low);
  if (changed == low) return std::string(name);
  // What the two share keeps its letter case.
  const auto same = static_cast<std::size_t>(std::ranges::mismatch(low, changed).in1 - low.begin());
  std::string ending = changed.substr(same);
  if (same > 0 && is_upper(word[word.size() - 1]) && is_upper(word[0])) {
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; });
  } else if (same == 0 && is_upper(word[0])) {
    ending[0] = static_cast<char>(ending[0] - 32);
  }
  return std::string(name.substr(0, at)).append(word.substr(0, same)).append(ending);
}

// Latin letters without their marks, U+00C0 to U+017F; "" has no such form.
constexpr std::array<std::string_view, 192> kLatin = {
    "A", "A", "A",  "A",  "A", "A", "AE", "C",  "E",  "E", "E", "E", "I",  "I",  "I", "I", "D", "N",
    "O", "O", "O",  "O",  "O", "",  "O",  "U",  "U",  "U", "U", "Y", "TH", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "A", "a", "A",  "a",  "A", "a", "C", "c",
    "C", "c", "C",  "c",  "C", "c", "D",  "d",  "D",  "d", "E", "e", "E",  "e",  "E", "e", "E", "e",
    "E", "e", "G",  "g",  "G", "g", "G",  "g",  "G",  "g", "H", "h", "H",  "h",  "I", "i", "I", "i",
    "I", "i", "I",  "i",  "I", "i", "IJ", "ij", "J",  "j", "K", "k", "k",  "L",  "l", "L", "l", "L",
    "l", "L", "l",  "L",  "l", "N", "n",  "N",  "n",  "N", "n", "n", "N",  "n",  "O", "o", "O", "o",
    "O", "o", "OE", "oe", "R", "r", "R",  "r",  "R",  "r", "S", "s", "S",  "s",  "S", "s", "S", "s",
    "T", "t", "T",  "t",  "T", "t", "U",  "u",  "U",  "u", "U", "u", "U",  "u",  "U", "u", "U", "u",
    "W", "w", "Y",  "y",  "Y", "Z", "z",  "Z",  "z",  "Z", "z", "s"};

std::uint32_t code_point(std::string_view letter) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(letter[i]); };
  switch (letter.size()) {
    case 2:
      return (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
    case 3:
      return (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    case 4:
      return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 |
             (byte(3) & 0x3FU);
    default:
      return byte(0);
  }
}

// ASCII only: marks fall off Latin letters, other letters become their code point, all else a `_`.
std::string ascii(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(name), 1);
    const std::uint32_t point = code_point(name.substr(0, length));
    if (length == 1) {
      out += is_word(name[0]) ? name[0] : '_';
    } else if (point >= 0xC0 && point < 0x180 && !kLatin[point - 0xC0].empty()) {
      out += kLatin[point - 0xC0];
    } else {
      char digits[12];
      std::snprintf(digits, sizeof digits, "u%04x", static_cast<unsigned>(point));
      out += digits;
    }
    name.remove_prefix(length);
  }
  return out;
}

// Keywords, alternative tokens, and macros and names that emitted headers see.
constexpr std::array kReserved = {
    "EOF",       "INFINITY",  "NAN",           "NULL",         "alignas",
    "alignof",   "and",       "and_eq",        "asm",          "assert",
    "auto",      "bitand",    "bitor",         "bool",         "break",
    "case",      "catch",     "char",          "char16_t",     "char32_t",
    "char8_t",   "class",     "co_await",      "co_return",    "co_yield",
    "compl",     "concept",   "const",         "const_cast",   "consteval",
    "constexpr", "constinit", "continue",      "decltype",     "default",
    "delete",    "do",        "double",        "dynamic_cast", "else",
    "enum",      "errno",     "explicit",      "export",       "extern",
    "false",     "float",     "for",           "friend",       "goto",
    "if",        "inline",    "int",           "linux",        "long",
    "mutable",   "namespace", "new",           "noexcept",     "not",
    "not_eq",    "nullptr",   "operator",      "or",           "or_eq",
    "private",   "protected", "public",        "register",     "reinterpret_cast",
    "requires",  "return",    "short",         "signed",       "sizeof",
    "sqlxc",     "static",    "static_assert", "static_cast",  "std",
    "stderr",    "stdin",     "stdout",        "struct",       "switch",
    "template",  "this",      "thread_local",  "throw",        "true",
    "try",       "typedef",   "typeid",        "typename",     "union",
    "unix",      "unsigned",  "using",         "virtual",      "void",
    "volatile",  "wchar_t",   "while",         "xor",          "xor_eq"};

bool is_reserved(std::string_view name) {
  return std::ranges::binary_search(kReserved, name, {},
                                    [](const char* s) { return std::string_view(s); });
}

}  // namespace

std::string singular(std::string_view name) { return inflected(name, singular_word); }
std::string plural(std::string_view name) { return inflected(name, plural_word); }

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const std::string text = ascii(name);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool after_lower = i > 0 && (is_lower(text[i - 1]) || is_digit(text[i - 1]));
    const bool before_lower = i + 1 < text.size() && is_lower(text[i + 1]);
    if (c == '_' || (is_upper(c) && (after_lower || before_lower))) {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    if (c != '_') word += to_lower(c);
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::string camel_case(std::string_view name) {
  std::string out;
  for (std::string word : words_of(name)) {
    if (is_lower(word[0])) word[0] = static_cast<char>(word[0] - 32);
    if (!out.empty() && is_digit(out.back()) && is_digit(word[0])) out += '_';
    out += word;
  }
  if (out.empty()) out = "Unnamed";
  if (is_digit(out[0])) out.insert(0, "N");
  return out;
}

std::string lower_camel_case(std::string_view name) {
  std::string out = camel_case(name);
  // What camel_case put before a digit is no word of the name.
  const std::vector<std::string> words = words_of(name);
  const bool begins_with_digit = !words.empty() && is_digit(words[0][0]);
  if (begins_with_digit) {
    out[0] = '_';
  } else {
    out[0] = to_lower(out[0]);
    if (name.starts_with('_')) out.insert(0, "_");
  }
  return out;
}

std::string snake_case(std::string_view name) {
  std::string out;
  for (const std::string& word : words_of(name)) {
    if (!out.empty()) out += '_';
    out += word;
  }
  return out.empty() ? "unnamed" : out;
}

std::string cpp_identifier(std::string_view name) {
  std::string out = ascii(name);
  // `__` anywhere, and `_` at the beginning, belong to the implementation.
  for (std::size_t at = out.find("__"); at != std::string::npos; at = out.find("__")) {
    out.erase(at, 1);
  }
  out.erase(
      0, out.find_first_not_of('_') == std::string::npos ? out.size() : out.find_first_not_of('_'));
  if (out.empty()) out = "unnamed";
  if (is_digit(out[0])) out.insert(0, "n");
  if (is_reserved(out)) out += '_';
  return out;
}

bool UniqueNames::is_taken(std::string_view name) const { return taken_.contains(lower(name)); }

std::string UniqueNames::take(const std::vector<std::string>& candidates) {
  for (const std::string& name : candidates) {
    if (taken_.insert(lower(name)).second) return name;
  }
  for (int number = 2;; ++number) {
    std::string name = candidates.back() + '_' + std::to_string(number);
    if (taken_.insert(lower(name)).second) return name;
  }
}

}  // namespace sqlxc::ir
