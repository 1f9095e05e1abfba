import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, type Rule } from "../rules.js";

/** What only PostgreSQL has; SQLite keeps them as text. */
export interface OtherRow {
  code: string;
  numbers: readonly (number | null)[];
  words: readonly (string | null)[] | null;
  network: string | null;
  address: string | null;
  period: string | null;
  flags: string | null;
}

/** What a new row may be. */
export interface OtherInsert {
  code: string;
  numbers?: readonly (number | null)[] | undefined;
  words?: readonly (string | null)[] | null | undefined;
  network?: string | null | undefined;
  address?: string | null | undefined;
  period?: string | null | undefined;
  flags?: string | null | undefined;
}

/** What a change may say. */
export interface OtherUpdate {
  code?: string | undefined;
  numbers?: readonly (number | null)[] | undefined;
  words?: readonly (string | null)[] | null | undefined;
  network?: string | null | undefined;
  address?: string | null | undefined;
  period?: string | null | undefined;
  flags?: string | null | undefined;
}

/** What `others` asks of a row beyond its types. */
export const otherRules: readonly Rule[] = [];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const otherUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const otherInsert = z
  .object({
    code: z.string().refine(atMost(8), "at most 8 characters"),
    numbers: z.array(z.unknown()).optional(),
    words: z.array(z.unknown()).nullable().optional(),
    network: z.string().nullable().optional(),
    address: z.string().nullable().optional(),
    period: z.string().nullable().optional(),
    flags: z.string().nullable().optional(),
  })
  .strict();

/** A change: what it does not name stays as it is. */
export const otherUpdate = z
  .object({
    code: z.string().refine(atMost(8), "at most 8 characters").optional(),
    numbers: z.array(z.unknown()).optional(),
    words: z.array(z.unknown()).nullable().optional(),
    network: z.string().nullable().optional(),
    address: z.string().nullable().optional(),
    period: z.string().nullable().optional(),
    flags: z.string().nullable().optional(),
  })
  .strict();

/** The fields of a form. */
export const otherForm: readonly FormField[] = [
  { name: "code", label: "Code", widget: "text", required: true, nullable: false, readOnly: false, maxLength: 8 },
  { name: "numbers", label: "Numbers", widget: "list", required: false, nullable: false, readOnly: false },
  { name: "words", label: "Words", widget: "list", required: false, nullable: true, readOnly: false },
  { name: "network", label: "Network", widget: "text", required: false, nullable: true, readOnly: false },
  { name: "address", label: "Address", widget: "text", required: false, nullable: true, readOnly: false },
  { name: "period", label: "Period", widget: "text", required: false, nullable: true, readOnly: false },
  { name: "flags", label: "Flags", widget: "text", required: false, nullable: true, readOnly: false },
];
