#!/usr/bin/env python3
"""Subscriptions of a running service: graphql-ws, graphql-sse, Apollo Client and urql, unmodified; and that settings hold on
sockets as they do over HTTP. On SQLite, and on PostgreSQL where a server is installed. Exit status 77: skipped."""
import http.client
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import harness
import postgres
from harness import Service
from live_client import Socket
from test_clients import CLIENTS, node

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
KEYS = harness.compiled(harness.ROOT / "tests" / "e2e" / "live_keys.sql")
TAGS = "subscription { tags { name } }"


def events(service, query, headers=None):
    """Status, type and body of a request that accepts nothing but events."""
    client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    body = query if isinstance(query, dict) else {"query": query}
    client.request("POST", "/graphql", json.dumps(body),
                   {"Content-Type": "application/json", "Accept": "text/event-stream", **(headers or {})})
    answer = client.getresponse()
    found = answer.status, answer.getheader("Content-Type"), answer.read()
    client.close()
    return found


class Settings(unittest.TestCase):
    """What is refused over HTTP is refused on a socket and in events."""

    def refuses(self, service, payload, code):
        with Socket(service.port) as socket:
            self.assertEqual(socket.errors(payload)[0]["extensions"]["code"], code)
        status, kind, body = events(service, payload)
        self.assertEqual((status, kind), (200, "text/event-stream; charset=utf-8"))
        result = json.loads(body.decode().partition("data: ")[2].partition("\n")[0])
        self.assertEqual(result["errors"][0]["extensions"]["code"], code)

    def test_only_trusted_documents(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "tags.graphql").write_text(TAGS)
            with Service(BINARY, arguments=["--graphql-documents", folder, "--graphql-trusted-only", "on"], server=None) as service:
                self.refuses(service, {"query": "subscription { users { name } }"}, "FORBIDDEN")
                self.refuses(service, {"documentId": "users"}, "UNKNOWN_DOCUMENT")
                with Socket(service.port) as socket:
                    self.assertEqual(socket.first({"documentId": "tags"}), {"data": {"tags": []}})
                    self.assertEqual(socket.first({"query": TAGS}), {"data": {"tags": []}})

    def test_introspection_is_off(self):
        with Service(BINARY, arguments=["--graphql-introspection", "off"], server=None) as service:
            self.refuses(service, {"query": "{ __schema { types { name } } }"}, "GRAPHQL_VALIDATION_FAILED")

    def test_limits(self):
        with Service(BINARY, arguments=["--graphql-max-depth", "2"], server=None) as service:
            deep = "subscription { users { posts { author { name } } } }"
            with Socket(service.port) as socket:
                self.assertIn("2 levels", socket.errors({"query": deep})[0]["message"])
                self.assertEqual(socket.first({"query": TAGS}), {"data": {"tags": []}})

    def test_how_many(self):
        with Service(BINARY, arguments=["--graphql-max-subscriptions", "2", "--graphql-max-operations", "2"], server=None) as service:
            with Socket(service.port) as socket, Socket(service.port) as other:
                socket.first({"query": TAGS})
                socket.first({"query": TAGS})
                self.assertIn("this client has too many", socket.errors({"query": TAGS})[0]["message"])
                self.assertIn("the service has too many", other.errors({"query": TAGS})[0]["message"])
                self.assertEqual(other.first({"query": "{ tags { name } }"}), {"data": {"tags": []}})

    def test_pages_of_other_origins_open_no_socket(self):
        with Service(BINARY, arguments=["--cors-origins", "https://ours.example"], server=None) as service:
            for origin, status in [("https://ours.example", 101), (f"http://127.0.0.1:{service.port}", 101),
                                   ("https://other.example", 403), ("null", 403), (None, 101)]:
                with self.subTest(origin):
                    self.assertEqual(Socket.handshake(service.port, origin), status)

    def test_a_mutation_is_no_get_in_events_either(self):
        with Service(BINARY, server=None) as service:
            client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
            client.request("GET", "/graphql?query=mutation%7BdeleteTags(where:%7B%7D)%7Bid%7D%7D", headers={"Accept": "text/event-stream"})
            self.assertEqual(client.getresponse().status, 405)
            client.close()

    def test_a_query_in_events_is_one_event(self):
        with Service(BINARY, server=None) as service:
            status, kind, body = events(service, "{ tags { name } }")
            self.assertEqual((status, kind), (200, "text/event-stream; charset=utf-8"))
            self.assertEqual(body.decode().lstrip(":\n"), 'event: next\ndata: {"data":{"tags":[]}}\n\nevent: complete\ndata: \n\n')

    def test_a_stop_ends_subscriptions(self):
        with Service(BINARY, server=None) as service, Socket(service.port) as socket:
            self.assertEqual(socket.first({"query": TAGS}), {"data": {"tags": []}})
            self.assertEqual(service.stop(), 0)
            self.assertEqual(socket.closing_code(), 1001)
            service.start()


ONE, TWO = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12"


