// Judges schemas of GraphQL with graphql-js: each file must build into a schema that is valid.
// usage: node judge_sdl.mjs FILE...   (or the names on standard input, one a line)
import {readFileSync} from 'node:fs';
import {buildSchema, validateSchema} from 'graphql';

const files = process.argv.length > 2
  ? process.argv.slice(2)
  : readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
let failed = 0;
for (const file of files) {
  let errors;
  try {
    errors = validateSchema(buildSchema(readFileSync(file, 'utf8'))).map((error) => error.message);
  } catch (error) {
    errors = [error.message];
  }
  if (errors.length === 0) continue;
  failed++;
  console.log(`${file}: ${errors.slice(0, 3).join('; ')}`);
}
console.log(`${files.length - failed} of ${files.length} schemas are valid`);
process.exit(failed === 0 && files.length > 0 ? 0 : 1);
