-- MySQL's types travel as what they hold: unsigned ones wider, tinyint(1) as a boolean, an inline enum with a name.
create table `things` (
  `id` bigint unsigned not null auto_increment,
  `is_on` tinyint(1) not null default '0',
  `count` int unsigned not null,
  `kind` enum('big', 'small') not null,
  `price` decimal(10,2),
  `seen` datetime,
  primary key (`id`)
) engine=InnoDB;
-- CHECK: enum things_kind as ThingKind: "big" "small"
-- CHECK: field id int64 unsigned required identity
-- CHECK-NEXT: field is_on boolean required default '0'
-- CHECK-NEXT: field count int64 unsigned required
-- CHECK-NEXT: field kind ThingKind required
-- CHECK-NEXT: field price decimal(10, 2)
-- CHECK-NEXT: field seen timestamp
-- CHECK: rule things_id_range (id) exact
-- CHECK: holds count between 0 and 4294967295
