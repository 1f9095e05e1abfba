// What PostgreSQL's catalog is asked. Names come quoted where they need it, and without `public.`;
// expressions and definitions are as pg_get_*def() prints them.
#include "compiler/catalog/introspect.h"
#include "compiler/catalog/introspect_postgres.h"

namespace sqlxc::catalog {
namespace {

// Replaces the words that several queries share, written as $word$.
std::string expand(std::string_view text) {
  struct Word {
    std::string_view name;
    std::string_view sql;
  };
  static constexpr Word kWords[] = {
      // n: a pg_namespace of the user's; `sqlxc` holds what a service notes
      {"$users$", "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'sqlxc')"},
      // c: a pg_class, t: a pg_type, p: a pg_proc that is no part of an extension
      {"$own c$",
       "not exists (select from pg_depend e where e.classid = 'pg_class'::regclass "
       "and e.objid = c.oid and e.deptype = 'e')"},
      {"$own t$",
       "not exists (select from pg_depend e where e.classid = 'pg_type'::regclass "
       "and e.objid = t.oid and e.deptype = 'e')"},
      {"$own p$",
       "not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass "
       "and e.objid = p.oid and e.deptype = 'e')"},
      {"$own n$",
       "not exists (select from pg_depend e where e.classid = 'pg_namespace'::regclass "
       "and e.objid = n.oid and e.deptype = 'e')"},
      {"$schema$", "case n.nspname when 'public' then '' else quote_ident(n.nspname) || '.' end"},
      {"$class$",
       "case n.nspname when 'public' then '' else quote_ident(n.nspname) || '.' end "
       "|| quote_ident(c.relname)"},
      {"$type$",
       "case n.nspname when 'public' then '' else quote_ident(n.nspname) || '.' end "
       "|| quote_ident(t.typname)"},
      {"$by class$", "n.nspname <> 'public', n.nspname, c.relname"},
      {"$by type$", "n.nspname <> 'public', n.nspname, t.typname"},
      {"$of class$", "from pg_class c join pg_namespace n on n.oid = c.relnamespace"},
      {"$of type$", "from pg_type t join pg_namespace n on n.oid = t.typnamespace"},
      // Options of the sequence s, but for those that it would have anyway.
      {"$sequence options$",
       "concat("
       "case when s.seqincrement <> 1 then ' increment by ' || s.seqincrement end, "
       "case when s.seqmin <> case when s.seqincrement > 0 then 1 "
       "when s.seqtypid = 'int2'::regtype then -32768 "
       "when s.seqtypid = 'int4'::regtype then -2147483648 "
       "else -9223372036854775808 end then ' minvalue ' || s.seqmin end, "
       "case when s.seqmax <> case when s.seqincrement < 0 then -1 "
       "when s.seqtypid = 'int2'::regtype then 32767 "
       "when s.seqtypid = 'int4'::regtype then 2147483647 "
       "else 9223372036854775807 end then ' maxvalue ' || s.seqmax end, "
       "case when s.seqstart <> case when s.seqincrement > 0 then s.seqmin else s.seqmax end "
       "then ' start with ' || s.seqstart end, "
       "case when s.seqcache <> 1 then ' cache ' || s.seqcache end, "
       "case when s.seqcycle then ' cycle' end)"},
  };
  std::string out(text);
  for (const Word& word : kWords) {
    for (std::size_t at = out.find(word.name); at != std::string::npos;
         at = out.find(word.name, at + word.sql.size())) {
      out.replace(at, word.name.size(), word.sql);
    }
  }
  return out;
}

struct Raw {
  PostgresAnswer answer;
  std::string_view name;
  std::string_view sql;
};

constexpr Raw kQueries[] = {
    {PostgresAnswer::schemas, "schemas", R"(
select quote_ident(n.nspname) from pg_namespace n
where $users$ and n.nspname <> 'public' and $own n$ order by n.nspname)"},
    {PostgresAnswer::extensions, "extensions", R"(
select quote_ident(x.extname),
       case when n.nspname not in ('public', 'pg_catalog') and not exists (
         select from pg_depend e where e.classid = 'pg_namespace'::regclass and e.objid = n.oid
           and e.deptype = 'e') then quote_ident(n.nspname) end
from pg_extension x join pg_namespace n on n.oid = x.extnamespace
where x.extname <> 'plpgsql' order by x.oid)"},
    {PostgresAnswer::enums, "enums", R"(
select $type$, quote_literal(l.enumlabel)
$of type$ left join pg_enum l on l.enumtypid = t.oid
where t.typtype = 'e' and $users$ and $own t$ order by $by type$, l.enumsortorder)"},
    {PostgresAnswer::domains, "domains", R"(
select t.oid, $type$, format_type(t.typbasetype, t.typtypmod),
       (select quote_ident(o.collname) from pg_collation o where o.oid = t.typcollation
          and t.typcollation <> b.typcollation),
       t.typdefault, t.typnotnull
$of type$ join pg_type b on b.oid = t.typbasetype
where t.typtype = 'd' and $users$ and $own t$ order by $by type$)"},
    {PostgresAnswer::domain_checks, "constraints of domains", R"(
select k.contypid, quote_ident(k.conname), pg_get_constraintdef(k.oid)
from pg_constraint k where k.contypid <> 0 order by k.contypid, k.conname)"},
    {PostgresAnswer::composites, "composite types", R"(
select t.oid, $type$, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
$of type$ join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where $users$ and $own t$ order by $by type$, a.attnum)"},
    {PostgresAnswer::ranges, "range types", R"(
select t.oid, $type$, 'subtype = ' || format_type(r.rngsubtype, null)
  || coalesce((select ', subtype_opclass = ' || quote_ident(o.opcname) from pg_opclass o
               where o.oid = r.rngsubopc and not o.opcdefault), '')
  || coalesce((select ', collation = ' || quote_ident(o.collname) from pg_collation o, pg_type b
               where o.oid = r.rngcollation and b.oid = r.rngsubtype
                 and o.oid <> b.typcollation), '')
  || case when r.rngcanonical <> 0 then ', canonical = ' || r.rngcanonical::regproc else '' end
  || case when r.rngsubdiff <> 0 then ', subtype_diff = ' || r.rngsubdiff::regproc else '' end
$of type$ join pg_range r on r.rngtypid = t.oid
where $users$ and $own t$ order by $by type$)"},
    {PostgresAnswer::type_needs, "what types stand on", R"(
select u.oid, case when b.typcategory = 'A' then b.typelem else b.oid end
from (select t.oid, t.typbasetype as base from pg_type t where t.typtype = 'd'
      union select c.reltype, a.atttypid from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relkind = 'c'
      union select rngtypid, rngsubtype from pg_range) u
join pg_type b on b.oid = u.base)"},
    {PostgresAnswer::sequences, "sequences", R"(
select $class$,
       case when s.seqtypid <> 'int8'::regtype then ' as ' || format_type(s.seqtypid, null) end,
       $sequence options$, d.refobjid, d.refobjsubid, c.relname, $schema$
$of class$ join pg_sequence s on s.seqrelid = c.oid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
  and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
where $users$ and $own c$ and d.deptype is distinct from 'i' order by $by class$)"},
    {PostgresAnswer::tables, "tables", R"(
select c.oid, $class$, c.relkind, c.relpersistence = 'u',
       array_to_string(c.reloptions, ', '),
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
       pg_get_expr(c.relpartbound, c.oid), quote_ident(c.relname), $schema$,
       (select quote_ident(v.srvname) from pg_foreign_table f
          join pg_foreign_server v on v.oid = f.ftserver where f.ftrelid = c.oid),
       (select string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ')
          from pg_foreign_table f, pg_options_to_table(f.ftoptions) o where f.ftrelid = c.oid),
       c.relrowsecurity, c.relforcerowsecurity, c.relname
$of class$ where c.relkind in ('r', 'p', 'f') and $users$ and $own c$ order by $by class$)"},
    {PostgresAnswer::parents, "parents of tables", R"(
select i.inhrelid, $class$
from pg_inherits i join pg_class c on c.oid = i.inhparent
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f') order by i.inhrelid, i.inhseqno)"},
    {PostgresAnswer::columns, "columns", R"(
select a.attrelid, a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
       a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
       (select case o.collnamespace when 'pg_catalog'::regnamespace then ''
                 else case m.nspname when 'public' then '' else quote_ident(m.nspname) || '.' end
               end || quote_ident(o.collname)
        from pg_collation o join pg_namespace m on m.oid = o.collnamespace
        where o.oid = a.attcollation and o.oid <> t.typcollation),
       a.attname,
       q.relname, $schema$ || quote_ident(q.relname), case when q.relname is not null
         then $sequence options$ end
$of class$ join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join (pg_depend i join pg_sequence s on s.seqrelid = i.objid
           join pg_class q on q.oid = i.objid)
  on a.attidentity <> '' and i.classid = 'pg_class'::regclass
  and i.refclassid = 'pg_class'::regclass and i.refobjid = c.oid and i.refobjsubid = a.attnum
  and i.deptype = 'i'
where c.relkind in ('r', 'p', 'f') and $users$ and $own c$ order by a.attrelid, a.attnum)"},
    {PostgresAnswer::constraints, "constraints", R"(
select k.conrelid, k.contype, quote_ident(k.conname), pg_get_constraintdef(k.oid), k.convalidated
from pg_constraint k
where k.conrelid <> 0 and (k.contype in ('p', 'u', 'c', 'x')
                           or k.contype = 'f' and k.conparentid = 0)
order by k.conrelid, array_position(array['p', 'u', 'c', 'x', 'f'], k.contype::text), k.conname)"},
    {PostgresAnswer::indexes, "indexes", R"(
select pg_get_indexdef(i.indexrelid), c.relkind = 'm'
from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
join pg_class x on x.oid = i.indexrelid
where $users$ and $own c$ and c.relkind in ('r', 'p', 'm', 'f')
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid
                    and k.contype in ('p', 'u', 'x'))
  and left(x.relname, 7) <> '_sqlxc_'
  and not exists (select from pg_inherits h join pg_class m on m.oid = h.inhparent
                  where h.inhrelid = x.oid and left(m.relname, 7) = '_sqlxc_')
order by $by class$, x.relname)"},
    {PostgresAnswer::views, "views", R"(
select c.oid, $class$, c.relkind, array_to_string(c.reloptions, ', '), pg_get_viewdef(c.oid)
$of class$ where c.relkind in ('v', 'm') and $users$ and $own c$ order by $by class$)"},
    {PostgresAnswer::view_needs, "what views stand on", R"(
select distinct r.ev_class, d.refobjid
from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
join pg_class c on c.oid = d.refobjid and c.relkind in ('v', 'm')
where d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
order by r.ev_class, d.refobjid)"},
    {PostgresAnswer::functions, "functions", R"(
select pg_get_functiondef(p.oid)
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where p.prokind <> 'a' and $users$ and $own p$
order by n.nspname <> 'public', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))"},
    {PostgresAnswer::aggregates, "aggregates", R"(
select 'create aggregate ' || $schema$ || quote_ident(p.proname) || '('
  || case when pg_get_function_arguments(p.oid) = '' then '*'
          else pg_get_function_arguments(p.oid) end || ') (sfunc = '
  || a.aggtransfn::regproc || ', stype = ' || format_type(a.aggtranstype, null)
  || case when a.aggtransspace > 0 then ', sspace = ' || a.aggtransspace else '' end
  || case when a.aggfinalfn <> 0 then ', finalfunc = ' || a.aggfinalfn::regproc else '' end
  || case when a.aggfinalextra then ', finalfunc_extra' else '' end
  || case when a.aggcombinefn <> 0 then ', combinefunc = ' || a.aggcombinefn::regproc else '' end
  || case when a.aggserialfn <> 0 then ', serialfunc = ' || a.aggserialfn::regproc else '' end
  || case when a.aggdeserialfn <> 0 then ', deserialfunc = ' || a.aggdeserialfn::regproc
          else '' end
  || coalesce(', initcond = ' || quote_literal(a.agginitval), '')
  || case when a.aggmtransfn <> 0 then ', msfunc = ' || a.aggmtransfn::regproc
          || ', minvfunc = ' || a.aggminvtransfn::regproc
          || ', mstype = ' || format_type(a.aggmtranstype, null) else '' end
  || case when a.aggmfinalfn <> 0 then ', mfinalfunc = ' || a.aggmfinalfn::regproc else '' end
  || coalesce(', minitcond = ' || quote_literal(a.aggminitval), '')
  || coalesce((select ', sortop = operator(' || quote_ident(m.nspname) || '.' || o.oprname || ')'
               from pg_operator o join pg_namespace m on m.oid = o.oprnamespace
               where o.oid = a.aggsortop), '')
  || case p.proparallel when 's' then ', parallel = safe' when 'r' then ', parallel = restricted'
          else '' end
  || case when a.aggkind = 'h' then ', hypothetical' else '' end || ')'
from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid
join pg_namespace n on n.oid = p.pronamespace where $users$ and $own p$
order by n.nspname <> 'public', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))"},
    // Those that initdb made have lower numbers.
    {PostgresAnswer::casts, "casts", R"(
select 'create cast (' || format_type(k.castsource, null) || ' as '
  || format_type(k.casttarget, null) || ') '
  || case k.castmethod when 'f' then 'with function ' || k.castfunc::regprocedure
                       when 'i' then 'with inout' else 'without function' end
  || case k.castcontext when 'a' then ' as assignment' when 'i' then ' as implicit' else '' end
from pg_cast k where k.oid >= 16384
  and not exists (select from pg_depend e where e.classid = 'pg_cast'::regclass
                    and e.objid = k.oid and e.deptype in ('e', 'i'))
order by 1)"},
    {PostgresAnswer::triggers, "triggers", R"(
select pg_get_triggerdef(g.oid)
from pg_trigger g join pg_class c on c.oid = g.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where not g.tgisinternal and $users$ and $own c$
  and not exists (select from pg_proc f join pg_namespace k on k.oid = f.pronamespace
                  where f.oid = g.tgfoid and k.nspname = 'sqlxc')
  and not exists (select from pg_depend e where e.classid = 'pg_trigger'::regclass
                    and e.objid = g.oid and e.deptype in ('P', 'S', 'e'))
order by $by class$, g.tgname)"},
    {PostgresAnswer::rules, "rules", R"(
select pg_get_ruledef(r.oid)
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and $users$ and $own c$ order by $by class$, r.rulename)"},
    {PostgresAnswer::policies, "row policies", R"(
select 'create policy ' || quote_ident(y.polname) || ' on ' || $class$
  || case when y.polpermissive then '' else ' as restrictive' end
  || case y.polcmd when 'r' then ' for select' when 'a' then ' for insert'
                   when 'w' then ' for update' when 'd' then ' for delete' else '' end
  || case when y.polroles = '{0}' then '' else ' to ' || (
       select string_agg(quote_ident(o.rolname), ', ' order by o.rolname)
       from pg_roles o where o.oid = any (y.polroles)) end
  || coalesce(' using (' || pg_get_expr(y.polqual, y.polrelid) || ')', '')
  || coalesce(' with check (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')', '')
from pg_policy y join pg_class c on c.oid = y.polrelid join pg_namespace n on n.oid = c.relnamespace
where $users$ and $own c$ order by $by class$, y.polname)"},
    {PostgresAnswer::comments, "comments", R"(
select text from (
select n.nspname <> 'public' as is_other, n.nspname, 1 as kind, c.relname as name, d.objsubid as sub, 
  'comment on ' || case when d.objsubid > 0 then 'column ' when c.relkind = 'v' then 'view '
     when c.relkind = 'm' then 'materialized view ' when c.relkind = 'f' then 'foreign table '
     else 'table ' end || $class$
  || coalesce('.' || quote_ident(a.attname), '') || ' is ' || quote_literal(d.description) as text
from pg_description d join pg_class c on c.oid = d.objoid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
where d.classoid = 'pg_class'::regclass and c.relkind in ('r', 'p', 'f', 'v', 'm')
  and $users$ and $own c$
union all
select n.nspname <> 'public', n.nspname, 2, t.typname, 0,
  'comment on ' || case t.typtype when 'd' then 'domain ' else 'type ' end || $type$
  || ' is ' || quote_literal(d.description)
from pg_description d join pg_type t on t.oid = d.objoid
join pg_namespace n on n.oid = t.typnamespace
where d.classoid = 'pg_type'::regclass and $users$ and $own t$
union all
select n.nspname <> 'public', n.nspname, 3, p.proname, 0,
  'comment on ' || case p.prokind when 'a' then 'aggregate ' when 'p' then 'procedure '
     else 'function ' end || $schema$ || quote_ident(p.proname) || '('
  || pg_get_function_identity_arguments(p.oid) || ') is ' || quote_literal(d.description)
from pg_description d join pg_proc p on p.oid = d.objoid
join pg_namespace n on n.oid = p.pronamespace
where d.classoid = 'pg_proc'::regclass and p.prokind <> 'a' and $users$ and $own p$
) every order by kind, is_other, nspname, name, sub, text)"},
};

static_assert(std::size(kQueries) == kPostgresAnswers);

}  // namespace

std::vector<IntrospectionQuery> postgres_introspection() {
  std::vector<IntrospectionQuery> out(kPostgresAnswers);
  for (const Raw& raw : kQueries) {
    // The text begins with the line break behind R"(.
    out[static_cast<std::size_t>(raw.answer)] = {std::string(raw.name), expand(raw.sql.substr(1))};
  }
  return out;
}

}  // namespace sqlxc::catalog
