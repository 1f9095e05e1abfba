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
create table tags (
  id int auto_increment primary key,
  name varchar(40) not null
);
create table page_tags (
  page_id int not null references pages (id),
  tag_id int not null references tags (id),
  primary key (page_id, tag_id)
);
create view noted_parts as select id, page_id, body from parts where note is not null;
create view first_tags as select page_id, tag_id from page_tags where tag_id < 10;
