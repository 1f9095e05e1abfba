"""A read is one SQL statement however deep it embeds: counted by PostgreSQL itself (pg_stat_statements), and on SQLite by its
own trace of the service that users get."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import harness
import postgres
from harness import Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
DEEP = "*,author(*,posts(*,comments(*,author(name,posts(title))),tags(name,posts(id,author(name))))),comments(author(comments(body)))"
# One statement each. What begins and ends a transaction or sets a connection up reads nothing and is not counted.
ONE = [
    "/users",
    "/users?limit=2&offset=1&order=name.desc",
    "/users/1",
    "/users/1/posts",
    "/posts/1/author",
    "/posts?select=title,author(name)",
    f"/posts?select={DEEP}",
    f"/posts/1?select={DEEP}",
    f"/users/1/posts?select={DEEP}&limit=3",
    "/posts?select=title,author!inner(name),tags!inner(name)&author.name=eq.Ada&tags.name=eq.style&order=author(name)",
    "/posts?select=title,...author(writer:name),comments(count())",
    "/posts?select=author_id,id.count(),rating.avg()",
    "/posts?limit=2&order=id&after=1",
    "/posts?or=(title.ilike.*post*,and(id.gt.1,not.or(id.eq.3,rating.is.null)))",
    "/author_activity?select=name,posts",
    "/posts/search?q=post",
    f"/posts/search?q=post+or+c&select={DEEP}&rating=gte.1&limit=2",
]
# The same for GraphQL: what stands in one root field is one statement, with conditions, order, pages and aggregates at every level.
ROW = "{ id title comments(where: {body: {like: \"%o%\"}}, orderBy: [{id: DESC}], limit: 3) { body author { name } } }"
ROOTS = [
    "users { id name }",
    "user(id: 1) { id name email }",
    "userByEmail(email: \"ada@example.com\") { name }",
    "node(id: \"%(node)s\") { nodeId ... on User { name posts { title } } }",
    "posts(where: {or: [{title: {contains: \"Post\"}}, {author: {is: {name: {eq: \"Ada\"}}}}, {comments: {some: {body: {eq: \"Good.\"}}}}]}) { id }",
    "posts(orderBy: [{author: {name: DESC}}, {id: ASC}], limit: 2, offset: 1) { title author { name } }",
    "comments(orderBy: [{post: {author: {name: DESC}}}, {id: ASC}]) { id }",
    "users { posts(orderBy: [{author: {name: ASC}}]) { comments(orderBy: [{post: {author: {name: ASC_NULLS_FIRST}}}]) { id } } }",
    "commentsConnection(first: 1, orderBy: [{post: {author: {name: ASC}}}, {author: {name: DESC}}]) { edges { cursor } }",
    f"users(orderBy: [{{name: DESC}}]) {{ name posts(limit: 2, where: {{rating: {{gte: 0}}}}, orderBy: [{{rating: DESC}}]) {ROW} }}",
    "posts { author { posts { author { posts { author { posts { author { name } } } } } } } }",
    "postsConnection(first: 2) { edges { cursor node { title } } pageInfo { hasNextPage endCursor } }",
    "postsConnection(last: 2, where: {author: {is: {name: {eq: \"Ada\"}}}}) { totalCount nodes { title } pageInfo { hasPreviousPage startCursor } }",
    f"usersConnection(first: 2) {{ totalCount edges {{ node {{ name postsConnection(first: 1) {{ totalCount edges {{ cursor node {ROW} }} }} }} }} }}",
    "postsAggregate { count sum { rating } average { rating } groups(by: [authorId]) { key { authorId } count max { rating } } }",
    "users { name postsAggregate(where: {rating: {gt: 1}}) { count groups(by: [status]) { key { status } count } } "
    "posts { commentsAggregate { count max { id } } tags { name postsConnection { totalCount } postsAggregate { count } } } }",
    "authorActivities { name posts }",
    "topAuthors(minPosts: 1) { name posts }",
    f"searchPosts(query: \"post or c\", where: {{rating: {{gte: 1}}}}, limit: 2) {ROW}",
]
# A count is a second statement over other rows, and only who asks for it pays for it.
COUNTED = ["/users", f"/posts?select={DEEP}&limit=2"]


class Statements:
    """How many statements the database ran since the last time."""

    def fill(self):
        for row in ({"name": "Ada", "email": "ada@example.com"}, {"name": "Bob", "email": "bob@example.com"}):
            self.create("users", row)
        for i in range(5):
            self.create("posts", {"author_id": 1 + i % 2, "title": f"Post {i}", "content": "c", "rating": i})
        for name in ("history", "style"):
            self.create("tags", {"name": name})
        self.create("post_tags", [{"post_id": post, "tag_id": tag} for post in (1, 2, 3) for tag in (1, 2)])
        self.create("comments", [{"post_id": post, "author_id": 3 - author, "body": "Good."} for post in (1, 2) for author in (1, 2)])

    def create(self, table, rows):
        status, _, problem = self.service.request("POST", f"/{table}", rows)
        self.assertEqual(status, 201, problem)

    def asked(self, path, headers=None):
        self.forget()
        status, _, body = self.service.get(path, headers)
        self.assertIn(status, (200, 206), (path, body))
        self.assertTrue(body, path)
        return self.ran()

    def test_a_read_is_one_statement_however_deep_it_embeds(self):
        for path in ONE:
            # The first time it is made ready, the second time it is there already.
            for _ in range(2):
                asked = self.asked(path)
            self.assertEqual(len(asked), 1, (path, asked))

    def test_a_count_is_one_more(self):
        for path in COUNTED:
            self.assertEqual(len(self.asked(path, {"Prefer": "count=exact"})), 2, path)

    def graphql(self, text, variables=None):
        self.forget()
        status, answer = self.service.graphql(text, variables)
        self.assertEqual((status, answer.get("errors")), (200, None), text)
        self.assertNotIn(None, answer["data"].values(), text)
        return self.ran()

    def roots(self):
        _, found = self.service.graphql("{ user(id: 1) { nodeId } }")
        return [root.replace("%(node)s", found["data"]["user"]["nodeId"]) for root in ROOTS]

    def test_a_root_field_of_graphql_is_one_statement_however_deep(self):
        for root in self.roots():
            for _ in range(2):
                self.assertEqual(len(self.graphql("{ " + root + " }")), 1, root)

    def test_as_many_statements_as_root_fields_and_none_for_the_schema_itself(self):
        roots = self.roots()
        every = "{ " + " ".join(f"a{i}: {root}" for i, root in enumerate(roots)) + " }"
        self.assertEqual(len(self.graphql(every)), len(roots))
        self.assertEqual(len(self.graphql("{ __typename __schema { types { name fields { name } } } }")), 0)

    def test_rows_by_the_hundred_are_no_more_statements_than_one(self):
        deep = "users { name posts { title comments { body author { name posts { title author { name } } } } } }"
        few = len(self.graphql("{ " + deep + " }"))
        self.create("comments", [{"post_id": 1 + i % 5, "author_id": 1 + i % 2, "body": f"Comment {i}"} for i in range(300)])
        self.assertEqual((few, len(self.graphql("{ " + deep + " }"))), (1, 1))
        self.service.request("DELETE", "/comments?body=like.Comment*")

    def test_what_a_write_shows_is_one_statement_however_deep(self):
        text = "mutation($rows: [PostCreateInput!]!) { createPosts(input: $rows) { id author { name posts { title author { name } } } } }"
        rows = [{"authorId": 1, "title": f"Written {i}", "content": "c"} for i in range(50)]
        self.assertEqual(len(self.graphql(text, {"rows": rows[:1]})), self.statements_of_a_write(1))
        self.assertEqual(len(self.graphql(text, {"rows": rows})), self.statements_of_a_write(50))
        self.service.request("DELETE", "/posts?title=like.Written*")

    def test_what_counts_can_count(self):
        self.assertEqual(len(self.asked("/users")), 1)
        self.service.get("/users")
        self.service.get("/posts")
        self.assertEqual(len(self.ran()), 3)


class OnSqlite(Statements, unittest.TestCase):
    # Within the process: each row is inserted and shown by itself, without a round trip.
    def statements_of_a_write(self, rows):
        return 2 * rows

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.trace = Path(cls.folder.name) / "trace"
        tracer = Path(cls.folder.name) / "tracer.so"
        source = harness.ROOT / "tests" / "e2e" / "trace_statements.cpp"
        subprocess.run(["g++", "-std=c++20", "-shared", "-fPIC", "-o", tracer, source, "-lsqlite3"], check=True)
        cls.service = Service(BINARY, server=None, environment={"LD_PRELOAD": str(tracer), "SQLXC_TRACE": str(cls.trace)})
        cls.fill(cls())

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()
        cls.folder.cleanup()

    def forget(self):
        self.seen = len(self.lines())

    def ran(self):
        return self.lines()[self.seen:]

    def lines(self):
        # What FTS5 asks its own tables is a part of the statement that asked it.
        return [line for line in self.trace.read_text().splitlines()
                if line.split(maxsplit=1)[0].upper() not in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")
                and "'main'.'_sqlxc_search_" not in line]


@unittest.skipIf(postgres.find_binaries() is None, "no PostgreSQL server is installed")
class OnPostgres(Statements, unittest.TestCase):
    def statements_of_a_write(self, rows):
        return 1

    # Neither what the test itself sends nor what begins, sets and ends a transaction.
    COUNTS = ("dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%' AND "
              "query !~* '^(begin|commit|rollback|set |select set_config)'")

    @classmethod
    def setUpClass(cls):
        cls.server = postgres.Server(settings=["shared_preload_libraries = 'pg_stat_statements'"])
        cls.service = Service(BINARY, server=cls.server.url())
        cls.database = cls.service.own_database
        cls.database.run("CREATE EXTENSION pg_stat_statements", cls.database.url)
        cls.fill(cls())

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()
        cls.server.close()

    def forget(self):
        self.database.run("SELECT pg_stat_statements_reset()", self.database.url)

    def ran(self):
        found = self.database.run(f"SELECT replace(query, E'\\n', ' ') FROM pg_stat_statements, generate_series(1, calls) "
                                  f"WHERE toplevel AND {self.COUNTS}", self.database.url)
        return found.splitlines()


if __name__ == "__main__":
    unittest.main()
