-- An annotation speaks of the column on its line, of the column below it, or of the table above whose statement it stands.
-- RUN: %sqlxc --dialect=postgres %s | FileCheck %s

--@ page(20)
create table users (
  email text,  --@ format(email)
  --@ readonly
  created_at date
);
-- CHECK: --@ page(20)
-- CHECK-NEXT: create table users
-- CHECK-NEXT: --@ format(email)
-- CHECK-NEXT: email text
-- CHECK-NEXT: --@ readonly
-- CHECK-NEXT: created_at date
