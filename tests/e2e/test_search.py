"""Searches, by REST and by GraphQL: the same answers on both databases, whatever is typed."""
import contextlib
import re
import sqlite3
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote

import harness
import hostile_strings
from harness import Service

BINARY = harness.compiled(harness.ROOT / "tests" / "e2e" / "search.sql")
AUTHORS = [{"id": 1, "name": "Ada Lovelace"}, {"id": 2, "name": "Grace Hopper"}]
ARTICLES = [
    (1, 1, "Engines of brass", "A machine that weaves numbers as a loom weaves flowers", 1843),
    (2, 1, "Numbers", "On engines, and what they cannot know", 1844),
    (3, 2, "A compiler for everyone", "It reads words and writes machine code", 1952),
    (4, 2, "Machine words", "The compiler, the linker and the loader", 1953),
    (5, 2, "Nothing to see", None, 1954),
    (6, 1, "Café Zürich", "naïve Ångström über alles; снег идёт", 1900),
]
WORDS = [{"word": "loom", "meaning": "weaves cloth", "q": 1}, {"word": "search", "meaning": "to look for", "q": 2},
         {"word": "brass", "meaning": "copper and zinc; no loom", "q": 3}]
# A text, and the articles that both databases find by it.
FOUND = [
    ("engines", {1, 2}), ("ENGINES", {1, 2}), ("engine", set()), ("sesame", set()), ("loom flowers", {1}), ("flowers loom", {1}),
    ("engines compiler", set()), ("engines or compiler", {1, 2, 3, 4}), ("engines OR compiler", {1, 2, 3, 4}),
    ("engines -brass", {2}), ("-brass engines", {2}), ("engines - brass", {2}), ("compiler -words", set()),
    ("compiler or engines -brass", {2, 3, 4}), ('"machine code"', {3}), ('"code machine"', set()), ('machine -"machine code"', {1, 4}),
    ('"a machine', {1}), ("(engines)", {1, 2}), ("engines & | ! ( )", {1, 2}), ("!!! engines", {1, 2}),
    ("--engines", {1, 2}), ("machine and", {3, 4}), ("or", set()), ("engines or", set()), ("the linker", {4}), ("weaves", {1}),
    ("café", {6}), ("cafe", set()), ("zürich", {6}), ("снег", {6}), ("snow", set()), ("flowers*", {1}), ("flow*", set()),
    ("title:numbers", set()), ("NEAR(machine code)", set()), ("machine NOT code", set()), ("^numbers", {1, 2}), ("1843", set()),
    ("engines\tbrass\n", {1}), ("O'Reilly", set()), ('""engines""', {1, 2}),
]


