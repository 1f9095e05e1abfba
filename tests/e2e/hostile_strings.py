"""Strings that have broken others: SQL injections for both databases, what ends a word, a text or a path too early, what is
hard to read as a number, a date or UTF-8; and, where the corpus is, the big list of naughty strings."""
import json

MARK = b"Zq7mark"

_SQL = """
' OR '1'='1
' OR 1=1--
" OR ""="
') OR ('1'='1
'; DROP TABLE users; --
'; DELETE FROM posts; --
1; DROP TABLE posts
1 OR 1=1
1) OR (1=1
1 UNION SELECT * FROM users
' UNION SELECT NULL,NULL,NULL--
' UNION ALL SELECT sqlite_version()--
' AND 1=(SELECT COUNT(*) FROM sqlite_master)--
'||(SELECT version())||'
'||pg_sleep(10)||'
'; SELECT pg_sleep(10); --
1;SELECT pg_sleep(10)--
(SELECT pg_sleep(10))
pg_sleep(10)
(select 1 from pg_sleep(10))::text
' AND 1=CAST((SELECT current_user) AS int)--
'; COPY users TO PROGRAM 'id'; --
'; UPDATE users SET name='pwned'; --
'); INSERT INTO tags (name) VALUES ('pwned'); --
$$; DROP TABLE users; $$
$1
$2
$99999
?
?1
:a
@a
%s%s%s%n
{0}
E'\\\\x27'
U&'\\0027'
\\'; DROP TABLE users; --
\\\\'
\\
'
''
"
""
`
;
--
/*
*/
/**/
#
,
.
..
(
)
()
((((((((
))))))))
{
}
{}
{{}}
[
]
[]
*
%
_
->
->>
->'a'
->>0
::
::text
::text); DROP TABLE users; --
::pg_catalog.text
::regclass
::int4[]
::"char"
!inner
!left
!
...
...*
id)) FROM users; --
id"; DROP TABLE users; --
id" FROM "users" --
"id"
id,(SELECT 1)
id desc; DROP TABLE users
id.desc.nullslast,(select 1)
(CASE WHEN (1=1) THEN id ELSE name END)
CASE WHEN 1=1 THEN 1 ELSE 1/0 END
count(*)
*,count()
password
oid
ctid
xmin
tableoid
rowid
_rowid_
sqlite_master
pg_catalog.pg_tables
information_schema.tables
pg_class
public.users
sqlxc.schema
load_extension('x')
randomblob(1000000000)
zeroblob(1000000000)
and
or
not
not.
not.and
null
NULL
true
false
is.null
eq.1
eq.
in.()
in.(
in.(,)
in.(,,,)
cs.{
cs.{}
cs.{"}
fts.
fts(english).
fts().
like(any).{}
eq(any).{{}}
eq(all).{"
{"a":1}
{"a":
[1,
[1,2)
[,]
(,)
[2,1]
empty
infinity
-infinity
Infinity
NaN
-NaN
today
now
epoch
allballs
0
-0
-1
+1
01
1.5
1e5
1e400
-1e400
1e-400
1e999999999
1e-999999999
0x10
1_000
９
32767
32768
2147483647
2147483648
-2147483649
9223372036854775807
9223372036854775808
-9223372036854775808
-9223372036854775809
18446744073709551616
99999999999999999999999999999999999999
0.1e
1.
.5
0000-00-00
2026-02-30
2026-01-01T25:00:00Z
294277-01-01
-4714-01-01
99999-01-01
2026-01-01 00:00:00+99
23:59:60
24:00:00
1 year -1 mons
P1Y2M
P99999999999Y
10.0.0.0/33
::1
08:00:2b:01:02:03:04:05
zz:zz
B'101'
00000000-0000-0000-0000-000000000000
{00000000-0000-0000-0000-000000000000}
../../etc/passwd
..%2f..%2f
%2e%2e
%00
%FF
%
%zz
<script>alert(1)</script>
((a+)+)+$
(a|a)*b
(?<x>a)
(?=a)
[[:alpha:]]
[
a{1,1000000}
a{1000}{1000}
\\1
(?i)a
*a
**
a**
\\d+
! a
a & | b
a <-> b
'a' & 'b
a:*
"0-9"
0-
-5
5-1
0-0
bytes=0-1
items=0-
q=2
*/*
text/csv
*/*;q=0
application/json;q=-1
application/vnd.pgrst.object+json
multipart/form-data; boundary=x
text/xml
application/octet-stream
count=exact
return=representation
tx=commit
resolution=merge-duplicates
missing=default
max-affected=0
timezone=Europe/Vienna
timezone=UTC'; DROP TABLE users; --
W/"x"
"*"
a=b;c=d
public
pg_temp
Europe/Vienna
<+02>-02
id=1
a=b&c=d
&
=
==
+
select
order
limit
columns
on_conflict
constructor
__proto__
toString
"""

_BYTES = [
    b"", b" ", b"\t", b"\r\n", b"\n", b"\x00", b"a\x00b", b"\x01", b"\x7f", b"\x1f", b"\xff", b"\xfe\xff", b"\xc0\x80", b"\xc0\xa7",
    b"\xe2\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xef\xbb\xbf", b"\xef\xbb\xbfid", b"\xe2\x80\xa8",
    b"\xe2\x80\xae", b"\xef\xbc\x87 OR 1=1", b"\xca\xbc; DROP TABLE users", b"\xbf' OR 1=1 --", b"\xf0\x9f\x92\xa9",
    b"caf\xc3\xa9", b"cafe\xcc\x81", b"\xc4\xb0", b"\xc3\x9f", b"a" * 70, b"a" * 300, b"'" * 300, b'"' * 301, b"(" * 300,
    b"\\" * 301, b"%" * 300, b"a." * 200, b"->a" * 60, b"*" * 400, b"a->" * 30 + b"a", b"not." * 100 + b"eq.1",
    b"and(" * 40, b'\\"', b'"\\', b'"a"b', b'a"b', b"\\u0000", b"\\ud800", b'\\u0022); DROP TABLE users; --',
    b"id\x00", b"eq.\x00", b"eq.\xff", b"eq.\xed\xa0\x80", b'"\xff"', b"('\xc0')",
]


def strings(corpus):
    """Every string once, as bytes, a few with the mark that no statement may hold."""
    own = [line.encode() for line in _SQL.split("\n") if line] + _BYTES
    marked = [MARK, b"'" + MARK, b'"' + MARK, MARK + b"'", MARK + b'"; --', b"eq." + MARK, b"in.(" + MARK + b")", b"(" + MARK + b")",
              b"x:" + MARK, MARK + b":id", b"id->" + MARK, b"id::" + MARK, b"fts(" + MARK + b")." + MARK, b"like.*" + MARK + b"*"]
    path = corpus / "fuzz" / "blns" / "blns.json"
    naughty = [text.encode() for text in json.loads(path.read_text())] if path.exists() else []
    return list(dict.fromkeys(own + marked + naughty))


def LEGAL(every, longest):
    """Those that a column of text holds: UTF-8 without U+0000."""
    for string in every:
        if b"\0" in string or len(string) > longest:
            continue
        try:
            string.decode("utf-8")
        except UnicodeDecodeError:
            continue
        yield string

