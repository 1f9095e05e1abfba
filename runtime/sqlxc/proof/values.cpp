#include <sqlxc/proof/values.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include <sqlxc/core/text.h>
#include <sqlxc/proof/pattern_sample.h>

namespace sqlxc::proof {
namespace {

using value::Type;

bool is_integer(Type type) {
  return type == Type::int16 || type == Type::int32 || type == Type::int64;
}
bool is_number(Type type) { return type <= Type::decimal && type != Type::boolean; }
bool is_text(Type type) { return type == Type::text || type == Type::other; }
bool is_moment(Type type) {
  return type == Type::date || type == Type::timestamp || type == Type::timestamptz;
}

// Characters of one to four bytes, one that combines, and what patterns and quotes stumble over.
constexpr std::string_view kOdd[] = {"\xC3\xA9",
                                     "e\xCC\x81",
                                     "\xF0\x9F\x98\x80",
                                     "\xE6\xBC\xA2",
                                     "\xC3\x9F",
                                     "\xC4\xB0",
                                     " ",
                                     "\n",
                                     "'",
                                     "\\",
                                     "%",
                                     "_"};

std::string repeated(std::string_view character, long count) {
  std::string out;
  for (long i = 0; i < count; ++i) out += character;
  return out;
}

// `number` with the last of `scale` digits one more or less, without the errors of doubles.
std::string shifted(double number, int scale, int by) {
  char text[64];
  const double step = std::pow(10.0, -scale);
  std::snprintf(text, sizeof text, "%.*f", scale, number + by * step);
  return text;
}

std::string two(std::size_t number) {
  std::string text = std::to_string(number);
  return text.size() < 2 ? "0" + text : text;
}

std::string random_date(Random& random) {
  return std::to_string(1900 + random.below(200)) + '-' + two(1 + random.below(12)) + '-' +
         two(1 + random.below(28));
}

std::string random_time(Random& random) {
  return two(random.below(24)) + ':' + two(random.below(60)) + ':' + two(random.below(60));
}

std::string random_uuid(Random& random) {
  std::string out;
  append_hex(out, random.bits(), 16);
  append_hex(out, random.bits(), 16);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) out.insert(at, "-");
  return out;
}

}  // namespace

Values::Values(const query::Entity& entity, query::FieldIndex field, Random& random)
    : field_(entity.fields[field]) {
  if (field_.max_length > 0) lengths_.push_back(field_.max_length);
  for (const rules::Rule& rule : entity.rules) {
    if (std::ranges::find(rule.fields, field) != rule.fields.end()) add_constants(rule.sql, random);
  }
  add_typical(random);
  if (is_text(field_.type)) add_lengths();
  wrong_ = {Cell::bare("true"),   Cell::bare("12"),    Cell::bare("[]"),  Cell::bare("{\"a\": 1}"),
            Cell::of_text("x y"), Cell::of_text("12"), Cell::bare("1.5"), Cell::of_text("")};
}

// Numbers and strings as they stand in the words of a rule.
void Values::add_constants(std::string_view sql, Random& random) {
  for (std::size_t at = 0; at < sql.size();) {
    const char c = sql[at];
    if (c == '\'') {
      std::string text;
      for (++at; at < sql.size(); ++at) {
        if (sql[at] == '\'' && (at + 1 == sql.size() || sql[at + 1] != '\'')) break;
        if (sql[at] == '\'') ++at;
        text += sql[at];
      }
      ++at;
      add_text(text, random);
    } else if (is_digit(c) && (at == 0 || !(std::isalnum(static_cast<unsigned char>(sql[at - 1])) ||
                                            sql[at - 1] == '_'))) {
      const std::size_t end = std::min(sql.find_first_not_of("0123456789.", at), sql.size());
      const bool is_negative = at > 0 && sql[at - 1] == '-';
      add_number((is_negative ? "-" : "") + std::string(sql.substr(at, end - at)));
      at = end;
    } else {
      ++at;
    }
  }
}

