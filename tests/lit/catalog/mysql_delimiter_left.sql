-- Behind a DELIMITER that is never used the server reads statement by statement; a routine keeps its semicolons.
-- RUN: %sqlxc --dialect=mysql %s | FileCheck %s
create table counts (n int not null);
DELIMITER //
create trigger grow before insert on counts for each row if new.n < 0 then set new.n = 0; end if//
set @mode = '';
set session sql_mode = @mode;
create table a (id int not null primary key);
create table b (id int not null primary key, a_id int not null);
insert into a values (1);
-- CHECK: create table a (
-- CHECK: create table b (
-- CHECK: create trigger grow
