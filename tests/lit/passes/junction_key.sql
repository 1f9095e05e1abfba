-- What joins many to many is the primary key, of a table or of one that a view shows; a unique key is not, nor a key of one to one; one of a third schema has a long name.
-- RUN: %sqlxc --target=postgres %s 2>/dev/null | FileCheck %s
create schema inner_rows;
create table posts (id integer primary key);
create table tags (id integer primary key);
create table marks (id integer primary key);
create table labels (id integer primary key);
create table post_tags (
  post_id integer references posts (id), tag_id integer references tags (id), primary key (post_id, tag_id));
create table post_marks (
  post_id integer not null references posts (id), mark_id integer not null references marks (id), unique (post_id, mark_id));
create table post_labels (
  post_id integer unique references posts (id), label_id integer references labels (id), primary key (post_id, label_id));
create table inner_rows.tag_marks (
  tag_id integer references tags (id), mark_id integer references marks (id), primary key (tag_id, mark_id));
create table inner_rows.mark_labels (
  mark_id integer references marks (id), label_id integer references labels (id), primary key (mark_id, label_id));
create view labelled as select mark_id, label_id as label from inner_rows.mark_labels;
create view half as select post_id as post from post_tags;
-- CHECK-LABEL: entity posts
-- CHECK-NOT: many to many
-- CHECK: relation tags many to many (id) -> tags(id) via post_tags(post_id)(tag_id)
-- CHECK-NOT: many to many
-- CHECK-LABEL: entity tags
-- CHECK: relation posts many to many (id) -> posts(id) via post_tags(tag_id)(post_id)
-- CHECK: relation marks_via_tag_marks many to many (id) -> marks(id) via tag_marks(tag_id)(mark_id)
-- CHECK-NOT: many to many
-- CHECK-LABEL: entity marks
-- CHECK: relation tags_via_tag_marks many to many (id) -> tags(id) via tag_marks(mark_id)(tag_id)
-- CHECK: relation labels_via_mark_labels many to many (id) -> labels(id) via mark_labels(mark_id)(label_id)
-- CHECK: relation labels many to many (id) -> labels(id) via labelled(mark_id)(label)
-- CHECK-NOT: many to many
-- CHECK-LABEL: entity labels
-- CHECK: relation marks_via_mark_labels many to many (id) -> marks(id) via mark_labels(label_id)(mark_id)
-- CHECK: relation marks many to many (id) -> marks(id) via labelled(label)(mark_id)
-- CHECK-NOT: many to many
-- CHECK-LABEL: entity post_tags
