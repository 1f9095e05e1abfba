// Subscriptions by the clients that people use, unmodified, on a running service of examples/blog: $SERVICE is its address.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import apollo from '@apollo/client/core/core.cjs';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions/subscriptions.cjs';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as createEvents } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

const base = process.env.SERVICE;
const url = `${base}/graphql`;
const socketUrl = url.replace('http', 'ws');
const patience = 10_000;
const dispose = [];
after(async () => {
  for (const each of dispose) await each();
});

const send = async (query, variables) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};

let people = 0;
const newUser = async () => {
  people += 1;
  const input = { email: `${process.pid}-${people}-${Date.now()}@example.com`, name: `Person ${people}` };
  return (await send('mutation ($input: UserCreateInput!) { createUser(input: $input) { id name } }', { input })).createUser;
};
const rename = (id, name) =>
  send('mutation ($id: BigInt!, $name: String!) { updateUser(id: $id, input: {name: $name}) { id } }', { id, name });
const newPost = async (id, title) =>
  (await send(`mutation ($id: BigInt!, $title: String!) {
    createPost(input: {title: $title, content: "...", author: {connect: {id: $id}}}) { id } }`, { id, title })).createPost;

// What a client is told, one after another.
class Told {
  #values = [];
  #wake = () => {};
  push = (value) => {
    this.#values.push(value);
    this.#wake();
  };
  async next() {
    const end = Date.now() + patience;
    while (this.#values.length === 0) {
      assert.ok(Date.now() < end, 'nothing was told');
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#values.shift();
  }
  isEmpty = () => this.#values.length === 0;
}

const oneUser = 'subscription ($id: BigInt!) { user(id: $id) { name posts(orderBy: [{id: ASC}]) { title } } }';

// What a live query is, whoever asks: `subscribe(query, variables, told)` answers with what ends it.
async function isLive(subscribe, name) {
  const user = await newUser();
  const other = await newUser();
  const told = new Told();
  const end = await subscribe(oneUser, { id: user.id }, told);
  assert.deepEqual(await told.next(), { user: { name: user.name, posts: [] } });
  await rename(user.id, `${name} 1`);
  assert.deepEqual(await told.next(), { user: { name: `${name} 1`, posts: [] } });
  await newPost(user.id, 'first');
  assert.deepEqual(await told.next(), { user: { name: `${name} 1`, posts: [{ title: 'first' }] } });
  // Nothing of it concerns this answer: what is told next is what is written next.
  await rename(other.id, 'somebody else');
  await newPost(other.id, 'elsewhere');
  await rename(user.id, `${name} 1`);
  await rename(user.id, `${name} 2`);
  assert.deepEqual(await told.next(), { user: { name: `${name} 2`, posts: [{ title: 'first' }] } });
  await send('mutation ($id: BigInt!) { deleteUser(id: $id) { id } }', { id: user.id });
  assert.deepEqual(await told.next(), { user: null });
  await end();
  assert.ok(told.isEmpty());
}

const socket = () => {
  const client = createSocket({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
  dispose.push(() => client.dispose());
  return client;
};
const events = () => {
  const client = createEvents({ url, retryAttempts: 0 });
  dispose.push(() => client.dispose());
  return client;
};
const bySink = (client) => (query, variables, told) =>
  client.subscribe({ query, variables }, {
    next: (result) => told.push(result.data),
    error: (error) => told.push({ error }),
    complete: () => {},
  });

test('graphql-ws', () => isLive(bySink(socket()), 'ws'));

test('graphql-sse', () => isLive(bySink(events()), 'sse'));

// Apollo asks for __typename of everything.
const withoutTypes = (data) =>
  JSON.parse(JSON.stringify(data, (key, value) => (key === '__typename' ? undefined : value)));

test('Apollo Client with its graphql-ws link', async () => {
  const client = new apollo.ApolloClient({
    cache: new apollo.InMemoryCache(),
    link: new GraphQLWsLink(socket()),
    defaultOptions: { query: { fetchPolicy: 'no-cache' } },
  });
  dispose.push(() => client.stop());
  await isLive((query, variables, told) => {
    const running = client.subscribe({ query: apollo.gql(query), variables, fetchPolicy: 'no-cache' }).subscribe({
      next: (result) => told.push(withoutTypes(result.data)),
      error: (error) => told.push({ error }),
    });
    return () => running.unsubscribe();
  }, 'apollo');
  const user = await newUser();
  const asked = await client.query({ query: apollo.gql`query ($id: BigInt!) { user(id: $id) { name } }`, variables: { id: user.id } });
  assert.deepEqual(withoutTypes(asked.data), { user: { name: user.name } });
});

test('urql over graphql-ws, and over its own fetch', async () => {
  const ws = socket();
  const overSocket = new Client({
    url,
    exchanges: [subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => ({ unsubscribe: ws.subscribe({ ...request, query: request.query ?? '' }, sink) }),
      }),
    })],
  });
  const overFetch = new Client({ url, exchanges: [fetchExchange], fetchSubscriptions: true, preferGetMethod: false });
  const by = (client) => (query, variables, told) => {
    const running = client.subscription(query, variables).subscribe((result) => {
      if (result.error) told.push({ error: result.error });
      else if (result.data) told.push(result.data);
    });
    return () => running.unsubscribe();
  };
  await isLive(by(overSocket), 'urql');
  await isLive(by(overFetch), 'urql by fetch');
  // It accepts events with every request; a query is answered as JSON all the same.
  const user = await newUser();
  const asked = await overFetch.query('query ($id: BigInt!) { user(id: $id) { name } }', { id: user.id }).toPromise();
  assert.deepEqual(asked.data, { user: { name: user.name } });
});

