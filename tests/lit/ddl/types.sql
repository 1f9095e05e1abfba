-- Each type is declared by its storage, with a check where the storage takes more than the type.
create type mood as enum ('sad', 'it''s ok', 'happy');
create domain positive as integer check (value > 0);
create table things (
  id bigserial primary key,
  is_open boolean not null default true,
  small smallint,
  price numeric(10, 2) default 0.00,
  exact numeric default 1.50,
  ratio double precision,
  name varchar(20) default 'it''s',
  born date default current_date,
  created timestamptz not null default now(),
  mood mood default 'sad',
  tags text[] default '{a,b}',
  data jsonb default '{}'::jsonb,
  raw bytea,
  key uuid default gen_random_uuid(),
  amount positive
);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table things (
-- CHECK-NEXT: id integer primary key,
-- CHECK-NEXT: is_open boolean not null default true constraint is_open_type check (is_open in (0, 1)),
-- CHECK-NEXT: small integer,
-- CHECK-NEXT: price numeric(10, 2) default 0.00,
-- CHECK-NEXT: exact text collate sqlxc_decimal default '1.50',
-- CHECK-NEXT: ratio real,
-- CHECK-NEXT: name text default 'it''s',
-- CHECK-NEXT: born text default current_date,
-- CHECK-NEXT: created text not null default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
-- CHECK-NEXT: mood text default 'sad' constraint mood_type check (mood in ('sad', 'it''s ok', 'happy')),
-- CHECK-NEXT: tags text default '["a","b"]' constraint tags_type check (tags is null or json_valid(tags)),
-- CHECK-NEXT: data text default '{}' constraint data_type check (data is null or json_valid(data)),
-- CHECK-NEXT: raw blob,
-- CHECK-NEXT: key text default (gen_random_uuid()),
-- CHECK-NEXT: amount integer constraint positive_check check (amount > 0)
-- CHECK-NEXT: );
