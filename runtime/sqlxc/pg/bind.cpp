#include <sqlxc/pg/bind.h>

#include <sqlxc/core/text.h>

#include <cmath>

namespace sqlxc::pg {
namespace {

using value::Kind;
using value::Value;

constexpr std::size_t kMaxParameters = 65'535;  // a 16 bit count in Bind

void append_real(std::string& out, double real) {
  if (std::isnan(real)) {
    out += "NaN";
  } else if (std::isinf(real)) {
    out += real > 0 ? "Infinity" : "-Infinity";
  } else {
    append_number(out, real);
  }
}

void append_bytes(std::string& out, std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += "\\x";
  for (const char byte : bytes) {
    const auto bits = static_cast<unsigned char>(byte);
    out += kDigits[bits >> 4];
    out += kDigits[bits & 0xF];
  }
}

}  // namespace

std::optional<db::Error> unfit(std::span<const Value> values) {
  if (values.size() > kMaxParameters) {
    return db::Error{.failure = db::Failure::too_big,
                     .message = "the statement would have more than 65535 values",
                     .sqlstate = "54000",
                     .hint = "send fewer rows, or rows with the same columns"};
  }
  for (const Value& value : values) {
    if (value.kind != Kind::bytes && value.text.find('\0') != std::string::npos) {
      return db::Error{.failure = db::Failure::datatype,
                       .message = "a text cannot contain the character U+0000",
                       .sqlstate = "22021"};
    }
  }
  return std::nullopt;
}

Parameters::Parameters(std::span<const Value> values) : pointers_(values.size(), nullptr) {
  // Offsets first: `written_` moves while it grows.
  std::vector<std::pair<std::size_t, std::size_t>> offsets;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    const std::size_t start = written_.size();
    switch (value.kind) {
      case Kind::absent:
      case Kind::null:
      case Kind::use_default:
        continue;
      case Kind::small_decimal:
      case Kind::decimal:
      case Kind::text:
        pointers_[i] = value.text.c_str();
        continue;
      case Kind::boolean:
        written_ += value.integer != 0 ? 't' : 'f';
        break;
      case Kind::integer:
        append_number(written_, value.integer);
        break;
      case Kind::real:
        append_real(written_, value.real);
        break;
      case Kind::bytes:
        append_bytes(written_, value.text);
        break;
    }
    written_ += '\0';
    offsets.emplace_back(i, start);
  }
  for (const auto& [index, start] : offsets) pointers_[index] = written_.data() + start;
}

}  // namespace sqlxc::pg