void Values::add_number(const std::string& text) {
  const double number = std::strtod(text.c_str(), nullptr);
  const long whole = static_cast<long>(std::clamp(number, -1e9, 1e9));
  if (is_integer(field_.type)) {
    for (const int by : {-1, 0, 1}) push(Cell::bare(shifted(number, 0, by)));
  } else if (is_number(field_.type)) {
    const int scale =
        field_.type == Type::decimal && field_.precision > 0 ? std::max<int>(field_.scale, 0) : 2;
    for (const int by : {-1, 0, 1}) push(Cell::bare(shifted(number, scale, by)));
    push(Cell::bare(shifted(number, scale + 1, 5)));
    push(Cell::bare(shifted(number, scale + 1, -4)));
    push(Cell::bare(text));
  } else if (is_text(field_.type)) {
    if (whole >= 0 && whole <= 2000) lengths_.push_back(whole);
    push(Cell::of_text(text));
  } else if (is_moment(field_.type) && whole > 0 && whole < 9999) {
    for (const long year : {whole - 1, whole, whole + 1}) {
      if (year < 1000) continue;
      push(Cell::of_text(std::to_string(year) + "-12-31"));
      push(Cell::of_text(std::to_string(year) + "-01-01"));
    }
  }
}

void Values::add_text(const std::string& text, Random& random) {
  if (is_number(field_.type)) return add_number(text);
  if (field_.type == Type::json || field_.type == Type::array) {
    std::string json;
    append_json_string(json, text);
    push(Cell::bare(json));
    push(Cell::bare("{" + json + ": 1}"));
    push(Cell::bare("[" + json + "]"));
    return;
  }
  push(Cell::of_text(text));
  if (!is_text(field_.type)) return;
  letters_ += text;
  for (int i = 0; i < 6; ++i) push(Cell::of_text(sample_regex(text, random)));
  for (int i = 0; i < 3; ++i) push(Cell::of_text(sample_like(text, random)));
  std::string other = text;
  for (char& c : other) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) c = static_cast<char>(c ^ 0x20);
  }
  push(Cell::of_text(other));
  push(Cell::of_text(text + " "));
  push(Cell::of_text(" " + text));
  push(Cell::of_text(text + "x"));
  push(Cell::of_text("x" + text + "\xC3\xA9"));
  if (!text.empty()) push(Cell::of_text(text.substr(1)));
}

