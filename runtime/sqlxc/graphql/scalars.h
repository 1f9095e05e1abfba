#pragma once

#include <array>
#include <string>
#include <string_view>

#include <sqlxc/graphql/input.h>

// Which values a scalar takes (October 2021, section 3.5): GraphQL's own, and those whose names
// services agree on. A value that is taken keeps the text that it was written with, so that no
// digit is lost; what a column makes of it is decided where it is bound.
namespace sqlxc::graphql {

/// Says why a scalar does not take a value: "Int cannot represent ..."; empty: it does. `shown` is
/// the value as errors print it.
using Accept = std::string (*)(const Input& value, std::string_view shown);

struct Scalar {
  std::string_view name;
  Accept accept = nullptr;          // none: it takes everything
  Accept accept_literal = nullptr;  // none: as `accept`
};

/// Int, Float, String, Boolean, ID.
const Scalar* find_built_in_scalar(std::string_view name);

std::string accept_big_int(const Input& value, std::string_view shown);
std::string accept_decimal(const Input& value, std::string_view shown);
std::string accept_date(const Input& value, std::string_view shown);
std::string accept_time(const Input& value, std::string_view shown);
std::string accept_date_time(const Input& value, std::string_view shown);
std::string accept_uuid(const Input& value, std::string_view shown);

/// BigInt and Decimal take numbers and strings of digits; the others strings of their form.
inline constexpr std::array kCommonScalars = {
    Scalar{"BigInt", accept_big_int},     Scalar{"Decimal", accept_decimal},
    Scalar{"Date", accept_date},          Scalar{"Time", accept_time},
    Scalar{"DateTime", accept_date_time}, Scalar{"UUID", accept_uuid},
};

}  // namespace sqlxc::graphql
