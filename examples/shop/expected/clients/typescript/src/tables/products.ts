import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, decimal, exact, ge, isNull, obeys, or, type Rule } from "../rules.js";

/** A row of `products`. */
export interface ProductRow {
  id: number;
  sku: string;
  name: string;
  description: string | null;
  price: number;
  list_price: number | null;
  stock: number;
  weight: number | null;
  attributes: unknown;
  is_active: boolean;
  created_at: string;
}

/** What a new row may be. */
export interface ProductInsert {
  id?: number | string | undefined;
  sku: string;
  name: string;
  description?: string | null | undefined;
  price: number | string;
  list_price?: number | string | null | undefined;
  stock?: number | undefined;
  weight?: number | null | undefined;
  attributes?: unknown;
  is_active?: boolean | undefined;
  created_at?: string | undefined;
}

/** What a change may say. */
export interface ProductUpdate {
  id?: number | string | undefined;
  sku?: string | undefined;
  name?: string | undefined;
  description?: string | null | undefined;
  price?: number | string | undefined;
  list_price?: number | string | null | undefined;
  stock?: number | undefined;
  weight?: number | null | undefined;
  attributes?: unknown;
  is_active?: boolean | undefined;
  created_at?: string | undefined;
}

/** What `products` asks of a row beyond its types. */
export const productRules: readonly Rule[] = [
  {
    name: "products_price",
    sql: "price >= 0",
    fields: ["price"],
    holds: (row) => ge(decimal(row["price"], 2), exact("0")),
  },
  {
    name: "products_stock",
    sql: "stock >= 0",
    fields: ["stock"],
    holds: (row) => ge(exact(row["stock"]), exact("0")),
  },
  {
    name: "products_discount",
    sql: "list_price is null or list_price >= price",
    fields: ["list_price", "price"],
    holds: (row) => or(isNull(row["list_price"]), ge(decimal(row["list_price"], 2), decimal(row["price"], 2))),
  },
  {
    name: "products_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const productUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const productInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    sku: z.string().refine(atMost(32), "at most 32 characters"),
    name: z.string().refine(atMost(160), "at most 160 characters"),
    description: z.string().nullable().optional(),
    price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]),
    list_price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    stock: z.number().int().min(-2147483648).max(2147483647).optional(),
    weight: z.number().nullable().optional(),
    attributes: z.custom<unknown>((value) => value !== undefined).optional(),
    is_active: z.boolean().optional(),
    created_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(productRules, ["sku", "name", "description", "price", "list_price", "weight", "attributes"]));

/** A change: what it does not name stays as it is. */
export const productUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    sku: z.string().refine(atMost(32), "at most 32 characters").optional(),
    name: z.string().refine(atMost(160), "at most 160 characters").optional(),
    description: z.string().nullable().optional(),
    price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).optional(),
    list_price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    stock: z.number().int().min(-2147483648).max(2147483647).optional(),
    weight: z.number().nullable().optional(),
    attributes: z.custom<unknown>((value) => value !== undefined).optional(),
    is_active: z.boolean().optional(),
    created_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(productRules));

/** The fields of a form. */
export const productForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "sku", label: "Sku", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 32 },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 160 },
  { name: "description", label: "Description", widget: "textarea", required: false, nullable: true, readOnly: false },
  { name: "price", label: "Price", widget: "number", required: true, nullable: false, readOnly: false, min: 0, max: 99999999.99, step: 0.01 },
  { name: "list_price", label: "List price", widget: "number", required: false, nullable: true, readOnly: false, min: -99999999.99, max: 99999999.99, step: 0.01 },
  { name: "stock", label: "Stock", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "weight", label: "Weight", widget: "number", required: false, nullable: true, readOnly: false },
  { name: "attributes", label: "Attributes", widget: "json", required: false, nullable: true, readOnly: false },
  { name: "is_active", label: "Is active", widget: "checkbox", required: false, nullable: false, readOnly: false },
  { name: "created_at", label: "Created at", widget: "datetime-local", required: false, nullable: false, readOnly: false },
];
