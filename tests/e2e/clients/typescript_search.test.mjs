// Searches by the TypeScript client that is emitted beside the service of ../search.sql ($CLIENT: its compiled index.js), against that
// service ($SERVICE: http://host:port) on an empty database. What its types refuse stands in typescript_search.types.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { createClient, ServiceError } = await import(pathToFileURL(process.env.CLIENT));
const { tables } = createClient(process.env.SERVICE);
const it = (name, steps) => test(name, { concurrency: false }, steps);
const ids = async (text, query) => (await tables.articles.search(text, { select: ["id"], ...query })).map((row) => row.id);

await tables.authors.createMany([{ id: 1, name: "Ada Lovelace" }, { id: 2, name: "Grace Hopper" }]);
await tables.articles.createMany([
  { id: 1, author_id: 1, title: "Engines of brass", body: "A machine that weaves numbers", year: 1843 },
  { id: 2, author_id: 1, title: "Numbers", body: "On engines & what they cannot know", year: 1844 },
  { id: 3, author_id: 2, title: "A compiler", body: "It writes machine code", year: 1952 }]);

it("rows are found by words, phrases, exclusions and `or`, the best first", async () => {
  assert.deepEqual(await ids("engines"), [1, 2]);
  assert.deepEqual(await ids("numbers"), [2, 1]);
  assert.deepEqual(await ids('"machine code"'), [3]);
  assert.deepEqual(await ids("machine -weaves"), [3]);
  assert.deepEqual(await ids("brass or compiler", { order: ["id"] }), [1, 3]);
  assert.deepEqual(await ids("engines & know"), [2]);
  assert.deepEqual(await ids("nowhere"), []);
  const [row] = await tables.articles.search("compiler");
  assert.deepEqual(row, await tables.articles.get(3));
});

it("a search takes what a list takes", async () => {
  assert.deepEqual(await ids("engines or machine", { order: [{ by: "year", descending: true }], limit: 2, offset: 1 }), [2, 1]);
  assert.deepEqual(await ids("engines or machine", { where: { year: { gte: 1844 }, author_id: 1 } }), [2]);
  assert.deepEqual(await tables.articles.search("compiler", { parameters: { select: "title,authors(name)" } }),
    [{ title: "A compiler", authors: { name: "Grace Hopper" } }]);
});

it("what is no search is the service's error", async () => {
  for (const text of ["", " ", "-engines", "x".repeat(1001)]) {
    await assert.rejects(tables.articles.search(text), (error) => error instanceof ServiceError && error.status === 400 && error.message !== "");
  }
});

it("a key and a column may be called like what a search is asked by", async () => {
  await tables.words.createMany([{ word: "search", meaning: "look for", q: 1 }, { word: "find", meaning: "come upon, look no more", q: 2 }]);
  assert.equal((await tables.words.get("search")).meaning, "look for");
  assert.equal((await tables.words.update("search", { meaning: "look for what is lost" })).word, "search");
  assert.deepEqual((await tables.words.search("look", { where: { q: 2 }, select: ["word", "q"], order: ["q"] })), [{ word: "find", q: 2 }]);
  await tables.words.delete("search");
  assert.deepEqual((await tables.words.list({ where: { q: { lt: 9 } } })).map((row) => row.word), ["find"]);
});

it("rows without a key are searched, by names that are no plain words, too", async () => {
  const lines = tables["log lines"];
  await lines.createMany([{ "the line": "disk is full", "at (host)": "mars", level: 3 }, { "the line": "disk is new", "at (host)": "venus", level: 1 }]);
  assert.deepEqual(await lines.search("disk", { select: ["at (host)"], where: { "at (host)": { in: ["mars", "a,b"] } }, order: ["at (host)"] }),
    [{ "at (host)": "mars" }]);
  assert.deepEqual((await lines.search("disk -full", { select: ["the line"] })), [{ "the line": "disk is new" }]);
});

it("tables without columns to search have no search", () => {
  assert.equal(tables.plain.search, undefined);
});