test('every kind of root field is live', async () => {
  const client = socket();
  const user = await newUser();
  const post = await newPost(user.id, 'one');
  const asked = {
    list: 'subscription ($id: BigInt!) { posts(where: {authorId: {eq: $id}}, orderBy: [{id: ASC}]) { title } }',
    connection: `subscription ($id: BigInt!) { postsConnection(first: 5, where: {authorId: {eq: $id}}) {
      totalCount edges { node { title } } } }`,
    aggregate: 'subscription ($id: BigInt!) { postsAggregate(where: {authorId: {eq: $id}}) { count } }',
    related: 'subscription ($id: BigInt!) { users(where: {id: {eq: $id}, posts: {some: {title: {eq: "two"}}}}) { id } }',
  };
  const running = Object.entries(asked).map(([name, query]) => {
    const told = new Told();
    bySink(client)(query, { id: user.id }, told);
    return [name, told];
  });
  const first = Object.fromEntries(await Promise.all(running.map(async ([name, told]) => [name, await told.next()])));
  assert.deepEqual(first, {
    list: { posts: [{ title: 'one' }] },
    connection: { postsConnection: { totalCount: 1, edges: [{ node: { title: 'one' } }] } },
    aggregate: { postsAggregate: { count: 1 } },
    related: { users: [] },
  });
  await newPost(user.id, 'two');
  const second = Object.fromEntries(await Promise.all(running.map(async ([name, told]) => [name, await told.next()])));
  assert.deepEqual(second.list, { posts: [{ title: 'one' }, { title: 'two' }] });
  assert.equal(second.connection.postsConnection.totalCount, 2);
  assert.deepEqual(second.aggregate, { postsAggregate: { count: 2 } });
  assert.deepEqual(second.related, { users: [{ id: user.id }] });
  assert.ok(post.id > 0);
});

test('what reads a view, or calls a function, hears of the tables behind it', async () => {
  const client = socket();
  const user = await newUser();
  const told = new Told();
  bySink(client)('subscription ($id: BigInt!) { authorActivities(where: {id: {eq: $id}}) { posts } }', { id: user.id }, told);
  assert.deepEqual((await told.next()).authorActivities.map(({ posts }) => posts), [0]);
  await newPost(user.id, 'seen');
  assert.deepEqual((await told.next()).authorActivities.map(({ posts }) => posts), [1]);
});

test('queries and mutations go over the socket, and REST writes are told', async () => {
  const client = socket();
  const ask = async (query, variables) => {
    for await (const result of client.iterate({ query, variables })) return result;
    return assert.fail('nothing came');
  };
  const input = { email: `socket-${process.pid}-${Date.now()}@example.com`, name: 'Over a socket' };
  const made = await ask('mutation ($input: UserCreateInput!) { createUser(input: $input) { id } }', { input });
  const { id } = made.data.createUser;
  assert.deepEqual((await ask('query ($id: BigInt!) { user(id: $id) { name } }', { id })).data, { user: { name: input.name } });
  const told = new Told();
  bySink(client)('subscription ($id: BigInt!) { user(id: $id) { name } }', { id }, told);
  assert.deepEqual(await told.next(), { user: { name: input.name } });
  const patched = await fetch(`${base}/api/users?id=eq.${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'By REST' }),
  });
  assert.equal(patched.status, 204);
  assert.deepEqual(await told.next(), { user: { name: 'By REST' } });
  // Errors of a document are the operation's, not the socket's.
  const errors = await new Promise((resolve) => {
    client.subscribe({ query: 'subscription { nothing }' }, { next: resolve, error: resolve, complete: resolve });
  });
  assert.equal(errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  const many = await new Promise((resolve) => {
    client.subscribe({ query: 'subscription { users { id } posts { id } }' }, { next: resolve, error: resolve, complete: resolve });
  });
  assert.match(many[0].message, /only one top level field/);
});

test('errors of a document come as an event', async () => {
  const result = await new Promise((resolve, reject) => {
    events().subscribe({ query: 'subscription { nothing }' }, { next: resolve, error: reject, complete: () => {} });
  });
  assert.equal(result.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});

// What the server says when it closes.
const closing = (messages, protocol = 'graphql-transport-ws') =>
  new Promise((resolve, reject) => {
    const client = new WebSocket(socketUrl, protocol);
    client.on('open', () => messages.forEach((each) => client.send(typeof each === 'string' ? each : JSON.stringify(each))));
    client.on('close', (code) => resolve(code));
    client.on('error', reject);
  });

test('who breaks the protocol is closed with its code', async () => {
  const init = { type: 'connection_init' };
  const subscribe = { id: '1', type: 'subscribe', payload: { query: 'subscription { tags { id } }' } };
  assert.equal(await closing(['hello']), 4400);
  assert.equal(await closing([init, { id: '1', type: 'subscribe', payload: {} }]), 4400);
  assert.equal(await closing([init, { ...subscribe, payload: { query: subscribe.payload.query, variables: 3 } }]), 4400);
  assert.equal(await closing([subscribe]), 4401);
  assert.equal(await closing([init, init]), 4429);
  assert.equal(await closing([init, subscribe, subscribe]), 4409);
});
