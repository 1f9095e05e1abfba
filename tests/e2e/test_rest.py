"""REST on the compiled blog: create, read, change, delete, relations, filters, errors."""
import unittest
from urllib.parse import quote

import harness
from harness import SHOW, Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")


class Blog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)
        cls.ada = cls.create("users", email="ada@example.com", name="Ada", age=36)
        cls.bob = cls.create("users", email="bob@example.com", name="Bob")
        cls.posts = [cls.create("posts", author_id=cls.ada["id"], title=f"Post {i}", content="c", rating=i)
                     for i in range(5)]
        cls.tags = [cls.create("tags", name=name) for name in ("history", "style")]
        for tag in cls.tags:
            cls.create("post_tags", post_id=cls.posts[0]["id"], tag_id=tag["id"])
        cls.comment = cls.create("comments", post_id=cls.posts[0]["id"], author_id=cls.bob["id"], body="Good.")

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    @classmethod
    def create(cls, table, **row):
        status, _, rows = cls.service.request("POST", f"/{table}", row, SHOW)
        assert status == 201, rows
        return rows[0]

    def rows(self, path, status=200):
        found, _, body = self.service.get(path)
        self.assertEqual(found, status, body)
        return body

    def refused(self, status, method, path, body=None, headers=None):
        found, head, problem = self.service.request(method, path, body, headers)
        self.assertEqual(found, status, (path, problem))
        self.assertEqual(head["Content-Type"], "application/problem+json")
        for member in ("type", "title", "status", "code", "message", "details", "hint"):
            self.assertIn(member, problem)
        return problem

    def test_a_row_lives_and_dies(self):
        status, head, body = self.service.request("POST", "/tags", {"name": "mortal"})
        self.assertEqual((status, body), (201, b""))
        path = head["Location"].removeprefix("/api")
        self.assertEqual(self.rows(path)["name"], "mortal")
        status, _, row = self.service.request("PATCH", path, {"name": "changed"}, SHOW)
        self.assertEqual((status, row["name"]), (200, "changed"))
        self.assertEqual(self.service.request("PUT", path, {"name": "put"})[0], 204)
        self.assertEqual(self.rows(path)["name"], "put")
        self.assertEqual(self.service.request("DELETE", path)[0], 204)
        self.refused(404, "GET", path)
        self.refused(404, "DELETE", path)
        self.refused(404, "PATCH", path, {"name": "gone"})

    def test_relations_both_ways(self):
        post = self.posts[0]["id"]
        self.assertEqual(self.rows(f"/posts/{post}/author")["name"], "Ada")
        self.assertEqual(len(self.rows(f"/users/{self.ada['id']}/posts")), 5)
        self.assertEqual(self.rows(f"/comments/{self.comment['id']}/author")["name"], "Bob")
        self.assertEqual([row["body"] for row in self.rows(f"/posts/{post}/comments")], ["Good."])
        self.assertEqual(self.rows(f"/users/{self.bob['id']}/posts"), [])
        self.refused(404, "GET", "/users/987654/posts")
        self.refused(404, "GET", f"/users/{self.bob['id']}/postz")

    def test_composite_keys(self):
        path = f"/post_tags/{self.posts[0]['id']},{self.tags[0]['id']}"
        self.assertEqual(self.rows(path), {"post_id": self.posts[0]["id"], "tag_id": self.tags[0]["id"]})
        self.refused(400, "GET", f"/post_tags/{self.posts[0]['id']}")
        self.refused(404, "GET", "/post_tags/987,654")

    def test_embedding(self):
        rows = self.rows(f"/users?select=name,posts(title,comments(body,author(name)))&id=eq.{self.ada['id']}"
                         "&posts.order=id&posts.limit=1")
        self.assertEqual(rows, [{"name": "Ada", "posts": [
            {"title": "Post 0", "comments": [{"body": "Good.", "author": {"name": "Bob"}}]}]}])
        rows = self.rows("/users?select=who:name,posts!inner(title)&posts.title=eq." + quote("Post 3"))
        self.assertEqual(rows, [{"who": "Ada", "posts": [{"title": "Post 3"}]}])

    def test_an_embedded_row_is_the_row(self):
        post = self.posts[1]["id"]
        row = self.rows(f"/posts/{post}")
        author = self.rows(f"/posts/{post}/author")
        self.assertEqual(self.rows(f"/posts/{post}?select=*,author(*)"), {**row, "author": author})

    def test_filters(self):
        def titles(query):
            return [row["title"] for row in self.rows(f"/posts?select=title&order=id&{query}")]

        every = [f"Post {i}" for i in range(5)]
        cases = {"rating=gte.3": every[3:], "rating=not.gte.3": every[:3], "rating=in.(1,4)": [every[1], every[4]],
                 "title=like.*2": [every[2]], "title=ilike.POST*": every, "title=like.POST*": [],
                 "published_at=is.null": every, "published_at=not.is.null": [], "status=eq.draft": every,
                 "or=(rating.eq.0,and(rating.gt.2,rating.lt.4))": [every[0], every[3]],
                 "rating=gt.1&rating=lte.2": [every[2]], "title=in.(\"Post 1\",\"x,y\")": [every[1]],
                 "title=isdistinct." + quote("Post 0"): every[1:], "limit=2&offset=3": every[3:]}
        for query, expected in cases.items():
            with self.subTest(query):
                self.assertEqual(titles(query.replace(" ", "%20").replace('"', "%22")), expected)

    def test_pages_by_cursor_show_every_row_once(self):
        path, seen = "/posts?select=id&order=rating.desc&limit=2", []
        for _ in range(5):
            _, head, rows = self.service.get(path)
            seen += [row["id"] for row in rows]
            if "Link" not in head:
                break
            path = head["Link"][1:head["Link"].index(">")].removeprefix("/api")
        self.assertEqual(seen, [post["id"] for post in reversed(self.posts)])

    def test_count_and_range(self):
        status, head, rows = self.service.get("/posts?limit=2", {"Prefer": "count=exact"})
        self.assertEqual((status, head["Content-Range"], len(rows)), (206, "0-1/5", 2))
        self.refused(416, "GET", "/posts?offset=9", headers={"Prefer": "count=exact"})

    def test_violations_come_all_at_once(self):
        problem = self.refused(422, "POST", "/users", [{"email": None, "name": "x", "age": 3},
                                                       {"email": "e@example.com", "name": 5, "age": "old"}])
        found = {(entry["row"], entry["field"]) for entry in problem["violations"]}
        self.assertLessEqual({(0, "email"), (0, "age"), (1, "name"), (1, "age")}, found)
        for entry in problem["violations"]:
            self.assertIn("blog.sql:", entry["source"])
        problem = self.refused(409, "POST", "/tags", [{"name": "history"}, {"name": "style"}, {"name": "unheard"}])
        # PostgreSQL stops at the first key that is taken (docs/postgres.md).
        self.assertEqual([entry["row"] for entry in problem["violations"]], [0] if harness.POSTGRES else [0, 1])
        self.assertEqual(self.rows("/tags?name=eq.unheard"), [])
        problem = self.refused(409, "POST", "/comments", {"post_id": 987654, "author_id": self.ada["id"], "body": "x"})
        self.assertEqual(problem["violations"][0]["field"], "post_id")
        self.refused(422, "PATCH", f"/posts/{self.posts[0]['id']}", {"status": "published"})
        self.refused(422, "PATCH", f"/posts/{self.posts[0]['id']}", {"created_at": "2026-01-01T00:00:00Z"})

    def test_upserts(self):
        merge = {"Prefer": "resolution=merge-duplicates, return=representation"}
        status, _, rows = self.service.request("POST", "/tags?on_conflict=name", [{"name": "style"}], merge)
        self.assertEqual((status, rows), (200, [self.tags[1]]))
        ignore = {"Prefer": "resolution=ignore-duplicates, return=representation"}
        status, _, rows = self.service.request("POST", "/tags?on_conflict=name", [{"name": "style"}], ignore)
        self.assertEqual((status, rows), (200, []))

    def test_many_rows_need_a_filter(self):
        self.refused(400, "PATCH", "/users", {"age": 20})
        self.refused(400, "DELETE", "/users")
        status, _, rows = self.service.request("PATCH", "/users?name=eq.Bob", {"bio": "new"}, SHOW)
        self.assertEqual((status, [row["bio"] for row in rows]), (200, ["new"]))

    def test_bad_requests(self):
        deep = "select=id" + "".join(",posts(id" if i % 2 == 0 else ",author(id" for i in range(30)) + ")" * 30
        for path in ("/users?agee=eq.1", "/users?age=foo.1", "/users?age=eq.x", "/users/abc",
                     "/users?name=eq.%00", "/users?name=eq.%FF", "/users?select=nothing",
                     "/users?order=nothing", "/users?select=id,id:name", "/users?or=(age.eq.1", "/users?" + deep,
                     "/users?or=(" + ",".join(["age.eq.1"] * 1000) + ")", "/users/99999999999999999999"):
            with self.subTest(path[:60]):
                self.refused(400, "GET", path)
        self.refused(416, "GET", "/users?limit=-1")
        self.refused(404, "GET", "/usres")
        for body in (b"{", b"[1]", b"1", b'"x"', b'{"name":"a","name":"b"}', b'{"nmae":"x"}', b"\xff", b'{"name":"\xff"}'):
            with self.subTest(body):
                self.refused(400, "POST", "/tags", body)
        for body in ({"name": "a\0b"}, {"name": {}}, {"id": 2**40, "name": "x"}, {"id": 1.5, "name": "x"}):
            with self.subTest(body):
                self.refused(422, "POST", "/tags", body)
        self.refused(405, "PUT", "/users", {})
        # Whether rows can be put into a view is PostgreSQL's to say.
        self.refused(422 if harness.POSTGRES else 405, "POST", "/author_activity", {})
        if harness.POSTGRES:
            row = {"id": 1, "name": "Ada", "posts": 1}
            self.refused(405, "POST", "/author_activity", row)
        self.refused(404, "GET", "/author_activity/1")
        self.refused(415, "POST", "/tags", b"<name>x</name>", {"Content-Type": "application/xml"})
        self.refused(406, "GET", "/tags", headers={"Accept": "text/html"})

    def test_a_large_body_is_refused(self):
        status = self.service.raw(b"POST /api/tags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                  b"Content-Length: 99999999999\r\n\r\n")[:12]
        self.assertEqual(status, b"HTTP/1.1 413")


if __name__ == "__main__":
    unittest.main()
