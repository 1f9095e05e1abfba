#include "api/rest/rest.h"

#include "validation/numbers.h"

// Numbers, exact and not.
namespace types::rest::numbers {
namespace {

enum : FieldIndex {
  id,
  small,
  whole,
  big,
  money,
  exact,
  any_size,
  single,
  twice,
  yes_no,
  domained,
};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int32,
        .nullable = false,
        .has_default = true,
        .pg_type = "integer",
    },
    {
        .name = "small",
        .sql = R"("small")",
        .type = Type::int16,
        .pg_type = "smallint",
    },
    {
        .name = "whole",
        .sql = R"("whole")",
        .type = Type::int32,
        .nullable = false,
        .has_default = true,
        .pg_type = "integer",
    },
    {
        .name = "big",
        .sql = R"("big")",
        .type = Type::int64,
        .pg_type = "bigint",
    },
    {
        .name = "money",
        .sql = R"("money")",
        .type = Type::decimal,
        .precision = 12,
        .scale = 2,
        .pg_type = "numeric(12,2)",
    },
    {
        .name = "exact",
        .sql = R"("exact")",
        .type = Type::decimal,
        .precision = 30,
        .scale = 10,
        .pg_type = "numeric(30,10)",
    },
    {
        .name = "any_size",
        .sql = R"("any_size")",
        .type = Type::decimal,
        .pg_type = "numeric",
    },
    {
        .name = "single",
        .sql = R"("single")",
        .type = Type::float32,
        .pg_type = "real",
    },
    {
        .name = "twice",
        .sql = R"("twice")",
        .type = Type::float64,
        .pg_type = "double precision",
    },
    {
        .name = "yes_no",
        .sql = R"("yes_no")",
        .type = Type::boolean,
        .nullable = false,
        .has_default = true,
        .pg_type = "boolean",
    },
    {
        .name = "domained",
        .sql = R"("domained")",
        .type = Type::int32,
        .pg_type = "positive",
    },
};

constexpr Key kIndexes[] = {
    {"numbers_pkey", kFields<id>},
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "numbers",
    .sql = R"("numbers")",
    .fields = kColumns,
    .primary_key = {"numbers_pkey", kFields<id>},
    .indexes = kIndexes,
    .rules = validation::numbers::kRules,
    .default_order = kOrder,
    .description = "Numbers, exact and not.",
    .places = &places,
};

}  // namespace types::rest::numbers
