#!/usr/bin/env python3
"""init and ping before a PostgreSQL server of their own: everything that the catalog holds comes back through the emitted DDL,
comments with annotations included; what one may not see or reach is one diagnostic without a password."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
import postgres  # noqa: E402

sqlxc = os.environ["SQLXC"]
SCHEMA = r"""
create schema sales;
create schema "Odd Name";
create extension pg_trgm;
create extension hstore with schema sales;
create type mood as enum ('ok', 'it''s', 'Ünder');
create type sales.pair as (a integer, b mood, c text[]);
create domain sales.positive as integer default 1 not null check (value > 0) constraint small check (value < 1000);
create domain evens as sales.positive check (value % 2 = 0);
create type spans as range (subtype = double precision, subtype_diff = float8mi);
create sequence counter start 10 increment 5 cycle maxvalue 100;
create function next_code(prefix text default 'c') returns text language sql stable parallel safe set search_path = public
  as $body$ select prefix || '$' || nextval('counter') $body$;
create function touch() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
create aggregate longest(text) (sfunc = textcat, stype = text, initcond = '');
create domain sales.color as integer;
create function sales.json(sales.color) returns json language sql immutable as $$ select to_json('#' || to_hex($1::integer)) $$;
create function public.color(json) returns sales.color language sql immutable as $$ select ('x' || ltrim($1 #>> '{}', '#'))::bit(32)::integer::sales.color $$;
create cast (sales.color as json) with function sales.json(sales.color) as implicit;
create cast (json as sales.color) with function public.color(json) as assignment;
create cast (sales.pair as mood) with inout;
create cast (mood as "char") with inout as assignment;
create table "Odd Name"."select" ("from" integer primary key, "Mixed" text collate "C" default 'a''b');
create table sales.users (
  id serial primary key, code text not null default next_code() unique, mood mood default 'ok', n evens, p sales.pair, span spans,
  tags text[] default array['a', 'b'], doc jsonb, at timestamptz(3) not null default now(), amount numeric(10, 2) check (amount >= 0),
  twice integer generated always as (2 * 21) stored, always bigint generated always as identity (start with 7 cache 3),
  attributes sales.hstore, manager integer references sales.users on delete set null deferrable initially deferred,
  during tstzrange, exclude using gist (during with &&), constraint code_shape check (code ~ '^\w+$') no inherit);
create table orders (id uuid primary key default gen_random_uuid(), user_id integer not null, line smallserial,
  kind "char", bits bit varying(8), foreign key (user_id) references sales.users match full on update cascade) with (fillfactor = 70);
alter table orders add constraint late check (line > 0) not valid;
create unlogged table scratch (k integer default nextval('counter'));
create index on orders (lower(kind::text) desc nulls last) include (line) where line > 1;
create unique index users_trgm on sales.users (code collate "C" text_pattern_ops);
create index on sales.users using gin (code gin_trgm_ops);
create table logs (at date not null, region text, note text, primary key (at, region)) partition by range (at);
create table logs_1 partition of logs for values from ('2020-01-01') to ('2021-01-01') partition by list (region);
create table logs_1_eu partition of logs_1 for values in ('eu', 'uk');
create table logs_rest partition of logs default;
create index on logs (note);
create table base (id integer primary key, note text check (note <> ''));
create table derived (extra text) inherits (base);
create view spenders as select u.code, count(*) filter (where o.line > 1) as n from sales.users u left join orders o on o.user_id = u.id
  group by u.code having count(*) > 0;
create view a_top with (security_barrier) as select * from spenders where n > 1;
create materialized view totals as select code, n::numeric / 2 as half from a_top;
create unique index on totals (code);
create rule no_delete as on delete to orders do instead nothing;
create trigger touched before update of mood on sales.users for each row when (old.mood is distinct from new.mood)
  execute function touch();
create constraint trigger checked after insert on orders deferrable initially deferred for each row execute function touch();
alter table sales.users enable row level security;
create policy own on sales.users as restrictive for select using (code = current_user);
comment on table sales.users is 'People @page(10)';
comment on column sales.users.code is 'What they sign in with: it''s theirs @example(''x, y'')';
comment on view spenders is 'Who spends';
comment on type mood is 'How they are';
comment on domain sales.positive is 'Above zero';
"""
# What a service makes beside the schema: its fingerprint, and the triggers by which changes are told.
OF_A_SERVICE = """
create schema sqlxc;
create table sqlxc.schema (fingerprint text not null, created_at timestamptz not null default now());
create index on sqlxc.schema (created_at);
create function sqlxc.note_change() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger sqlxc_changed_insert after insert on sales.users referencing new table as new_rows
  for each statement execute function sqlxc.note_change('id');
"""
failed = 0


def run(*words, env=None):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})
    return done.returncode, done.stdout, done.stderr


def expect(what, is_so, detail=""):
    global failed
    if not is_so:
        failed += 1
        print(f"not so: {what}\n{detail}")


def emitted(schema):
    status, text, err = run(sqlxc, "check", "--dialect=postgres", "--emit=sources", "--target=postgres", schema)
    expect("the project compiles", status == 0, err)
    head = "==== db/schema.postgres.sql ====\n"
    return text[text.index(head) + len(head):].split("\n==== ", 1)[0]


def load(server, database, sql):
    run(server.binaries / "psql", "-X", "-q", "-d", server.url(), "-c", f"create database {database} template template0")
    done = subprocess.run([server.binaries / "psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", server.url(database)],
                          input=sql, capture_output=True, text=True)
    expect(f"{database} loads", done.returncode == 0, done.stderr)


def comes_back(server, folder):
    load(server, "one", SCHEMA)
    status, _, err = run(sqlxc, "init", folder / "one", f"--database={server.url('one')}")
    expect("init reads everything", status == 0 and not err, err)
    schema = folder / "one" / "schema.sql"
    first = schema.read_text()
    for text in ("--@ page(10)", "--@ example('x, y')", "comment on table sales.users is 'People';", "id serial,", "late check",
                 "create materialized view totals", "create aggregate longest", "create cast (sales.color as json) with function sales.json(sales.color) as implicit;",
                 "create cast (sales.pair as mood) with inout;", "create policy own", "CREATE CONSTRAINT TRIGGER",
                 "attach partition", "exclude using gist", 'create table "Odd Name"."select"', "create extension if not exists pg_trgm"):
        expect(f"schema.sql has `{text}`", text in first, first)
    status, again, _ = run(sqlxc, "check", "--dialect=postgres", "--emit=catalog", schema)
    expect("schema.sql is canonical", again == first)
    ddl = emitted(schema)
    load(server, "two", ddl + OF_A_SERVICE)
    run(sqlxc, "init", folder / "two", f"--database={server.url('two')}")
    second = (folder / "two" / "schema.sql").read_text()
    if first != second:
        import difflib
        expect("the same comes back", False, "\n".join(difflib.unified_diff(first.splitlines(), second.splitlines(), lineterm="")))


def refuses(server, folder):
    run(server.binaries / "psql", "-X", "-q", "-d", server.url("one"), "-c", "create role stranger login password 'hush'",
        "-c", "create database closed", "-c", "revoke connect on database closed from public")
    cases = (("closed", "stranger", "permission denied for database"), ("nowhere", "stranger", 'database "nowhere" does not exist'),
             ("one", "nobody", 'role "nobody" does not exist'))
    for database, user, words in cases:
        url = f"postgresql://{user}:hush@127.0.0.1:{server.port}/{database}"
        for command in (["init", folder / "no", f"--database={url}"], ["ping", url]):
            status, out, err = run(sqlxc, *command)
            expect(f"{command[0]} of {database} as {user} is one diagnostic", status == 3 and err.count("error[") == 1 and
                   words in err and "hush" not in out + err, err)
    expect("nothing is written then", not (folder / "no").exists())
    # Who may see no row may see the catalog: init needs no right on a table.
    url = f"postgresql://stranger:hush@127.0.0.1:{server.port}/one"
    status, _, err = run(sqlxc, "init", folder / "seen", f"--database={url}")
    expect("a stranger reads the catalog", status == 0, err)
    written = [file.read_text() for file in (folder / "seen").iterdir()]
    expect("no file holds the password", not any("hush" in text for text in written))


def pings(server):
    status, out, err = run(sqlxc, "ping", server.url("one"), "--diagnostics=json")
    expect("ping answers", status == 0, err)
    facts = json.loads(out)
    expected = {"reachable": True, "kind": "database", "engine": "PostgreSQL", "supported": True, "database": "one",
                "pipeline": True, "json": True, "partitions": True, "read_only": False, "in_recovery": False}
    expect("ping tells what it is", all(facts.get(key) == value for key, value in expected.items()), out)
    expect("ping names extensions", any(name.startswith("pg_trgm ") for name in facts["extensions"]), out)
    expect("ping has a latency", facts["latency_ms"] > 0, out)


def main():
    try:
        server = postgres.Server()
    except FileNotFoundError as error:
        print(f"skipped: {error}")
        sys.exit(77)
    try:
        with tempfile.TemporaryDirectory() as folder:
            comes_back(server, Path(folder))
            refuses(server, Path(folder))
            pings(server)
    finally:
        server.close()
    sys.exit(1 if failed else 0)


main()
