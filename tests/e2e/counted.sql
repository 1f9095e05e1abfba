create table entries (id integer primary key autoincrement, name text not null, size integer, revision integer not null default 0);
create table log (entry integer not null references entries (id) on delete cascade, name text);
create trigger entries_measured after insert on entries begin
  update entries set size = length(new.name) where id = new.id;
  insert into log values (new.id, new.name);
end;
create trigger entries_revised after update of name on entries begin
  update entries set revision = old.revision + 1, size = length(new.name) where id = new.id;
end;
