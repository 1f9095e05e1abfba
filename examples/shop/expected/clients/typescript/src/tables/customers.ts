import { z } from "zod";

import type { FormField } from "../forms.js";
import { and, atMost, exact, ge, le, length, matches, obeys, text, type Rule } from "../rules.js";

/** A row of `customers`. */
export interface CustomerRow {
  id: number;
  /** What the customer signs in with */
  email: string;
  first_name: string;
  last_name: string;
  phone: string | null;
  company: string | null;
  newsletter: boolean;
  created_at: string;
  updated_at: string;
}

/** What a new row may be. */
export interface CustomerInsert {
  id?: number | string | undefined;
  email: string;
  first_name: string;
  last_name: string;
  phone?: string | null | undefined;
  company?: string | null | undefined;
  newsletter?: boolean | undefined;
  created_at?: string | undefined;
  updated_at?: string | undefined;
}

/** What a change may say. */
export interface CustomerUpdate {
  id?: number | string | undefined;
  email?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  phone?: string | null | undefined;
  company?: string | null | undefined;
  newsletter?: boolean | undefined;
  created_at?: string | undefined;
  updated_at?: string | undefined;
}

/** What `customers` asks of a row beyond its types. */
export const customerRules: readonly Rule[] = [
  {
    name: "customers_id_range",
    sql: "id >= 0",
    fields: ["id"],
    holds: (row) => ge(exact(row["id"]), exact("0")),
  },
  {
    name: "customers_email_format",
    sql: "format(email)",
    fields: ["email"],
    holds: (row) => and(matches(text(row["email"]), new RegExp("^[A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+(?:[\\.][A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?[\\.])+[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?$", "u")), le(length(text(row["email"])), exact("254"))),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const customerUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const customerInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    email: z.string().refine(atMost(255), "at most 255 characters"),
    first_name: z.string().refine(atMost(40), "at most 40 characters"),
    last_name: z.string().refine(atMost(40), "at most 40 characters"),
    phone: z.string().refine(atMost(24), "at most 24 characters").nullable().optional(),
    company: z.string().refine(atMost(80), "at most 80 characters").nullable().optional(),
    newsletter: z.boolean().optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(customerRules, ["email", "first_name", "last_name", "phone", "company"]));

/** A change: what it does not name stays as it is. */
export const customerUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    email: z.string().refine(atMost(255), "at most 255 characters").optional(),
    first_name: z.string().refine(atMost(40), "at most 40 characters").optional(),
    last_name: z.string().refine(atMost(40), "at most 40 characters").optional(),
    phone: z.string().refine(atMost(24), "at most 24 characters").nullable().optional(),
    company: z.string().refine(atMost(80), "at most 80 characters").nullable().optional(),
    newsletter: z.boolean().optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
  })
  .strict()
  .superRefine(obeys(customerRules));

/** The fields of a form. */
export const customerForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, step: 1 },
  { name: "email", label: "Email", widget: "email", required: true, nullable: false, readOnly: false, maxLength: 254, pattern: "^[A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+(?:[\\.][A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?[\\.])+[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?$", help: "What the customer signs in with" },
  { name: "first_name", label: "First name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 40 },
  { name: "last_name", label: "Last name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 40 },
  { name: "phone", label: "Phone", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 24 },
  { name: "company", label: "Company", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 80 },
  { name: "newsletter", label: "Newsletter", widget: "checkbox", required: false, nullable: false, readOnly: false },
  { name: "created_at", label: "Created at", widget: "datetime", required: false, nullable: false, readOnly: false },
  { name: "updated_at", label: "Updated at", widget: "datetime", required: false, nullable: false, readOnly: false },
];
