#!/usr/bin/env python3
"""What a hostile client sends: naughty strings and SQL injections in every place of a request, and requests beyond every
bound, on SQLite and (where it is installed) PostgreSQL. Every request is answered, never with a 500; refusals are problem
documents; rows that nobody meant stay; no statement's text holds what a client wrote.

    tests/e2e/test_hostile.py [--full] [unittest's arguments]     --full: every string in every place; else a sample"""
import hashlib
import json
import os
import random
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote_from_bytes

import harness
import postgres
from hostile_client import Client, Dropped
from hostile_strings import LEGAL, MARK, strings

FULL = "--full" in sys.argv or os.environ.get("SQLXC_FULL") == "1"
SEED = 20260101
OPERATORS = ["eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch", "in", "is", "isdistinct", "cs", "cd",
             "ov", "fts", "plfts", "phfts", "wfts", "fts(english)", "sl", "sr", "nxr", "nxl", "adj", "not.eq", "not.in", "eq(any)",
             "like(all)", "not.is", "match(any)"]
JSON = (b"Content-Type", b"application/json")
ROLLBACK = (b"Prefer", b"tx=rollback, return=representation")
PROBLEM = "application/problem+json"


def encoded(data):
    return quote_from_bytes(data, safe="").encode()


class Database:
    """What the tests look at beside the service: columns, a checksum of every table, the texts of the statements."""

    def __init__(self, service, server=None, name=None):
        self.service, self.server, self.name = service, server, name

    def lite(self):
        return sqlite3.connect(f"file:{self.service.database}?mode=ro", uri=True)

    def tables(self):
        """Every table with its columns, whose types SQLite says."""
        if self.server:
            rows = self.server.psql("select c.relname, a.attname, format_type(a.atttypid, null) from pg_class c "
                                    "join pg_attribute a on a.attrelid = c.oid where c.relkind in ('r', 'p') "
                                    "and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped "
                                    "order by c.relname, a.attnum", self.name)
            found = {}
            for line in rows.splitlines():
                table, column, kind = line.split("|")
                found.setdefault(table, {})[column] = kind
            return found
        with self.lite() as database:
            names = [row[0] for row in database.execute("select name from sqlite_schema where type = 'table' and "
                                                        "name not like 'sqlite\\_%' escape '\\' order by name")]
            columns = {name: {row[1]: row[2] for row in database.execute(f'pragma table_xinfo("{name}")')} for name in names}
        # An index of words has tables of its own, which are put in order whenever it likes.
        return {name: found for name, found in columns.items() if not name.startswith(("sqlxc", "_sqlxc_search"))}

    def checksums(self):
        """A digest of the rows of each table."""
        if self.server:
            sums = self.server.psql("".join(f"select '{name}', md5(string_agg(t::text, ';' order by t::text)) from \"{name}\" as t;"
                                            for name in self.tables()), self.name)
            return dict(line.split("|") for line in sums.splitlines())
        with self.lite() as database:
            return {name: hashlib.md5(repr(sorted(map(repr, database.execute(f'select * from "{name}"')))).encode()).hexdigest()
                    for name in self.tables()}


class Logged(postgres.Server):
    """A server that keeps the text of every statement, apart from its values."""

    def __init__(self):
        super().__init__(settings=["logging_collector = on", "log_destination = 'jsonlog'", "log_filename = 'statements.log'",
                                   "log_statement = 'all'", "log_rotation_size = 0", "log_rotation_age = 0"])
        self.read_to = 0

    def entries(self):
        """What was logged since it was asked last."""
        path = self.data / "log" / "statements.json"
        with open(path, "rb") as log:
            log.seek(self.read_to)
            data = log.read()
        data = data[:data.rfind(b"\n") + 1]
        self.read_to += len(data)
        return [json.loads(line) for line in data.splitlines()]


def texts_of(entries, name):
    """The statements of a database's service, and the errors that it raised."""
    own = [entry for entry in entries if entry.get("dbname") == name and entry.get("application_name") != "psql"]
    texts = {entry["message"].split(": ", 1)[1] for entry in own if entry["error_severity"] == "LOG" and
             entry["message"].startswith(("execute ", "statement: "))}
    return texts, [entry for entry in own if entry["error_severity"] in ("ERROR", "FATAL", "PANIC")]


SERVER = None


