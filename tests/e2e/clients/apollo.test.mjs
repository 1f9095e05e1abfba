// Apollo Client, unmodified, on a running service of library.sql: variables and fragments, writes with rows of other tables, the
// normalised cache, pages as Relay has them, errors, persisted queries. SERVICE is the address.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';

const require = createRequire(import.meta.url);
const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } = require('@apollo/client/core');
const { createPersistedQueryLink } = require('@apollo/client/link/persisted-queries');
const { relayStylePagination } = require('@apollo/client/utilities');
const { createHash } = require('node:crypto');

const uri = `${process.env.SERVICE}/graphql`;
const requests = [];
const counting = (input, init) => {
  requests.push(JSON.parse(init.body ?? '{}'));
  return fetch(input, init);
};
// Tables with a key of several columns have no `id`: the global one stands for them all.
const cacheOf = () => new InMemoryCache({
  dataIdFromObject: (object) => (object.nodeId ? `node:${object.nodeId}` : undefined),
  possibleTypes: { Node: ['Author', 'Book', 'Shelf', 'Shelved'] },
  typePolicies: { Query: { fields: { booksConnection: relayStylePagination(['where', 'orderBy']) } } },
});
const clientOf = (link = new HttpLink({ uri, fetch: counting })) => new ApolloClient({ link, cache: cacheOf() });

const BOOK = gql`fragment BookParts on Book { nodeId id title kind price words inStock author { nodeId id name } }`;
const CREATE = gql`
  mutation Create($input: AuthorCreateInput!) {
    createAuthor(input: $input) { nodeId id name books(orderBy: [{ title: ASC }]) { ...BookParts shelves { nodeId code } } }
  }
  ${BOOK}
`;
const PAGE = gql`
  query Page($first: Int!, $after: String, $where: BookWhere) {
    booksConnection(first: $first, after: $after, where: $where, orderBy: [{ title: ASC }]) {
      edges { cursor node { ...BookParts } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      totalCount
    }
  }
  ${BOOK}
`;

let author;

before(async () => {
  const { data } = await clientOf().mutate({
    mutation: CREATE,
    variables: {
      input: {
        name: 'Ursula',
        books: {
          create: ['A', 'B', 'C', 'D', 'E'].map((title) => ({
            title, price: 9.5, words: ['of', title], ...(title === 'A' ? { shelves: { create: [{ code: 'sf', place: 'left' }] } } : {}),
          })),
        },
      },
    },
  });
  author = data.createAuthor;
});

test('a row is created with rows of other tables, two levels deep', () => {
  assert.equal(author.name, 'Ursula');
  assert.deepEqual(author.books.map((book) => book.title), ['A', 'B', 'C', 'D', 'E']);
  assert.deepEqual(author.books[0].shelves.map((shelf) => shelf.code), ['sf']);
  assert.equal(author.books[0].kind, 'novel');
  assert.deepEqual(author.books[1].words, ['of', 'B']);
  assert.equal(author.books[1].author.id, author.id);
});

test('variables, fragments, aliases and directives', async () => {
  const { data } = await clientOf().query({
    query: gql`
      query Find($name: String!, $titles: [String!], $withPrice: Boolean!) {
        authorByName(name: $name) {
          ...Named
          two: books(where: { title: { in: $titles } }, orderBy: [{ title: DESC }]) { title price @include(if: $withPrice) }
          ... on Author @skip(if: $withPrice) { hidden: born }
        }
      }
      fragment Named on Author { nodeId id name ... on Node { again: nodeId } }
    `,
    variables: { name: 'Ursula', titles: ['A', 'C'], withPrice: true },
  });
  const found = data.authorByName;
  assert.equal(found.again, found.nodeId);
  assert.deepEqual(found.two.map((book) => [book.title, book.price]), [['C', 9.5], ['A', 9.5]]);
  assert.equal('hidden' in found, false);
});

test('what a mutation answers changes what a query has shown: rows are one in the cache', async () => {
  const client = clientOf();
  const query = gql`query One($id: Int!) { author(id: $id) { nodeId id name books { nodeId id title inStock } } }`;
  const variables = { id: author.id };
  const seen = [];
  const watched = client.watchQuery({ query, variables });
  let hasFirst;
  const first = new Promise((resolve) => { hasFirst = resolve; });
  const update = new Promise((resolve, reject) => {
    watched.subscribe({
      next: ({ data }) => {
        seen.push(data.author.books.find((book) => book.title === 'B').inStock);
        if (seen.length === 1) hasFirst();
        else resolve();
      },
      error: reject,
    });
  });
  await first;
  const id = author.books[1].id;
  await client.mutate({
    mutation: gql`mutation Sell($id: Int!) { updateBook(id: $id, input: { inStock: false }) { nodeId inStock } }`,
    variables: { id },
  });
  await update;
  assert.deepEqual(seen, [true, false]);
  assert.equal(client.cache.extract()[`node:${author.books[1].nodeId}`].inStock, false);
  const before = requests.length;
  const again = await client.query({ query, variables });
  assert.equal(requests.length, before, 'the cache had it all');
  assert.equal(again.data.author.books.find((book) => book.title === 'B').inStock, false);
  await client.mutate({
    mutation: gql`mutation Back($id: Int!) { updateBook(id: $id, input: { inStock: true }) { nodeId inStock } }`, variables: { id },
  });
});

