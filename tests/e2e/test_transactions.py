"""What happens together or not at all: batches, nested writes, conditions on a row's tag, rollbacks, limits on what is affected;
and the forms in which rows come and go."""
import json
import unittest

import harness
from harness import SHOW, Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
ADA = {"email": "ada@example.com", "name": "Ada", "age": 36}


class Transactions(unittest.TestCase):
    def setUp(self):
        self.service = Service(BINARY)
        self.addCleanup(self.service.__exit__)

    def ask(self, status, method, path, body=None, headers=None):
        found, head, answer = self.service.request(method, path, body, headers)
        self.assertEqual(found, status, (method, path, answer))
        return head, answer

    def rows(self, path):
        return self.ask(200, "GET", path)[1]

    def test_a_batch_is_one_transaction(self):
        parts = [{"method": "POST", "path": "/tags", "body": {"name": "a"}, "headers": SHOW},
                 {"method": "POST", "path": "/tags", "body": [{"name": "b"}, {"name": "c"}]},
                 {"method": "PATCH", "path": "/tags?name=eq.b", "body": {"name": "d"}},
                 {"method": "DELETE", "path": "/tags?name=eq.c"}]
        _, answers = self.ask(200, "POST", "/batch", parts)
        self.assertEqual([answer["status"] for answer in answers], [201, 201, 204, 204])
        self.assertEqual(answers[0]["body"][0]["name"], "a")
        self.assertEqual({tag["name"] for tag in self.rows("/tags")}, {"a", "d"})
        _, problem = self.ask(409, "POST", "/batch", [{"method": "POST", "path": "/tags", "body": {"name": "e"}},
                                                      {"method": "POST", "path": "/tags", "body": {"name": "a"}}])
        self.assertEqual(problem["violations"][0]["field"], "name")
        self.assertEqual({tag["name"] for tag in self.rows("/tags")}, {"a", "d"})

    def test_a_batch_that_is_none_is_refused(self):
        for body in ({}, [1], [{"method": "GET", "path": "/tags"}], [{"method": "POST"}], [{"method": "POST", "path": "tags"}],
                     [{"method": "POST", "path": "/tags", "body": {}, "headers": {"Prefer": 1}}]):
            self.ask(400, "POST", "/batch", body)
        self.ask(404, "POST", "/batch", [{"method": "POST", "path": "/nothing", "body": {}}])
        self.ask(405, "GET", "/batch")
        self.assertEqual(self.ask(200, "POST", "/batch", [])[1], [])

    def test_a_row_is_written_with_the_rows_that_hang_on_it(self):
        user = {**ADA, "posts": [{"title": "one", "content": "c", "tags": [{"name": "x"}, {"name": "y"}]},
                                 {"title": "two", "content": "c"}]}
        head, shown = self.ask(201, "POST", "/users?select=name,posts(title,tags(name))", user, SHOW)
        posts = sorted(shown[0]["posts"], key=lambda post: post["title"])
        self.assertEqual([post["title"] for post in posts], ["one", "two"])
        self.assertEqual({tag["name"] for tag in posts[0]["tags"]}, {"x", "y"})
        self.assertEqual(self.rows(head["Location"].removeprefix("/api"))["name"], "Ada")
        comment = {"body": "hi", "author": {"email": "bob@example.com", "name": "Bob"},
                   "post": {"title": "three", "content": "c", "author": {"email": "eve@example.com", "name": "Eve"}}}
        _, shown = self.ask(201, "POST", "/comments?select=body,author(name),post(title,author(name))", comment, SHOW)
        self.assertEqual(shown, [{"body": "hi", "author": {"name": "Bob"}, "post": {"title": "three", "author": {"name": "Eve"}}}])

    def test_a_nested_write_that_fails_leaves_nothing(self):
        self.ask(201, "POST", "/tags", {"name": "x"})
        user = {**ADA, "posts": [{"title": "one", "content": "c", "tags": [{"name": "x"}]}]}
        _, problem = self.ask(409, "POST", "/users", user)
        self.assertEqual(problem["violations"][0]["rule"], "unique")
        _, problem = self.ask(422, "POST", "/users", {**ADA, "posts": [{"title": "one", "status": "no"}]})
        self.assertEqual({violation["field"] for violation in problem["violations"]}, {"status", "content"})
        self.assertEqual((self.rows("/users"), self.rows("/posts")), ([], []))

    def test_a_tag_tells_that_a_row_has_changed(self):
        path = self.ask(201, "POST", "/users", ADA)[0]["Location"].removeprefix("/api")
        tag = self.ask(200, "GET", path)[0]["ETag"]
        self.assertEqual(self.ask(304, "GET", path, headers={"If-None-Match": tag})[1], b"")
        self.ask(204, "PATCH", path, {"age": 37}, {"If-Match": tag})
        self.ask(412, "PATCH", path, {"age": 38}, {"If-Match": tag})
        self.ask(412, "DELETE", path, None, {"If-Match": tag})
        self.ask(412, "PUT", path, ADA, {"If-None-Match": "*"})
        self.assertEqual(self.ask(200, "GET", path, headers={"If-None-Match": tag})[1]["age"], 37)
        self.ask(412, "PATCH", "/users/12345", {"age": 38}, {"If-Match": "*"})

    def test_a_rollback_shows_what_would_be(self):
        _, shown = self.ask(201, "POST", "/users", ADA, {"Prefer": "return=representation, tx=rollback"})
        self.assertEqual(shown[0]["name"], "Ada")
        self.assertEqual(self.rows("/users"), [])

    def test_more_than_may_be_affected_is_undone(self):
        self.ask(201, "POST", "/tags", [{"name": name} for name in "abc"])
        strict = {"Prefer": "handling=strict, max-affected=2"}
        _, problem = self.ask(400, "DELETE", "/tags?id=gt.0", None, strict)
        self.assertEqual(problem["code"], "PGRST124")
        self.assertEqual(len(self.rows("/tags")), 3)
        self.ask(204, "DELETE", "/tags?name=neq.a", None, strict)
        self.ask(400, "GET", "/tags", None, {"Prefer": "handling=strict, anything"})

    def test_one_object_is_one_row_or_nothing_happens(self):
        one = {"Accept": "application/vnd.pgrst.object+json"}
        self.ask(201, "POST", "/tags", [{"name": name} for name in "ab"])
        self.assertEqual(self.ask(200, "GET", "/tags?name=eq.a&select=name", None, one)[1], {"name": "a"})
        self.ask(406, "GET", "/tags", None, one)
        self.ask(201, "POST", "/users", [ADA, {**ADA, "email": "b@example.com"}])
        self.ask(406, "PATCH", "/users?id=gt.0", {"age": 99}, {**one, **SHOW})
        self.assertEqual([user["age"] for user in self.rows("/users")], [36, 36])

    def test_rows_come_and_go_as_csv_lines_and_forms(self):
        text = b'email,name,age\r\na@b.cd,plain,30\r\nb@b.cd,"with, comma ""and"" quotes",NULL\r\n'
        self.ask(201, "POST", "/users", text, {"Content-Type": "text/csv"})
        head, body = self.ask(200, "GET", "/users?select=name,age&order=id", None, {"Accept": "text/csv"})
        self.assertEqual(body, b'name,age\nplain,30\n"with, comma ""and"" quotes",\n')
        self.assertTrue(head["Content-Type"].startswith("text/csv"))
        self.ask(201, "POST", "/users", b"name=of+a+form&email=c%40b.cd", {"Content-Type": "application/x-www-form-urlencoded"})
        _, body = self.ask(200, "GET", "/users?select=name&order=id", None, {"Accept": "application/x-ndjson"})
        self.assertEqual([json.loads(line)["name"] for line in body.splitlines()],
                         ["plain", 'with, comma "and" quotes', "of a form"])
        self.ask(400, "POST", "/tags", b'name\n"open', {"Content-Type": "text/csv"})
        self.ask(406, "GET", "/tags", None, {"Accept": "image/png"})

    def test_a_range_is_a_page(self):
        self.ask(201, "POST", "/tags", [{"name": name} for name in "abcd"])
        head, body = self.ask(206, "GET", "/tags?select=name&order=name", None, {"Range": "1-2", "Prefer": "count=exact"})
        self.assertEqual(([tag["name"] for tag in body], head["Content-Range"]), (["b", "c"], "1-2/4"))
        self.ask(416, "GET", "/tags", None, {"Range": "3-1"})
        self.ask(416, "GET", "/tags", None, {"Range": "9-12", "Prefer": "count=exact"})

    def test_nulls_can_be_stripped(self):
        self.ask(201, "POST", "/users", ADA)
        _, body = self.ask(200, "GET", "/users?select=name,bio", None, {"Accept": "application/vnd.pgrst.array+json;nulls=stripped"})
        self.assertEqual(body, [{"name": "Ada"}])

    def test_columns_choose_what_of_a_body_is_read(self):
        _, shown = self.ask(201, "POST", "/tags?columns=name", {"name": "a", "nonsense": 1}, SHOW)
        self.assertEqual(shown[0]["name"], "a")
        self.ask(405, "PUT", "/tags?name=eq.a", {"name": "b"})
        self.ask(204, "PUT", f"/tags?id=eq.{shown[0]['id']}", {"name": "b"})
        self.assertEqual([tag["name"] for tag in self.rows("/tags")], ["b"])


if __name__ == "__main__":
    unittest.main()
