-- An input of GraphQL says beside each column what the schema asks of it.
create table members (
  id integer generated always as identity primary key,
  name varchar(40) not null check (length(name) >= 2),
  slug text check (slug ~ '^[a-z]+$'),
  mail text,  --@ format(email)
  age integer check (age >= 13 and age < 150),
  since date, until date,
  constraint span check (since < until)
);
create table notes (id integer primary key, member_id integer not null references members (id), body text not null);
-- CHECK-LABEL: ==== docs/schema.graphql ====
-- CHECK: directive @validate(
-- CHECK: input MemberCreateInput @validate(rule: "span", sql: "since < until") {
-- CHECK-NEXT: name: String! @validate(maxLength: 40) @validate(minLength: 2, rule: "members_name_check", sql: "length(name) >= 2")
-- CHECK-NEXT: slug: String @validate(pattern: "^[a-z]+$", rule: "members_slug_check"
-- CHECK-NEXT: mail: String @validate(format: "email")
-- CHECK-NEXT: age: Int @validate(minimum: "13", exclusiveMaximum: "150", rule: "members_age_check", sql: "age >= 13 and age < 150")
-- CHECK: notes: NoteCreateMany
-- CHECK: input NoteCreateInput {
-- CHECK-NEXT: id: Int!
-- CHECK-NEXT: memberId: Int
-- CHECK-NEXT: body: String!
-- CHECK-NEXT: member: MemberCreateOne
