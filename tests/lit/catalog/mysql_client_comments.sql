-- Between statements MySQL's client takes dashes without a blank for a comment; within one the server reads two signs.
-- RUN: %sqlxc --dialect=mysql %s | FileCheck %s

--quartz tables
create table jobs (
  id int primary key,
  weight int,
  check (weight
--1 > 0)
); --the end of jobs
  --another table's line
create table locks (id int primary key);
-- CHECK: create table jobs
-- CHECK: check (weight - -1 > 0)
-- CHECK: create table locks
