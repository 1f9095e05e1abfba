-- MySQL's ON UPDATE CURRENT_TIMESTAMP is a trigger that leaves alone what the UPDATE itself sets.
create table `notes` (
  `id` int unsigned not null auto_increment,
  `changed` timestamp not null default current_timestamp on update current_timestamp,
  primary key (`id`)
) engine=InnoDB;
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: changed text not null default current_timestamp
-- CHECK: create trigger notes_changed_on_update
-- CHECK-NEXT: after update on notes
-- CHECK-NEXT: for each row
-- CHECK-NEXT: when new.changed is old.changed and new.changed is not current_timestamp
-- CHECK-NEXT: begin
-- CHECK-NEXT: update notes set changed = current_timestamp
-- CHECK-NEXT: where rowid = new.rowid;
-- CHECK-NEXT: end;
