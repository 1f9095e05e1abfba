create table pages (
  id int auto_increment primary key,
  title varchar(80) not null,
  place int default 7,
  note text,
  changed timestamp not null default current_timestamp on update current_timestamp
);
create table parts (
  id int auto_increment primary key,
  page_id int not null references pages (id),
  body text not null,
  note text
);
