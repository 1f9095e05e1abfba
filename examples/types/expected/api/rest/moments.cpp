#include "api/rest/rest.h"

// Dates and times.
namespace types::rest::moments {
namespace {

enum : FieldIndex {
  id,
  day,
  clock,
  clock_zone,
  local,
  instant,
  precise,
  span,
};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int32,
        .nullable = false,
        .has_default = true,
        .readonly = true,
        .pg_type = "integer",
    },
    {
        .name = "day",
        .sql = R"("day")",
        .type = Type::date,
        .has_default = true,
        .pg_type = "date",
    },
    {
        .name = "clock",
        .sql = R"("clock")",
        .type = Type::time,
        .pg_type = "time without time zone",
    },
    {
        .name = "clock_zone",
        .sql = R"("clock_zone")",
        .type = Type::timetz,
        .pg_type = "time with time zone",
    },
    {
        .name = "local",
        .sql = R"("local")",
        .type = Type::timestamp,
        .pg_type = "timestamp without time zone",
    },
    {
        .name = "instant",
        .sql = R"("instant")",
        .type = Type::timestamptz,
        .has_default = true,
        .pg_type = "timestamp with time zone",
    },
    {
        .name = "precise",
        .sql = R"("precise")",
        .type = Type::timestamp,
        .pg_type = "timestamp(3) without time zone",
    },
    {
        .name = "span",
        .sql = R"("span")",
        .type = Type::interval,
        .pg_type = "interval",
    },
};

constexpr Key kIndexes[] = {
    {"moments_pkey", kFields<id>},
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "moments",
    .sql = R"("moments")",
    .fields = kColumns,
    .primary_key = {"moments_pkey", kFields<id>},
    .indexes = kIndexes,
    .default_order = kOrder,
    .description = "Dates and times.",
    .places = &places,
};

}  // namespace types::rest::moments
