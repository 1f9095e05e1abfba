-- The tables of `types` in sqlite, written by sqlxc from types.sql. Do not edit.

-- Numbers, exact and not.
create table numbers (
  id integer primary key,
  small integer,
  whole integer not null default 0,
  big integer,
  money numeric(12, 2),
  exact text collate sqlxc_decimal,
  any_size text collate sqlxc_decimal,
  single real,
  twice real,
  yes_no boolean not null default false constraint yes_no_type check (yes_no in (0, 1)),
  domained integer constraint positive_check check (domained > 0),
  constraint numbers_money_check check (money >= 0)
);

-- Texts and bytes.
create table texts (
  id integer primary key,
  free text,
  bounded text not null default '',
  fixed text,
  feeling text default 'ok' constraint feeling_type check (feeling in ('sad', 'ok', 'happy')),
  postal text not null constraint postal_code_check check (length(postal) >= 3),
  raw blob,
  document text constraint document_type check (document is null or json_valid(document)),
  binary_document text not null default '{}' constraint binary_document_type check (json_valid(binary_document)),
  unique_id text default (gen_random_uuid())
);

-- Dates and times.
create table moments (
  id integer primary key,
  day text default current_date,
  clock text,
  clock_zone text,
  local text,
  instant text default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
  precise text,
  span text
);

-- What only PostgreSQL has; SQLite keeps them as text.
create table others (
  code text not null,
  numbers text not null default '[]' constraint numbers_type check (json_valid(numbers)),
  words text constraint words_type check (words is null or json_valid(words)),
  network text,
  address text,
  period text,
  flags text,
  constraint others_pkey primary key (code)
);

-- A key of two columns, and a column that the database computes.
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
