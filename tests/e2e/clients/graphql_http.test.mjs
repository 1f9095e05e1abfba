// The audits of graphql-http (the GraphQL over HTTP specification) and what graphql-js makes of a running service's schema:
// node graphql_http.test.mjs URL, with URL the address of the service.
import { buildClientSchema, buildSchema, getIntrospectionQuery, printSchema, validateSchema } from 'graphql';
import { serverAudits } from 'graphql-http';

const base = process.argv[2];
const url = `${base}/graphql`;
let failed = 0;

const complain = (what) => {
  failed += 1;
  console.log(`not ok - ${what}`);
};

const audits = serverAudits({ url, fetchFn: fetch });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === 'ok') passed += 1;
  else complain(`${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(`${passed} of ${audits.length} audits`);

// Introspection says what the SDL says, with everything that graphql-js knows to ask for.
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    query: getIntrospectionQuery({
      descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true,
      inputValueDeprecation: true, oneOf: true,
    }),
  }),
});
const { data, errors } = await response.json();
if (errors) {
  complain(`introspection: ${JSON.stringify(errors)}`);
} else {
  const schema = buildClientSchema(data);
  for (const error of validateSchema(schema)) complain(error.message);
  const sdl = await (await fetch(`${base}/docs/schema.graphql`)).text();
  const said = printSchema(buildSchema(sdl));
  if (printSchema(schema) !== said) complain('the introspection is not the SDL');
  console.log(`${Object.keys(schema.getTypeMap()).length} types by introspection`);
}
process.exit(failed === 0 ? 0 : 1);
