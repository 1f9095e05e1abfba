-- PostgreSQL keeps 63 bytes of a name, cut between two characters; names it makes up are cut by makeObjectName.
-- RUN: sqlxc check --emit=catalog --verify %s > /dev/null
-- RUN: %sqlxc %s 2>/dev/null | FileCheck %s
create table a_table_whose_name_is_a_good_deal_longer_than_what_postgresql_keeps (
  id serial primary key,
  "a_name_whose_sixty_third_byte_is_the_first_of_two_of_a_letterxü" text unique
);
create sequence a_sequence_whose_name_is_a_good_deal_longer_than_what_postgres_has;
create table b (
  a_column_whose_name_is_a_good_deal_longer_than_what_postgresql_keeps integer references
    a_table_whose_name_is_a_good_deal_longer_than_what_postgresql_kept (id), -- expected-warning {{SX2015}}
  n integer default nextval('a_sequence_whose_name_is_a_good_deal_longer_than_what_postgres_keeps'),
  exactly_sixty_three_bytes_are_no_more_than_are_kept_of_any_name integer unique
);
create index on b (lower(a_column_whose_name_is_a_good_deal_longer_than_what_postgresql_keeps::text));
comment on table a_table_whose_name_is_a_good_deal_longer_than_what_postgresql_keeps is 'long';
-- CHECK: create sequence a_sequence_whose_name_is_a_good_deal_longer_than_what_postgres_;
-- CHECK: create table a_table_whose_name_is_a_good_deal_longer_than_what_postgresql_k (
-- CHECK: a_name_whose_sixty_third_byte_is_the_first_of_two_of_a_letterx text
-- CHECK: constraint a_table_whose_name_is_a_good_deal_longer_than_what_postgre_pkey primary key
-- CHECK: constraint a_table_whose_name_is_a_good__a_name_whose_sixty_third_byte_key unique
-- CHECK: constraint b_exactly_sixty_three_bytes_are_no_more_than_are_kept_of_an_key unique
-- CHECK: constraint b_a_column_whose_name_is_a_good_deal_longer_than_what_post_fkey foreign key
-- CHECK: comment on table a_table_whose_name_is_a_good_deal_longer_than_what_postgresql_k is 'long';
