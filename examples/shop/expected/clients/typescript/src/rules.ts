// SQL's conditions over the values of a row, as the service and the database read them. A condition is true, false or
// unknown (null); a CHECK passes unless it is false.
import { z } from "zod";

export type Tri = true | false | null;

/** What only the database can tell. */
export const unknown: Tri = null;

/** A condition of the schema. */
export interface Rule {
  /** The constraint's name. */
  readonly name: string;
  /** In the words of the schema. */
  readonly sql: string;
  readonly fields: readonly string[];
  readonly holds: (row: Values) => Tri;
}

/** An absent value (undefined) is one that the database keeps or gives. */
export type Values = Readonly<Record<string, unknown>>;

// ---- logic

export const not = (a: Tri): Tri => (a === null ? null : !a);
export const and = (...all: Tri[]): Tri => (all.includes(false) ? false : all.includes(null) ? null : true);
export const or = (...all: Tri[]): Tri => (all.includes(true) ? true : all.includes(null) ? null : false);
export const isTrue = (value: unknown): Tri => (typeof value === "boolean" ? value : null);

// ---- values: a number, a text, null, or undefined where it is not known

/** An exact number: `units` divided by ten to the power of `scale`. */
interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

type Comparable = Exact | string | boolean;
type Value = Comparable | null | undefined;

/** Numbers may be written as strings, to keep all their digits. */
export function exact(value: unknown): Exact | null | undefined {
  if (value === null) return null;
  const isNumber = typeof value === "number" || typeof value === "bigint" || typeof value === "string";
  const found = isNumber ? /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i.exec(String(value)) : null;
  if (!found || (!found[2] && !found[3])) return undefined;
  const fraction = found[3] ?? "";
  const shift = Number(found[4] ?? 0) - fraction.length;
  const digits = BigInt((found[2] ?? "") + fraction) * 10n ** BigInt(Math.max(shift, 0));
  return { units: found[1] === "-" ? -digits : digits, scale: Math.max(-shift, 0) };
}

/** A decimal as the column keeps it: rounded to its scale, half away from zero. */
export function decimal(value: unknown, scale: number): Exact | null | undefined {
  const number = exact(value);
  if (!number || number.scale <= scale) return number;
  const unit = 10n ** BigInt(number.scale - scale);
  const half = number.units < 0n ? -unit / 2n : unit / 2n;
  return { units: (number.units + half) / unit, scale };
}

export const text = (value: unknown): string | null | undefined =>
  typeof value === "string" || value === null ? value : undefined;

export const flag = (value: unknown): boolean | null | undefined =>
  typeof value === "boolean" || value === null ? value : undefined;

/** Dates as ISO 8601 writes them are ordered as their texts are. */
export const date = (value: unknown): string | null | undefined =>
  value === null || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) ? value : undefined;

/** Local dates with times, to the same length. */
export function moment(value: unknown): string | null | undefined {
  if (value === null) return null;
  const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?$/;
  const found = typeof value === "string" ? form.exec(value) : null;
  if (!found || found[2]?.startsWith("24")) return undefined;
  return `${found[1]}T${found[2] ?? "00:00"}:${found[3] ?? "00"}.${(found[4] ?? "").padEnd(6, "0")}`;
}

