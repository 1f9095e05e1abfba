"""Plans of GraphQL's documents are kept and filled with the values of each request: whatever variables are sent to a document, in whatever
order, the answer is that of a document of its own with the values written into it. $SQLXC_E2E_POSTGRES: on PostgreSQL."""
import http.client
import json
import random
import unittest

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
ABSENT = object()
# The document, the types of its variables, and values to ask with: each is asked in several orders, so that plans serve others' values.
CASES = [
    ("{ user(id: $id) { id name email posts(orderBy: [{id: ASC}]) { title } } }", {"id": "BigInt!"},
     [{"id": 1}, {"id": 2}, {"id": 99}, {"id": "2"}, {"id": -1}]),
    ("{ userByEmail(email: $email) { id } other: userByEmail(email: $other) { id } }", {"email": "String!", "other": "String!"},
     [{"email": "ada@example.com", "other": "bob@example.com"}, {"email": "bob@example.com", "other": "bob@example.com"},
      {"email": "", "other": "'; drop table users; --"}]),
    ("{ posts(where: {rating: {gte: $low, lt: $high}}, orderBy: [{id: ASC}], limit: $limit, offset: $offset) { id rating } }",
     {"low": "Decimal", "high": "Decimal", "limit": "Int", "offset": "Int"},
     [{"low": 1, "high": 4, "limit": 2, "offset": 1}, {"low": 0, "high": 9, "limit": None, "offset": None}, {"low": 2, "high": 3},
      {"low": 2, "high": 3, "limit": 1}, {"low": None, "high": 3}, {"low": 0, "high": 9, "limit": 0}, {"low": 0, "high": 9, "limit": -1},
      {"low": 3, "high": 9, "limit": 2, "offset": 1}]),
    ("{ posts(where: $where, orderBy: $order) { id title author { name } } }", {"where": "PostWhere", "order": "[PostOrderBy!]"},
     [{"where": {"authorId": {"eq": 1}}, "order": [{"id": "ASC"}]}, {"where": {"authorId": {"eq": 2}}, "order": [{"id": "ASC"}]},
      {"where": {"authorId": {"eq": 2}}, "order": [{"id": "DESC"}]}, {"where": {"authorId": {"eq": None}}, "order": [{"id": "ASC"}]},
      {"where": {"authorId": {"in": [1, 2]}}, "order": [{"id": "ASC"}]}, {"where": {"authorId": {"in": [2]}}, "order": [{"id": "ASC"}]},
      {"where": {"title": {"like": "%1"}}, "order": [{"id": "ASC"}]}, {"where": {"title": {"like": "%2"}}, "order": [{"id": "ASC"}]},
      {"where": {"title": {"like": "2\\"}}, "order": [{"id": "ASC"}]}, {"where": {"status": {"eq": "published"}}, "order": [{"id": "ASC"}]},
      {"where": {"status": {"eq": "draft"}}, "order": [{"id": "ASC"}]}, {"where": {"status": {"eq": "none"}}, "order": [{"id": "ASC"}]},
      {"where": {"author": {"is": {"name": {"eq": "Ada"}}}}, "order": [{"id": "ASC"}]}, {"where": {"author": {"is": None}}},
      {"where": {"author": {"is": {"name": {"eq": "Bob"}}}}, "order": [{"author": {"name": "DESC"}}, {"id": "ASC"}]},
      {"where": {"or": [{"id": {"eq": 1}}, {"not": {"rating": {"neq": 3}}}]}, "order": [{"id": "ASC"}]},
      {"where": {"or": [{"id": {"eq": 4}}, {"not": {"rating": {"neq": 2}}}]}, "order": [{"id": "ASC"}]}, {"order": [{"id": "ASC"}]}]),
    ("{ users(orderBy: [{id: ASC}]) { name email @include(if: $email) posts(where: {title: {eq: $title}}) @skip(if: $posts) { id } } }",
     {"email": "Boolean!", "posts": "Boolean!", "title": "String"},
     [{"email": email, "posts": posts, "title": title} for email in (True, False) for posts in (True, False) for title in ("Post 1", "Post 2", None)]),
    ("{ one: user(id: $id) { name } posts(where: {or: [{authorId: {eq: $id}}, {id: {in: [$id]}}]}, orderBy: [{id: ASC}]) { id } }", {"id": "BigInt!"},
     [{"id": 1}, {"id": 2}, {"id": 3}]),
    ("{ postsConnection(first: $first, after: $after, where: {rating: {gte: $low}}, orderBy: [{author: {name: ASC}}]) "
     "{ totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }", {"first": "Int", "after": "String", "low": "Decimal"},
     [{"first": 2, "low": 0}, {"first": 3, "low": 0}, {"first": 2, "low": 2}, {"first": 2, "low": 0, "after": "nonsense"}, {}]),
    ("{ postsAggregate(where: {rating: {gt: $low}}) { count max { rating } groups(by: [authorId]) { key { authorId } count } } }", {"low": "Decimal"},
     [{"low": 0}, {"low": 3}, {"low": 77}]),
    ("{ topAuthors(minPosts: $least) { name posts } __type(name: $type) { kind } }", {"least": "Int!", "type": "String!"},
     [{"least": 1, "type": "User"}, {"least": 3, "type": "PostStatus"}, {"least": 9, "type": "Nothing"}]),
    ("{ user(id: 1) { posts(where: {publishedAt: {lt: $when}}, orderBy: [{id: ASC}]) { id } } }", {"when": "DateTime"},
     [{"when": "2020-01-01T00:00:00Z"}, {"when": "2030-01-01T00:00:00Z"}, {"when": "yesterday"}, {"when": None}, {"when": "2025-06-01T00:00:00+02:00"}]),
]


