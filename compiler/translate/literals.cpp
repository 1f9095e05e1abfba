#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "compiler/base/json_text.h"
#include "compiler/translate/translator.h"

// Literals in the form that SQLite's storage has them (docs/sqlite.md), array literals and
// intervals read.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_number_text(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  bool has_digit = false;
  bool has_dot = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      has_digit = true;
    } else if (c == '.' && !has_dot) {
      has_dot = true;
    } else if ((c == 'e' || c == 'E') && has_digit && i + 1 < text.size()) {
      const std::string_view rest = text.substr(i + (text[i + 1] == '-' || text[i + 1] == '+') + 1);
      return !rest.empty() &&
             std::ranges::all_of(rest, [](char d) { return d >= '0' && d <= '9'; });
    } else {
      return false;
    }
  }
  return has_digit;
}

std::string without_plus(std::string_view text) {
  text = trimmed(text);
  return std::string(text.starts_with('+') ? text.substr(1) : text);
}

std::optional<Expr> stored_boolean(const Expr& literal) {
  static constexpr std::array<std::string_view, 8> kTrue = {"t",  "true", "y",    "yes",
                                                            "on", "1",    "\x01", "tr"};
  static constexpr std::array<std::string_view, 8> kFalse = {"f",   "false", "n", "no",
                                                             "off", "0",     "",  "fa"};
  Expr out = make(Kinds::boolean);
  std::string text = lower(trimmed(literal.text));
  if (literal.kind == Kinds::bit_string || literal.kind == Kinds::number) {
    text = text.find_first_not_of('0') == std::string::npos ? "0" : "1";
  }
  if (text.size() == 1 && text[0] == '\0') text = "0";
  if (std::ranges::find(kTrue, text) != kTrue.end()) {
    out.text = "true";
  } else if (std::ranges::find(kFalse, text) != kFalse.end()) {
    out.text = "false";
  } else {
    return std::nullopt;
  }
  return out;
}

std::optional<Expr> stored_integer(const Expr& literal) {
  if (literal.kind == Kinds::boolean) return number_of(literal.text == "true" ? "1" : "0");
  if (literal.kind == Kinds::bit_string) {
    const int base = literal.name == "x" ? 16 : 2;
    return number_of(std::to_string(std::strtoll(literal.text.c_str(), nullptr, base)));
  }
  if (literal.kind == Kinds::string && is_number_text(literal.text)) {
    return number_of(without_plus(literal.text));
  }
  return literal;
}

std::optional<Expr> stored_bytes(const Expr& literal) {
  if (literal.kind != Kinds::string) return literal;
  static constexpr std::string_view kDigits = "0123456789abcdef";
  Expr out = make(Kinds::bit_string);
  out.name = "x";
  if (literal.text.starts_with("\\x")) {
    out.text = literal.text.substr(2);
    return out;
  }
  for (const char c : literal.text) {
    const auto byte = static_cast<unsigned char>(c);
    out.text += kDigits[byte >> 4];
    out.text += kDigits[byte & 15];
  }
  return out;
}

// `2020-01-01T10:00:00.500Z` as it is stored: `2020-01-01 10:00:00.5`. Another zone than UTC is not
// computed here.
std::optional<std::string> stored_moment(std::string_view text, Kind kind) {
  std::string out(trimmed(text));
  if (out.size() > 10 && out[10] == 'T') out[10] = ' ';
  if (kind == Kind::date) return out.substr(0, 10);
  if (kind == Kind::timestamptz || kind == Kind::timestamp) {
    for (const std::string_view zone : {"Z", "+00:00", "+00", "-00"}) {
      if (out.ends_with(zone)) {
        out.resize(out.size() - zone.size());
        break;
      }
    }
    if (out.size() > 19 && out.find_first_of("+-", 11) != std::string::npos) return std::nullopt;
    if (out.size() == 10 && out[4] == '-') out += " 00:00:00";
    if (out.size() == 16 && out[13] == ':') out += ":00";
  }
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

// The elements of PostgreSQL's `{a,"b,c",NULL}` as JSON; nested arrays nest.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, Kind element) : text_(text), element_(element) {}

  std::optional<std::string> read() {
    auto out = array();
    return at_ == text_.size() ? out : std::nullopt;
  }

 private:
  std::optional<std::string> array() {
    if (at_ >= text_.size() || text_[at_] != '{') return std::nullopt;
    ++at_;
    std::string out = "[";
    while (at_ < text_.size() && text_[at_] != '}') {
      if (out.size() > 1) {
        if (text_[at_++] != ',') return std::nullopt;
        out += ",";
      }
      const auto element = text_[at_] == '{' ? array() : scalar();
      if (!element) return std::nullopt;
      out += *element;
    }
    if (at_ >= text_.size()) return std::nullopt;
    ++at_;
    return out + "]";
  }

  std::optional<std::string> scalar() {
    std::string text;
    const bool is_quoted = text_[at_] == '"';
    if (is_quoted) ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_quoted ? c == '"' : (c == ',' || c == '}')) break;
      if (c == '\\') ++at_;
      if (at_ < text_.size()) text += text_[at_++];
    }
    if (is_quoted) {
      if (at_ >= text_.size()) return std::nullopt;
      ++at_;
      return json_string(text);
    }
    return json_scalar(text, element_);
  }

 public:
  static std::string json_scalar(const std::string& raw, Kind element) {
    const std::string text(trimmed(raw));
    if (lower(text) == "null") return "null";
    if (is_number(element) && is_number_text(text)) return without_plus(text);
    if (element == Kind::boolean) {
      const std::string word = lower(text);
      return word.starts_with('t') || word == "1" ? "true" : "false";
    }
    return json_string(text);
  }

 private:
  std::string_view text_;
  Kind element_;
  std::size_t at_ = 0;
};

