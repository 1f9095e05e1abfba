-- GraphQL has a type a table, fields in camelCase, and every name once.
create schema audit;
create type state as enum ('in progress', 'done', '2nd try', 'null');
create table users (
  id integer primary key,
  email text not null unique,
  "createdAt" timestamptz not null default now(),
  created_at date,  -- expected-warning {{SX4001}}
  __typename text,
  secret text,  --@ writeonly
  state state not null,
  "true" integer  -- expected-warning {{SX4001}}
);
create table audit.users (id integer primary key, "user" integer references public.users (id));
create table date (id integer primary key);  -- expected-warning {{SX4001}}
create table news (id integer primary key, title text);
-- CHECK-LABEL: ==== api/graphql/schema.graphql ====
-- CHECK: type Query {
-- CHECK: users(limit: Int, offset: Int, where: UserWhere, orderBy: [UserOrderBy!]): [User!]
-- CHECK: user(id: Int!): User
-- CHECK: userByEmail(email: String!): User
-- CHECK: auditUsers(
-- CHECK: dateRows(
-- CHECK: dateRow(id: Int!): DateRow
-- CHECK: news(limit
-- CHECK: newsItem(id: Int!): News
-- CHECK: createNews(input: NewsCreateInput!): News
-- CHECK: createNewsList(input: [NewsCreateInput!]!): [News!]
-- CHECK: enum State {
-- CHECK-NEXT: "in progress"
-- CHECK-NEXT: in_progress
-- CHECK-NEXT: done
-- CHECK-NEXT: "2nd try"
-- CHECK-NEXT: _2nd_try
-- CHECK: type User implements Node {
-- CHECK-NEXT: nodeId: ID!
-- CHECK-NEXT: id: Int!
-- CHECK-NEXT: email: String!
-- CHECK-NEXT: createdAt: DateTime!
-- CHECK: createdAtValue: Date
-- CHECK-NEXT: _typename: String
-- CHECK-NEXT: state: State!
-- CHECK: trueValue: Int
-- CHECK-NOT: secret
-- CHECK-LABEL: input UserCreateInput
-- CHECK: secret: String
-- CHECK: type AuditUser implements Node {
