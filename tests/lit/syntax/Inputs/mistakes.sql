create table a b ( id int);
create view v as a, b;
create table c (id int;
selct 1;
