import { z } from "zod";

import type { FormField } from "../forms.js";
import { between, exact, ge, obeys, type Rule } from "../rules.js";

/** A row of `order_items`. */
export interface OrderItemRow {
  order_id: number;
  line: number;
  product_id: number;
  quantity: number;
  unit_price: number;
  amount: number | null;
}

/** What a new row may be. */
export interface OrderItemInsert {
  order_id: number | string;
  line: number;
  product_id: number | string;
  quantity: number;
  unit_price: number | string;
}

/** What a change may say. */
export interface OrderItemUpdate {
  order_id?: number | string | undefined;
  line?: number | undefined;
  product_id?: number | string | undefined;
  quantity?: number | undefined;
  unit_price?: number | string | undefined;
}

/** What `order_items` asks of a row beyond its types. */
export const orderItemRules: readonly Rule[] = [
  {
    name: "order_items_quantity",
    sql: "quantity between 1 and 1000",
    fields: ["quantity"],
    holds: (row) => between(exact(row["quantity"]), exact("1"), exact("1000")),
  },
  {
    name: "order_items_order_id_range",
    sql: "order_id >= 0",
    fields: ["order_id"],
    holds: (row) => ge(exact(row["order_id"]), exact("0")),
  },
  {
    name: "order_items_line_range",
    sql: "line between 0 and 65535",
    fields: ["line"],
    holds: (row) => between(exact(row["line"]), exact("0"), exact("65535")),
  },
  {
    name: "order_items_product_id_range",
    sql: "product_id >= 0",
    fields: ["product_id"],
    holds: (row) => ge(exact(row["product_id"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const orderItemUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const orderItemInsert = z
  .object({
    order_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    line: z.number().int().min(0).max(4294967295),
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    quantity: z.number().int().min(-2147483648).max(2147483647),
    unit_price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]),
  })
  .strict()
  .superRefine(obeys(orderItemRules, ["order_id", "line", "product_id", "quantity", "unit_price"]));

/** A change: what it does not name stays as it is. */
export const orderItemUpdate = z
  .object({
    order_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    line: z.number().int().min(0).max(4294967295).optional(),
    product_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    quantity: z.number().int().min(-2147483648).max(2147483647).optional(),
    unit_price: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).optional(),
  })
  .strict()
  .superRefine(obeys(orderItemRules));

/** The fields of a form. */
export const orderItemForm: readonly FormField[] = [
  { name: "order_id", label: "Order id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "orders" },
  { name: "line", label: "Line", widget: "number", required: true, nullable: false, readOnly: false, min: 0, max: 65535, step: 1 },
  { name: "product_id", label: "Product id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "products" },
  { name: "quantity", label: "Quantity", widget: "number", required: true, nullable: false, readOnly: false, min: 1, max: 1000, step: 1 },
  { name: "unit_price", label: "Unit price", widget: "number", required: true, nullable: false, readOnly: false, min: -99999999.99, max: 99999999.99, step: 0.01 },
  { name: "amount", label: "Amount", widget: "number", required: false, nullable: true, readOnly: true, min: -9999999999.99, max: 9999999999.99, step: 0.01 },
];