def setUpModule():
    global SERVER
    try:
        SERVER = Logged()
    except FileNotFoundError as error:
        print(f"without PostgreSQL: {error}")


def tearDownModule():
    if SERVER:
        SERVER.close()


class Served:
    """A service of one schema on one database, and how it is asked; mixed into a TestCase that names both."""

    schema, on_postgres = None, False
    arguments = ()

    @classmethod
    def setUpClass(cls):
        if cls.on_postgres and SERVER is None:
            raise unittest.SkipTest("no PostgreSQL")
        binary = harness.compiled(harness.ROOT / "examples" / cls.schema / f"{cls.schema}.sql")
        arguments = list(cls.arguments)
        cls.name = cls.__name__.lower()
        if cls.on_postgres:
            SERVER.psql(f"create database {cls.name}")
            arguments += ["--database", SERVER.url(cls.name)]
        cls.folder = tempfile.TemporaryDirectory(prefix="sqlxc-hostile-")
        cls.service = harness.Service(binary, Path(cls.folder.name) / "service.db", arguments)
        cls.client = Client(cls.service.port)
        cls.database = Database(cls.service, SERVER if cls.on_postgres else None, cls.name)
        cls.random = random.Random(SEED)
        cls.strings = strings(harness.CORPUS)
        cls.tables = cls.database.tables()
        cls.seed_rows()
        if cls.on_postgres:
            SERVER.entries()  # what made the schema is no client's

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.service.__exit__()
        cls.folder.cleanup()

    @classmethod
    def seed_rows(cls):
        for table, row in ROWS[cls.schema]:
            answer = cls.client.send("POST", f"/api/{table}".encode(), [JSON], json.dumps(row).encode())
            assert answer.status == 201, answer
        if cls.on_postgres:  # keys that were given, PostgreSQL's sequences do not know
            SERVER.psql("select setval(seqrelid::regclass, 1000) from pg_sequence", cls.name)

    def sample(self, count):
        return self.strings if FULL else self.random.sample(self.strings, min(count, len(self.strings)))

    def ask(self, method, target, headers=(), body=None, also=()):
        """Sends a request and judges its answer, whatever it is."""
        what = (method, target[:300], headers, (body or b"")[:300])
        try:
            answer = self.client.send(method, target, headers, body)
        except Dropped as error:
            self.fail(f"{what}: {error}")
        self.assertTrue(answer.status < 500 or answer.status in also, (what, answer))
        kind = answer.headers.get("content-type", "")
        if answer.status >= 400 or answer.status == 300:
            self.assertEqual(kind, PROBLEM, (what, answer))
            if method != "HEAD":
                problem = json.loads(answer.body)
                self.assertEqual(problem["status"], answer.status)
                for member in ("type", "title", "code", "message", "details", "hint"):
                    self.assertIn(member, problem)
        elif "json" in kind and "ndjson" not in kind and "jsonl" not in kind and answer.body:
            json.loads(answer.body)
        return answer

    def unchanged(self):
        """A context: at its end every table is what it was at its start."""
        return Unchanged(self)


