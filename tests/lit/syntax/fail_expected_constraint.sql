-- A misspelt word in a column is one error, with the word that was meant, and everything after it is read.
create table users (
  id integer primary key,
  name text not nul -- expected-error {{SX1001}}
);
create table posts (id integer primary key, title text);
