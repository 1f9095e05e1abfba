-- MySQL's zero date is kept as a default where it can be: not in PostgreSQL, and in SQLite not of a key, whose row nobody could ask for.
-- RUN: sqlxc check --emit=sources --dialect=mysql --target=sqlite %s 2>/dev/null | FileCheck --check-prefix=LITE %s
-- RUN: sqlxc check --emit=sources --dialect=mysql --target=sqlite %s 2>&1 >/dev/null | FileCheck --check-prefix=WARN %s
-- RUN: sqlxc check --emit=sources --dialect=mysql --target=postgres %s 2>/dev/null | FileCheck --check-prefix=PG %s
create table days (
  id int not null,
  day date not null default '0000-00-00',
  seen datetime not null default '0000-00-00 00:00:00',
  primary key (id, day)
);
-- LITE: day text not null,
-- LITE-NEXT: seen text not null default '0000-00-00 00:00:00',
-- WARN: warning[SX5011]: the default of `day` is not kept in SQLite: a row whose key is no day cannot be asked for
-- PG: day date not null,
-- PG-NEXT: seen timestamp(0) without time zone not null,