def asked(text):
    return "q=" + quote(text, safe="")


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)
        rows = [dict(zip(("id", "author_id", "title", "body", "year"), row)) for row in ARTICLES]
        for table, given in (("authors", AUTHORS), ("articles", rows), ("words", WORDS)):
            status, _, answer = cls.service.request("POST", f"/{table}", given)
            assert status == 201, answer

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def rows(self, path, status=200):
        found, _, body = self.service.get(path)
        self.assertEqual(found, status, body)
        return body

    def ids(self, text, more=""):
        return [row["id"] for row in self.rows(f"/articles/search?{asked(text)}&select=id{more}")]

    def test_words_phrases_exclusions_and_or(self):
        for text, expected in FOUND:
            with self.subTest(text=text):
                self.assertEqual(set(self.ids(text)), expected)

    def test_the_best_come_first_by_the_weight_of_their_column(self):
        self.assertEqual(self.ids("engines"), [1, 2])  # the title of 1, the body of 2
        self.assertEqual(self.ids("numbers"), [2, 1])
        self.assertEqual(self.ids("compiler"), [3, 4])
        self.assertEqual(self.ids("words"), [4, 3])

    def test_equals_go_by_the_primary_key(self):
        rows = [{"id": id, "author_id": 1, "title": "Twins", "body": None} for id in (102, 100, 101)]
        self.service.request("POST", "/articles", rows)
        self.assertEqual(self.ids("twins"), [100, 101, 102])
        self.assertEqual(self.ids("twins", "&limit=1&offset=1"), [101])
        self.service.request("DELETE", "/articles?title=eq.Twins")
        self.assertEqual(self.ids("twins"), [])

    def test_all_that_a_list_takes(self):
        self.assertEqual(self.ids("engines or machine", "&year=gte.1900&order=id.desc"), [4, 3])
        self.assertEqual(self.ids("engines or machine", "&or=(year.eq.1843,year.eq.1953)&order=id"), [1, 4])
        path = f"/articles/search?{asked('engines')}&select=title,authors(name)"
        self.assertEqual(self.rows(path)[0], {"title": "Engines of brass", "authors": {"name": "Ada Lovelace"}})
        path = f"/authors/search?{asked('hopper')}&select=name,articles(id)&articles.order=id&articles.limit=2"
        self.assertEqual(self.rows(path), [{"name": "Grace Hopper", "articles": [{"id": 3}, {"id": 4}]}])
        path = f"/articles/search?{asked('engines or machine')}"
        status, head, _ = self.service.request("GET", f"{path}&limit=1", None, {"Prefer": "count=exact"})
        self.assertEqual((status, head["Content-Range"], head["Link"]), (206, "0-0/4", None))
        self.assertEqual(self.rows(f"{path}&select=n:count()"), [{"n": 4}])
        status, _, body = self.service.request("GET", f"{path}&select=id", None, {"Accept": "text/csv"})
        self.assertEqual((status, len(body.splitlines())), (200, 5))
        status, _, _ = self.service.request("HEAD", path)
        self.assertEqual(status, 200)
        pages = self.service.request("GET", f"{path}&order=id&limit=2&select=id")
        self.assertIn("after=2", pages[1]["Link"])
        self.assertEqual(self.ids("engines or machine", "&order=id&limit=2&after=2"), [3, 4])
        self.assertEqual(self.rows(f"{path}&limit=0"), [])

    def test_what_is_no_search_is_told_once(self):
        for path in ("/articles/search", "/articles/search?q=", "/articles/search?q=%20%09", "/articles/search?q=a&q=b",
                     "/articles/search?q=-engines", "/articles/search?q=engines+or+-brass", "/articles/search?q=...",
                     "/articles/search?q=" + "x" * 1001, "/articles/search?q=engines&after=1", "/articles/search?q=engines&limit=x",
                     "/articles/search?q=engines&nothing=eq.1"):
            with self.subTest(path=path[:60]):
                body = self.rows(path, 400)
                self.assertTrue(body["message"], body)
        self.rows("/articles/search?q=" + "x%20" * 500, 200)

    def test_the_route_is_that_of_tables_with_columns_to_search(self):
        self.rows("/plain/search?q=x", 400)  # no integer
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            status, head, _ = self.service.request(method, "/articles/search?q=engines", {"title": "x"})
            self.assertEqual((status, head["Allow"]), (405, "GET, HEAD, OPTIONS"))
        status, head, _ = self.service.request("OPTIONS", "/articles/search")
        self.assertEqual(head["Allow"], "GET, HEAD, OPTIONS")

    def test_a_key_that_is_the_word_search_is_written_otherwise(self):
        self.assertEqual([row["word"] for row in self.rows("/words/search?q=loom")], ["brass", "loom"])
        # Not before prism, which knows no difference.
        answer, data = self.service.exchange("GET", "/words/%73earch?select=meaning", None, {}, is_judged=False)
        self.assertEqual((answer.status, data), (200, b'{"meaning":"to look for"}'))
        self.assertEqual(self.rows("/words?word=eq.search")[0]["meaning"], "to look for")
        self.assertEqual([row["word"] for row in self.rows("/words/search?q=loom&and=(q.eq.1)")], ["loom"])

    def test_writes_keep_what_is_found(self):
        def write(method, path, body=None):
            status, _, answer = self.service.request(method, path, body)
            self.assertIn(status, (200, 201, 204), answer)

        write("POST", "/articles", {"id": 50, "author_id": 1, "title": "Quicksilver", "body": "moves"})
        self.assertEqual(self.ids("quicksilver"), [50])
        write("PATCH", "/articles/50", {"title": "Mercury"})
        self.assertEqual((self.ids("quicksilver"), self.ids("mercury moves")), ([], [50]))
        write("PATCH", "/articles/50", {"year": 1999})
        write("PATCH", "/articles/50", {"body": None})
        self.assertEqual((self.ids("mercury"), self.ids("moves")), ([50], []))
        write("PATCH", "/articles/50", {"id": 51})
        self.assertEqual(self.ids("mercury"), [51])
        row = {"id": 51, "author_id": 1, "title": "Hydrargyrum", "body": "x", "secret": "y", "year": 1}
        write("PUT", "/articles/51", row)
        self.assertEqual((self.ids("mercury"), self.ids("hydrargyrum")), ([], [51]))
        write("DELETE", "/articles/51")
        self.assertEqual(self.ids("hydrargyrum"), [])
        write("POST", "/authors", {"id": 9, "name": "Fleeting"})
        write("POST", "/articles", [{"id": id, "author_id": 9, "title": "Cascade"} for id in (70, 71, 72)])
        self.assertEqual(len(self.ids("cascade")), 3)
        write("DELETE", "/authors/9")
        self.assertEqual(self.ids("cascade"), [])
        write("PATCH", "/words/brass", {"word": "bronze"})
        self.assertEqual([row["word"] for row in self.rows("/words/search?q=bronze")], ["bronze"])
        write("PATCH", "/words/bronze", {"word": "brass"})
        status, _, _ = self.service.request("POST", "/articles", [
            {"id": 80, "author_id": 1, "title": "Undone"}, {"id": 81, "author_id": 77, "title": "Undone"}])
        self.assertEqual((status, self.ids("undone")), (409, []))

    def test_long_texts_are_taken(self):
        body = " ".join(f"word{i:07}" for i in range(150_000))
        status, _, answer = self.service.request("POST", "/articles", {"id": 60, "author_id": 1, "title": "Long", "body": body})
        self.assertEqual(status, 201, str(answer)[:300])
        self.assertEqual(self.ids("word0000007 long"), [60])
        self.service.request("DELETE", "/articles/60")

    def test_graphql_finds_the_same(self):
        query = ("query ($text: String!) { searchArticles(query: $text) { id } "
                 "few: searchArticles(query: $text, where: {year: {gte: 1900}}, limit: 2, offset: 1) { id author { name articles { id } } } }")
        for text, _ in FOUND:
            with self.subTest(text=text):
                data = self.service.graphql(query, {"text": text})[1]["data"]
                self.assertEqual([row["id"] for row in data["searchArticles"]], self.ids(text))
                self.assertEqual([row["id"] for row in data["few"]], self.ids(text, "&year=gte.1900&limit=2&offset=1"))

    def test_graphql_sorts_as_rest_does(self):
        query = ("query ($text: String!, $order: [ArticleOrderBy!]) "
                 "{ searchArticles(orderBy: $order, query: $text, limit: 3) { id } }")
        for order, in_rest in (([{"year": "DESC"}, {"id": "ASC"}], "&order=year.desc,id"), ([{"author": {"name": "DESC"}}, {"id": "DESC"}], None),
                               ([], ""), (None, "")):
            with self.subTest(order=order):
                data = self.service.graphql(query, {"text": "engines or machine", "order": order})[1]["data"]
                expected = [4, 3, 2] if in_rest is None else self.ids("engines or machine", in_rest + "&limit=3")
                self.assertEqual([row["id"] for row in data["searchArticles"]], expected)

    def test_graphql_refuses_what_rest_refuses(self):
        for text in ("", " ", "-engines", "engines or -brass", "x" * 1001):
            with self.subTest(text=text[:20]):
                _, answer = self.service.graphql("query ($text: String!) { searchArticles(query: $text) { id } }", {"text": text})
                _, _, body = self.service.get(f"/articles/search?{asked(text)}")
                self.assertEqual(answer["errors"][0]["message"], body["message"])
        for query in ("{ searchArticles { id } }", '{ searchPlain(query: "x") { id } }', 'subscription { searchArticles(query: "x") { id } }'):
            self.assertIn("errors", self.service.graphql(query)[1])

    def test_whatever_is_typed_is_found_or_refused(self):
        connection = self.service.connect()
        for string in hostile_strings.strings(harness.CORPUS):
            for text in (string, b'"' + string + b'"', b"engines " + string, b"engines -" + string, b"engines or " + string):
                status, _, body = self.service.request("GET", "/articles/search?" + asked(text), connection=connection)
                self.assertIn(status, (200, 400, 414), (text[:200], body))
        connection.close()

    @unittest.skipUnless(harness.POSTGRES, "asks PostgreSQL for its plan")
    def test_the_index_of_the_ddl_is_what_is_asked(self):
        database = self.service.own_database
        plan = database.run(
            "set enable_seqscan = off; explain select id from articles as t0 where (setweight(to_tsvector('simple'::regconfig, "
            "left(coalesce(t0.\"title\"::text, ''), 100000)), 'A') || setweight(to_tsvector('simple'::regconfig, "
            "left(coalesce(t0.\"body\"::text, ''), 100000)), 'C')) @@ websearch_to_tsquery('simple'::regconfig, 'x')", database.url)
        self.assertIn("_sqlxc_search_articles", plan)

    @unittest.skipUnless(harness.POSTGRES, "drops an index of PostgreSQL")
    def test_a_database_without_the_index_finds_the_same(self):
        with Service(BINARY) as service:
            service.own_database.run("drop index _sqlxc_search_words", service.own_database.url)
            service.request("POST", "/words", WORDS)
            self.assertEqual([row["word"] for row in service.get("/words/search?q=loom")[2]], ["brass", "loom"])


    @unittest.skipIf(harness.POSTGRES, "makes a file of SQLite")
    def test_a_file_without_the_index_says_so_and_can_be_given_one(self):
        ddl = (BINARY.parent.parent / "db" / "schema.sqlite.sql").read_text()
        table = re.search(r"create table words \(.*?\n\);", ddl, re.S)[0]
        index = re.search(r"create virtual table _sqlxc_search_words.*", ddl, re.S)[0]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "words.db"
            with contextlib.closing(sqlite3.connect(file)) as made:
                made.executescript(table + "insert into words values ('loom', 'weaves', 1), ('brass', 'no loom', 2);")
            with Service(BINARY, database=file) as service:
                status, _, body = service.get("/words/search?q=loom")
                self.assertEqual((status, body["code"]), (400, "0A000"))
            with contextlib.closing(sqlite3.connect(file)) as made:
                made.executescript(index + "insert into _sqlxc_search_words (_sqlxc_search_words) values ('rebuild');")
            with Service(BINARY, database=file) as service:
                service.request("POST", "/words", {"word": "heddle", "meaning": "part of a loom"})
                words = [row["word"] for row in service.get("/words/search?q=loom")[2]]
                self.assertEqual(sorted(words), ["brass", "heddle", "loom"])


if __name__ == "__main__":
    unittest.main()
