import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, matches, obeys, text, type Rule } from "../rules.js";

/** Words that posts are found by. */
export interface TagRow {
  id: number;
  name: string;
}

/** What a new row may be. */
export interface TagInsert {
  id?: number | undefined;
  name: string;
}

/** What a change may say. */
export interface TagUpdate {
  id?: number | undefined;
  name?: string | undefined;
}

/** What `tags` asks of a row beyond its types. */
export const tagRules: readonly Rule[] = [
  {
    name: "tags_name_pattern",
    sql: "name ~ '^[a-z][a-z0-9-]*$'",
    fields: ["name"],
    holds: (row) => matches(text(row["name"]), new RegExp("^[a-z][a-z0-9\\-]*$", "u")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const tagUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const tagInsert = z
  .object({
    id: z.number().int().min(-2147483648).max(2147483647).optional(),
    name: z.string().refine(atMost(50), "at most 50 characters"),
  })
  .strict()
  .superRefine(obeys(tagRules, ["name"]));

/** A change: what it does not name stays as it is. */
export const tagUpdate = z
  .object({
    id: z.number().int().min(-2147483648).max(2147483647).optional(),
    name: z.string().refine(atMost(50), "at most 50 characters").optional(),
  })
  .strict()
  .superRefine(obeys(tagRules));

/** The fields of a form. */
export const tagForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 50, pattern: "^[a-z][a-z0-9\\-]*$" },
];
