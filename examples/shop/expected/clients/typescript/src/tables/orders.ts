import { z } from "zod";

import type { FormField } from "../forms.js";
import { between, exact, ge, isNull, ne, not, obeys, or, text, type Rule } from "../rules.js";

/** A row of `orders`. */
export interface OrderRow {
  id: number;
  customer_id: number;
  billing_address_id: number;
  shipping_address_id: number;
  staff_id: number | null;
  status: "open" | "paid" | "shipped" | "cancelled";
  ordered_at: string;
  shipped_at: string | null;
  total: number;
}

/** What a new row may be. */
export interface OrderInsert {
  id?: number | string | undefined;
  customer_id: number | string;
  billing_address_id: number | string;
  shipping_address_id: number | string;
  staff_id?: number | string | null | undefined;
  status?: "open" | "paid" | "shipped" | "cancelled" | undefined;
  ordered_at?: string | undefined;
  shipped_at?: string | null | undefined;
  total?: number | string | undefined;
}

/** What a change may say. */
export interface OrderUpdate {
  id?: number | string | undefined;
  customer_id?: number | string | undefined;
  billing_address_id?: number | string | undefined;
  shipping_address_id?: number | string | undefined;
  staff_id?: number | string | null | undefined;
  status?: "open" | "paid" | "shipped" | "cancelled" | undefined;
  ordered_at?: string | undefined;
  shipped_at?: string | null | undefined;
  total?: number | string | undefined;
}

/** What `orders` asks of a row beyond its types. */
export const orderRules: readonly Rule[] = [
  {
    name: "orders_shipped",
    sql: "status <> 'shipped' or shipped_at is not null",
    fields: ["status", "shipped_at"],
    holds: (row) => or(ne(text(row["status"]), "shipped"), not(isNull(row["shipped_at"]))),
  },
  {
    name: "orders_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
  {
    name: "orders_customer_id_range",
    sql: "customer_id >= 0",
    fields: ["customer_id"],
    holds: (row) => ge(exact(row["customer_id"]), exact("0")),
  },
  {
    name: "orders_billing_address_id_range",
    sql: "billing_address_id >= 0",
    fields: ["billing_address_id"],
    holds: (row) => ge(exact(row["billing_address_id"]), exact("0")),
  },
  {
    name: "orders_shipping_address_id_range",
    sql: "shipping_address_id >= 0",
    fields: ["shipping_address_id"],
    holds: (row) => ge(exact(row["shipping_address_id"]), exact("0")),
  },
  {
    name: "orders_staff_id_range",
    sql: "staff_id between 0 and 4294967295",
    fields: ["staff_id"],
    holds: (row) => between(exact(row["staff_id"]), exact("0"), exact("4294967295")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const orderUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const orderInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    billing_address_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    shipping_address_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    staff_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    status: z.enum(["open", "paid", "shipped", "cancelled"]).optional(),
    ordered_at: z.string().optional(),
    shipped_at: z.string().nullable().optional(),
    total: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).optional(),
  })
  .strict()
  .superRefine(obeys(orderRules, ["customer_id", "billing_address_id", "shipping_address_id", "staff_id", "shipped_at"]));

/** A change: what it does not name stays as it is. */
export const orderUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    billing_address_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    shipping_address_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    staff_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    status: z.enum(["open", "paid", "shipped", "cancelled"]).optional(),
    ordered_at: z.string().optional(),
    shipped_at: z.string().nullable().optional(),
    total: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).optional(),
  })
  .strict()
  .superRefine(obeys(orderRules));

/** The fields of a form. */
export const orderForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "customer_id", label: "Customer id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "customers" },
  { name: "billing_address_id", label: "Billing address id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "addresses" },
  { name: "shipping_address_id", label: "Shipping address id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "addresses" },
  { name: "staff_id", label: "Staff id", widget: "number", required: false, nullable: true, readOnly: false, min: 0, max: 4294967295, step: 1, references: "staff" },
  { name: "status", label: "Status", widget: "select", required: false, nullable: false, readOnly: false, options: ["open", "paid", "shipped", "cancelled"] },
  { name: "ordered_at", label: "Ordered at", widget: "datetime-local", required: false, nullable: false, readOnly: false },
  { name: "shipped_at", label: "Shipped at", widget: "datetime-local", required: false, nullable: true, readOnly: false },
  { name: "total", label: "Total", widget: "number", required: false, nullable: false, readOnly: false, min: -9999999999.99, max: 9999999999.99, step: 0.01 },
];
