#include "api/rest/rest.h"

// What only PostgreSQL has; SQLite keeps them as text.
namespace types::rest::others {
namespace {

enum : FieldIndex {
  code,
  numbers,
  words,
  network,
  address,
  period,
  flags,
};

constexpr Field kColumns[] = {
    {
        .name = "code",
        .sql = R"("code")",
        .type = Type::text,
        .max_length = 8,
        .nullable = false,
        .pg_type = "character varying(8)",
    },
    {
        .name = "numbers",
        .sql = R"("numbers")",
        .type = Type::array,
        .element = Type::int32,
        .nullable = false,
        .has_default = true,
        .pg_type = "integer[]",
    },
    {
        .name = "words",
        .sql = R"("words")",
        .type = Type::array,
        .element = Type::text,
        .pg_type = "text[]",
    },
    {
        .name = "network",
        .sql = R"("network")",
        .type = Type::other,
        .pg_type = "inet",
    },
    {
        .name = "address",
        .sql = R"("address")",
        .type = Type::other,
        .pg_type = "macaddr",
    },
    {
        .name = "period",
        .sql = R"("period")",
        .type = Type::other,
        .pg_type = "tstzrange",
    },
    {
        .name = "flags",
        .sql = R"("flags")",
        .type = Type::other,
        .pg_type = "bit(8)",
    },
};

constexpr Key kIndexes[] = {
    {"others_pkey", kFields<code>},
};

constexpr Order kOrder[] = {
    {code},
};

}  // namespace

const Entity entity = {
    .name = "others",
    .sql = R"("others")",
    .fields = kColumns,
    .primary_key = {"others_pkey", kFields<code>},
    .indexes = kIndexes,
    .default_order = kOrder,
    .description = "What only PostgreSQL has; SQLite keeps them as text.",
    .places = &places,
};

}  // namespace types::rest::others