class Keys:
    """Rows are told apart by keys of every kind, however they are spelled."""

    server_url = None

    def write(self, service, method, path, body=None):
        status, _, problem = service.request(method, path, body)
        self.assertIn(status, (201, 204), problem)

    def test_what_is_asked_by_texts_uuids_several_columns_and_through_views_is_told(self):
        with Service(KEYS, server=self.server_url) as service:
            self.write(service, "POST", "/documents", [{"id": ONE, "title": "one"}, {"id": TWO, "title": "two"}])
            self.write(service, "POST", "/shelves", [{"code": code, "place": "here"} for code in ("A-1", 'say "b"', "zoë", "a,b")])
            asked = {
                f'document(id: "{ONE.upper()}") {{ title }}': ("PATCH", f"/documents?id=eq.{ONE}", {"title": "1"}),
                'shelf(code: "A-1") { place copies { note } }': ("POST", "/copies", {"shelf_code": "A-1", "document_id": ONE, "note": "x"}),
                'shelf(code: "say \\"b\\"") { place }': ("PATCH", "/shelves?place=eq.here", {"place": "there"}),
                'shelf(code: "zoë") { place }': ("PATCH", "/shelves?place=eq.there", {"place": "elsewhere"}),
                'shelf(code: "a,b") { place }': ("PATCH", "/shelves?code=in.(\"a,b\")", {"place": "moved"}),
                f'copy(shelfCode: "A-1", documentId: "{ONE}") {{ note }}': ("PATCH", "/copies?note=eq.x", {"note": "y"}),
                f'copies(where: {{documentId: {{eq: "{ONE}"}}}}) {{ note }}': ("PATCH", "/copies?note=eq.y", {"note": "z"}),
                'copies(where: {shelfCode: {in: ["A-1", "A-2"]}}) { shelfCode }': ("PATCH", "/shelves?code=eq.A-1", {"code": "A-2"}),
                'shelfSizes(where: {code: {eq: "zoë"}}) { size }': ("POST", "/copies", {"shelf_code": "zoë", "document_id": TWO, "note": "v"}),
                'fullShelves { code }': ("POST", "/copies", {"shelf_code": "a,b", "document_id": TWO, "note": "w"}),
                'notesOn(shelf: "zoë") { note }': ("PATCH", "/copies?note=eq.v", {"note": "u"}),
            }
            for query, (method, path, body) in asked.items():
                with self.subTest(query), Socket(service.port) as socket:
                    before = socket.first({"query": f"subscription {{ {query} }}"})
                    self.assertNotIn("errors", before)
                    self.write(service, method, path.replace('"', "%22"), body)
                    after = socket.receive()["payload"]
                    self.assertNotEqual(after, before)
                    with Socket(service.port) as asking:
                        self.assertEqual(asking.first({"query": f"{{ {query} }}"}), after)


class KeysOnSqlite(Keys, unittest.TestCase):
    pass


@unittest.skipIf(postgres.find_binaries() is None, "no server is installed")
class KeysOnPostgres(Keys, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = postgres.Server()
        cls.server_url = cls.server.url()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()


@unittest.skipIf(postgres.find_binaries() is None, "no server is installed")
class OnPostgres(unittest.TestCase):
    """What only a server can do to a subscription."""

    @classmethod
    def setUpClass(cls):
        cls.server = postgres.Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def tag(self, service, name):
        status, _, problem = service.request("POST", "/tags", {"name": name})
        self.assertEqual(status, 201, problem)

    def told(self, socket, names):
        """Reads until the subscription has these tags: a restart may be told in more than one step."""
        while socket.receive()["payload"]["data"]["tags"] != [{"name": name} for name in names]:
            pass

    def test_a_restart_of_the_server_loses_nothing(self):
        with Service(BINARY, server=self.server.url()) as service, Socket(service.port) as socket:
            self.assertEqual(socket.first({"query": TAGS}), {"data": {"tags": []}})
            for mode, names in [("fast", ["a", "b"]), ("immediate", ["a", "b", "c", "d"])]:
                self.server.stop(mode)
                self.server.start()
                # The service may still be on its way back: its feed of changes and its other connections come by themselves.
                service.own_database.run(f"INSERT INTO tags (name) VALUES ('{names[-2]}')", service.database)
                self.told(socket, names[:-1])
                service.own_database.run(f"INSERT INTO tags (name) VALUES ('{names[-1]}')", service.database)
                self.told(socket, names)

    def test_services_hear_of_each_other(self):
        with Service(BINARY, server=self.server.url()) as one, Service(BINARY, database=one.database) as other:
            with Socket(one.port) as socket:
                self.assertEqual(socket.first({"query": TAGS}), {"data": {"tags": []}})
                self.tag(other, "x")
                self.assertEqual(socket.receive()["payload"], {"data": {"tags": [{"name": "x"}]}})

    def test_who_may_create_no_triggers_is_told(self):
        with Service(BINARY, server=self.server.url()) as owner:
            owner.own_database.run("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; "
                                   "GRANT USAGE ON SCHEMA sqlxc TO reader; "
                                   "GRANT SELECT ON ALL TABLES IN SCHEMA public, sqlxc TO reader", owner.database)
            with Service(BINARY, database=owner.database.replace("postgres@", "reader@")) as service, Socket(service.port) as socket:
                error = socket.errors({"query": TAGS})[0]
                self.assertIn("permission denied", error["message"])
                self.assertEqual(error["extensions"]["code"], "SERVICE_UNAVAILABLE")
                self.assertEqual(socket.first({"query": "{ tags { name } }"}), {"data": {"tags": []}})
            owner.own_database.run("DROP OWNED BY reader; DROP ROLE reader", owner.database)

    def test_a_pooler_of_transactions_refuses(self):
        with Service(BINARY, server=self.server.url(), arguments=["--pgbouncer", "on"]) as service, Socket(service.port) as socket:
            self.assertIn("pooler", socket.errors({"query": TAGS})[0]["message"])


def holds(program, database, server):
    with Service(BINARY, server=server) as service:
        print(f"-- clients on {database}", flush=True)
        environment = {**os.environ, "SERVICE": f"http://127.0.0.1:{service.port}"}
        return subprocess.run([program, "--test", "--test-reporter=spec", "subscriptions.test.mjs"], cwd=CLIENTS,
                              env=environment).returncode == 0


def main():
    program = node()
    held = [unittest.main(exit=False).result.wasSuccessful()]
    held.append(holds(program, "SQLite", None))
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            held.append(holds(program, "PostgreSQL", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