std::optional<Expr> stored_array(const Expr& literal, Kind element) {
  if (literal.kind != Kinds::string) return std::nullopt;
  const std::string_view text = trimmed(literal.text);
  if (text.starts_with('[')) return literal;
  const auto json = ArrayReader(text, element).read();
  if (!json) return std::nullopt;
  return string_of(*json);
}

struct Unit {
  std::string_view prefix;
  std::string_view modifier;
  int factor;
};

// Longer prefixes first: `mon` before `m`.
constexpr std::array<Unit, 17> kUnits = {{{"microsecond", "", 0},
                                          {"millisecond", "", 0},
                                          {"century", "years", 100},
                                          {"decade", "years", 10},
                                          {"quarter", "months", 3},
                                          {"year", "years", 1},
                                          {"yr", "years", 1},
                                          {"mon", "months", 1},
                                          {"week", "days", 7},
                                          {"day", "days", 1},
                                          {"hour", "hours", 1},
                                          {"hr", "hours", 1},
                                          {"min", "minutes", 1},
                                          {"sec", "seconds", 1},
                                          {"d", "days", 1},
                                          {"h", "hours", 1},
                                          {"s", "seconds", 1}}};

const Unit* find_unit(std::string_view word) {
  for (const Unit& unit : kUnits) {
    const bool is_letter = unit.prefix.size() == 1;
    if (is_letter ? word == unit.prefix : word.starts_with(unit.prefix)) {
      return unit.factor == 0 ? nullptr : &unit;
    }
  }
  return nullptr;
}

std::string signed_amount(std::string amount, int factor, bool is_negative) {
  bool minus = is_negative;
  if (amount.starts_with('-')) {
    minus = !minus;
    amount.erase(0, 1);
  } else if (amount.starts_with('+')) {
    amount.erase(0, 1);
  }
  if (factor != 1) amount = std::to_string(std::atoll(amount.c_str()) * factor);
  return (minus ? "-" : "+") + amount;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  for (const char c : lower(text)) {
    const bool is_letter = c >= 'a' && c <= 'z';
    if (c == ' ') {
      end_word();
      continue;
    }
    // `1day` is two words.
    if (is_letter && !word.empty() && (word.back() < 'a' || word.back() > 'z')) end_word();
    word += c;
  }
  end_word();
  return words;
}

}  // namespace

std::optional<Expr> stored_literal(const Expr& literal, const ValueType& type) {
  if (literal.kind == Kinds::null_literal) return literal;
  switch (type.kind) {
    case Kind::boolean:
      return literal.kind == Kinds::boolean ? literal : stored_boolean(literal);
    case Kind::integer:
    case Kind::real:
    case Kind::decimal:
      return stored_integer(literal);
    case Kind::wide_decimal:
      return literal.kind == Kinds::number ? string_of(literal.text) : literal;
    case Kind::bytes:
      return stored_bytes(literal);
    case Kind::bits:
      return literal.kind == Kinds::bit_string ? string_of(literal.text) : literal;
    case Kind::uuid:
      return literal.kind == Kinds::string ? string_of(lower(literal.text)) : literal;
    case Kind::array:
      return stored_array(literal, type.element);
    case Kind::date:
    case Kind::time:
    case Kind::timetz:
    case Kind::timestamp:
    case Kind::timestamptz: {
      if (literal.kind != Kinds::string) return literal;
      const auto text = stored_moment(literal.text, type.kind);
      if (!text) return std::nullopt;
      return string_of(*text);
    }
    default:
      return literal;
  }
}

std::optional<std::vector<std::string>> interval_modifiers(std::string_view interval,
                                                           bool is_negative) {
  std::vector<std::string> out;
  const std::vector<std::string> words = words_of(interval);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& amount = words[i];
    if (amount.find(':') != std::string::npos) {
      const bool minus = is_negative != amount.starts_with('-');
      std::string clock = amount.substr(amount.find_first_of("0123456789"));
      if (clock.size() >= 4 && clock[1] == ':') clock.insert(0, "0");
      out.push_back((minus ? "-" : "+") + clock);
      continue;
    }
    if (!is_number_text(amount)) return std::nullopt;
    const Unit* unit = i + 1 < words.size() ? find_unit(words[i + 1]) : find_unit("sec");
    if (unit == nullptr) return std::nullopt;
    out.push_back(signed_amount(amount, unit->factor, is_negative) + " " +
                  std::string(unit->modifier));
    ++i;
  }
  if (out.empty()) return std::nullopt;
  return out;
}

}  // namespace sqlxc::translate
