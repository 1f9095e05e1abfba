import { z } from "zod";

import type { FormField } from "../forms.js";
import { exact, gt, obeys, type Rule } from "../rules.js";

/** A key of two columns, and a column that the database computes. */
export interface CellRow {
  row_number: number;
  column_number: number;
  width: number;
  height: number;
  area: number | null;
  parent_row: number | null;
  parent_column: number | null;
}

/** What a new row may be. */
export interface CellInsert {
  row_number: number;
  column_number: number;
  width: number;
  height: number;
  parent_row?: number | null | undefined;
  parent_column?: number | null | undefined;
}

/** What a change may say. */
export interface CellUpdate {
  row_number?: number | undefined;
  column_number?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
  parent_row?: number | null | undefined;
  parent_column?: number | null | undefined;
}

/** What `cells` asks of a row beyond its types. */
export const cellRules: readonly Rule[] = [
  {
    name: "cells_width_check",
    sql: "width > 0",
    fields: ["width"],
    holds: (row) => gt(exact(row["width"]), exact("0")),
  },
  {
    name: "cells_height_check",
    sql: "height > 0",
    fields: ["height"],
    holds: (row) => gt(exact(row["height"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const cellUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const cellInsert = z
  .object({
    row_number: z.number().int().min(-2147483648).max(2147483647),
    column_number: z.number().int().min(-2147483648).max(2147483647),
    width: z.number().int().min(-2147483648).max(2147483647),
    height: z.number().int().min(-2147483648).max(2147483647),
    parent_row: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
    parent_column: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(cellRules, ["row_number", "column_number", "width", "height", "parent_row", "parent_column"]));

/** A change: what it does not name stays as it is. */
export const cellUpdate = z
  .object({
    row_number: z.number().int().min(-2147483648).max(2147483647).optional(),
    column_number: z.number().int().min(-2147483648).max(2147483647).optional(),
    width: z.number().int().min(-2147483648).max(2147483647).optional(),
    height: z.number().int().min(-2147483648).max(2147483647).optional(),
    parent_row: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
    parent_column: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(cellRules));

/** The fields of a form. */
export const cellForm: readonly FormField[] = [
  { name: "row_number", label: "Row number", widget: "number", required: true, nullable: false, readOnly: false, step: 1 },
  { name: "column_number", label: "Column number", widget: "number", required: true, nullable: false, readOnly: false, step: 1 },
  { name: "width", label: "Width", widget: "number", required: true, nullable: false, readOnly: false, min: 1, step: 1 },
  { name: "height", label: "Height", widget: "number", required: true, nullable: false, readOnly: false, min: 1, step: 1 },
  { name: "area", label: "Area", widget: "number", required: false, nullable: true, readOnly: true, step: 1 },
  { name: "parent_row", label: "Parent row", widget: "number", required: false, nullable: true, readOnly: false, step: 1 },
  { name: "parent_column", label: "Parent column", widget: "number", required: false, nullable: true, readOnly: false, step: 1 },
];
