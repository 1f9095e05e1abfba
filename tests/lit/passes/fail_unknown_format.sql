-- A format that does not exist is an error, with the one that was meant.
-- RUN: not %sqlxc %s 2>&1 | FileCheck %s
create table people (
  id integer primary key,
  mail text  --@ format(emial)
);
-- CHECK: error[SX4005]: `@format` takes the name of a format, not `emial`
-- CHECK: did you mean `email`?
