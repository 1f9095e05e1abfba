#include <sqlxc/db/functions.h>

#include <sqlite3.h>

#include <sqlxc/core/text.h>
#include <sqlxc/db/next_value.h>
#include <sqlxc/db/text_functions.h>
#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/regex.h>
#include <sqlxc/value/calendar.h>
#include <sqlxc/value/decimal.h>

#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sqlxc::db {
namespace {

using value::Decimal;
using Arguments = sqlite3_value**;

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

void give(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// ---- identity and time

void random_uuid(sqlite3_context* context, int, Arguments) {
  unsigned char bytes[16];
  sqlite3_randomness(sizeof bytes, bytes);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);  // version 4
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);  // RFC 9562's variant
  std::string out;
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    append_hex(out, bytes[i], 2);
  }
  give(context, out);
}

void now(sqlite3_context* context, int, Arguments) {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  std::string out;
  value::append_timestamp(
      out, std::int64_t{time.tv_sec} * value::kMicrosPerSecond + time.tv_nsec / 1000, ' ');
  give(context, out);
}

// ---- patterns

// Nothing interrupts a search: a longer one, some seconds, is not begun.
constexpr std::size_t kMaxSteps = 1'000'000'000;

// The patterns of a connection, compiled. SQLite itself keeps what belongs to an argument only
// where that is a constant, and then in a register of its own, with a copy of the text beside it.
class Patterns {
 public:
  const rules::Regex& find(std::string_view pattern, bool ignores_case) {
    if (const auto known = compiled_.find(pattern); known != compiled_.end()) return known->second;
    if (compiled_.size() == kMost) compiled_.clear();
    return compiled_.try_emplace(std::string(pattern), pattern, ignores_case).first->second;
  }

 private:
  static constexpr std::size_t kMost = 256;

  std::map<std::string, rules::Regex, std::less<>> compiled_;
};

void delete_patterns(void* patterns) { delete static_cast<Patterns*>(patterns); }

template <bool ignores_case>
void regexp(sqlite3_context* context, int, Arguments arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  auto* patterns = static_cast<Patterns*>(sqlite3_user_data(context));
  const rules::Regex& regex = patterns->find(text_of(arguments[0]), ignores_case);
  if (!regex.is_supported()) {
    return sqlite3_result_error(context, "the regular expression is not supported", -1);
  }
  const std::string_view text = text_of(arguments[1]);
  if (regex.steps(text.size()) > kMaxSteps) {
    return sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  }
  sqlite3_result_int(context, regex.search_ascii(text) ? 1 : 0);
}

int register_patterns(sqlite3* connection, const char* name,
                      void (*call)(sqlite3_context*, int, Arguments)) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
  // The connection's; it is deleted with it, and if this fails.
  return sqlite3_create_function_v2(connection, name, 2, kFlags, new Patterns, call, nullptr,
                                    nullptr, delete_patterns);
}

// SQL's LIKE, of a pattern, a text and, perhaps, an escape.
template <bool ignores_case>
void like(sqlite3_context* context, int count, Arguments arguments) {
  for (int i = 0; i < count; ++i) {
    if (is_null(arguments[i])) return;
  }
  char escape = '\\';
  if (count == 3) {
    const std::string_view given = text_of(arguments[2]);
    if (given.size() > 1) {
      return sqlite3_result_error(context, "an escape is one ASCII character", -1);
    }
    escape = given.empty() ? '\0' : given.front();
  }
  const auto words = [&](int i) {
    return ignores_case ? fold_case(text_of(arguments[i])) : std::string(text_of(arguments[i]));
  };
  const auto result = rules::detail::matches_like(words(1), words(0), escape, ignores_case);
  if (!result) return sqlite3_result_error(context, "a pattern must not end in its escape", -1);
  sqlite3_result_int(context, *result ? 1 : 0);
}

// ---- decimals

std::optional<Decimal> decimal_of(sqlite3_context* context, sqlite3_value* value) {
  const auto number = Decimal::parse(text_of(value));
  if (!number) sqlite3_result_error(context, "not a decimal of up to 38 digits", -1);
  return number;
}

void give(sqlite3_context* context, const std::optional<Decimal>& number) {
  if (!number) return sqlite3_result_error(context, "a decimal of more than 38 digits", -1);
  std::string out;
  value::append_decimal(out, *number);
  give(context, out);
}

