#pragma once

#include <cstdint>
#include <string_view>

// The enums of the schema, and what their values are called in it.
namespace shop {

enum class AddressKind : std::uint16_t {
  billing,
  shipping,
};

constexpr std::string_view to_string(AddressKind value) {
  switch (value) {
    case AddressKind::billing:
      return "billing";
    case AddressKind::shipping:
      return "shipping";
  }
  return {};
}

/// False, and nothing happens, if the text is no value's.
constexpr bool from_string(std::string_view text, AddressKind& value) {
  for (std::uint16_t i = 0; i != 2; ++i) {
    if (text != to_string(AddressKind{i})) continue;
    value = AddressKind{i};
    return true;
  }
  return false;
}

enum class OrderStatus : std::uint16_t {
  open,
  paid,
  shipped,
  cancelled,
};

constexpr std::string_view to_string(OrderStatus value) {
  switch (value) {
    case OrderStatus::open:
      return "open";
    case OrderStatus::paid:
      return "paid";
    case OrderStatus::shipped:
      return "shipped";
    case OrderStatus::cancelled:
      return "cancelled";
  }
  return {};
}

/// False, and nothing happens, if the text is no value's.
constexpr bool from_string(std::string_view text, OrderStatus& value) {
  for (std::uint16_t i = 0; i != 4; ++i) {
    if (text != to_string(OrderStatus{i})) continue;
    value = OrderStatus{i};
    return true;
  }
  return false;
}

enum class PaymentMethod : std::uint16_t {
  card,
  transfer,
  cash,
};

constexpr std::string_view to_string(PaymentMethod value) {
  switch (value) {
    case PaymentMethod::card:
      return "card";
    case PaymentMethod::transfer:
      return "transfer";
    case PaymentMethod::cash:
      return "cash";
  }
  return {};
}

/// False, and nothing happens, if the text is no value's.
constexpr bool from_string(std::string_view text, PaymentMethod& value) {
  for (std::uint16_t i = 0; i != 3; ++i) {
    if (text != to_string(PaymentMethod{i})) continue;
    value = PaymentMethod{i};
    return true;
  }
  return false;
}

}  // namespace shop
