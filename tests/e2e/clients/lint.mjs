// Reads OpenAPI documents with @apidevtools/swagger-parser: resolves every reference and validates. Usage: lint.mjs FILE...
import SwaggerParser from '@apidevtools/swagger-parser';

let failures = 0;
for (const file of process.argv.slice(2)) {
  try {
    await SwaggerParser.validate(file);
  } catch (error) {
    failures += 1;
    console.log(`${file}: ${error.message.slice(0, 2000)}`);
  }
}
console.log(`swagger-parser: ${process.argv.length - 2} documents, ${failures} with errors`);
process.exit(failures === 0 ? 0 : 1);
