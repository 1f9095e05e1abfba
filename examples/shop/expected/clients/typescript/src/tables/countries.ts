import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, type Rule } from "../rules.js";

/** Where things can be sent */
export interface CountryRow {
  code: string;
  name: string;
}

/** What a new row may be. */
export interface CountryInsert {
  code: string;
  name: string;
}

/** What a change may say. */
export interface CountryUpdate {
  code?: string | undefined;
  name?: string | undefined;
}

/** What `countries` asks of a row beyond its types. */
export const countryRules: readonly Rule[] = [];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const countryUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const countryInsert = z
  .object({
    code: z.string().refine(atMost(2), "at most 2 characters"),
    name: z.string().refine(atMost(80), "at most 80 characters"),
  })
  .strict();

/** A change: what it does not name stays as it is. */
export const countryUpdate = z
  .object({
    code: z.string().refine(atMost(2), "at most 2 characters").optional(),
    name: z.string().refine(atMost(80), "at most 80 characters").optional(),
  })
  .strict();

/** The fields of a form. */
export const countryForm: readonly FormField[] = [
  { name: "code", label: "Code", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 2 },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 80 },
];
