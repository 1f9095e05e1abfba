import { z } from "zod";

import type { FormField } from "../forms.js";
import { and, atMost, exact, ge, le, length, matches, obeys, text, type Rule } from "../rules.js";

/** People who write and comment. */
export interface UserRow {
  id: number;
  email: string;
  name: string;
  age: number | null;
  /** A few words about the person. */
  bio: string | null;
  created_at: string;
}

/** What a new row may be. */
export interface UserInsert {
  id?: number | string | undefined;
  email: string;
  name: string;
  age?: number | null | undefined;
  bio?: string | null | undefined;
}

/** What a change may say. */
export interface UserUpdate {
  id?: number | string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  age?: number | null | undefined;
  bio?: string | null | undefined;
}

/** What `users` asks of a row beyond its types. */
export const userRules: readonly Rule[] = [
  {
    name: "users_name_check",
    sql: "length(name) >= 2",
    fields: ["name"],
    holds: (row) => ge(length(text(row["name"])), exact("2")),
  },
  {
    name: "users_age_check",
    sql: "age >= 13 and age <= 150",
    fields: ["age"],
    holds: (row) => and(ge(exact(row["age"]), exact("13")), le(exact(row["age"]), exact("150"))),
  },
  {
    name: "users_email_format",
    sql: "format(email)",
    fields: ["email"],
    holds: (row) => and(matches(text(row["email"]), new RegExp("^[A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+(?:[\\.][A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?[\\.])+[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?$", "u")), le(length(text(row["email"])), exact("254"))),
  },
];

/** Rules that the service and the database check, but not these schemas, or not wholly. */
export const userUnchecked: readonly string[] = [];

/** A new row: its types and rules. */
export const userInsert = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    email: z.string().refine(atMost(255), "at most 255 characters"),
    name: z.string().refine(atMost(100), "at most 100 characters"),
    age: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
    bio: z.string().nullable().optional(),
  })
  .strict()
  .superRefine(obeys(userRules, ["email", "name", "age", "bio"]));

/** A change: what it does not name stays as it is. */
export const userUpdate = z
  .object({
    id: z.union([z.number().int(), z.string().regex(/^[+-]?\d+$/)]).optional(),
    email: z.string().refine(atMost(255), "at most 255 characters").optional(),
    name: z.string().refine(atMost(100), "at most 100 characters").optional(),
    age: z.number().int().min(-2147483648).max(2147483647).nullable().optional(),
    bio: z.string().nullable().optional(),
  })
  .strict()
  .superRefine(obeys(userRules));

/** The fields of a form. */
export const userForm: readonly FormField[] = [
  { name: "id", label: "Id", widget: "number", required: false, nullable: false, readOnly: false, step: 1 },
  { name: "email", label: "Email", widget: "email", required: true, nullable: false, readOnly: false, maxLength: 254, pattern: "^[A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+(?:[\\.][A-Za-z0-9!#\\$%&'\\*\\+\\/=\\?\\^_`\\{\\|\\}~\\-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?[\\.])+[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?$", example: "ada@example.com" },
  { name: "name", label: "Name", widget: "text", required: true, nullable: false, readOnly: false, minLength: 2, maxLength: 100 },
  { name: "age", label: "Age", widget: "number", required: false, nullable: true, readOnly: false, min: 13, max: 150, step: 1 },
  { name: "bio", label: "Bio", widget: "textarea", required: false, nullable: true, readOnly: false, help: "A few words about the person." },
  { name: "created_at", label: "Created at", widget: "datetime", required: false, nullable: false, readOnly: true },
];
