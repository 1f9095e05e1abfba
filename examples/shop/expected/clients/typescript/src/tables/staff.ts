import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, between, exact, obeys, type Rule } from "../rules.js";

/** A row of `staff`. */
export interface StaffRow {
  id: number;
  name: string;
  title: string | null;
  reports_to: number | null;
  hired_on: string;
}

/** What a new row may be. */
export interface StaffInsert {
  id?: number | string | undefined;
  name: string;
  title?: string | null | undefined;
  reports_to?: number | string | null | undefined;
  hired_on: string;
}

/** What a change may say. */
export interface StaffUpdate {
  id?: number | string | undefined;
  name?: string | undefined;
  title?: string | null | undefined;
  reports_to?: number | string | null | undefined;
  hired_on?: string | undefined;
}

/** What `staff` asks of a row beyond its types. */
export const staffRules: readonly Rule[] = [
  {
    name: "staff_id_range",
    sql: "id between 0 and 4294967295",
    fields: ["id"],
    holds: (row) => between(exact(row["id"]), exact("0"), exact("4294967295")),
  },
  {
    name: "staff_reports_to_range",
    sql: "reports_to between 0 and 4294967295",
    fields: ["reports_to"],
    holds: (row) => between(exact(row["reports_to"]), exact("0"), exact("4294967295")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const staffUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const staffInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    name: z.string().refine(atMost(80), "at most 80 characters"),
    title: z.string().refine(atMost(40), "at most 40 characters").nullable().optional(),
    reports_to: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    hired_on: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  })
  .strict()
  .superRefine(obeys(staffRules, ["name", "title", "reports_to", "hired_on"]));

/** A change: what it does not name stays as it is. */
export const staffUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    name: z.string().refine(atMost(80), "at most 80 characters").optional(),
    title: z.string().refine(atMost(40), "at most 40 characters").nullable().optional(),
    reports_to: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    hired_on: z.string().regex(/^\d{4}-\d\d-\d\d$/).optional(),
  })
  .strict()
  .superRefine(obeys(staffRules));

/** The fields of a form. */
export const staffForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, min: 0, max: 4294967295, step: 1 },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 80 },
  { name: "title", label: "Title", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 40 },
  { name: "reports_to", label: "Reports to", widget: "number", required: false, nullable: true, readOnly: false, min: 0, max: 4294967295, step: 1, references: "staff" },
  { name: "hired_on", label: "Hired on", widget: "date", required: true, nullable: false, readOnly: false },
];
