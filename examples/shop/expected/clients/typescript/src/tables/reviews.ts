import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, between, exact, ge, minus, obeys, type Rule } from "../rules.js";

/** A row of `reviews`. */
export interface ReviewRow {
  id: number;
  product_id: number;
  customer_id: number;
  stars: number;
  title: string | null;
  body: string | null;
  created_at: string;
}

/** What a new row may be. */
export interface ReviewInsert {
  id?: number | string | undefined;
  product_id: number | string;
  customer_id: number | string;
  stars: number;
  title?: string | null | undefined;
  body?: string | null | undefined;
  created_at?: string | undefined;
}

/** What a change may say. */
export interface ReviewUpdate {
  id?: number | string | undefined;
  product_id?: number | string | undefined;
  customer_id?: number | string | undefined;
  stars?: number | undefined;
  title?: string | null | undefined;
  body?: string | null | undefined;
  created_at?: string | undefined;
}

/** What `reviews` asks of a row beyond its types. */
export const reviewRules: readonly Rule[] = [
  {
    name: "reviews_stars",
    sql: "stars between 1 and 5",
    fields: ["stars"],
    holds: (row) => between(exact(row["stars"]), exact("1"), exact("5")),
  },
  {
    name: "reviews_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
  {
    name: "reviews_product_id_range",
    sql: "product_id >= 0",
    fields: ["product_id"],
    holds: (row) => ge(exact(row["product_id"]), exact("0")),
  },
  {
    name: "reviews_customer_id_range",
    sql: "customer_id >= 0",
    fields: ["customer_id"],
    holds: (row) => ge(exact(row["customer_id"]), exact("0")),
  },
  {
    name: "reviews_stars_range",
    sql: "stars between -128 and 127",
    fields: ["stars"],
    holds: (row) => between(exact(row["stars"]), minus(exact(0), exact("128")), exact("127")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const reviewUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const reviewInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    stars: z.number().int().min(-32768).max(32767),
    title: z.string().refine(atMost(120), "at most 120 characters").nullable().optional(),
    body: z.string().nullable().optional(),
    created_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(reviewRules, ["product_id", "customer_id", "stars", "title", "body"]));

/** A change: what it does not name stays as it is. */
export const reviewUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    stars: z.number().int().min(-32768).max(32767).optional(),
    title: z.string().refine(atMost(120), "at most 120 characters").nullable().optional(),
    body: z.string().nullable().optional(),
    created_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(reviewRules));

/** The fields of a form. */
export const reviewForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "product_id", label: "Product id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "products" },
  { name: "customer_id", label: "Customer id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "customers" },
  { name: "stars", label: "Stars", widget: "number", required: true, nullable: false, readOnly: false, min: 1, max: 5, step: 1 },
  { name: "title", label: "Title", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 120 },
  { name: "body", label: "Body", widget: "textarea", required: false, nullable: true, readOnly: false },
  { name: "created_at", label: "Created at", widget: "datetime-local", required: false, nullable: false, readOnly: false },
];
