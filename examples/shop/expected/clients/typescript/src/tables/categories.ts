import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, between, exact, obeys, type Rule } from "../rules.js";

/** A row of `categories`. */
export interface CategoryRow {
  id: number;
  parent_id: number | null;
  name: string;
  position: number;
}

/** What a new row may be. */
export interface CategoryInsert {
  id?: number | string | undefined;
  parent_id?: number | string | null | undefined;
  name: string;
  position?: number | undefined;
}

/** What a change may say. */
export interface CategoryUpdate {
  id?: number | string | undefined;
  parent_id?: number | string | null | undefined;
  name?: string | undefined;
  position?: number | undefined;
}

/** What `categories` asks of a row beyond its types. */
export const categoryRules: readonly Rule[] = [
  {
    name: "categories_id_range",
    sql: "id between 0 and 4294967295",
    fields: ["id"],
    holds: (row) => between(exact(row["id"]), exact("0"), exact("4294967295")),
  },
  {
    name: "categories_parent_id_range",
    sql: "parent_id between 0 and 4294967295",
    fields: ["parent_id"],
    holds: (row) => between(exact(row["parent_id"]), exact("0"), exact("4294967295")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const categoryUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const categoryInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    parent_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    name: z.string().refine(atMost(60), "at most 60 characters"),
    position: z.number().int().min(-32768).max(32767).optional(),
  })
  .strict()
  .superRefine(obeys(categoryRules, ["parent_id", "name"]));

/** A change: what it does not name stays as it is. */
export const categoryUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    parent_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    name: z.string().refine(atMost(60), "at most 60 characters").optional(),
    position: z.number().int().min(-32768).max(32767).optional(),
  })
  .strict()
  .superRefine(obeys(categoryRules));

/** The fields of a form. */
export const categoryForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, max: 4294967295, step: 1 },
  { name: "parent_id", label: "Parent id", widget: "number", required: false, nullable: true, readOnly: false, min: 0, max: 4294967295, step: 1, references: "categories" },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 60 },
  { name: "position", label: "Position", widget: "number", required: false, nullable: false, readOnly: false, min: -32768, max: 32767, step: 1 },
];
