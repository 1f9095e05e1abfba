-- A rule is one declaration that reads like its SQL.
create table users (
  id integer primary key,
  email text not null check (email ~ '^[^@]+@[^@]+$'),
  age integer check (age between 13 and 150),
  nick text check (nick is null or length(nick) > 1 and nick <> 'admin')
);
-- CHECK-LABEL: ==== validation/users.h ====
-- CHECK: inline constexpr Column<Text> email{1};
-- CHECK: .sql = "age between 13 and 150",
-- CHECK: .holds = [](const Row& user) { return between(user[age], 13, 150); },
-- CHECK: return is_null(user[nick]) || (length(user[nick]) > 1 && user[nick] != "admin");
