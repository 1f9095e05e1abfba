#!/usr/bin/env python3
"""Requests beyond every bound, on SQLite and (where it is installed) PostgreSQL: each is answered with what its kind deserves,
nothing is written by them, and the service serves others as before."""
import json
import sys
import unittest

import harness
import test_hostile
from test_hostile import JSON, ROLLBACK, Served

CSV = (b"Content-Type", b"text/csv")
FORM = (b"Content-Type", b"application/x-www-form-urlencoded")
MISSING = (b"Prefer", b"tx=rollback, missing=default")
MOST = 9223372036854775807


def part(path, method="DELETE", count=1, **more):
    return json.dumps([{"method": method, "path": path, **more}] * count).encode()


# What is asked for by GET /api/posts?..., and the statuses that may be the answer.
READS = {
    "a URL of 64 KB": ("title=eq." + "a" * 65536, (414,)),
    "7,000 parameters": ("a&" * 7000, (400,)),
    "499 filters": ("&".join(["id=eq.1"] * 499), (400,)),
    "1,000 conditions": ("or=(" + ",".join(["id.eq.1"] * 1000) + ")", (400,)),
    "relations 30 deep": ("select=" + "author(posts(" * 15 + "id" + "))" * 15, (400,)),
    "logic 100 deep": ("or=" + "(and" * 100 + "(id.eq.1)" + ")" * 100, (400,)),
    "8,000 parentheses": ("or=" + "(" * 8000, (400,)),
    "3,000 nots": ("or=(" + "not." * 3000 + "id.eq.1)", (200, 400)),
    "7,000 stars": ("select=" + "*," * 7000 + "*", (200, 400)),
    "1,500 members": ("select=" + ",".join(f"a{i}:id" for i in range(1500)), (400,)),
    "5,000 members": ("select=" + ",".join(f"a{i}:id" for i in range(5000)), (414,)),
    "60 relations": ("select=" + ",".join(f"a{i}:author(*)" for i in range(60)), (400,)),
    "49 relations": ("select=" + ",".join(f"a{i}:comments(*)" for i in range(49)), (200,)),
    "3,000 sort columns": ("order=" + ",".join(["id", "title"] * 1500), (200, 400)),
    "a path of 3,000 steps": ("select=title" + "->a" * 3000, (400,)),
    "5,000 values": ("id=in.(" + ",".join(["1"] * 5000) + ")", (200,)),
    "5,001 values": ("id=in.(" + ",".join(["1"] * 5001) + ")", (400,)),
    "100,000 values": ("id=in.(" + ",".join(["1"] * 100000) + ")", (414,)),
    "limit=-1": ("limit=-1", (400, 416)), "limit=1e30": ("limit=1e30", (400,)), "limit of 20 digits": ("limit=" + "9" * 20, (400,)),
    "the largest limit": (f"limit={MOST}", (200,)), "limit of nothing": ("limit=", (400,)),
    "offset=1e30": ("offset=1e30", (400,)), "the largest offset": (f"offset={MOST}", (200, 416)),
    "both": (f"limit={MOST}&offset={MOST}", (200, 416)),
    "a text search in language 0": ("title=fts(0).cat", (400,)), "in language -": ("title=fts(-).cat", (400,)),
    "200 patterns": ("or=(" + ",".join(["title.ilike.*a*a*a*b"] * 200) + ")", (200,)),
    "400 wild cards": ("title=like." + "*a" * 400, (200,)),
    "a regular expression without end": ("title=match.((((a{1,255}){1,255}){1,255}){1,255})", (400, 503)),
    "nested repetition": ("title=match.((a%2B)%2B)%2B$", (200,)),
}
RANGES = {b"9-0": (416,), b"0-%d" % MOST: (200, 206), b"%d-%d" % (MOST, MOST): (200, 416), b"99999999999999999999-": (200,),
          b"-5": (200,), b"0-0,2-3": (200, 206), b"1-0, 5": (200, 416), b"-": (200,), b"a-b": (200,)}
