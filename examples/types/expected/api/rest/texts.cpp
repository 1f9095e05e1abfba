#include "api/rest/rest.h"

#include "validation/texts.h"

// Texts and bytes.
namespace types::rest::texts {
namespace {

enum : FieldIndex {
  id,
  free,
  bounded,
  fixed,
  feeling,
  postal,
  raw,
  document,
  binary_document,
  unique_id,
};

constexpr std::string_view kFeelingLabels[] = {"sad", "ok", "happy"};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int64,
        .nullable = false,
        .has_default = true,
        .pg_type = "bigint",
    },
    {
        .name = "free",
        .sql = R"("free")",
        .type = Type::text,
        .pg_type = "text",
    },
    {
        .name = "bounded",
        .sql = R"("bounded")",
        .type = Type::text,
        .max_length = 20,
        .nullable = false,
        .has_default = true,
        .pg_type = "character varying(20)",
    },
    {
        .name = "fixed",
        .sql = R"("fixed")",
        .type = Type::text,
        .max_length = 4,
        .pg_type = "character(4)",
    },
    {
        .name = "feeling",
        .sql = R"("feeling")",
        .type = Type::enumeration,
        .has_default = true,
        .labels = kFeelingLabels,
        .pg_type = "mood",
    },
    {
        .name = "postal",
        .sql = R"("postal")",
        .type = Type::text,
        .max_length = 10,
        .nullable = false,
        .pg_type = "postal_code",
    },
    {
        .name = "raw",
        .sql = R"("raw")",
        .type = Type::bytes,
        .pg_type = "bytea",
    },
    {
        .name = "document",
        .sql = R"("document")",
        .type = Type::json,
        .pg_type = "json",
    },
    {
        .name = "binary_document",
        .sql = R"("binary_document")",
        .type = Type::json,
        .nullable = false,
        .has_default = true,
        .pg_type = "jsonb",
    },
    {
        .name = "unique_id",
        .sql = R"("unique_id")",
        .type = Type::uuid,
        .has_default = true,
        .pg_type = "uuid",
    },
};

constexpr Key kIndexes[] = {
    {"texts_pkey", kFields<id>},
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "texts",
    .sql = R"("texts")",
    .fields = kColumns,
    .primary_key = {"texts_pkey", kFields<id>},
    .indexes = kIndexes,
    .rules = validation::texts::kRules,
    .default_order = kOrder,
    .description = "Texts and bytes.",
    .places = &places,
};

}  // namespace types::rest::texts
