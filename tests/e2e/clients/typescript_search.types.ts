// What the types of the client of ../search.sql let a search say. It is compiled, not run: each line under @ts-expect-error must be refused.
import { type ArticleRow, createClient } from "client";

const { tables } = createClient("http://127.0.0.1");

export const found: Promise<ArticleRow[]> = tables.articles.search("engines", {
  select: ["id", "title"], where: { year: { gte: 1900 } }, order: [{ by: "year", descending: true }], limit: 5, offset: 5 });
export const lines: Promise<{ "the line": string | null; level: number | null }[]> = tables["log lines"].search("disk");

// @ts-expect-error: no column of it is searched.
void tables.plain.search("engines");
// @ts-expect-error: there is no such column.
void tables.articles.search("engines", { select: ["titel"] });
// @ts-expect-error: a search has a text.
void tables.articles.search();
