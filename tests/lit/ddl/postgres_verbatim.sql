-- Casts, aggregates, rules, policies and row security go to PostgreSQL as they were written, and SQLite is told to lack them.
-- RUN: sqlxc check --emit=sources %s 2>/dev/null | FileCheck %s
-- RUN: sqlxc check --emit=files %s 2>&1 | FileCheck --check-prefix=WARN %s
create extension if not exists pg_trgm;
create table users (id integer primary key, owner text);
alter table users enable row level security;
create policy own on users using (owner = current_user);
create rule keep as on delete to users do instead nothing;
create aggregate longest(text) (sfunc = text_larger, stype = text);
-- WARN: warning[SX5027]: `create policy` is not carried over to SQLite
-- CHECK: ==== db/schema.postgres.sql ====
-- CHECK: create extension if not exists pg_trgm;
-- CHECK: create table users (
-- CHECK: alter table users enable row level security;
-- CHECK: create policy own on users using (owner = current_user);
-- CHECK: create rule keep as on delete to users do instead nothing;
-- CHECK: create aggregate longest(text) (sfunc = text_larger, stype = text);