void Values::add_typical(Random& random) {
  const auto bare = [this](std::initializer_list<const char*> all) {
    for (const char* text : all) push(Cell::bare(text));
  };
  const auto texts = [this](std::initializer_list<const char*> all) {
    for (const char* text : all) push(Cell::of_text(text));
  };
  switch (field_.type) {
    case Type::boolean:
      return bare({"true", "false"});
    case Type::int16:
      return bare({"0", "1", "-1", "7", "32767", "-32768", "32768", "-32769"});
    case Type::int32:
      return bare({"0", "1", "-1", "7", "100", "2147483647", "-2147483648", "2147483648"});
    case Type::int64:
      return bare({"0", "1", "-1", "7", "1000", "9223372036854775807", "-9223372036854775808",
                   "9223372036854775808", "4294967295", "4294967296", "9007199254740993"});
    case Type::float32:
      return bare({"0", "-0.0", "0.1", "1.5", "-1", "1e30", "16777217", "1e39", "-1e-30"});
    case Type::float64:
      return bare({"0", "-0.0", "0.1", "1.5", "-1", "1e300", "0.30000000000000004", "1e-320"});
    case Type::decimal: {
      bare({"0", "1", "-1", "0.1", "0.005", "0.004", "-0.004", "12345678901234567890", "99.5"});
      texts({"12.5", "0.10"});
      const int whole = field_.precision - field_.scale;
      if (field_.precision == 0 || whole <= 0) return;
      const std::string most = repeated("9", whole);
      push(Cell::bare(most));
      push(Cell::bare("-" + most));
      push(Cell::bare(most + "." + repeated("9", std::max<int>(field_.scale, 0) + 1)));
      return push(Cell::bare("1" + repeated("0", whole)));
    }
    case Type::text:
      texts({"", "a", "A", "ab", "abc", "Hello World", "a@b.example", "https://a.example/b", "12",
             "2020-02-29", "00:00:00:00:00:00", "it's", "50%", "tab\tline\n", "  "});
      for (const std::string_view odd : kOdd) push(Cell::of_text(std::string(odd)));
      return;
    case Type::bytes:
      return texts({"", "AA==", "AAEC", "/+8=", "3q2+7w=="});
    case Type::date:
      texts({"2020-02-29", "1970-01-01", "2000-12-31", "9999-12-31", "0001-01-01", "1969-12-31"});
      break;
    case Type::time:
      texts({"00:00:00", "23:59:59", "12:00:00.5", "24:00:00", "09:30:00"});
      break;
    case Type::timetz:
      return texts({"00:00:00+00", "12:00:00+02", "23:59:59-08"});
    case Type::timestamp:
      texts({"2020-02-29T00:00:00", "1970-01-01T00:00:00", "1999-12-31T23:59:59.999999"});
      break;
    case Type::timestamptz:
      texts({"2020-02-29T00:00:00+00:00", "1970-01-01T00:00:00Z", "1999-12-31T23:59:59+02:00"});
      break;
    case Type::interval:
      return texts({"1 day", "00:00:00", "1 year 2 mons", "-3 days", "04:05:06"});
    case Type::uuid:
      texts({"00000000-0000-0000-0000-000000000000"});
      for (int i = 0; i < 3; ++i) push(Cell::of_text(random_uuid(random)));
      return;
    case Type::json:
      return bare({"{}", "[]", "1", "\"text\"", "true", "{\"a\": [1, 2, {\"b\": null}]}"});
    case Type::enumeration:
      for (const std::string_view label : field_.labels) push(Cell::of_text(std::string(label)));
      return push(Cell::of_text("no such label"));
    case Type::array:
      return bare({"[]", "[null]", "[1]", "[1, 2, 3]", "[\"a\"]", "[\"a\", \"b\"]"});
    case Type::other:
      // Only the database knows what these are: most are none of the type.
      return texts({"1", "10.0.0.1", "(1,2)", "[1,2)", "a", "08:00:2b:01:02:03", "101"});
  }
  for (int i = 0; i < 4; ++i) {
    const std::string date = random_date(random);
    const std::string time = random_time(random);
    if (field_.type == Type::date) push(Cell::of_text(date));
    if (field_.type == Type::time) push(Cell::of_text(time));
    if (field_.type == Type::timestamp) push(Cell::of_text(date + 'T' + time));
    if (field_.type == Type::timestamptz) push(Cell::of_text(date + 'T' + time + "+01:00"));
  }
}

// Texts as long as a bound, and one more and less, of characters of one byte and of four.
void Values::add_lengths() {
  std::ranges::sort(lengths_);
  lengths_.erase(std::ranges::unique(lengths_).begin(), lengths_.end());
  if (lengths_.size() > 8) lengths_.resize(8);
  for (const long length : lengths_) {
    if (length > 300 && length != static_cast<long>(field_.max_length)) continue;
    for (const long near : {length - 1, length, length + 1}) {
      if (near < 0 || near > 4000) continue;
      push(Cell::of_text(repeated("m", near)));
      push(Cell::of_text(repeated("7", near)));
      push(Cell::of_text(repeated(kOdd[static_cast<std::size_t>(near) % 4], near)));
    }
    if (length > 0 && length < 4000) push(Cell::of_text(repeated("m", length) + "  "));
  }
}

std::string Values::random_text(Random& random) const {
  std::string out;
  const std::size_t size = random.below(12);
  for (std::size_t i = 0; i < size; ++i) {
    if (random.once_in(6)) {
      out += random.pick(kOdd);
      continue;
    }
    const char known = letters_.empty() ? 'a' : random.pick(letters_);
    const char ascii = static_cast<char>(' ' + random.below(95));
    out += static_cast<unsigned char>(known) < 0x80 && random.once_in(2) ? known : ascii;
  }
  return out;
}

Cell Values::likely(Random& random) const {
  return likely_.empty() ? Cell::null() : random.pick(likely_);
}

Cell Values::any(Random& random) const {
  switch (random.below(12)) {
    case 0:
      return Cell::null();
    case 1:
      return {};
    case 2:
      return random.pick(wrong_);
    case 3:
      if (is_text(field_.type)) return Cell::of_text(random_text(random));
      if (is_number(field_.type)) {
        const auto number = static_cast<std::int64_t>(random.below(400)) - 200;
        return Cell::bare(std::to_string(number));
      }
      break;
    default:
      break;
  }
  return likely(random);
}

}  // namespace sqlxc::proof
