#include "api/rest/rest.h"

#include "validation/staff.h"

// `staff`
namespace shop::rest::staff {
namespace {

enum : FieldIndex {
  id,
  name,
  title,
  reports_to,
  hired_on,
};

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
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 80,
        .nullable = false,
        .pg_type = "character varying(80)",
    },
    {
        .name = "title",
        .sql = R"("title")",
        .type = Type::text,
        .max_length = 40,
        .pg_type = "character varying(40)",
    },
    {
        .name = "reports_to",
        .sql = R"("reports_to")",
        .type = Type::int64,
        .pg_type = "bigint",
    },
    {
        .name = "hired_on",
        .sql = R"("hired_on")",
        .type = Type::date,
        .nullable = false,
        .pg_type = "date",
    },
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"staff_reports_to", kFields<reports_to>},
};

constexpr Relation kRelations[] = {
    // staff.reports_to = staff.id
    {
        .name = "manager",
        .target = at::staff,
        .constraint = "staff_manager_fk",
        .from = kFields<reports_to>,
        .to = kFields<0>,
    },
    // staff.id = staff.reports_to
    {
        .name = "reports",
        .cardinality = Cardinality::to_many,
        .target = at::staff,
        .constraint = "staff_manager_fk",
        .from = kFields<id>,
        .to = kFields<3>,
    },
    // staff.id = orders.staff_id
    {
        .name = "orders",
        .cardinality = Cardinality::to_many,
        .target = at::orders,
        .constraint = "orders_staff_fk",
        .from = kFields<id>,
        .to = kFields<4>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "staff",
    .sql = R"("staff")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::staff::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::staff
