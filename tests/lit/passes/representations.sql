-- Implicit casts by functions say in which form a domain's values travel; others, and those of other types, do not.
-- RUN: %sqlxc --target=postgres %s 2>/dev/null | FileCheck %s
create schema forms;
create domain color as integer check (value >= 0);
create domain day as date;
create domain plain as text;
create function forms.json(color) returns json language sql as $$ select to_json(to_hex($1)) $$;
create function color(json) returns color language sql as $$ select 1::color $$;
create function color(text) returns color language sql as $$ select 1::color $$;
create function day_json(day) returns json language sql as $$ select '1'::json $$;
create function plain_json(plain) returns json language sql as $$ select '1'::json $$;
create cast (color as json) with function forms.json(color) as implicit;
create cast (json as color) with function color(json) as implicit;
create cast (text as color) with function color(text) as implicit;
create cast (day as json) with function day_json(day) as assignment;
create cast (json as day) with inout as implicit;
create cast (plain as json) with function "plain_json"(plain) as implicit;
create table marks (id integer primary key, ink color not null, colors color[], made day, name plain);
create view inks as select id, ink from marks;
-- CHECK-LABEL: entity marks
-- CHECK: field ink int32 required to-json "forms"."json" from-json "public"."color" from-text "public"."color"
-- CHECK-NEXT: field colors
-- CHECK-NOT: to-json
-- CHECK: field made date{{$}}
-- CHECK-NEXT: field name text to-json "public"."plain_json"{{$}}
-- CHECK-LABEL: view inks
-- CHECK: field ink int32{{.*}} to-json "forms"."json"
