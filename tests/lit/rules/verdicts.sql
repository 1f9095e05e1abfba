-- Every constraint of the schema has its verdict, and the reason where the database decides.
create domain positive as integer check (value > 0);
create table rooms (id integer primary key, seats positive);
create table bookings (
  id bigint generated always as identity primary key,
  room integer not null references rooms (id),
  guest varchar(80) not null unique,  --@ length(2)
  seats integer check (seats between 1 and 12),
  price numeric(8, 2) not null,
  cents numeric generated always as (price * 100) stored,
  during tsrange,
  made_at timestamptz default now() check (made_at <= now()),
  exclude using gist (room with =, during with &&),
  constraint dear check (price > 0 or seats > 6),
  constraint dear_again check (price > 0 or seats > 6) -- expected-warning {{SX4012}}
);
create unique index one_a_price on bookings (price, lower(guest)) where price > 9;
-- CHECK-LABEL: rooms (verdicts.sql:3)
-- CHECK: seats positive_check: seats > 0 exact
-- CHECK-LABEL: bookings (verdicts.sql:4)
-- CHECK: guest character varying(80) exact
-- CHECK: guest not null exact
-- CHECK: price numeric(8,2) exact
-- CHECK: cents generated always as (price * 100) exact no request writes it
-- CHECK: during tsrange weaker the database reads what is in the text
-- CHECK: seats bookings_seats_check: seats between 1 and 12 exact
-- CHECK: made_at bookings_made_at_check: made_at <= now() server only
-- CHECK: price, seats dear: price > 0 or seats > 6 exact
-- CHECK: price, seats dear_again: price > 0 or seats > 6 exact `dear` says the same
-- CHECK: guest bookings_guest_length: char_length(guest) >= 2 service only
-- CHECK: id bookings_pkey: primary key (id) server only other rows decide
-- CHECK: guest bookings_guest_key: unique (guest) server only other rows decide
-- CHECK: price one_a_price: unique index (price, lower(guest)) where price > 9 server only other rows decide
-- CHECK: room bookings_room_fkey: foreign key (room) references rooms (id) server only other rows decide
-- CHECK: room, during bookings_room_during_excl: exclude (room with =, during with &&) server only
-- CHECK: constraints: {{[0-9]+}} exact, 1 weaker, {{[0-9]+}} server only, 1 service only
