#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace types {

namespace orm = sqlxc::orm;

/// Texts and bytes.
struct Text {
  std::int64_t id = 0;
  std::optional<std::string> free;
  std::string bounded;
  std::optional<std::string> fixed;
  std::optional<Mood> feeling;
  std::string postal;
  std::optional<orm::Bytes> raw;
  std::optional<orm::Json> document;
  orm::Json binary_document;
  std::optional<orm::Uuid> unique_id;

  bool operator==(const Text&) const = default;
};

namespace input {

/// What a write says of a row of `texts`.
struct Text {
  orm::Set<std::int64_t> id{};
  orm::Set<std::string> free{};
  orm::Set<std::string> bounded{};
  orm::Set<std::string> fixed{};
  orm::Set<Mood> feeling{};
  orm::Set<std::string> postal{};
  orm::Set<orm::Bytes> raw{};
  orm::Set<orm::Json> document{};
  orm::Set<orm::Json> binary_document{};
  orm::Set<orm::Uuid> unique_id{};
};

}  // namespace input

namespace table {

/// The columns and relations of `texts`.
struct Text {
  using Row = types::Text;
  using Input = input::Text;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 1;

  static constexpr orm::Column<Text, std::int64_t> id{0};
  static constexpr orm::Column<Text, std::string> free{1};
  static constexpr orm::Column<Text, std::string> bounded{2};
  static constexpr orm::Column<Text, std::string> fixed{3};
  static constexpr orm::Column<Text, Mood> feeling{4};
  static constexpr orm::Column<Text, std::string> postal{5};
  static constexpr orm::Column<Text, orm::Bytes> raw{6};
  static constexpr orm::Column<Text, orm::Json> document{7};
  static constexpr orm::Column<Text, orm::Json> binary_document{8};
  static constexpr orm::Column<Text, orm::Uuid> unique_id{9};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.free);
    take(row.bounded);
    take(row.fixed);
    take(row.feeling);
    take(row.postal);
    take(row.raw);
    take(row.document);
    take(row.binary_document);
    take(row.unique_id);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Text::id, input.id);
    take(Text::free, input.free);
    take(Text::bounded, input.bounded);
    take(Text::fixed, input.fixed);
    take(Text::feeling, input.feeling);
    take(Text::postal, input.postal);
    take(Text::raw, input.raw);
    take(Text::document, input.document);
    take(Text::binary_document, input.binary_document);
    take(Text::unique_id, input.unique_id);
  }
};

}  // namespace table

inline constexpr table::Text texts;

table::Text table_of(const Text&);

}  // namespace types
