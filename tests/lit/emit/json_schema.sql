-- Rules of one column become keywords, rules of several stand beside them, and what no keyword says is listed.
create table members (
  id integer generated always as identity primary key,
  code char(2) not null check (code in ('de', 'fr')),
  name varchar(40) not null check (length(trim(name)) > 0),
  nick text check (nick is null or char_length(nick) between 3 and 12),
  slug text check (slug ~ '^[a-z]+(-[a-z]+)*$'),
  word text check (word ~* 'ab.\d'),
  mail text check (mail not like '%@%.test'),
  age integer not null check (age >= 13 and age < 150 and age % 2 = 1),
  size real check (size > 0.1),
  since date, until date,
  kind text default 'free' not null,
  constraint span check (since < until),
  constraint paid check (kind <> 'paid' or nick is not null)
);
-- CHECK-LABEL: ==== validation/members.insert.schema.json ====
-- CHECK: "code": {
-- CHECK-NEXT: "type": "string",
-- CHECK-NEXT: "maxLength": 2,
-- CHECK-NEXT: "enum": [
-- CHECK-NEXT: "de",
-- CHECK-NEXT: "fr"
-- CHECK: "name": {
-- CHECK: "maxLength": 40,
-- CHECK-NEXT: "pattern": "[^ ]"
-- CHECK: "nick": {
-- CHECK: "minLength": 3,
-- CHECK-NEXT: "maxLength": 12
-- CHECK: "slug": {
-- CHECK: "pattern": "^[a-z]+(?:-[a-z]+)*$"
-- CHECK: "word": {
-- CHECK: "pattern": "[aA][bB][\\s\\S][0-9]|[^\\u0000-\\u007f]"
-- CHECK: "mail": {
-- CHECK: "not": {
-- CHECK-NEXT: "type": "string",
-- CHECK-NEXT: "pattern": "@[\\s\\S]*\\.test$"
-- CHECK: "age": {
-- CHECK: "minimum": 13,
-- CHECK-NEXT: "exclusiveMaximum": 150
-- CHECK-NOT: "multipleOf"
-- CHECK: "size": {
-- CHECK-NOT: "exclusiveMinimum"
-- CHECK: "required": [
-- CHECK-NEXT: "code",
-- CHECK-NEXT: "name",
-- CHECK-NEXT: "age"
-- CHECK: "$comment": "kind <> 'paid' or nick is not null",
-- CHECK-NEXT: "anyOf": [
-- CHECK: "const": "paid"
-- CHECK: "required": [
-- CHECK-NEXT: "nick"
-- CHECK: "x-unchecked": [
-- CHECK: "rule": "members_age_check",
-- CHECK: "rule": "members_size_check",
-- CHECK: "rule": "span",
-- CHECK-NEXT: "sql": "since < until"
-- CHECK-LABEL: ==== validation/members.update.schema.json ====
-- CHECK-NOT: "required"
-- CHECK-LABEL: ==== orm/orm.h ====
