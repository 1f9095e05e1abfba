"""--statement-timeout: what takes longer is stopped by the time it says, on SQLite, PostgreSQL and behind PgBouncer."""
import json
import sqlite3
import time
import unittest

import harness
import postgres
from harness import Service

BINARY = harness.compiled(harness.ROOT / "tests" / "e2e" / "timeouts.sql")
TIMEOUT = ("--statement-timeout", "300")
# It would be 30 seconds without it; a busy machine may take its time to notice.
PATIENCE = 10
SHORT, LONG = 100, 2_000_000_000


class Timeouts:
    @classmethod
    def setUpClass(cls):
        cls.service = cls.serve(TIMEOUT)
        status, _, problem = cls.service.request("POST", "/jobs", [{"id": 1, "rounds": SHORT}, {"id": 2, "rounds": LONG}])
        assert status == 201, problem
        cls.slow_down_changes()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def is_stopped(self, *request):
        began = time.monotonic()
        status, _, problem = self.service.request(*request)
        self.assertEqual((status, problem["code"]), (503, "57014"), problem)
        self.assertLess(time.monotonic() - began, PATIENCE)

    def is_served(self):
        self.assertEqual(self.service.get("/work?id=eq.1&limit=1")[2], [{"id": 1, "rounds": SHORT, "reached": SHORT}])

    def test_a_page(self):
        self.is_stopped("GET", "/work?id=eq.2&limit=1")
        self.is_served()

    def test_a_list_without_end(self):
        self.is_stopped("GET", "/work?select=id,reached")
        self.is_served()

    def test_a_count(self):
        self.is_stopped("GET", "/work?select=id&order=id&reached=gt.0&limit=1", None, {"Prefer": "count=exact"})
        self.is_served()

    def test_a_change_has_not_happened(self):
        self.is_stopped("PATCH", "/jobs?id=eq.2", {"rounds": LONG + 1})
        self.assertEqual(self.service.get("/jobs/2")[2]["rounds"], LONG)
        self.assertEqual(self.service.request("PATCH", "/jobs?id=eq.1", {"rounds": SHORT})[0], 204)

    def test_a_batch_has_not_happened(self):
        parts = [{"method": "PATCH", "path": "/jobs?id=eq.1", "body": {"rounds": 7}},
                 {"method": "PATCH", "path": "/jobs?id=eq.2", "body": {"rounds": LONG + 1}}]
        began = time.monotonic()
        status, _, answer = self.service.request("POST", "/batch", parts)
        self.assertIn("57014", json.dumps(answer))
        self.assertLess(time.monotonic() - began, PATIENCE)
        self.is_served()

    def test_0_is_no_timeout(self):
        with self.serve(("--statement-timeout", "0")) as service:
            self.assertEqual(service.request("POST", "/jobs", {"id": 1, "rounds": 200_000})[0], 201)
            for path in ("/work", "/work?limit=1"):
                self.assertEqual(service.get(path)[2], [{"id": 1, "rounds": 200_000, "reached": 200_000}])


class OnSqlite(Timeouts, unittest.TestCase):
    @classmethod
    def serve(cls, arguments):
        return Service(BINARY, server=None, arguments=arguments)

    @classmethod
    def slow_down_changes(cls):
        database = sqlite3.connect(cls.service.database)
        database.execute("CREATE TRIGGER slow AFTER UPDATE ON jobs BEGIN SELECT reached FROM work WHERE id = new.id; END")
        database.close()


@unittest.skipIf(postgres.find_binaries() is None, "no PostgreSQL server is installed")
class OnPostgres(Timeouts, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = postgres.Server()
        cls.addClassCleanup(cls.server.close)
        super().setUpClass()

    @classmethod
    def serve(cls, arguments):
        return Service(BINARY, server=cls.server.url(), arguments=arguments)

    @classmethod
    def slow_down_changes(cls):
        database = cls.service.own_database
        database.run("CREATE FUNCTION slow() RETURNS TRIGGER LANGUAGE plpgsql AS "
                     "'BEGIN PERFORM max(reached) FROM work WHERE id = new.id; RETURN new; END';"
                     "CREATE TRIGGER slow AFTER UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION slow()", database.url)


class BehindPgbouncer(OnPostgres):
    @classmethod
    def setUpClass(cls):
        try:
            cls.pooler = None
            super().setUpClass()
        except FileNotFoundError as error:
            raise unittest.SkipTest(str(error))

    @classmethod
    def serve(cls, arguments):
        if cls.pooler is None:
            cls.pooler = postgres.Pooler(cls.server)
            cls.addClassCleanup(cls.pooler.close)
        return Service(BINARY, server=cls.pooler.url(), arguments=("--pgbouncer", "on", *arguments))


if __name__ == "__main__":
    unittest.main()
