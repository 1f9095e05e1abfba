"""Makes the SQLite file of the tests of init and ping."""
import sqlite3
import sys

sqlite3.connect(sys.argv[1]).executescript("""
create table users (
  id integer primary key autoincrement,
  email text not null  --@ format(email)
);
create unique index users_email on users (email);
create table orders (
  id integer primary key,
  user_id integer not null references users (id) on delete cascade,
  total decimal(10, 2) not null default 0 check (total >= 0)
) strict;
create view spenders as select email, sum(total) as total from users join orders on user_id = users.id group by email;
create trigger no_negative before update on orders when new.total < 0 begin select raise(abort, 'negative'); end;
create virtual table notes using fts5 (body);
create table _sqlxc_meta (key text primary key, value text not null) without rowid;
create table _sqlxc_kept (key text primary key, at integer not null);
create index _sqlxc_kept_at on _sqlxc_kept (at);
create virtual table _sqlxc_search_users using fts5 (email, content = 'users', content_rowid = 'id');
create trigger _sqlxc_search_users_insert after insert on users begin
  insert into _sqlxc_search_users (rowid, email) values (new.id, new.email);
end;
""".replace("decimal(10, 2)", "real"))
