#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace types {

/// Texts and bytes.
struct Text {
  std::int64_t id = 0;
  std::optional<std::string> free;
  std::string bounded;
  std::optional<std::string> fixed;
  std::optional<Mood> feeling;
  std::string postal;
  std::optional<sqlxc::orm::Bytes> raw;
  std::optional<sqlxc::orm::Json> document;
  sqlxc::orm::Json binary_document;
  std::optional<sqlxc::orm::Uuid> unique_id;

  bool operator==(const Text&) const = default;
};

}  // namespace types
