#include <sqlxc/db/average_function.h>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/value/decimal.h>

namespace sqlxc::db {
namespace {

using value::Decimal;

struct Mean {
  Decimal sum;
  std::int64_t count = 0;
  bool is_too_large = false;
};

// SQLite gives zeroed memory, not aligned for a Mean, and runs no destructor: what it keeps is a
// pointer, owned until finish().
struct Kept {
  Mean* mean;
};

// A number in PostgreSQL's form: digits to the base of 10,000, of which the first stands at
// `weight`.
struct Leading {
  int weight = 0;
  int digit = 0;
};

Leading leading_of(std::string_view plain) {
  if (plain.starts_with('-')) plain.remove_prefix(1);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string integer(plain.substr(0, point));
  std::string fraction(point < plain.size() ? plain.substr(point + 1) : std::string_view());
  integer.insert(0, (4 - integer.size() % 4) % 4, '0');
  fraction.append((4 - fraction.size() % 4) % 4, '0');
  const std::string digits = integer + fraction;
  for (std::size_t at = 0; at < digits.size(); at += 4) {
    const int digit = std::stoi(digits.substr(at, 4));
    if (digit == 0) continue;
    return {.weight = static_cast<int>(integer.size() / 4) - 1 - static_cast<int>(at / 4),
            .digit = digit};
  }
  return {};
}

// How many fraction digits a quotient has: select_div_scale() in PostgreSQL's numeric.c.
int quotient_scale(const Decimal& sum, std::string_view sum_text, std::int64_t count) {
  const Leading dividend = leading_of(sum_text);
  const Leading divisor = leading_of(std::to_string(count));
  int weight = dividend.weight - divisor.weight;
  if (dividend.digit <= divisor.digit) --weight;
  return std::clamp(std::max(16 - weight * 4, sum.scale), 0, 1000);
}

// By long division, rounded half away from zero.
std::string divide(const Decimal& sum, std::int64_t count) {
  std::string text;
  value::append_decimal(text, sum);
  const int scale = quotient_scale(sum, text, count);
  std::string quotient;
  std::string_view left = text;
  if (left.starts_with('-')) {
    quotient += '-';
    left.remove_prefix(1);
  }
  __int128 rest = 0;
  int fraction = -1;  // digits behind the point so far; -1: before it
  const auto next = [&](int digit) {
    rest = rest * 10 + digit;
    quotient += static_cast<char>('0' + static_cast<int>(rest / count));
    rest %= count;
  };
  for (char c : left) {
    if (c == '.') {
      quotient += '.';
      fraction = 0;
      continue;
    }
    next(c - '0');
    if (fraction >= 0) ++fraction;
  }
  if (fraction < 0) {
    quotient += '.';
    fraction = 0;
  }
  for (; fraction <= scale; ++fraction) next(0);
  const auto plain = value::plain_decimal(quotient);
  return value::round_decimal(plain.value_or("0"), scale);
}

std::optional<Decimal> decimal_of(sqlite3_value* value, int scale) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: {
      Decimal number{.units = sqlite3_value_int64(value), .scale = 0};
      return number;
    }
    case SQLITE_FLOAT: {
      std::array<char, 400> text{};
      const int length =
          std::snprintf(text.data(), text.size(), "%.*f", scale, sqlite3_value_double(value));
      return Decimal::parse({text.data(), static_cast<std::size_t>(std::max(length, 0))});
    }
    default: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      if (text == nullptr) return std::nullopt;
      return Decimal::parse({text, static_cast<std::size_t>(sqlite3_value_bytes(value))});
    }
  }
}

void add_number(sqlite3_context* context, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  auto* kept = static_cast<Kept*>(sqlite3_aggregate_context(context, sizeof(Kept)));
  if (kept == nullptr) return sqlite3_result_error_nomem(context);
  if (kept->mean == nullptr) kept->mean = std::make_unique<Mean>().release();
  Mean* mean = kept->mean;
  const int scale = std::clamp(sqlite3_value_int(values[1]), 0, 30);
  const auto number = decimal_of(values[0], scale);
  const auto sum = number ? value::add(mean->sum, *number) : std::nullopt;
  if (!sum) {
    mean->is_too_large = true;
    return;
  }
  mean->sum = *sum;
  // The scale that the column has, whether or not a value shows it.
  while (mean->sum.scale < scale && mean->sum.scale < 30) {
    mean->sum.units *= 10;
    ++mean->sum.scale;
  }
  ++mean->count;
}

// Exceptions (memory) must not cross SQLite's C code.
void step(sqlite3_context* context, int, sqlite3_value** values) {
  try {
    add_number(context, values);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

void finish(sqlite3_context* context) {
  auto* kept = static_cast<Kept*>(sqlite3_aggregate_context(context, 0));
  if (kept == nullptr || kept->mean == nullptr) return sqlite3_result_null(context);
  const std::unique_ptr<Mean> mean(kept->mean);
  kept->mean = nullptr;
  if (mean->is_too_large) return sqlite3_result_error(context, "numeric field overflow", -1);
  try {
    const std::string text = divide(mean->sum, mean->count);
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

int register_average_function(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, "sqlxc_avg", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                    nullptr, nullptr, step, finish, nullptr);
}

}  // namespace sqlxc::db
