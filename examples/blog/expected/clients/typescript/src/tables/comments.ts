import { z } from "zod";

import type { FormField } from "../forms.js";
import { between, exact, length, obeys, text, type Rule } from "../rules.js";

/** What readers say about a post. */
export interface CommentRow {
  id: number;
  post_id: number;
  author_id: number;
  body: string;
  created_at: string;
}

/** What a new row may be. */
export interface CommentInsert {
  id?: number | string | undefined;
  post_id: number | string;
  author_id: number | string;
  body: string;
}

/** What a change may say. */
export interface CommentUpdate {
  id?: number | string | undefined;
  post_id?: number | string | undefined;
  author_id?: number | string | undefined;
  body?: string | undefined;
}

/** What `comments` asks of a row beyond its types. */
export const commentRules: readonly Rule[] = [
  {
    name: "comments_body_check",
    sql: "length(body) between 1 and 10000",
    fields: ["body"],
    holds: (row) => between(length(text(row["body"])), exact("1"), exact("10000")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const commentUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const commentInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    post_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    author_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    body: z.string(),
  })
  .strict()
  .superRefine(obeys(commentRules, ["post_id", "author_id", "body"]));

/** A change: what it does not name stays as it is. */
export const commentUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    post_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    author_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    body: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(commentRules));

/** The fields of a form. */
export const commentForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "post_id", label: "Post id", widget: "number", required: true, nullable: false, readOnly: false, step: 1, references: "posts" },
  { name: "author_id", label: "Author id", widget: "number", required: true, nullable: false, readOnly: false, step: 1, references: "users" },
  { name: "body", label: "Body", widget: "textarea", required: true, nullable: false, readOnly: false, minLength: 1, maxLength: 10000 },
  { name: "created_at", label: "Created at", widget: "datetime", required: false, nullable: false, readOnly: true },
];
