// The TypeScript client that is emitted beside the blog's service ($CLIENT: its compiled index.js), against that service ($SERVICE:
// http://host:port) on an empty database: its calls, and what its zod schemas and forms say beside what the service says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { createClient, ServiceError, userForm, userInsert, userUpdate, postInsert, tagInsert } = await import(pathToFileURL(process.env.CLIENT));
const { tables } = createClient(process.env.SERVICE);
const it = (name, steps) => test(name, { concurrency: false }, steps);
const fieldsOf = (issues) => [...new Set(issues.map((issue) => issue.path[0]))].sort();

it("rows are written, read, listed, changed and removed", async () => {
  const ada = await tables.users.create({ email: "ada@example.com", name: "Ada", age: 36 });
  assert.equal(ada.name, "Ada");
  assert.deepEqual(await tables.users.get(ada.id), ada);
  const more = await tables.users.createMany([
    { email: "bo@example.com", name: "Bo" }, { email: "cy@example.com", name: "Cy, \"the\" (third)", age: 20 }]);
  assert.equal(more.length, 2);
  const names = async (query) => (await tables.users.list({ select: ["name"], order: ["id"], ...query })).map((row) => row.name);
  assert.deepEqual(await names({}), ["Ada", "Bo", more[1].name]);
  assert.deepEqual(await names({ where: { age: { gte: 20, lt: 36 } } }), [more[1].name]);
  assert.deepEqual(await names({ where: { age: null } }), ["Bo"]);
  assert.deepEqual(await names({ where: { name: { in: [more[1].name, "Ada"] } } }), ["Ada", more[1].name]);
  assert.deepEqual(await names({ where: { age: { not: { is: "null" } } }, limit: 1, offset: 1 }), [more[1].name]);
  assert.equal((await tables.users.update(ada.id, { age: 37 })).age, 37);
  assert.equal((await tables.users.updateWhere({ where: { age: { lt: 30 } } }, { bio: "young" })).length, 1);
  await tables.users.delete(more[0].id);
  assert.equal((await tables.users.deleteWhere({ where: { bio: "young" } })).length, 1);
  assert.deepEqual(await names({}), ["Ada"]);
});

it("what the service refuses is an error that names fields, rules and places", async () => {
  await assert.rejects(tables.users.create({ email: "nobody", name: "A", age: 7 }), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.status, 422);
    assert.deepEqual(error.violations.map((one) => one.fields).flat().sort(), ["age", "email", "name"]);
    for (const one of error.violations) assert.match(one.source, /^blog\.sql:\d+$/);
    return true;
  });
  const [user] = await tables.users.list({ limit: 1 });
  const post = { author_id: user.id, title: "A title", content: "...", status: "published" };
  await assert.rejects(tables.posts.create(post), (error) => {
    assert.deepEqual(error.violations.map(({ fields, rule }) => [fields, rule]), [[["status", "published_at"], "published_has_a_date"]]);
    return true;
  });
  await assert.rejects(tables.users.create({ email: user.email, name: "Another" }), (error) => error.status === 409);
  await assert.rejects(tables.users.get(0), (error) => error.status === 404 && error.violations.length === 0);
});

it("zod refuses just the rows that the service refuses, for the same fields", async () => {
  const good = { email: "dee@example.com", name: "Dee" };
  const rows = [
    good, { ...good, email: "no address" }, { ...good, email: `${"a".repeat(250)}@b.cd` }, { ...good, name: "D" }, { ...good, name: "\u{1F600}" },
    { ...good, name: "\u{1F600}\u{1F600}" }, { ...good, age: 12 }, { ...good, age: 13 }, { ...good, age: 150 }, { ...good, age: 151 },
    { ...good, age: null }, { ...good, age: 20.5 }, { ...good, age: "many", name: "" }, { name: "Dee" }, { ...good, name: null }];
  let refused = 0;
  for (const row of rows) {
    const judged = userInsert.safeParse(row);
    let problem;
    try {
      await tables.users.delete((await tables.users.create(row)).id);
    } catch (error) {
      problem = error;
    }
    assert.equal(judged.success, problem === undefined, JSON.stringify(row));
    if (judged.success) continue;
    refused += 1;
    // zod asks the rules of a row whose types fit.
    const told = problem.violations.filter(({ rule }) => rule === "type" || !problem.violations.some((one) => one.rule === "type"));
    assert.deepEqual(fieldsOf(judged.error.issues), [...new Set(told.flatMap((one) => one.fields))].sort(), JSON.stringify(row));
  }
  assert.equal(refused, 10);
  assert.ok(userUpdate.safeParse({ age: 40 }).success);
  assert.ok(!userUpdate.safeParse({ age: 4 }).success);
  assert.ok(!postInsert.safeParse({ author_id: 1, title: "t", content: "c", status: "published" }).success);
  assert.ok(!tagInsert.safeParse({ name: "Not A Tag" }).success);
});

it("a form knows of its fields what the service asks", () => {
  const of = (name) => userForm.find((field) => field.name === name);
  assert.deepEqual({ widget: of("email").widget, required: of("email").required, maxLength: of("email").maxLength },
    { widget: "email", required: true, maxLength: 254 });
  assert.deepEqual([of("age").min, of("age").max, of("age").step, of("age").required], [13, 150, 1, false]);
  assert.equal(of("name").minLength, 2);
  assert.ok(of("created_at").readOnly);
  assert.ok(new RegExp(of("email").pattern, "u").test("ada@example.com"));
  assert.ok(!new RegExp(of("email").pattern, "u").test("ada"));
});
