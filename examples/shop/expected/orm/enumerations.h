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

}  // namespace shop
