"""Named queries: the same calls and the same answers on both databases."""
import unittest
from urllib.parse import quote

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "tests" / "e2e" / "queries.sql")
USERS = [{"id": 1, "name": "Ada", "token": "x"}, {"id": 2, "name": "Bob", "token": "y"}, {"id": 3, "name": "Cy", "token": None}]
POSTS = [{"id": i, "author_id": 1 if i < 4 else 2, "title": f"Post {i}", "likes": 10 - i, "rating": i + 0.5, "is_open": i % 2 == 0,
          "created_at": f"2024-01-0{i}T00:00:00+00:00"} for i in range(1, 6)]


class Queries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)
        for table, rows in (("users", USERS), ("posts", POSTS)):
            status, _, answer = cls.service.request("POST", f"/{table}", rows)
            assert status == 201, answer

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def rows(self, path, status=200):
        found, _, body = self.service.get("/rpc/" + path)
        self.assertEqual(found, status, body)
        return body

    def post(self, name, arguments, status=200):
        found, _, body = self.service.request("POST", "/rpc/" + name, arguments)
        self.assertEqual(found, status, body)
        return body

    def test_it_joins_groups_and_orders(self):
        rows = self.rows("top_authors?min_posts=1")
        self.assertEqual([(row["name"], row["posts"], row["likes"]) for row in rows], [("Ada", 3, 24), ("Bob", 2, 11)])
        self.assertEqual(rows, self.post("top_authors", {"min_posts": 1, "since": None}))
        self.assertEqual([row["name"] for row in self.rows("top_authors?min_posts=3")], ["Ada"])
        since = self.post("top_authors", {"min_posts": 1, "since": "2024-01-03T00:00:00Z"})
        self.assertEqual([(row["name"], row["posts"]) for row in since], [("Bob", 2), ("Ada", 1)])

    def test_its_rows_are_filtered_ordered_and_shaped(self):
        rows = self.rows("top_authors?min_posts=1&select=id,name&order=name.desc")
        self.assertEqual(rows, [{"id": 2, "name": "Bob"}, {"id": 1, "name": "Ada"}])
        self.assertEqual([row["id"] for row in self.rows("top_authors?min_posts=1&posts=gte.3")], [1])
        self.assertEqual([row["id"] for row in self.rows("top_authors?min_posts=1&limit=1&offset=1")], [2])
        status, head, _ = self.service.request("GET", "/rpc/by_ids?ids={1,2,3}&limit=1", None, {"Prefer": "count=exact"})
        self.assertEqual((status, head["Content-Range"]), (206, "0-0/3"))

    def test_arrays_are_lists_of_values(self):
        self.assertEqual([row["id"] for row in self.rows("by_ids?ids={1,3}")], [3, 1])
        self.assertEqual([row["id"] for row in self.post("by_ids", {"ids": [5, 2, 9]})], [5, 2])
        self.assertEqual(self.post("by_ids", {"ids": []}), [])
        self.assertEqual(self.post("by_ids", {"ids": None}), [])

    def test_rows_of_a_table_have_its_relations(self):
        rows = self.rows("by_ids?ids={4,1}&select=id,users(name)")
        self.assertEqual(rows, [{"id": 4, "users": {"name": "Bob"}}, {"id": 1, "users": {"name": "Ada"}}])

    def test_defaults_stand_where_nothing_is_given_and_null_is_no_limit(self):
        self.assertEqual([row["id"] for row in self.rows("newest")], [5, 4])
        self.assertEqual([row["id"] for row in self.rows("newest?most=1&skipped=2")], [3])
        self.assertEqual([row["id"] for row in self.post("newest", {"most": None})], [5, 4, 3, 2, 1])
        self.assertEqual([row["id"] for row in self.rows("newest?select=id&order=id")], [4, 5])

    def test_windows_unions_and_common_tables(self):
        rows = self.rows("ranked?floor_=6")
        self.assertEqual([(row["id"], row["author_id"], row["place"]) for row in rows], [(1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1)])
        self.assertEqual([(row["is_open"], row["rating"]) for row in rows[:2]], [(False, 1.5), (True, 2.5)])
        self.assertEqual(self.rows("names?part=" + quote("%o%", safe="")),
                         [{"kind": "post", "id": i, "label": f"Post {i}"} for i in range(1, 6)] +
                         [{"kind": "user", "id": 2, "label": "Bob"}])

    def test_what_is_secret_is_no_part_of_all(self):
        self.assertEqual(self.rows("everybody"), [{"id": row["id"], "name": row["name"]} for row in USERS])

    def test_values_are_bound(self):
        for text in ("Post 1", "' OR true --", "$1", "Post 1$1", "\\", "\"", "💥", "%"):
            expected = [1] if text in ("Post 1", "Post 1$1") else []
            self.assertEqual([row["id"] for row in self.rows("same?title=" + quote(text, safe=""))], expected)
            self.assertEqual([row["id"] for row in self.post("same", {"title": text})], expected)

    def test_names_in_quotes(self):
        path = quote('Said "so"', safe="")
        self.assertEqual(self.post(path, {"a b": "c"}), [{"x y": "c", "z": "C"}])

    def test_a_call_that_fits_no_query_is_refused(self):
        self.rows("top_authors", 404)
        self.rows("top_author?min_posts=1", 404)
        self.rows("top_authors?min_posts=x", 400)
        self.rows("by_ids?ids={a}", 400)
        self.rows("newest?select=nothing", 400)
        self.post("top_authors", {"min_posts": 1, "other": 2}, 404)
        self.assertEqual(self.service.request("DELETE", "/rpc/newest")[0], 405)


if __name__ == "__main__":
    unittest.main()
