#pragma once

#include <cstdint>
#include <span>

#include <sqlxc/rules/nullable.h>
#include <sqlxc/rules/rule.h>
#include <sqlxc/value/field.h>
#include <sqlxc/value/value.h>

// What a write proposes for one row, with typed access, so that a rule reads like its SQL:
// `[](const Row& user) { return user[age] >= 18 && length(user[name]) <= 80; }` where
// `constexpr Column<std::int32_t> age{3};`.
namespace sqlxc::rules {

/// A field of an entity and its C++ type: bool, std::int16_t, std::int32_t, std::int64_t, float,
/// double, Decimal, Text, Bytes, Date, Time, Timestamp, Timestamptz, Interval, Json, Array.
template <typename T>
struct Column {
  std::uint16_t index = 0;
};

/// What a rule reads, as constant data: `kFields<age, name>`.
template <Column... columns>
inline constexpr std::uint16_t kFields[] = {columns.index...};

class Row {
 public:
  /// One value a field of the entity, in its order; must outlive the row. With `fields`, the row is
  /// to be inserted: an absent value whose field has no default will be null. Without, it is
  /// unknown.
  explicit Row(std::span<const value::Value> values, std::span<const value::Field> fields = {})
      : values_(values), fields_(fields) {}

  const value::Value& operator[](std::uint16_t field) const { return values_[field]; }

  /// The value, null, or unknown when the write leaves the field to the database.
  template <typename T>
  Nullable<T> operator[](Column<T> column) const {
    const value::Value& value = values_[column.index];
    if (value.has_value()) return read<T>(value);
    return value.is_null() || becomes_null(column.index) ? Nullable<T>::null()
                                                         : Nullable<T>::unknown();
  }

 private:
  // The value as a T; unknown if it is of another kind.
  template <typename T>
  static Nullable<T> read(const value::Value& value);

  bool becomes_null(std::uint16_t field) const {
    return !fields_.empty() && !fields_[field].has_default && !fields_[field].generated;
  }

  std::span<const value::Value> values_;
  std::span<const value::Field> fields_;
};

template <>
Nullable<bool> Row::read(const value::Value& value);
template <>
Nullable<std::int16_t> Row::read(const value::Value& value);
template <>
Nullable<std::int32_t> Row::read(const value::Value& value);
template <>
Nullable<std::int64_t> Row::read(const value::Value& value);
template <>
Nullable<float> Row::read(const value::Value& value);
template <>
Nullable<double> Row::read(const value::Value& value);
template <>
Nullable<Decimal> Row::read(const value::Value& value);
template <>
Nullable<Text> Row::read(const value::Value& value);
template <>
Nullable<Bytes> Row::read(const value::Value& value);
template <>
Nullable<Json> Row::read(const value::Value& value);
template <>
Nullable<Array> Row::read(const value::Value& value);
template <>
Nullable<Interval> Row::read(const value::Value& value);
template <>
Nullable<Date> Row::read(const value::Value& value);
template <>
Nullable<Time> Row::read(const value::Value& value);
template <>
Nullable<Timestamp> Row::read(const value::Value& value);
template <>
Nullable<Timestamptz> Row::read(const value::Value& value);

}  // namespace sqlxc::rules
