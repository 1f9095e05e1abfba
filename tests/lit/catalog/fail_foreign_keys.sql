-- A foreign key must reference a table that is there, columns that are a key of it, as many, and of its types.
create table users (id uuid primary key, email text);
create table rooms (house integer, number integer, primary key (house, number));
create table orders (id integer primary key, user_id integer references users (id)); -- expected-error {{SX2104}}
create table mails (id integer primary key, to_whom text references users (email)); -- expected-error {{SX2103}}
create table gifts (id integer primary key, user_id uuid references usrs (id)); -- expected-error {{SX2101}}
create table bills (id integer primary key, payment_id integer references payments (id)); -- expected-error {{SX2102}}
create table payments (id integer primary key);
create table beds (
  id integer primary key,
  house integer,
  number integer,
  foreign key (house, number) references rooms (house) -- expected-error {{SX2105}}
);
