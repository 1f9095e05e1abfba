"""How a service may be told to answer less: trusted documents and nothing but them, no introspection, no page, smaller limits. And what
it says where it is told nonsense."""
import hashlib
import http.client
import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
USERS = "query Users($limit: Int) { users(limit: $limit) { id name } }"
TAGS = "query Tags { tags { name } }"
MAKE = 'mutation Make { createTag(input: {name: "made"}) { name } }'


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def ask(service, body=None, path="/graphql", headers=None):
    """Status and answer: decoded where it is JSON."""
    client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)
    try:
        if body is None:
            client.request("GET", path, headers=headers or {})
        else:
            client.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **(headers or {})})
        answer = client.getresponse()
        data = answer.read().decode()
        return answer.status, json.loads(data) if "json" in answer.getheader("Content-Type", "") else data
    finally:
        client.close()


def code_of(answer):
    return answer["errors"][0]["extensions"]["code"]


class TrustedDocuments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = Path(cls.folder.name)
        (folder / "Users.graphql").write_text(USERS)
        # As graphql-codegen and Relay write them.
        (folder / "persisted.json").write_text(json.dumps({sha256(TAGS): TAGS, "make-a-tag": MAKE}))
        (folder / "README.md").write_text("Not a document.")
        cls.only = Service(BINARY, arguments=[f"--graphql-documents={folder}", "--graphql-trusted-only=on"], server=None)
        cls.both = Service(BINARY, arguments=[f"--graphql-documents={folder}"], server=None)

    @classmethod
    def tearDownClass(cls):
        cls.only.__exit__()
        cls.both.__exit__()
        cls.folder.cleanup()

    def test_they_are_asked_for_by_name_id_and_hash(self):
        for service in (self.only, self.both):
            for body in ({"documentId": "Users"}, {"documentId": sha256(USERS)}, {"documentId": "sha256:" + sha256(USERS)},
                         {"documentId": "Users", "variables": {"limit": 1}, "operationName": "Users"},
                         {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(USERS)}}}):
                self.assertEqual(ask(service, body), (200, {"data": {"users": []}}), body)
            self.assertEqual(ask(service, {"documentId": sha256(TAGS)})[1]["data"].keys(), {"tags"})
            self.assertEqual(ask(service, path=f"/graphql?documentId=Users&variables={quote('{}')}"), (200, {"data": {"users": []}}))

    def test_their_own_text_is_trusted_as_it_stands(self):
        self.assertEqual(ask(self.only, {"query": USERS}), (200, {"data": {"users": []}}))
        status, answer = ask(self.only, {"query": USERS + " "})
        self.assertEqual((status, code_of(answer)), (403, "FORBIDDEN"))

    def test_nothing_else_is_carried_out_where_only_they_are(self):
        before = ask(self.both, {"query": TAGS})[1]
        for text in ("{ users { id } }", "{ __typename }", "{ __schema { queryType { name } } }", 'mutation { createTag(input: {name: "x"}) { name } }', "{", ""):
            status, answer = ask(self.only, {"query": text})
            self.assertEqual((status, code_of(answer), "data" in answer), (403, "FORBIDDEN", False), text)
            self.assertEqual(ask(self.only, path="/graphql?query=" + quote(text or " "))[0], 403)
        self.assertEqual(ask(self.only, {"query": TAGS})[1], {"data": {"tags": []}})
        self.assertEqual(ask(self.both, {"query": TAGS})[1], before)

    def test_a_hash_teaches_nothing_where_only_they_are(self):
        text = "{ tags { id } }"
        taught = {"query": text, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}}
        asked = {"extensions": taught["extensions"]}
        self.assertEqual(ask(self.only, taught)[0], 403)
        self.assertEqual(code_of(ask(self.only, asked)[1]), "PERSISTED_QUERY_NOT_FOUND")
        # Where others are carried out, too, it is learned.
        self.assertEqual(ask(self.both, taught)[1], {"data": {"tags": []}})

    def test_what_is_not_known_is_said(self):
        for service in (self.only, self.both):
            for name in ("Nothing", "README", "persisted", sha256("x"), "../Users", ""):
                status, answer = ask(service, {"documentId": name})
                self.assertIn(status, (400, 404), name)
                self.assertNotIn("data", answer)
            self.assertEqual(code_of(ask(service, {"documentId": "Nothing"})[1]), "UNKNOWN_DOCUMENT")

    def test_they_are_held_to_the_rules_of_all(self):
        status, answer = ask(self.both, {"documentId": "Users", "variables": {"limit": "x"}})
        self.assertEqual((status, code_of(answer)), (200, "BAD_USER_INPUT"))
        self.assertEqual(ask(self.both, path="/graphql?documentId=make-a-tag")[0], 405)
        self.assertEqual(ask(self.both, {"documentId": "make-a-tag"})[1]["data"]["createTag"], {"name": "made"})
        self.assertEqual(code_of(ask(self.both, {"documentId": "make-a-tag"})[1]), "CONFLICT")

    def test_the_hash_of_another_text_is_refused(self):
        body = {"query": TAGS, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(USERS)}}}
        self.assertEqual(ask(self.both, body)[0], 400)


