-- LEFT and RIGHT are functions behind OR and ON, too, and words that may be names stand before NOT IN.
create table t (
  id integer primary key,
  type integer,
  data integer,
  key text,
  check (key is null or left(key, 2) = 'x'),
  check (id > 2 or type not in (1, 2)),
  check (data not between 1 and 2),
  check (key not like 'a%' and right(key, 1) not in ('b'))
);
create view v as
select left(t.key, 1) as l from t join t as z on left(t.key, 2) = right(z.key, 2);
create index i on t (lower(normalize(key, NFKC)));
-- CHECK: check ({{.*}}key is null or left(key, 2) = 'x'{{.*}}),
-- CHECK: type not in (1, 2)
-- CHECK: data not between 1 and 2
-- CHECK: not like 'a%'
-- CHECK: lower(normalize(key, 'nfkc'))
-- CHECK: on left(t.key, 2) = right(z.key, 2)
