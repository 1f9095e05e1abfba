-- A table may bear the name of what is called with a syntax of its own.
create table if not exists json_table (id int primary key);
-- CHECK: create table json_table (
create table xmltable (id int references json_table (id));
-- CHECK: create table "xmltable" (
-- CHECK: foreign key (id) references json_table (id)
insert into json_table (id) values (1);
