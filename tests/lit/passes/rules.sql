-- What the service can tell of a CHECK it tells; the rest is left to the database, with the reason.
create domain positive as integer check (value > 0);
create table t (
  id integer primary key,
  age integer constraint age_range check (age >= 18 and age <= 150),
  sex text constraint sex_known check (sex = any (array['M'::character(1), 'F'::character(1)])),
  price numeric(10, 2) constraint price_cents check (price * 100 = trunc(price * 100)),
  born date constraint born_once check (born > '1900-01-01' and born < current_date),
  size positive,
  name text not null constraint name_there check (name is not null), -- expected-warning {{SX4012}}
  code text constraint code_order check (code < 'm')
);
-- CHECK: rule age_range (age) exact
-- CHECK: holds age >= 18 and age <= 150
-- CHECK: rule sex_known (sex) exact
-- CHECK: holds sex in ('M', 'F')
-- CHECK: rule price_cents (price) exact
-- CHECK: holds price * 100 = trunc(price * 100)
-- CHECK: rule born_once (born) weaker: the function `current_date`
-- CHECK: holds born > date '1900-01-01'
-- CHECK: rule name_there (name) exact redundant: it always holds
-- CHECK: rule code_order (code) server only: a collation decides the order of texts
-- CHECK: rule positive_check (size) exact
-- CHECK: holds size > 0
