import { z } from "zod";

import type { FormField } from "../forms.js";
import { type Rule } from "../rules.js";

/** Which post carries which tag. */
export interface PostTagRow {
  post_id: number;
  tag_id: number;
}

/** What a new row may be. */
export interface PostTagInsert {
  post_id: number | string;
  tag_id: number;
}

/** What a change may say. */
export interface PostTagUpdate {
  post_id?: number | string | undefined;
  tag_id?: number | undefined;
}

/** What `post_tags` asks of a row beyond its types. */
export const postTagRules: readonly Rule[] = [];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const postTagUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const postTagInsert = z
  .object({
    post_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    tag_id: z.number().int().min(-2147483648).max(2147483647),
  })
  .strict();

/** A change: what it does not name stays as it is. */
export const postTagUpdate = z
  .object({
    post_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    tag_id: z.number().int().min(-2147483648).max(2147483647).optional(),
  })
  .strict();

/** The fields of a form. */
export const postTagForm: readonly FormField[] = [
  { name: "post_id", label: "Post id", widget: "number", required: true, nullable: false, readOnly: false, step: 1, references: "posts" },
  { name: "tag_id", label: "Tag id", widget: "number", required: true, nullable: false, readOnly: false, step: 1, references: "tags" },
];