class Hostile(Served):
    """The tests of one schema on one database."""

    def read_places(self):
        """Every place of a request that reads: a name, and a function of the string to (target, headers)."""
        table, key, relation, text, number = PLACES[self.schema]
        base = f"/api/{table}".encode()
        at = f"/api/{table}/{key}".encode()
        t, n, r = text.encode(), number.encode(), relation.encode()
        paths = {
            "table": b"/api/%s", "rpc": b"/api/rpc/%s", "key": base + b"/%s", "relation": at + b"/%s", "deep": at + b"/x/%s",
            "argument": b"/api/rpc/f?a=%s", "name": base + b"?%s=eq.1", "value": base + b"?" + t + b"=%s", "raw": base + b"?%s",
            "select": base + b"?select=%s", "alias": base + b"?select=%s:" + t, "quoted alias": base + b"?select=%%22%s%%22:" + t,
            "two aliases": base + b"?select=a:" + t + b",%s:" + n + b"&limit=1",
            "cast": base + b"?select=" + t + b"::%s", "path": base + b"?select=" + t + b"->%s",
            "text path": base + b"?select=" + t + b"->>%s", "path filter": base + b"?" + t + b"->>%s=eq.1",
            "path order": base + b"?order=" + t + b"->>%s", "aggregate": base + b"?select=" + n + b".%s()",
            "count": base + b"?select=%s.count()", "aggregate cast": base + b"?select=" + n + b".sum()::%s",
            "hint": base + b"?select=" + r + b"!%s(*)", "embed": base + b"?select=%s(*)", "embedded": base + b"?select=" + r + b"(%s)",
            "embed alias": base + b"?select=*,%s:" + r + b"(*)", "spread": base + b"?select=...%s(*)",
            "spread alias": base + b"?select=" + t + b",..." + r + b"(%s:id)",
            "embedded filter": base + b"?select=*," + r + b"(*)&" + r + b".%s=eq.1",
            "embedded value": base + b"?select=*," + r + b"(*)&" + r + b".id=eq.%s",
            "embedded order": base + b"?select=*," + r + b"(*)&" + r + b".order=%s",
            "embedded limit": base + b"?select=*," + r + b"(*)&" + r + b".limit=%s",
            "null relation": base + b"?select=*," + r + b"(*)&%s=is.null",
            "order": base + b"?order=%s", "direction": base + b"?order=" + n + b".%s", "related order": base + b"?order=%s(id)",
            "nulls": base + b"?order=" + n + b".asc.%s", "limit": base + b"?limit=%s", "offset": base + b"?offset=%s",
            "after": base + b"?order=" + n + b"&limit=2&after=%s", "after text": base + b"?order=" + t + b"&limit=2&after=%%22%s%%22,1",
            "or": base + b"?or=%s", "or member": base + b"?or=(%s)", "or name": base + b"?or=(%s.eq.1," + n + b".eq.1)",
            "or value": base + b"?or=(" + t + b".eq.%s," + n + b".eq.1)", "or quoted": base + b"?or=(" + t + b".eq.%%22%s%%22)",
            "and": base + b"?and=(" + n + b".%s.1)", "not and": base + b"?not.and=(%s)", "in": base + b"?" + t + b"=in.(%s)",
            "in quoted": base + b"?" + t + b"=in.(%%22%s%%22)", "any": base + b"?" + t + b"=eq(any).{%s}",
            "like any": base + b"?" + t + b"=like(any).{%%22%s%%22}", "quantifier": base + b"?" + t + b"=eq(%s).{a}",
            "language": base + b"?" + t + b"=fts(%s).cat", "columns": base + b"?columns=%s", "on_conflict": base + b"?on_conflict=%s",
        }
        places = {name: (lambda string, path=path: (path.replace(b"%s", encoded(string)).replace(b"%%", b"%"), ()))
                  for name, path in paths.items()}
        headers = ["Prefer", "Accept", "Accept-Profile", "If-None-Match", "If-Match", "Cookie", "X-Request-Id", "Range", "Range-Unit",
                   "Content-Profile", "Content-Type", "Origin", "Authorization", "Idempotency-Key", "User-Agent", "Host"]
        values = {name: b"%s" for name in headers}
        values |= {"Prefer: timezone": b"timezone=%s", "Prefer: count": b"count=%s", "Prefer: strict": b"handling=strict, %s",
                   "Prefer: max-affected": b"handling=strict, max-affected=%s", "Accept: parameter": b"text/csv; q=%s",
                   "Accept: profile": b"application/vnd.pgrst.object+json; nulls=%s", "Range: to": b"0-%s", "Range: from": b"%s-9"}
        for name, value in values.items():
            places[name] = lambda string, name=name, value=value: (
                base, [(name.split(":")[0].encode(), value.replace(b"%s", as_header(string)))])
        places["rpc header"] = lambda string: (b"/api/rpc/f", [(b"Cookie", b"a=" + as_header(string))])
        return places

    # ---- Tests

    def test_reads_with_hostile_strings_in_every_place(self):
        with self.unchanged():
            for name, place in self.read_places().items():
                with self.subTest(name):
                    for string in self.sample(8):
                        target, headers = place(string)
                        self.ask("GET", target, headers)

    def test_filters_on_every_type_take_or_refuse_hostile_values(self):
        with self.unchanged():
            for table, columns in self.tables.items():
                for column, kind in columns.items():
                    for operator in OPERATORS:
                        with self.subTest(f"{table}.{column} {kind} {operator}"):
                            for string in self.random.sample(self.strings, 40 if FULL else 2):
                                value = b"(" + encoded(string) + b")" if "in" == operator[-2:] else encoded(string)
                                if "(a" in operator and self.random.random() < 0.8:
                                    value = b"{" + value + b"}"
                                target = f"/api/{table}?{column}={operator}.".encode() + value
                                self.ask("GET", target + b"&limit=1")

    def test_bodies_of_hostile_strings_are_taken_or_refused(self):
        with self.unchanged():
            for table, columns in self.tables.items():
                base = f"/api/{table}".encode()
                for column, kind in columns.items():
                    with self.subTest(f"{table}.{column} {kind}"):
                        for string in self.random.sample(self.strings, 60 if FULL else 3):
                            self.send_bodies(base, column, string)
                for string in self.sample(10):
                    text = string.decode("utf-8", "replace")
                    self.ask("POST", base, [JSON, ROLLBACK], json.dumps({text: 1}).encode())
                    self.ask("POST", base, [JSON, ROLLBACK], string)
                    self.ask("POST", base, [(b"Content-Type", b"text/csv"), ROLLBACK], string + b"\n1\n")
                    self.ask("POST", base, [(b"Content-Type", b"text/csv"), ROLLBACK], string)
                    self.ask("POST", base, [(b"Content-Type", b"application/x-www-form-urlencoded"), ROLLBACK], string)
                    self.ask("POST", base, [(b"Content-Type", as_header(string)), ROLLBACK], b"{}")
                    self.ask("POST", base + b"?columns=" + encoded(string), [JSON, ROLLBACK], b"{}")
                    self.ask("POST", base + b"?on_conflict=" + encoded(string),
                             [JSON, (b"Prefer", b"tx=rollback, resolution=merge-duplicates")], b"[{}]")

    def send_bodies(self, base, column, string):
        name = column.encode()
        text = string.decode("utf-8", "replace")
        for value in (text, [text], {text: text}, [[text], None]):
            body = json.dumps({column: value}).encode()
            self.ask("POST", base, [JSON, ROLLBACK], body)
            self.ask("PATCH", base + b"?" + name + b"=is.null", [JSON, ROLLBACK], body)
        raw = b'{"' + name + b'":"' + string.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"}'
        self.ask("POST", base, [JSON, ROLLBACK], b"[" + raw + b"," + raw + b"]")
        self.ask("POST", base, [JSON, ROLLBACK], b'{"' + name + b'":' + string + b"}")
        cell = b'"' + string.replace(b'"', b'""') + b'"'
        for line in (string, cell):
            self.ask("POST", base, [(b"Content-Type", b"text/csv"), ROLLBACK], name + b"\n" + line + b"\n")
        form = name + b"=" + encoded(string)
        self.ask("POST", base, [(b"Content-Type", b"application/x-www-form-urlencoded"), ROLLBACK], form)
        self.ask("PUT", base + b"/" + encoded(string), [JSON, ROLLBACK], b"{}")
        self.ask("PATCH", base + b"/" + encoded(string), [JSON, ROLLBACK], b"{}")

    def test_writes_whose_filter_finds_nothing_change_nothing(self):
        # `eq` of a string that no row has: whatever it says, it is compared.
        kinds = ("text", "character", "varchar", "TEXT", "VARCHAR", "CHAR")
        with self.unchanged():
            for table, columns in self.tables.items():
                for column, kind in columns.items():
                    if not kind.startswith(kinds):
                        continue
                    for string in self.sample(12):
                        if not string or string.lower() == b"null":
                            continue
                        condition = f"/api/{table}?{column}=eq.".encode() + encoded(string)
                        self.ask("DELETE", condition)
                        self.ask("DELETE", f"/api/{table}?{column}=in.(%22".encode() + encoded(escaped(string)) + b"%22)")
                        self.ask("PATCH", condition, [JSON], json.dumps({column: "pwned"}).encode())
            table, key, relation, text, number = PLACES[self.schema]
            for string in self.sample(25):
                for target in (b"/%s", f"/{table}?%s".encode(), f"/{table}?{number}=%s".encode(), f"/{table}?order=%s".encode(),
                               f"/{table}?select=%s".encode(), f"/{table}?limit=%s".encode(), f"/%s/{key}".encode(),
                               f"/{table}/{key}/%s".encode(), f"/{table}?{number}=eq.%s".encode()):
                    target = b"/api" + target.replace(b"%s", encoded(string))
                    if not set(b"12345") & set(string):  # it may well name a row
                        self.ask("DELETE", target)
                        self.ask("PATCH", target, [JSON], b'{"%s":"pwned"}' % text.encode())

    def test_batches_of_hostile_parts_are_taken_whole_or_refused(self):
        table, key, relation, text, number = PLACES[self.schema]
        with self.unchanged():
            for string in self.sample(30):
                hostile = string.decode("utf-8", "replace")
                good = {"method": "POST", "path": f"/{table}", "body": {text: MARK.decode()}}
                bad = [{"method": hostile, "path": f"/{table}"}, {"method": "POST", "path": hostile},
                       {"method": "POST", "path": "/" + hostile, "body": {}}, {"method": "DELETE", "path": f"/{table}?{hostile}"},
                       {"method": "POST", "path": f"/{table}", "body": hostile},
                       {"method": "POST", "path": f"/{table}", "body": {hostile: 1}},
                       {"method": "POST", "path": f"/{table}", "body": {number: {hostile: hostile}}},
                       {"method": "POST", "path": f"/{table}", "headers": {hostile: hostile}, "body": [hostile]},
                       {hostile: hostile}, hostile, None, [hostile]]
                for part in bad:
                    answer = self.ask("POST", b"/api/batch", [JSON], json.dumps([good, part]).encode())
                    self.assertGreaterEqual(answer.status, 400, part)
                self.ask("POST", b"/api/batch", [JSON], string)

    def test_legal_text_comes_back_byte_for_byte(self):
        table, row, key, column = TEXTS[self.schema]
        others = {name: digest for name, digest in self.database.checksums().items() if name != table}
        made = []
        for string in LEGAL(self.strings, 10000):
            if not FULL and self.random.random() > 0.25:
                continue
            text = string.decode()
            answer = self.ask("POST", f"/api/{table}".encode(), [JSON, (b"Prefer", b"return=representation")],
                              json.dumps({**row, column: text}).encode())
            self.assertEqual(answer.status, 201, (text, answer))
            identity = json.loads(answer.body)[0][key]
            made.append(str(identity))
            self.assertEqual(json.loads(answer.body)[0][column], text)
            place = f"/api/{table}?{key}=eq.{identity}&select={column}".encode()
            self.assertEqual(json.loads(self.ask("GET", place).body), [{column: text}])
            same = json.loads(self.ask("GET", place + f"&{column}=eq.".encode() + encoded(string)).body)
            self.assertEqual(same, [{column: text}], text)
            quoted = b"&" + column.encode() + b"=in.(%22" + encoded(escaped(string)) + b"%22)"
            self.assertEqual(json.loads(self.ask("GET", place + quoted).body), [{column: text}], text)
            csv = self.ask("GET", place, [(b"Accept", b"text/csv")]).body
            self.assertEqual(csv_cell(csv), text.encode())
            cell = b'"' + string.replace(b'"', b'""') + b'"'
            keys = [name for name in row]
            line = b",".join(b'"' + str(row[name]).encode() + b'"' for name in keys)
            answer = self.ask("POST", f"/api/{table}".encode(),
                              [(b"Content-Type", b"text/csv"), (b"Prefer", b"return=representation")],
                              ",".join([*keys, column]).encode() + b"\n" + line + (b"," if keys else b"") + cell)
            self.assertEqual(answer.status, 201, (text, answer))
            self.assertEqual(json.loads(answer.body)[0][column], text)
            made.append(str(json.loads(answer.body)[0][key]))
        now = {name: digest for name, digest in self.database.checksums().items() if name != table}
        self.assertEqual(now, others)
        for i in range(0, len(made), 500):
            self.ask("DELETE", f"/api/{table}?{key}=in.({','.join(made[i:i + 500])})".encode())

    def test_zz_no_statement_holds_what_a_client_wrote(self):
        if not self.on_postgres:
            self.skipTest("SQLite keeps no log of statements")
        texts, errors = texts_of(SERVER.entries(), self.name)
        self.assertGreater(len(texts), 20)
        # A part of what a client sent, where no word of SQL and no name of the schema explains it.
        needles = [string.decode("utf-8", "replace") for string in self.strings if len(string) >= 8 and b" " in string.strip()]
        for text in texts:
            self.assertNotIn(MARK.decode(), text)
            for needle in needles:
                self.assertNotIn(needle, text)
        columns = sum(map(len, self.tables.values()))
        # A text for what is asked of a column, whatever it is compared with.
        self.assertLess(len(texts), columns * (len(OPERATORS) + 12) + 600)
        for error in errors:
            self.assertNotIn("syntax error at", error["message"], error)
            self.assertFalse(error["state_code"].startswith(("XX", "58")), error)


