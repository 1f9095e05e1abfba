import { z } from "zod";

import type { FormField } from "../forms.js";
import { decimal, exact, ge, gt, obeys, type Rule } from "../rules.js";

/** Numbers, exact and not. */
export interface NumberRow {
  id: number;
  small: number | null;
  whole: number;
  big: number | null;
  money: number | null;
  exact: number | null;
  any_size: number | null;
  single: number | null;
  twice: number | null;
  yes_no: boolean;
  domained: number | null;
}

/** What a new row may be. */
export interface NumberInsert {
  id?: number | undefined;
  small?: number | null | undefined;
  whole?: number | undefined;
  big?: number | string | null | undefined;
  money?: number | string | null | undefined;
  exact?: number | string | null | undefined;
  any_size?: number | string | null | undefined;
  single?: number | null | undefined;
  twice?: number | null | undefined;
  yes_no?: boolean | undefined;
  domained?: number | null | undefined;
}

/** What a change may say. */
export interface NumberUpdate {
  id?: number | undefined;
  small?: number | null | undefined;
  whole?: number | undefined;
  big?: number | string | null | undefined;
  money?: number | string | null | undefined;
  exact?: number | string | null | undefined;
  any_size?: number | string | null | undefined;
  single?: number | null | undefined;
  twice?: number | null | undefined;
  yes_no?: boolean | undefined;
  domained?: number | null | undefined;
}

/** What `numbers` asks of a row beyond its types. */
export const numberRules: readonly Rule[] = [
  {
    name: "numbers_money_check",
    sql: "money >= 0",
    fields: ["money"],
    holds: (row) => ge(decimal(row["money"], 2), exact("0")),
  },
  {
    name: "positive_check",
    sql: "domained > 0",
    fields: ["domained"],
    holds: (row) => gt(exact(row["domained"]), exact("0")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const numberUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const numberInsert = z
  .object({
    id: z.number().int().min(-2147483648).max(2147483647).optional(),
    small: z.number().int().min(-32768).max(32767).nullable().optional(),
    whole: z.number().int().min(-2147483648).max(2147483647).optional(),
    big: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    money: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    exact: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    any_size: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    single: z.number().nullable().optional(),
    twice: z.number().nullable().optional(),
    yes_no: z.boolean().optional(),
    domained: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(numberRules, ["small", "big", "money", "exact", "any_size", "single", "twice", "domained"]));

/** A change: what it does not name stays as it is. */
export const numberUpdate = z
  .object({
    id: z.number().int().min(-2147483648).max(2147483647).optional(),
    small: z.number().int().min(-32768).max(32767).nullable().optional(),
    whole: z.number().int().min(-2147483648).max(2147483647).optional(),
    big: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).nullable().optional(),
    money: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    exact: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    any_size: z.union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)$/)]).nullable().optional(),
    single: z.number().nullable().optional(),
    twice: z.number().nullable().optional(),
    yes_no: z.boolean().optional(),
    domained: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(numberRules));

/** The fields of a form. */
export const numberForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "small", label: "Small", widget: "number", required: false, nullable: true, readOnly: false, min: -32768, max: 32767, step: 1 },
  { name: "whole", label: "Whole", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "big", label: "Big", widget: "number", required: false, nullable: true, readOnly: false, step: 1 },
  { name: "money", label: "Money", widget: "number", required: false, nullable: true, readOnly: false, min: 0, max: 9999999999.99, step: 0.01 },
  { name: "exact", label: "Exact", widget: "number", required: false, nullable: true, readOnly: false, step: 0.0000000001 },
  { name: "any_size", label: "Any size", widget: "number", required: false, nullable: true, readOnly: false },
  { name: "single", label: "Single", widget: "number", required: false, nullable: true, readOnly: false },
  { name: "twice", label: "Twice", widget: "number", required: false, nullable: true, readOnly: false },
  { name: "yes_no", label: "Yes no", widget: "checkbox", required: false, nullable: false, readOnly: false },
  { name: "domained", label: "Domained", widget: "number", required: false, nullable: true, readOnly: false, min: 1, step: 1 },
];
