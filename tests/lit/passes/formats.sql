-- A format is a rule of the service alone, whatever the column's collation; of what is no text it asks nothing.
create table people (
  id integer primary key,
  mail text,  --@ format(email)
  seen varchar(40) collate "de_DE",  --@ format('date-time')
  code char(7),  --@ format(color)
  born date  --@ format(date)
);
-- CHECK: rule people_mail_format (mail) service only
-- CHECK: holds mail ~ '^{{.*}}$' and length(mail) <= 254
-- CHECK: rule people_seen_format (seen) service only
-- CHECK: rule people_code_format (code) service only
-- CHECK-NOT: people_born_format
