-- A check is translated, or named and left out; nothing is guessed.
create table people (
  id integer primary key,
  name text constraint name_form check (name ~ '^[a-z]+$' and char_length(name) <= 10),
  sex text constraint sex_known check (sex = any (array['M'::character(1), 'F'::character(1)])),
  born date constraint born_past check (born < current_date),
  bio text constraint bio_words check (to_tsvector('simple', bio) is not null) -- expected-warning {{SX5010: check `bio_words` of `people`}}
);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: bio text,
-- CHECK-NEXT: constraint name_form check (name regexp '^[a-z]+$' and length(name) <= 10),
-- CHECK-NEXT: constraint sex_known check (sex in ('M', 'F')),
-- CHECK-NEXT: constraint born_past check (born < date(now()))
-- CHECK-NEXT: );
