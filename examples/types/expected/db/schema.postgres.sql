-- The tables of `types` in postgres, written by sqlxc from types.sql. Do not edit.

create type mood as enum ('sad', 'ok', 'happy');

create domain positive as integer
  constraint positive_check check (value > 0);

create domain postal_code as character varying(10)
  not null
  constraint postal_code_check check (length(value) >= 3);

create table numbers (
  id serial,
  small smallint,
  whole integer not null default 0,
  big bigint,
  money numeric(12, 2),
  exact numeric(30, 10),
  any_size numeric,
  single real,
  twice double precision,
  yes_no boolean not null default false,
  domained positive,
  constraint numbers_pkey primary key (id),
  constraint numbers_money_check check (money >= 0)
);
comment on table numbers is 'Numbers, exact and not.';

create table texts (
  id bigserial,
  free text,
  bounded character varying(20) not null default '',
  fixed character(4),
  feeling mood default 'ok',
  postal postal_code,
  raw bytea,
  document json,
  binary_document jsonb not null default '{}',
  unique_id uuid default gen_random_uuid(),
  constraint texts_pkey primary key (id)
);
comment on table texts is 'Texts and bytes.';

create table moments (
  id integer not null generated always as identity,
  day date default current_date,
  clock time without time zone,
  clock_zone time with time zone,
  local timestamp without time zone,
  instant timestamp with time zone default current_timestamp,
  precise timestamp(3) without time zone,
  span interval,
  constraint moments_pkey primary key (id)
);
comment on table moments is 'Dates and times.';

create table others (
  code character varying(8) not null,
  numbers integer[] not null default '{}',
  words text[],
  network inet,
  address macaddr,
  period tstzrange,
  flags bit(8),
  constraint others_pkey primary key (code)
);
comment on table others is 'What only PostgreSQL has; SQLite keeps them as text.';

create table cells (
  row_number integer not null,
  column_number integer not null,
  width integer not null,
  height integer not null,
  area integer generated always as (width * height) stored,
  parent_row integer,
  parent_column integer,
  constraint cells_pkey primary key (row_number, column_number),
  constraint cells_width_check check (width > 0),
  constraint cells_height_check check (height > 0),
  constraint cells_parent_row_parent_column_fkey foreign key (parent_row, parent_column) references cells (row_number, column_number)
);
comment on table cells is 'A key of two columns, and a column that the database computes.';
