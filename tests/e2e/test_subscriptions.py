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
