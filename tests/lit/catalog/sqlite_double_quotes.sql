-- In SQLite a word in double quotes that names no column is a string, in checks and indexes too; other quotes are a name's.
-- RUN: %sqlxc --dialect=sqlite %s | FileCheck %s
create table t (
  id integer primary key,
  state text not null default "open" check (state in ("open", "closed", "State")),
  note text check ("note" <> "none" and "rowid" > 0)
);
create index one on t ("index");
create index two on t (state, "some text" || note) where state <> "closed";
-- CHECK: check (state in ('open', 'closed', "State"))
-- CHECK: check ("note" <> 'none' and "rowid" > 0)
-- CHECK: create index one on t ('index');
-- CHECK: create index two on t ("state", 'some text' || note)
-- CHECK-NEXT: where state <> 'closed';
