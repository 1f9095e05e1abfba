import { z } from "zod";

import type { FormField } from "../forms.js";
import { between, exact, ge, obeys, type Rule } from "../rules.js";

/** A row of `product_categories`. */
export interface ProductCategoryRow {
  product_id: number;
  category_id: number;
}

/** What a new row may be. */
export interface ProductCategoryInsert {
  product_id: number | string;
  category_id: number | string;
}

/** What a change may say. */
export interface ProductCategoryUpdate {
  product_id?: number | string | undefined;
  category_id?: number | string | undefined;
}

/** What `product_categories` asks of a row beyond its types. */
export const productCategoryRules: readonly Rule[] = [
  {
    name: "product_categories_product_id_range",
    sql: "product_id >= 0",
    fields: ["product_id"],
    holds: (row) => ge(exact(row["product_id"]), exact("0")),
  },
  {
    name: "product_categories_category_id_range",
    sql: "category_id between 0 and 4294967295",
    fields: ["category_id"],
    holds: (row) => between(exact(row["category_id"]), exact("0"), exact("4294967295")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const productCategoryUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const productCategoryInsert = z
  .object({
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    category_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
  })
  .strict()
  .superRefine(obeys(productCategoryRules, ["product_id", "category_id"]));

/** A change: what it does not name stays as it is. */
export const productCategoryUpdate = z
  .object({
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    category_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
  })
  .strict()
  .superRefine(obeys(productCategoryRules));

/** The fields of a form. */
export const productCategoryForm: readonly FormField[] = [
  { name: "product_id", label: "Product id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "products" },
  { name: "category_id", label: "Category id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, max: 4294967295, step: 1, references: "categories" },
];
