// Holds the JSON Schemas (by ajv) and the zod schemas of the client against what the service says of the same rows:
//   rules_test --record rows.ndjson && node tests/faces.mjs rows.ndjson
// What a face expresses it must judge as the service does; it may never refuse what the service takes.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, "..", "clients", "typescript");
const require = createRequire(join(client, "package.json"));
const tables = JSON.parse(readFileSync(join(here, "tables.json"), "utf8"));

const Ajv = require("ajv/dist/2020.js").default;
const ajv = new Ajv({ allErrors: true, strict: false });
require("ajv-formats").default(ajv);
const zod = existsSync(join(client, "dist", "index.js")) ? await import(pathToFileURL(join(client, "dist", "index.js"))) : null;
if (zod === null) console.log("zod is not asked: the client is not built (npm install in clients/typescript)");

const OF_TYPE = new Set(["type", "range", "length", "precision", "label"]);

function faces(table, write) {
  const schema = JSON.parse(readFileSync(join(here, "..", "validation", `${table.file}.${write}.schema.json`), "utf8"));
  const validate = ajv.compile(schema);
  const isWeaker = (field) => schema.properties[field]?.["x-weaker"] === true;
  const found = [{
    name: "ajv",
    takes: validate,
    unchecked: new Set((schema["x-unchecked"] ?? []).map((rule) => rule.rule)),
    isWeaker,
    why: () => ajv.errorsText(validate.errors),
  }];
  if (zod !== null) {
    const parser = zod[table.stem + (write === "insert" ? "Insert" : "Update")];
    let error;
    found.push({
      name: "zod",
      takes: (row) => {
        const result = parser.safeParse(row);
        error = result.error;
        return result.success;
      },
      unchecked: new Set(zod[`${table.stem}Unchecked`]),
      // A pattern tells no calendar.
      isWeaker: (field) => isWeaker(field) || schema.properties[field]?.format === "date",
      why: () => error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(", "),
    });
  }
  return found;
}

// JavaScript has rounded what is beyond 2^53 before anybody could look at it.
const isRounded = (value) => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;

const known = new Map();
const counts = { ajv: 0, zod: 0 };
const shown = new Set();
let disagreements = 0;
for await (const line of createInterface({ input: createReadStream(resolve(process.argv[2])) })) {
  const { entity, write, canonical, violations, row } = JSON.parse(line);
  if (!canonical || !(entity in tables) || Object.values(row).some(isRounded)) continue;
  const key = `${write} ${entity}`;
  if (!known.has(key)) known.set(key, faces(tables[entity], write));
  for (const face of known.get(key)) {
    ++counts[face.name];
    const expressed = violations.filter(({ rule, fields }) =>
      OF_TYPE.has(rule) ? !fields.some(face.isWeaker) : !face.unchecked.has(rule));
    const takes = face.takes(row);
    const isStricter = !takes && violations.length === 0;
    const isWeaker = takes && expressed.length > 0;
    if (!isStricter && !isWeaker) continue;
    ++disagreements;
    const what = isStricter ? `refuses what the service takes (${face.why()})` : `takes what breaks ${expressed[0].rule}`;
    const kind = `${face.name} ${key} ${isStricter ? face.why() : expressed[0].rule}`;
    if (shown.has(kind) || shown.size > 30) continue;
    shown.add(kind);
    console.log(`${key}: ${face.name} ${what}\n  ${JSON.stringify(row).slice(0, 500)}`);
  }
}
console.log(`${counts.ajv} rows by ajv, ${counts.zod} by zod: ${disagreements} disagreements with the service`);
process.exit(disagreements === 0 ? 0 : 1);
