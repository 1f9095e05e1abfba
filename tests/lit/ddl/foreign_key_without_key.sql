-- A foreign key to columns that are no key, which MySQL takes, is named and left out.
create table `cities` (`id` int primary key, `region` int not null, key (`region`)) engine=InnoDB;
create table `shops` (
  `id` int primary key,
  `region` int,
  foreign key (`region`) references `cities` (`region`) -- expected-warning {{SX5018}} expected-warning {{SX5030}}
) engine=InnoDB;
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table shops (
-- CHECK-NEXT: id integer primary key,
-- CHECK-NEXT: region integer
-- CHECK-NEXT: );
