#include "api/rest/rest.h"

#include "validation/cells.h"

// A key of two columns, and a column that the database computes.
namespace types::rest::cells {
namespace {

enum : FieldIndex {
  row_number,
  column_number,
  width,
  height,
  area,
  parent_row,
  parent_column,
};

constexpr Field kColumns[] = {
    {
        .name = "row_number",
        .sql = R"("row_number")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "column_number",
        .sql = R"("column_number")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "width",
        .sql = R"("width")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "height",
        .sql = R"("height")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "area",
        .sql = R"("area")",
        .type = Type::int32,
        .generated = true,
        .readonly = true,
        .pg_type = "integer",
    },
    {
        .name = "parent_row",
        .sql = R"("parent_row")",
        .type = Type::int32,
        .pg_type = "integer",
    },
    {
        .name = "parent_column",
        .sql = R"("parent_column")",
        .type = Type::int32,
        .pg_type = "integer",
    },
};

constexpr Key kIndexes[] = {
    {"cells_pkey", kFields<row_number, column_number>},
};

constexpr Relation kRelations[] = {
    // cells (parent_row, parent_column) = cells (row_number, column_number)
    {
        .name = "cell",
        .target = at::cells,
        .constraint = "cells_parent_row_parent_column_fkey",
        .from = kFields<parent_row, parent_column>,
        .to = kFields<0, 1>,
    },
    // cells (row_number, column_number) = cells (parent_row, parent_column)
    {
        .name = "cell_cells",
        .cardinality = Cardinality::to_many,
        .target = at::cells,
        .constraint = "cells_parent_row_parent_column_fkey",
        .from = kFields<row_number, column_number>,
        .to = kFields<5, 6>,
    },
};

constexpr Order kOrder[] = {
    {row_number},
    {column_number},
};

}  // namespace

const Entity entity = {
    .name = "cells",
    .sql = R"("cells")",
    .fields = kColumns,
    .primary_key = {"cells_pkey", kFields<row_number, column_number>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::cells::kRules,
    .default_order = kOrder,
    .description = "A key of two columns, and a column that the database computes.",
    .places = &places,
};

}  // namespace types::rest::cells
