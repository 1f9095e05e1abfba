#include "api/rest/rest.h"

// Where things can be sent
namespace shop::rest::countries {
namespace {

enum : FieldIndex {
  code,
  name,
};

constexpr Field kColumns[] = {
    {
        .name = "code",
        .sql = R"("code")",
        .type = Type::text,
        .max_length = 2,
        .nullable = false,
        .pg_type = "character varying(2)",
    },
    {
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 80,
        .nullable = false,
        .pg_type = "character varying(80)",
    },
};

constexpr Key kUniques[] = {
    {"countries_name", kFields<name>},
};

constexpr Key kIndexes[] = {
    {"", kFields<code>},
    {"countries_name", kFields<name>},
};

constexpr Relation kRelations[] = {
    // countries.code = addresses.country_code
    {
        .name = "addresses",
        .cardinality = Cardinality::to_many,
        .target = at::addresses,
        .constraint = "addresses_country_fk",
        .from = kFields<code>,
        .to = kFields<6>,
    },
};

constexpr Order kOrder[] = {
    {code},
};

}  // namespace

const Entity entity = {
    .name = "countries",
    .sql = R"("countries")",
    .fields = kColumns,
    .primary_key = {"", kFields<code>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .default_order = kOrder,
    .description = "Where things can be sent",
    .places = &places,
};

}  // namespace shop::rest::countries
