// urql with its normalised cache (Graphcache), unmodified, on a running service of library.sql: the cache knows the schema by the
// service's own introspection. SERVICE is the address.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, cacheExchange as documentCache, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { getIntrospectionQuery } from 'graphql';

const url = `${process.env.SERVICE}/graphql`;
let asked = 0;
const counting = (input, init) => {
  asked += 1;
  return fetch(input, init);
};
const plain = () => new Client({ url, exchanges: [documentCache, fetchExchange], fetch: counting });
let schema;
const cached = () => new Client({
  url,
  fetch: counting,
  exchanges: [
    cacheExchange({
      schema,
      keys: Object.fromEntries(['Author', 'Book', 'Shelf', 'Shelved'].map((type) => [type, (row) => row.nodeId ?? null])),
      resolvers: { Query: { booksConnection: relayPagination() } },
    }),
    fetchExchange,
  ],
});

let author;

before(async () => {
  const found = await plain().query(getIntrospectionQuery({ inputValueDeprecation: true }), {});
  assert.equal(found.error, undefined);
  schema = found.data;
  const made = await plain().mutation(gql`
    mutation ($input: AuthorCreateInput!) { createAuthor(input: $input) { nodeId id books(orderBy: [{ id: ASC }]) { nodeId id title } } }
  `, { input: { name: 'Stanislaw', books: { create: ['F', 'G', 'H'].map((title) => ({ title, kind: 'science' })) } } });
  assert.equal(made.error, undefined);
  author = made.data.createAuthor;
});

test('Graphcache takes the schema by its introspection and keeps rows by their global id', async () => {
  const client = cached();
  const query = gql`query ($id: Int!) { author(id: $id) { nodeId name books(orderBy: [{ title: ASC }]) { nodeId title pages } } }`;
  const first = await client.query(query, { id: author.id });
  assert.deepEqual(first.data.author.books.map((book) => book.title), ['F', 'G', 'H']);
  const changed = await client.mutation(
    gql`mutation ($id: Int!) { updateBook(id: $id, input: { pages: 321 }) { nodeId pages } }`, { id: author.books[1].id });
  assert.equal(changed.error, undefined);
  const before = asked;
  const again = await client.query(query, { id: author.id });
  assert.equal(asked, before, 'the cache had it all');
  assert.deepEqual(again.data.author.books.map((book) => book.pages), [null, 321, null]);
});

test('relayPagination puts the pages of a connection together', async () => {
  const client = cached();
  const query = gql`
    query ($first: Int!, $after: String, $where: BookWhere) {
      booksConnection(first: $first, after: $after, where: $where, orderBy: [{ title: DESC }]) {
        edges { cursor node { nodeId title } } pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      }
    }`;
  const where = { author: { is: { name: { eq: 'Stanislaw' } } } };
  let after;
  let titles;
  for (let page = 0; page < 3; page += 1) {
    const { data, error } = await client.query(query, { first: 1, after, where });
    assert.equal(error, undefined);
    titles = data.booksConnection.edges.map((edge) => edge.node.title);
    after = data.booksConnection.pageInfo.endCursor;
    assert.equal(data.booksConnection.pageInfo.hasNextPage, page < 2);
  }
  assert.deepEqual(titles, ['H', 'G', 'F']);
});

test('errors are those of GraphQL, with codes and paths, beside what went well', async () => {
  const { data, error } = await plain().mutation(gql`mutation { good: createShelf(input: { code: "u1" }) { code } bad: deleteBook(id: 987654) { id } }`, {});
  assert.equal(data.good.code, 'u1');
  assert.equal(data.bad, null);
  assert.equal(error.networkError, undefined);
  assert.deepEqual(error.graphQLErrors.map((one) => [one.path, one.extensions.code]), [[['bad'], 'NOT_FOUND']]);
  const wrong = await plain().query(gql`{ author(id: "one") { id } }`, {});
  assert.equal(wrong.error.networkError, undefined);
  assert.equal(wrong.error.graphQLErrors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});

test('queries may go by GET', async () => {
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: 'force', fetch: counting });
  const { data, error } = await client.query(gql`query ($name: String!) { authorByName(name: $name) { name } }`, { name: 'Stanislaw' });
  assert.equal(error, undefined);
  assert.equal(data.authorByName.name, 'Stanislaw');
});
