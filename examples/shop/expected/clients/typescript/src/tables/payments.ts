import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, decimal, exact, ge, gt, obeys, type Rule } from "../rules.js";

/** A row of `payments`. */
export interface PaymentRow {
  id: number;
  order_id: number;
  method: "card" | "transfer" | "cash";
  amount: number;
  reference: string | null;
  paid_at: string;
}

/** What a new row may be. */
export interface PaymentInsert {
  id?: number | string | undefined;
  order_id: number | string;
  method: "card" | "transfer" | "cash";
  amount: number | string;
  reference?: string | null | undefined;
  paid_at?: string | undefined;
}

/** What a change may say. */
export interface PaymentUpdate {
  id?: number | string | undefined;
  order_id?: number | string | undefined;
  method?: "card" | "transfer" | "cash" | undefined;
  amount?: number | string | undefined;
  reference?: string | null | undefined;
  paid_at?: string | undefined;
}

/** What `payments` asks of a row beyond its types. */
export const paymentRules: readonly Rule[] = [
  {
    name: "payments_amount",
    sql: "amount > 0",
    fields: ["amount"],
    holds: (row) => gt(decimal(row["amount"], 2), exact("0")),
  },
  {
    name: "payments_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
  {
    name: "payments_order_id_range",
    sql: "order_id >= 0",
    fields: ["order_id"],
    holds: (row) => ge(exact(row["order_id"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const paymentUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const paymentInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    order_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    method: z.enum(["card", "transfer", "cash"]),
    amount: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]),
    reference: z.string().refine(atMost(64), "at most 64 characters").nullable().optional(),
    paid_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(paymentRules, ["order_id", "method", "amount", "reference"]));

/** A change: what it does not name stays as it is. */
export const paymentUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    order_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    method: z.enum(["card", "transfer", "cash"]).optional(),
    amount: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).optional(),
    reference: z.string().refine(atMost(64), "at most 64 characters").nullable().optional(),
    paid_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(paymentRules));

/** The fields of a form. */
export const paymentForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "order_id", label: "Order id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "orders" },
  { name: "method", label: "Method", widget: "select", required: true, nullable: false, readOnly: false, options: ["card", "transfer", "cash"] },
  { name: "amount", label: "Amount", widget: "number", required: true, nullable: false, readOnly: false, min: -9999999999.99, max: 9999999999.99, step: 0.01 },
  { name: "reference", label: "Reference", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 64 },
  { name: "paid_at", label: "Paid at", widget: "datetime-local", required: false, nullable: false, readOnly: false },
];