template <std::optional<Decimal> (*operation)(Decimal, Decimal)>
void decimal(sqlite3_context* context, int, Arguments arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  const auto a = decimal_of(context, arguments[0]);
  const auto b = a ? decimal_of(context, arguments[1]) : std::nullopt;
  if (b) give(context, operation(*a, *b));
}

void decimal_compare(sqlite3_context* context, int, Arguments arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  const auto a = decimal_of(context, arguments[0]);
  const auto b = a ? decimal_of(context, arguments[1]) : std::nullopt;
  if (!b) return;
  const auto order = value::compare(*a, *b);
  if (!order) return sqlite3_result_error(context, "decimals of more than 38 digits", -1);
  sqlite3_result_int(context, *order < 0 ? -1 : *order > 0 ? 1 : 0);
}

// Zeroed by SQLite when it is made, and aligned to eight bytes only, which is not enough for a
// Decimal.
struct Sum {
  unsigned char total[sizeof(Decimal)];
  bool has_value;
  bool has_failed;
};

void decimal_sum_step(sqlite3_context* context, int, Arguments arguments) {
  auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, sizeof(Sum)));
  if (sum == nullptr || is_null(arguments[0]) || sum->has_failed) return;
  const auto number = Decimal::parse(text_of(arguments[0]));
  Decimal before;
  std::memcpy(&before, sum->total, sizeof before);
  const auto total = number ? value::add(before, *number) : std::nullopt;
  sum->has_value = true;
  sum->has_failed = !total;
  if (total) std::memcpy(sum->total, &*total, sizeof sum->total);
}

void decimal_sum_final(sqlite3_context* context) {
  const auto* sum = static_cast<const Sum*>(sqlite3_aggregate_context(context, 0));
  if (sum == nullptr || !sum->has_value) return;
  Decimal total;
  std::memcpy(&total, sum->total, sizeof total);
  give(context, sum->has_failed ? std::nullopt : std::optional(total));
}

int collate_decimals(void*, int a_size, const void* a, int b_size, const void* b) {
  const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(a_size));
  const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(b_size));
  // What the service stores is plain already; other spellings are made so, and non-numbers sort
  // last.
  const auto x = value::plain_decimal(left);
  const auto y = value::plain_decimal(right);
  if (!x || !y) return x ? -1 : y ? 1 : left.compare(right);
  const auto order = value::compare_decimals(*x, *y);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

struct Function {
  const char* name;
  int arguments;  // -1: any number
  void (*call)(sqlite3_context*, int, Arguments);
  bool is_deterministic = true;
};

constexpr Function kFunctions[] = {
    {"gen_random_uuid", 0, random_uuid, false},
    {"uuid_generate_v4", 0, random_uuid, false},
    {"uuid", 0, random_uuid, false},
    {"now", 0, now, false},
    {"transaction_timestamp", 0, now, false},
    {"statement_timestamp", 0, now, false},
    {"clock_timestamp", 0, now, false},
    {"ilike", 2, like<true>},
    {"ilike", 3, like<true>},
    {"like_case", 2, like<false>},
    {"like_case", 3, like<false>},
    {"dec_add", 2, decimal<value::add>},
    {"dec_sub", 2, decimal<value::subtract>},
    {"dec_mul", 2, decimal<value::multiply>},
    {"dec_cmp", 2, decimal_compare},
};

}  // namespace

int register_functions(sqlite3* connection) {
  int code = SQLITE_OK;
  for (const Function& function : kFunctions) {
    const int flags =
        SQLITE_UTF8 | SQLITE_INNOCUOUS | (function.is_deterministic ? SQLITE_DETERMINISTIC : 0);
    if (code == SQLITE_OK) {
      code = sqlite3_create_function_v2(connection, function.name, function.arguments, flags,
                                        nullptr, function.call, nullptr, nullptr, nullptr);
    }
  }
  if (code == SQLITE_OK) {
    code =
        sqlite3_create_function_v2(connection, "dec_sum", 1, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                   nullptr, nullptr, decimal_sum_step, decimal_sum_final, nullptr);
  }
  if (code == SQLITE_OK) {
    code = sqlite3_create_collation_v2(connection, "sqlxc_decimal", SQLITE_UTF8, nullptr,
                                       collate_decimals, nullptr);
  }
  if (code == SQLITE_OK) code = register_patterns(connection, "regexp", regexp<false>);
  if (code == SQLITE_OK) code = register_patterns(connection, "iregexp", regexp<true>);
  if (code == SQLITE_OK) code = register_next_value(connection);
  return code == SQLITE_OK ? register_text_functions(connection) : code;
}

}  // namespace sqlxc::db
