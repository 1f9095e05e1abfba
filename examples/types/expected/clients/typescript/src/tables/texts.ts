import { z } from "zod";

import type { FormField } from "../forms.js";
import { atMost, exact, ge, length, obeys, text, type Rule } from "../rules.js";

/** Texts and bytes. */
export interface TextRow {
  id: number;
  free: string | null;
  bounded: string;
  fixed: string | null;
  feeling: "sad" | "ok" | "happy" | null;
  postal: string;
  raw: string | null;
  document: unknown;
  binary_document: unknown;
  unique_id: string | null;
}

/** What a new row may be. */
export interface TextInsert {
  id?: number | string | undefined;
  free?: string | null | undefined;
  bounded?: string | undefined;
  fixed?: string | null | undefined;
  feeling?: "sad" | "ok" | "happy" | null | undefined;
  postal: string;
  raw?: string | null | undefined;
  document?: unknown;
  binary_document?: unknown;
  unique_id?: string | null | undefined;
}

/** What a change may say. */
export interface TextUpdate {
  id?: number | string | undefined;
  free?: string | null | undefined;
  bounded?: string | undefined;
  fixed?: string | null | undefined;
  feeling?: "sad" | "ok" | "happy" | null | undefined;
  postal?: string | undefined;
  raw?: string | null | undefined;
  document?: unknown;
  binary_document?: unknown;
  unique_id?: string | null | undefined;
}

/** What `texts` asks of a row beyond its types. */
export const textRules: readonly Rule[] = [
  {
    name: "postal_code_check",
    sql: "length(postal) >= 3",
    fields: ["postal"],
    holds: (row) => ge(length(text(row["postal"])), exact("3")),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const textUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const textInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    free: z.string().nullable().optional(),
    bounded: z.string().refine(atMost(20), "at most 20 characters").optional(),
    fixed: z.string().refine(atMost(4), "at most 4 characters").nullable().optional(),
    feeling: z.enum(["sad", "ok", "happy"]).nullable().optional(),
    postal: z.string().refine(atMost(10), "at most 10 characters"),
    raw: z.string().nullable().optional(),
    document: z.custom<unknown>((value) => value !== undefined).optional(),
    binary_document: z.custom<unknown>((value) => value !== undefined && value !== null).optional(),
    unique_id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(textRules, ["free", "fixed", "postal", "raw", "document"]));

/** A change: what it does not name stays as it is. */
export const textUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    free: z.string().nullable().optional(),
    bounded: z.string().refine(atMost(20), "at most 20 characters").optional(),
    fixed: z.string().refine(atMost(4), "at most 4 characters").nullable().optional(),
    feeling: z.enum(["sad", "ok", "happy"]).nullable().optional(),
    postal: z.string().refine(atMost(10), "at most 10 characters").optional(),
    raw: z.string().nullable().optional(),
    document: z.custom<unknown>((value) => value !== undefined).optional(),
    binary_document: z.custom<unknown>((value) => value !== undefined && value !== null).optional(),
    unique_id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i).nullable().optional(),
  })
  .strict()
  .superRefine(obeys(textRules));

/** The fields of a form. */
export const textForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "free", label: "Free", widget: "textarea", required: false, nullable: true, readOnly: false },
  { name: "bounded", label: "Bounded", widget: "text", required: false, nullable: false, readOnly: false, maxLength: 20 },
  { name: "fixed", label: "Fixed", widget: "text", required: false, nullable: true, readOnly: false, maxLength: 4 },
  { name: "feeling", label: "Feeling", widget: "select", required: false, nullable: true, readOnly: false, options: ["sad", "ok", "happy"] },
  { name: "postal", label: "Postal", widget: "text", required: true, nullable: false, readOnly: false, minLength: 3, maxLength: 10 },
  { name: "raw", label: "Raw", widget: "file", required: false, nullable: true, readOnly: false },
  { name: "document", label: "Document", widget: "json", required: false, nullable: true, readOnly: false },
  { name: "binary_document", label: "Binary document", widget: "json", required: false, nullable: false, readOnly: false },
  { name: "unique_id", label: "Unique id", widget: "text", required: false, nullable: true, readOnly: false },
];