class Settings(unittest.TestCase):
    def serve(self, *arguments):
        service = Service(BINARY, arguments=arguments, server=None)
        self.addCleanup(service.__exit__)
        return service

    def test_introspection_can_be_off(self):
        service = self.serve("--graphql-introspection=off")
        for text in ("{ __schema { queryType { name } } }", '{ __type(name: "User") { name } }', "query A { users { id } a: __schema { types { name } } }",
                     "{ ...f } fragment f on Query { __schema { types { name } } }"):
            status, answer = ask(service, {"query": text})
            self.assertEqual((status, code_of(answer), "data" in answer), (200, "GRAPHQL_VALIDATION_FAILED", False), text)
        self.assertEqual(ask(service, {"query": "{ __typename users { __typename } }"})[1], {"data": {"__typename": "Query", "users": []}})

    def test_the_page_can_be_off(self):
        html = {"Accept": "text/html"}
        with_page, without = self.serve(), self.serve("--graphql-page=off")
        self.assertIn("<html", ask(with_page, path="/graphql", headers=html)[1].lower())
        self.assertNotIn("<html", str(ask(without, path="/graphql", headers=html)[1]).lower())

    def test_limits_are_what_they_are_set_to(self):
        service = self.serve("--graphql-max-depth=3", "--graphql-max-fields=10", "--graphql-max-cost=200")
        self.assertEqual(ask(service, {"query": "{ users { posts(limit: 2) { id } } }"}), (200, {"data": {"users": []}}))
        for text, words in (("{ user(id: 1) { posts(limit: 1) { author { posts(limit: 1) { id } } } } }", "3 levels"), ("{ user(id: 1) { " + " ".join(f"a{i}: id" for i in range(10)) + " } }", "10 fields"),
                            ("{ users { posts { id title } } }", "costs"), ("{ users(limit: 1000) { id } }", "costs")):
            status, answer = ask(service, {"query": text})
            self.assertEqual((status, "data" in answer), (200, False), text)
            self.assertIn(words, answer["errors"][0]["message"])
            self.assertEqual(ask(service, {"query": text}, headers={"Accept": "application/graphql-response+json"})[0], 400)

    def test_the_environment_sets_them_too_and_flags_go_before_it(self):
        environment = {"SQLXC_GRAPHQL_MAX_DEPTH": "1"}
        for arguments, status in ((), 400), (["--graphql-max-depth=2"], 200):
            service = Service(BINARY, arguments=arguments, server=None, environment=environment)
            self.addCleanup(service.__exit__)
            self.assertEqual(ask(service, {"query": "{ users { posts(limit: 1) { id } } }"}, headers={"Accept": "application/graphql-response+json"})[0], status)

    def refused(self, *arguments):
        done = subprocess.run([BINARY, "--port", "0", "--database", "/dev/null/no.db", *arguments], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(done.returncode, 0)
        return done.stderr

    def test_nonsense_is_refused_when_the_service_starts(self):
        for argument in ("--graphql-max-depth=many", "--graphql-max-depth=-1", "--graphql-introspection=perhaps", "--graphql-nothing=on"):
            self.assertIn(argument.split("=")[0].lstrip("-"), self.refused(argument))
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("cannot read the folder", self.starts_not(f"--graphql-documents={folder}/none"))
            (Path(folder) / "bad.json").write_text("[1]")
            self.assertIn("bad.json", self.starts_not(f"--graphql-documents={folder}"))

    def starts_not(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([BINARY, "--port", "0", "--database", f"{folder}/x.db", *arguments], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(done.returncode, 0)
        return done.stderr + done.stdout


if __name__ == "__main__":
    unittest.main()
