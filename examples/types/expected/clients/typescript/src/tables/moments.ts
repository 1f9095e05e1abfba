import { z } from "zod";

import type { FormField } from "../forms.js";
import { type Rule } from "../rules.js";

/** Dates and times. */
export interface MomentRow {
  id: number;
  day: string | null;
  clock: string | null;
  clock_zone: string | null;
  local: string | null;
  instant: string | null;
  precise: string | null;
  span: string | null;
}

/** What a new row may be. */
export interface MomentInsert {
  day?: string | null | undefined;
  clock?: string | null | undefined;
  clock_zone?: string | null | undefined;
  local?: string | null | undefined;
  instant?: string | null | undefined;
  precise?: string | null | undefined;
  span?: string | null | undefined;
}

/** What a change may say. */
export interface MomentUpdate {
  day?: string | null | undefined;
  clock?: string | null | undefined;
  clock_zone?: string | null | undefined;
  local?: string | null | undefined;
  instant?: string | null | undefined;
  precise?: string | null | undefined;
  span?: string | null | undefined;
}

/** What `moments` asks of a row beyond its types. */
export const momentRules: readonly Rule[] = [];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const momentUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const momentInsert = z
  .object({
    day: z.string().regex(/^\d{4}-\d\d-\d\d$/).nullable().optional(),
    clock: z.string().nullable().optional(),
    clock_zone: z.string().nullable().optional(),
    local: z.string().nullable().optional(),
    instant: z.string().nullable().optional(),
    precise: z.string().nullable().optional(),
    span: z.string().nullable().optional(),
  })
  .strict();

/** A change: what it does not name stays as it is. */
export const momentUpdate = z
  .object({
    day: z.string().regex(/^\d{4}-\d\d-\d\d$/).nullable().optional(),
    clock: z.string().nullable().optional(),
    clock_zone: z.string().nullable().optional(),
    local: z.string().nullable().optional(),
    instant: z.string().nullable().optional(),
    precise: z.string().nullable().optional(),
    span: z.string().nullable().optional(),
  })
  .strict();

/** The fields of a form. */
export const momentForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: true, step: 1 },
  { name: "day", label: "Day", widget: "date", required: false, nullable: true, readOnly: false },
  { name: "clock", label: "Clock", widget: "time", required: false, nullable: true, readOnly: false },
  { name: "clock_zone", label: "Clock zone", widget: "text", required: false, nullable: true, readOnly: false },
  { name: "local", label: "Local", widget: "datetime-local", required: false, nullable: true, readOnly: false },
  { name: "instant", label: "Instant", widget: "datetime", required: false, nullable: true, readOnly: false },
  { name: "precise", label: "Precise", widget: "datetime-local", required: false, nullable: true, readOnly: false },
  { name: "span", label: "Span", widget: "text", required: false, nullable: true, readOnly: false },
];
