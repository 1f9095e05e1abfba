-- Aggregates over a table's row, or any, whose result is a domain named like a media type give rows in it.
-- RUN: %sqlxc --target=postgres %s 2>/dev/null | FileCheck %s
create domain "application/geo+json" as jsonb;
create domain "image/png" as bytea;
create domain "*/*" as text;
create domain "no type" as text;
create table lines (id integer primary key, name text);
create function add_line(jsonb, lines) returns jsonb language sql as $$ select $1 $$;
create function to_geojson(jsonb) returns "application/geo+json" language sql as $$ select $1 $$;
create function draw("image/png", anyelement) returns "image/png" language sql as $$ select $1 $$;
create function add_any("*/*", next lines) returns "*/*" language sql as $$ select $1 $$;
create function add_text(text, lines) returns text language sql as $$ select $1 $$;
create function add_none("no type", lines) returns "no type" language sql as $$ select $1 $$;
create aggregate drawing (in anyelement) (stype = "image/png", initcond = '', sfunc = draw);
create aggregate as_geojson (lines) (stype = jsonb, initcond = '[]', sfunc = add_line, finalfunc = to_geojson);
create or replace aggregate anything (one lines) (sfunc = add_any, stype = "*/*");
create aggregate as_text (lines) (stype = text, sfunc = add_text);
create aggregate as_none (lines) (stype = "no type", sfunc = add_none);
-- CHECK: handler application/geo+json by "as_geojson" of lines
-- CHECK-NEXT: handler */* by "anything" of lines
-- CHECK-NEXT: handler image/png by "drawing" of any rows
-- CHECK-NOT: handler