function order(a: Value, b: Value): number | null {
  if (a === null || b === null || a === undefined || b === undefined) return null;
  if (typeof a === "object" && typeof b === "object") {
    const scale = Math.max(a.scale, b.scale);
    const left = a.units * 10n ** BigInt(scale - a.scale);
    const right = b.units * 10n ** BigInt(scale - b.scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (typeof a !== typeof b) return null;
  return a < b ? -1 : a > b ? 1 : 0;
}

const compare = (a: Value, b: Value, test: (order: number) => boolean): Tri => {
  const result = order(a, b);
  return result === null ? null : test(result);
};

export const eq = (a: Value, b: Value): Tri => compare(a, b, (order) => order === 0);
export const ne = (a: Value, b: Value): Tri => compare(a, b, (order) => order !== 0);
export const lt = (a: Value, b: Value): Tri => compare(a, b, (order) => order < 0);
export const le = (a: Value, b: Value): Tri => compare(a, b, (order) => order <= 0);
export const gt = (a: Value, b: Value): Tri => compare(a, b, (order) => order > 0);
export const ge = (a: Value, b: Value): Tri => compare(a, b, (order) => order >= 0);
export const between = (a: Value, low: Value, high: Value): Tri => and(ge(a, low), le(a, high));
export const isIn = (a: Value, list: readonly Value[]): Tri => or(...list.map((item) => eq(a, item)));

/** IS DISTINCT FROM: nulls are equal to each other. */
export function isDistinct(a: Value, b: Value): Tri {
  if (a === undefined || b === undefined) return null;
  return a === null || b === null ? a !== b : ne(a, b);
}

export const isNull = (value: unknown): Tri => (value === undefined ? null : value === null);

// ---- numbers

const both = (a: Exact | null | undefined, b: Exact | null | undefined,
  compute: (a: Exact, b: Exact) => Exact): Exact | null | undefined =>
  a === null || b === null ? null : a === undefined || b === undefined ? undefined : compute(a, b);

const aligned = (a: Exact, b: Exact, compute: (a: bigint, b: bigint) => bigint): Exact => {
  const scale = Math.max(a.scale, b.scale);
  const left = a.units * 10n ** BigInt(scale - a.scale);
  return { units: compute(left, b.units * 10n ** BigInt(scale - b.scale)), scale };
};

export const plus = (a: Exact | null | undefined, b: Exact | null | undefined) =>
  both(a, b, (x, y) => aligned(x, y, (m, n) => m + n));
export const minus = (a: Exact | null | undefined, b: Exact | null | undefined) =>
  both(a, b, (x, y) => aligned(x, y, (m, n) => m - n));
export const times = (a: Exact | null | undefined, b: Exact | null | undefined) =>
  both(a, b, (x, y) => ({ units: x.units * y.units, scale: x.scale + y.scale }));

// ---- texts

/** Characters as SQL counts them: code points, not the UTF-16 units of `length`. */
export const countCharacters = (value: string): number => {
  let count = 0;
  for (const _ of value) ++count;
  return count;
};

export const length = (value: string | null | undefined): Exact | null | undefined =>
  typeof value === "string" ? { units: BigInt(countCharacters(value)), scale: 0 } : value;
export const trim = (value: string | null | undefined) => value && value.replace(/^ +| +$/g, "");
export const ltrim = (value: string | null | undefined) => value && value.replace(/^ +/, "");
export const rtrim = (value: string | null | undefined) => value && value.replace(/ +$/, "");

/** A pattern that says nothing of some texts (`ifAscii`) leaves them to the database. */
export const matches = (value: string | null | undefined, pattern: RegExp, ifAscii = false): Tri => {
  if (typeof value !== "string" || (ifAscii && !/^[\x00-\x7f]*$/.test(value))) return null;
  return pattern.test(value);
};

// ---- into zod

/** Whether a text has at most so many characters. */
export const atMost = (count: number) => (value: string): boolean =>
  value.length <= count || countCharacters(value) <= count;

/** All the rules that a row breaks, each at its fields. `missing` are null where a new row does not name them. */
export const obeys = (rules: readonly Rule[], missing: readonly string[] = []) => (row: object, context: z.RefinementCtx): void => {
  const values: Record<string, unknown> = { ...row };
  for (const name of missing) values[name] ??= null;
  for (const rule of rules) {
    // A change that names none of a rule's fields leaves it as it was.
    if (missing.length === 0 && !rule.fields.some((name) => values[name] !== undefined)) continue;
    if (rule.holds(values) !== false) continue;
    const fields = rule.fields.length > 0 ? rule.fields : [undefined];
    for (const field of fields) {
      context.addIssue({ code: "custom", path: field === undefined ? [] : [field], message: rule.sql, params: { rule: rule.name } });
    }
  }
};