def literal(value, of_type):
    """A value as it stands in a document."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {literal(each, key)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(each, of_type) for each in value) + "]"
    is_enum = isinstance(value, str) and (value in ("ASC", "DESC", "published", "draft", "none") and of_type not in ("title", "like", "String"))
    return value if is_enum else json.dumps(value)


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)
        cls.create("users", [{"name": "Ada", "email": "ada@example.com"}, {"name": "Bob", "email": "bob@example.com"}])
        cls.create("posts", [{"author_id": 1 + i % 2, "title": f"Post {i}", "content": "c", "rating": i} for i in range(6)])

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    @classmethod
    def create(cls, table, rows):
        status, _, problem = cls.service.request("POST", f"/{table}", rows)
        assert status == 201, problem

    def ask(self, document, variables=None):
        status, answer = self.service.graphql(document, variables)
        # A document with values in it has other places, and says of a value that is none what it says of a literal.
        errors = [(error.get("path"), error.get("extensions", {}).get("code")) for error in answer.get("errors", [])]
        return status, answer.get("data"), errors

    def expected(self, body, types, variables):
        for name, of_type in types.items():
            if name in variables:
                body = body.replace(f"${name}", literal(variables[name], of_type.strip("!")))
            else:
                for place in (f"{name}: ${name}", f"orderBy: ${name}", f"gte: ${name}", f"lt: ${name}", f"eq: ${name}"):
                    body = body.replace(place, "")
        return self.ask(body)

    def test_every_value_gets_its_own_answer(self):
        order = random.Random(7)
        for body, types, values in CASES:
            declared = ", ".join(f"${name}: {of_type}" for name, of_type in types.items())
            document = f"query({declared}) {body}"
            seen = [(variables, self.expected(body, types, variables)) for variables in values]
            self.assertGreater(len({json.dumps(answer) for _, answer in seen}), 1, body)
            for _ in range(4):
                order.shuffle(seen)
                for variables, expected in seen:
                    answer = self.ask(document, variables)
                    if answer[1] is None and expected[1] is None:
                        continue  # refused as a whole, as the literal was
                    self.assertEqual(answer, expected, (document, variables))

    def test_a_plan_shows_what_was_written_since(self):
        document = "query($id: BigInt!) { user(id: $id) { name } }"
        for name in ("Eve", "Eva"):
            self.service.graphql("mutation($name: String!) { updateUser(id: 2, input: {name: $name}) { name } }", {"name": name})
            self.assertEqual(self.ask(document, {"id": 2})[1], {"user": {"name": name}})
        self.service.graphql('mutation { updateUser(id: 2, input: {name: "Bob"}) { name } }')

    def test_documents_with_several_operations_keep_a_plan_each(self):
        document = "query One($id: BigInt!) { user(id: $id) { name } } query Two($id: BigInt!) { post(id: $id) { title } }"
        for _ in range(3):
            for name, expected in (("One", {"user": {"name": "Ada"}}), ("Two", {"post": {"title": "Post 0"}})):
                body = {"query": document, "operationName": name, "variables": {"id": 1}}
                client = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
                client.request("POST", "/graphql", json.dumps(body), {"Content-Type": "application/json"})
                self.assertEqual(json.loads(client.getresponse().read()), {"data": expected})
                client.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