class Unchanged:
    def __init__(self, test):
        self.test = test

    def __enter__(self):
        self.before = self.test.database.checksums()

    def __exit__(self, kind, *_):
        if kind is None:
            self.test.assertEqual(self.test.database.checksums(), self.before)


def as_header(string):
    return string.replace(b"\r", b" ").replace(b"\n", b" ").replace(b"\0", b" ")


def escaped(string):
    return string.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def csv_cell(body):
    """The only cell of a CSV of one column and one row."""
    cell = body.split(b"\n", 1)[1]
    cell = cell[:-1] if cell.endswith(b"\n") else cell
    cell = cell[:-1] if cell.endswith(b"\r") else cell
    return cell[1:-1].replace(b'""', b'"') if cell.startswith(b'"') else cell


# A table, a key, a relation, a column of text and one of numbers.
PLACES = {"blog": ("posts", "1", "author", "title", "id"), "types": ("texts", "1", "cells", "free", "id"),
          "shop": ("categories", "1", "parent", "name", "id")}
# A table that takes any text, what else it needs, its key, and the column of the text.
TEXTS = {"blog": ("posts", {"author_id": 1, "title": "t"}, "id", "content"), "types": ("texts", {"postal": "12345"}, "id", "free"),
         "shop": ("products", {"sku": "s", "name": "n", "price": 1}, "id", "description")}
