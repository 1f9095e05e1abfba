// graphql-codegen, unmodified, on the SDL of a service of library.sql: typescript, typescript-operations and the client preset; tsc,
// at its strictest, takes what they print and a program that uses it. SDL is the file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { codegen } = require('@graphql-codegen/core');
const { preset } = require('@graphql-codegen/client-preset');
const typescript = require('@graphql-codegen/typescript');
const operations = require('@graphql-codegen/typescript-operations');
const { Kind, parse, print } = require('graphql');

const here = dirname(fileURLToPath(import.meta.url));
const schema = parse(readFileSync(process.env.SDL, 'utf8'));
const location = join(here, 'codegen', 'operations.graphql');
const documents = parse(readFileSync(location, 'utf8')).definitions.map((definition) => {
  const document = { kind: Kind.DOCUMENT, definitions: [definition] };
  return { location, document, rawSDL: print(document) };
});
const config = {
  strictScalars: true,
  useTypeImports: true,
  // As docs/graphql.md says that they travel.
  scalars: { BigInt: 'number', Decimal: 'number', Date: 'string', JSON: 'unknown', DatabaseValue: 'string' },
  enumsAsTypes: true,
};
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlxc-codegen-'));
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(here, 'codegen', 'use.ts'), join(folder, 'use.ts'));
});
after(() => rmSync(folder, { recursive: true }));

test('typescript and typescript-operations', async () => {
  const text = await codegen({
    filename: 'types.ts', schema, documents, config,
    plugins: [{ typescript: {} }, { operations: {} }],
    pluginMap: { typescript, operations },
  });
  assert.match(text, /export type AuthorQuery = /);
  writeFileSync(join(folder, 'types.ts'), text);
});

test('the client preset', async () => {
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: 'preset/', schema, documents, config, plugins: [], pluginMap: {}, presetConfig: {},
  });
  mkdirSync(join(folder, 'preset'));
  for (const output of outputs) writeFileSync(join(folder, output.filename), await codegen(output));
  assert.deepEqual(outputs.map((output) => output.filename).sort(),
    ['preset/fragment-masking.ts', 'preset/gql.ts', 'preset/graphql.ts', 'preset/index.ts']);
});

test('tsc takes what was printed, and refuses what the service would', () => {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: 'es2022',
      module: 'esnext', moduleResolution: 'bundler', types: [], skipLibCheck: false,
    },
    files: ['use.ts', 'types.ts', 'preset/index.ts'],
  }));
  try {
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    assert.fail(error.stdout || String(error));
  }
});