# Bodies for POST: the path below /api/, headers, the body and the statuses.
BODIES = {
    "a path of megabytes": ("batch", [JSON], part("/posts?id=in.(" + ",".join(["9"] * 100000) + ")"), (400, 414)),
    "a million conditions": ("batch", [JSON], part("/posts?or=" + "(and" * 1000000), (400, 414)),
    "a pattern of a megabyte": ("batch", [JSON], part("/posts?title=like." + "*a" * 500000), (400, 414)),
    "10,000 parts": ("batch", [JSON], part("/posts?id=eq.999999", count=10000), (400, 413)),
    "1,000 parts": ("batch", [JSON], part("/posts?id=eq.999999", count=1000), (200,)),
    "JSON 10,000 deep": ("posts", [JSON, ROLLBACK], b'{"content":' + b"[" * 10000 + b"]" * 10000 + b"}", (400, 422)),
    "arrays 10,000 deep": ("posts", [JSON, ROLLBACK], b"[" * 10000, (400,)),
    "a batch 10,000 deep": ("batch", [JSON], b'[{"body":' * 10000, (400,)),
    "a call 10,000 deep": ("rpc/f", [JSON], b'{"a":' * 10000, (400, 404)),
    "100,000 keys": ("posts", [JSON, ROLLBACK], json.dumps({f"k{i}": 1 for i in range(100000)}).encode(), (400,)),
    "100,000 keys that are left out": ("tags?columns=name", [JSON, ROLLBACK],
                                       json.dumps({"name": "a", **{f"k{i}": 1 for i in range(100000)}}).encode(), (201, 400)),
    "a CSV of 10,000 columns": ("posts", [CSV, ROLLBACK], ",".join(f"c{i}" for i in range(10000)).encode() + b"\n1\n", (400,)),
    "a column 10,000 times": ("posts", [CSV, ROLLBACK], b",".join([b"title"] * 10000) + b"\n" + b",".join([b"x"] * 10000), (400, 422)),
    "a million commas": ("posts", [CSV, ROLLBACK], b"title\n" + b"," * 1000000, (400,)),
    "200,000 bad lines": ("posts", [CSV, ROLLBACK], b"title\n" + b"x\n" * 200000, (422,)),
    "a form of a million members": ("posts", [FORM, ROLLBACK], b"title=x&" * 1000000, (400,)),
    "a body over the limit": ("posts", [JSON], b" " * (17 << 20), (413,)),
    "50,000 rows": ("tags", [JSON, ROLLBACK], json.dumps([{"name": f"a{i}"} for i in range(50000)]).encode(), (201,)),
    "75,000 values of rows that differ": ("tags", [JSON, MISSING], json.dumps(
        [{"name": f"a{i}"} if i % 2 else {"name": f"a{i}", "id": i + 100} for i in range(50000)]).encode(), (201, 413)),
}
HEADERS = {
    "64 KB": ([(b"X-A", b"a" * 65536)], (431,)), "1,000 headers": ([(b"X-%d" % i, b"a") for i in range(1000)], (431,)),
    "2,000 preferences": ([(b"Prefer", b",".join(b"a%d" % i for i in range(2000)))], (200,)),
    "2,000 media types": ([(b"Accept", b",".join(b"a/b%d" % i for i in range(2000)))], (406,)),
    "3,000 cookies": ([(b"Cookie", b"a=b;" * 3000)], (200,)), "3,000 tags": ([(b"If-None-Match", b'"a",' * 3000)], (200,)),
}


class Bounds(Served):
    schema = "blog"

    def still_serves(self):
        self.assertEqual(self.ask("GET", b"/api/users/1?select=name").body, b'{"name":"Ada"}')
        if not harness.SANITIZED:
            self.assertLess(self.service.resident_mb(), 400)

    def test_reads_beyond_the_bounds(self):
        with self.unchanged():
            for name, (query, statuses) in READS.items():
                with self.subTest(name):
                    self.assertIn(self.ask("GET", b"/api/posts?" + query.encode()).status, statuses)
                    self.still_serves()

    def test_ranges_beyond_the_bounds(self):
        for text, statuses in RANGES.items():
            for query in (b"", b"?limit=%d" % MOST, b"?offset=%d" % MOST):
                with self.subTest(text + query):
                    allowed = statuses if not query else (200, 206, 416)
                    for also in ((), ((b"Prefer", b"count=exact"),)):
                        headers = [(b"Range", text), *also]
                        self.assertIn(self.ask("GET", b"/api/posts" + query, headers).status, (*allowed, 206, 416))

    def test_bodies_beyond_the_bounds(self):
        with self.unchanged():
            for name, (path, headers, body, statuses) in BODIES.items():
                with self.subTest(name):
                    self.assertIn(self.ask("POST", b"/api/" + path.encode(), headers, body).status, statuses)
                    self.still_serves()

    def test_headers_beyond_the_bounds(self):
        for name, (headers, statuses) in HEADERS.items():
            with self.subTest(name):
                self.assertIn(self.ask("GET", b"/api/posts", headers).status, statuses)
                self.still_serves()


class BoundsSqlite(Bounds, unittest.TestCase):
    def test_a_regular_expression_that_takes_minutes_is_stopped(self):
        text = {"author_id": 1, "title": "long", "content": "a" * 3000000 + "b"}
        self.assertEqual(self.ask("POST", b"/api/posts", [JSON], json.dumps(text).encode()).status, 201)
        answer = self.ask("GET", b"/api/posts?select=id&content=match.(.{30}){30}c$", also=(503,))
        self.assertEqual(answer.status, 503, answer)
        self.still_serves()
        self.assertEqual(self.ask("DELETE", b"/api/posts?title=eq.long").status, 204)


class BoundsPostgres(Bounds, unittest.TestCase):
    on_postgres = True


def setUpModule():
    test_hostile.setUpModule()


def tearDownModule():
    test_hostile.tearDownModule()


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--full"])
