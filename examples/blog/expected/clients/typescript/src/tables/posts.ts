import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, between, decimal, exact, isNull, ne, not, obeys, or, text, type Rule } from "../rules.js";

/** What people write. A published post has a date of publication. */
export interface PostRow {
  id: number;
  author_id: number;
  title: string;
  content: string;
  status: "draft" | "published" | "archived";
  /** What readers gave it on average, from 0 to 10. */
  rating: number | null;
  published_at: string | null;
  created_at: string;
}

/** What a new row may be. */
export interface PostInsert {
  id?: number | string | undefined;
  author_id: number | string;
  title: string;
  content: string;
  status?: "draft" | "published" | "archived" | undefined;
  rating?: number | string | null | undefined;
  published_at?: string | null | undefined;
}

/** What a change may say. */
export interface PostUpdate {
  id?: number | string | undefined;
  author_id?: number | string | undefined;
  title?: string | undefined;
  content?: string | undefined;
  status?: "draft" | "published" | "archived" | undefined;
  rating?: number | string | null | undefined;
  published_at?: string | null | undefined;
}

/** What `posts` asks of a row beyond its types. */
export const postRules: readonly Rule[] = [
  {
    name: "posts_title_check",
    sql: "title <> ''",
    fields: ["title"],
    holds: (row) => ne(text(row["title"]), ""),
  },
  {
    name: "posts_rating_check",
    sql: "rating between 0 and 10",
    fields: ["rating"],
    holds: (row) => between(decimal(row["rating"], 1), exact("0"), exact("10")),
  },
  {
    name: "published_has_a_date",
    sql: "status <> 'published' or published_at is not null",
    fields: ["status", "published_at"],
    holds: (row) => or(ne(text(row["status"]), "published"), not(isNull(row["published_at"]))),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const postUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const postInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    author_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    title: z.string().refine(atMost(200), "at most 200 characters"),
    content: z.string(),
    status: z.enum(["draft", "published", "archived"]).optional(),
    rating: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    published_at: z.string().nullable().optional(),
  })
  .strict()
  .superRefine(obeys(postRules, ["author_id", "title", "content", "rating", "published_at"]));

/** A change: what it does not name stays as it is. */
export const postUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    author_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    title: z.string().refine(atMost(200), "at most 200 characters").optional(),
    content: z.string().optional(),
    status: z.enum(["draft", "published", "archived"]).optional(),
    rating: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    published_at: z.string().nullable().optional(),
  })
  .strict()
  .superRefine(obeys(postRules));

/** The fields of a form. */
export const postForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "author_id", label: "Author id", widget: "number", required: true, nullable: false, readOnly: false, step: 1, references: "users" },
  { name: "title", label: "Title", widget: "text", required: true, nullable: false, readOnly: false, minLength: 1, maxLength: 200 },
  { name: "content", label: "Content", widget: "textarea", required: true, nullable: false, readOnly: false },
  { name: "status", label: "Status", widget: "select", required: false, nullable: false, readOnly: false, options: ["draft", "published", "archived"] },
  { name: "rating", label: "Rating", widget: "number", required: false, nullable: true, readOnly: false, min: 0, max: 10, step: 0.1, help: "What readers gave it on average, from 0 to 10." },
  { name: "published_at", label: "Published at", widget: "datetime", required: false, nullable: true, readOnly: false },
  { name: "created_at", label: "Created at", widget: "datetime", required: false, nullable: false, readOnly: true },
];
