-- Named queries and functions stand in OpenAPI with the types of their arguments, the comment above them, and what they give.
create table posts (id bigint primary key, title text not null);

-- Posts with these ids,
-- the newest first.
--@ query by_ids(ids bigint[], most integer = 10): select id, title from posts where id = any(ids) order by id desc limit most

/* Nothing in particular. */
--@ query "a b"(x boolean): select x as y

--@ query "a_b"(x boolean): select x as z

-- It is no description: a line is between.

--@ query bare: select 1 as one
create table others (id integer primary key);

create domain "text/plain" as text;
create function greet(name text, times smallint) returns "text/plain" language sql as $$ select name::"text/plain" $$; -- expected-warning {{SX5016}}
create function pick(a integer) returns integer language sql as 'select $1'; -- expected-warning {{SX5016}}
create function pick(a text, b date) returns date language sql as 'select $2'; -- expected-warning {{SX5016}}
-- CHECK-LABEL: ==== docs/openapi.json ====
-- CHECK: {"name": "others"}
-- CHECK: "/api/rpc/a b": {
-- CHECK-NEXT: "get": {
-- CHECK-NEXT: "operationId": "geta_b",
-- CHECK: "summary": "The named query `a b`",
-- CHECK-NEXT: "description": "Nothing in particular.",
-- CHECK: "name": "x",
-- CHECK-NEXT: "in": "query",
-- CHECK-NEXT: "description": "The argument `x`.",
-- CHECK-NEXT: "required": true,
-- CHECK-NEXT: "schema": {"type": "boolean"}
-- CHECK: "/api/rpc/bare": {
-- CHECK: "summary": "The named query `bare`",
-- CHECK-NEXT: "parameters": [
-- CHECK: "/api/rpc/by_ids": {
-- CHECK-NEXT: "get": {
-- CHECK: "description": "Posts with these ids,\nthe newest first.",
-- CHECK: "name": "ids",
-- CHECK-NEXT: "in": "query",
-- CHECK-NEXT: "description": "The argument `ids`, a list as `{a,b}`.",
-- CHECK-NEXT: "required": true,
-- CHECK-NEXT: "schema": {"type": "string"}
-- CHECK: "name": "most",
-- CHECK-NEXT: "in": "query",
-- CHECK-NEXT: "description": "The argument `most`. Where it is not given: `10`.",
-- CHECK-NEXT: "required": false,
-- CHECK-NEXT: "schema": {
-- CHECK-NEXT: "type": "integer",
-- CHECK: "200": {
-- CHECK-NEXT: "description": "The rows that the query finds.",
-- CHECK: "post": {
-- CHECK: "ids": {
-- CHECK-NEXT: "type": ["array", "null"],
-- CHECK-NEXT: "items": {
-- CHECK-NEXT: "type": ["integer", "null"],
-- CHECK: "/api/rpc/greet": {
-- CHECK: "name": "times",
-- CHECK: "type": "integer",
-- CHECK: "200": {
-- CHECK-NEXT: "description": "What the function gives.",
-- CHECK: "text/plain": {
-- What functions of one name take and give, all of them may.
-- CHECK: "/api/rpc/pick": {
-- CHECK: "name": "a",
-- CHECK: "required": false,
-- CHECK-NEXT: "schema": {"type": "string"}
-- CHECK: "name": "b",
-- CHECK: "required": false,
-- CHECK-NEXT: "schema": {
-- CHECK-NEXT: "type": "string",
-- CHECK-NEXT: "format": "date"
-- CHECK: "schema": {}
-- CHECK: "ResultAB": {
-- CHECK: "ResultAB_2": {
-- CHECK-NOT: "Result": {