test('node(id) finds what every row calls its global id', async () => {
  const client = clientOf();
  const { data } = await client.query({
    query: gql`query Node($a: ID!, $b: ID!) {
      a: node(id: $a) { __typename nodeId ... on Author { name } }
      b: node(id: $b) { __typename nodeId ... on Book { title author { nodeId name } } }
    }`,
    variables: { a: author.nodeId, b: author.books[2].nodeId },
  });
  assert.deepEqual([data.a.__typename, data.a.name], ['Author', 'Ursula']);
  assert.deepEqual([data.b.__typename, data.b.title, data.b.author.name], ['Book', 'C', 'Ursula']);
  const kept = client.cache.extract();
  assert.equal(Object.keys(kept).filter((key) => key === `node:${author.nodeId}`).length, 1);
});

test('relayStylePagination walks a connection to its end', async () => {
  const client = clientOf();
  const where = { authorId: { eq: author.id } };
  const pages = client.watchQuery({ query: PAGE, variables: { first: 2, where } });
  let { data } = await new Promise((resolve, reject) => { pages.subscribe({ next: resolve, error: reject }); });
  assert.equal(data.booksConnection.totalCount, 5);
  for (let turns = 0; data.booksConnection.pageInfo.hasNextPage; turns += 1) {
    assert.ok(turns < 5, 'a page follows the last');
    await pages.fetchMore({ variables: { after: data.booksConnection.pageInfo.endCursor } });
    data = pages.getCurrentResult().data;
  }
  assert.deepEqual(data.booksConnection.edges.map((edge) => edge.node.title), ['A', 'B', 'C', 'D', 'E']);
  assert.equal(new Set(data.booksConnection.edges.map((edge) => edge.cursor)).size, 5);
});

test('errors have codes and paths, and what went well is there', async () => {
  const client = clientOf();
  const { data, errors } = await client.mutate({
    mutation: gql`mutation Two($author: Int!) {
      good: createShelf(input: { code: "ok" }) { nodeId code }
      bad: createBook(input: { authorId: $author, title: "", price: -1 }) { nodeId id }
    }`,
    variables: { author: author.id },
    errorPolicy: 'all',
  });
  assert.equal(data.good.code, 'ok');
  assert.equal(data.bad, null);
  assert.equal(errors.length, 1);
  assert.deepEqual(errors[0].path, ['bad']);
  assert.equal(errors[0].extensions.code, 'VALIDATION_FAILED');
  assert.deepEqual(errors[0].extensions.violations.map((violation) => violation.rule).sort(), ['books_price_check', 'books_title_check']);
  await assert.rejects(
    client.mutate({ mutation: gql`mutation { createAuthor(input: { name: "Ursula" }) { nodeId } }` }),
    (error) => error.graphQLErrors[0].extensions.code === 'CONFLICT',
  );
});

test('a document that is wrong is an error of GraphQL, not of the network', async () => {
  await assert.rejects(
    clientOf().query({ query: gql`{ authors { nothing } }` }),
    (error) => error.graphQLErrors[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED' && !error.networkError,
  );
  await assert.rejects(
    clientOf().query({ query: gql`query Q($id: Int!) { author(id: $id) { nodeId } }`, variables: { id: 'x' } }),
    (error) => error.graphQLErrors[0]?.extensions.code === 'BAD_USER_INPUT' && !error.networkError,
  );
});

test('persisted queries are asked for by their hash, and sent once', async () => {
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  const link = ApolloLink.from([createPersistedQueryLink({ sha256 }), new HttpLink({ uri, fetch: counting })]);
  const query = gql`query Persisted { authors(where: { name: { eq: "Ursula" } }) { nodeId name } }`;
  const before = requests.length;
  const ask = () => new ApolloClient({ link, cache: cacheOf() }).query({ query });
  assert.equal((await ask()).data.authors[0].name, 'Ursula');
  assert.equal((await ask()).data.authors[0].name, 'Ursula');
  const sent = requests.slice(before).map((request) => 'query' in request);
  // A loop knows what it was told; of several, the second may have to be told, too.
  assert.equal(sent[0], false);
  assert.equal(sent[1], true);
  assert.ok(sent.length <= 4);
});