ROWS = {
    "blog": [("users", [{"id": 1, "email": "ada@example.com", "name": "Ada", "age": 36}, {"id": 2, "email": "b@example.com", "name": "Bob", "age": 20}]),
             ("posts", [{"id": i, "author_id": 1 + i % 2, "title": f"Post {i}", "content": "words of a post", "rating": i} for i in range(1, 6)]),
             ("comments", {"id": 1, "post_id": 1, "author_id": 2, "body": "Good."}), ("tags", {"id": 1, "name": "history"}),
             ("post_tags", {"post_id": 1, "tag_id": 1})],
    "types": [("numbers", {"small": 1, "big": 2, "money": 3.5, "exact": 4, "any_size": 5, "single": 6, "twice": 7, "domained": 8}),
              ("texts", {"free": "f", "bounded": "b", "fixed": "abcd", "postal": "123", "raw": "AAEC", "document": {"a": [1]},
                         "binary_document": {"b": {"c": 2}}}),
              ("moments", {"clock": "10:00", "clock_zone": "10:00+01", "local": "2026-01-01T00:00:00", "precise": "2026-01-01T00:00:00",
                           "span": "1 day"}),
              ("others", {"code": "c", "numbers": [1, 2], "words": ["a"], "network": "10.0.0.1", "address": "08:00:2b:01:02:03",
                          "period": "[2026-01-01 00:00:00+00,2026-02-01 00:00:00+00)", "flags": "10101010"}),
              ("cells", {"row_number": 1, "column_number": 1, "width": 2, "height": 3})],
    "shop": [("categories", [{"id": 1, "name": "All"}, {"id": 2, "name": "Some"}]), ("countries", {"code": "AT", "name": "Austria"}),
             ("customers", {"id": 1, "email": "c@example.com", "first_name": "C", "last_name": "D"})],
}


class BlogSqlite(Hostile, unittest.TestCase):
    schema = "blog"


class BlogPostgres(Hostile, unittest.TestCase):
    schema, on_postgres = "blog", True


class TypesSqlite(Hostile, unittest.TestCase):
    schema = "types"


class TypesPostgres(Hostile, unittest.TestCase):
    schema, on_postgres = "types", True


if FULL:
    class ShopSqlite(Hostile, unittest.TestCase):
        schema = "shop"

    class ShopPostgres(Hostile, unittest.TestCase):
        schema, on_postgres = "shop", True


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--full"])
