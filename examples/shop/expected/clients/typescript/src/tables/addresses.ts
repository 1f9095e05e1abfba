import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, exact, ge, obeys, type Rule } from "../rules.js";

/** A row of `addresses`. */
export interface AddressRow {
  id: number;
  customer_id: number;
  kind: "billing" | "shipping";
  street: string;
  city: string;
  postal_code: string | null;
  country_code: string;
}

/** What a new row may be. */
export interface AddressInsert {
  id?: number | string | undefined;
  customer_id: number | string;
  kind?: "billing" | "shipping" | undefined;
  street: string;
  city: string;
  postal_code?: string | null | undefined;
  country_code: string;
}

/** What a change may say. */
export interface AddressUpdate {
  id?: number | string | undefined;
  customer_id?: number | string | undefined;
  kind?: "billing" | "shipping" | undefined;
  street?: string | undefined;
  city?: string | undefined;
  postal_code?: string | null | undefined;
  country_code?: string | undefined;
}

/** What `addresses` asks of a row beyond its types. */
export const addressRules: readonly Rule[] = [
  {
    name: "addresses_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
  {
    name: "addresses_customer_id_range",
    sql: "customer_id >= 0",
    fields: ["customer_id"],
    holds: (row) => ge(exact(row["customer_id"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const addressUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const addressInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]),
    kind: z.enum(["billing", "shipping"]).optional(),
    street: z.string().refine(atMost(120), "at most 120 characters"),
    city: z.string().refine(atMost(60), "at most 60 characters"),
    postal_code: z.string().refine(atMost(12), "at most 12 characters").nullable().optional(),
    country_code: z.string().refine(atMost(2), "at most 2 characters"),
  })
  .strict()
  .superRefine(obeys(addressRules, ["customer_id", "street", "city", "postal_code", "country_code"]));

/** A change: what it does not name stays as it is. */
export const addressUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    customer_id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    kind: z.enum(["billing", "shipping"]).optional(),
    street: z.string().refine(atMost(120), "at most 120 characters").optional(),
    city: z.string().refine(atMost(60), "at most 60 characters").optional(),
    postal_code: z.string().refine(atMost(12), "at most 12 characters").nullable().optional(),
    country_code: z.string().refine(atMost(2), "at most 2 characters").optional(),
  })
  .strict()
  .superRefine(obeys(addressRules));

/** The fields of a form. */
export const addressForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "customer_id", label: "Customer id", widget: "number", required: true, nullable: false, readOnly: false, min: 0, step: 1, references: "customers" },
  { name: "kind", label: "Kind", widget: "select", required: false, nullable: false, readOnly: false, options: ["billing", "shipping"] },
  { name: "street", label: "Street", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 120 },
  { name: "city", label: "City", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 60 },
  { name: "postal_code", label: "Postal code", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 12 },
  { name: "country_code", label: "Country code", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 2, references: "countries" },
];
