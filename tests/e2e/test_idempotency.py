"""Idempotency-Key: a request that is carried out once, however often it comes, whoever dies meanwhile."""
import http.client
import itertools
import random
import sqlite3
import threading
import time
import unittest
import uuid

import harness
from harness import SHOW, Service

BINARY = harness.compiled(harness.ROOT / "tests" / "e2e" / "idempotency.sql")
RACERS = 32
KILLS = 12


def keyed(key, **more):
    return {"Idempotency-Key": key, **more}


class Idempotency(unittest.TestCase):
    def setUp(self):
        self.service = Service(BINARY)
        self.addCleanup(self.service.__exit__)
        self.key = f'"{uuid.uuid4()}"'

    def send(self, method, path, body=None, key=None, **headers):
        return self.service.request(method, path, body, keyed(key or self.key, **headers))

    def count(self, path="/orders"):
        return len(self.service.get(path)[2])

    def is_replay(self, first, second):
        self.assertEqual((second[0], second[2]), (first[0], first[2]))
        self.assertNotIn("Idempotent-Replayed", first[1])
        self.assertEqual(second[1]["Idempotent-Replayed"], "true")
        for name in ("Location", "Content-Range", "Content-Type", "Preference-Applied"):
            self.assertEqual(second[1].get_all(name), first[1].get_all(name), name)

    def test_what_comes_again_is_answered_as_the_first_time(self):
        for method, path, body, headers in (
                ("POST", "/orders", {"item": "tea"}, SHOW), ("POST", "/orders", {"item": "tea"}, {}),
                ("POST", "/orders?select=item", [{"item": "a"}, {"item": "b"}], {**SHOW, "Accept": "text/csv"}),
                ("PUT", "/orders/77", {"id": 77, "item": "put"}, SHOW), ("PATCH", "/orders/77", {"note": "x"}, SHOW),
                ("PATCH", "/orders?item=eq.tea", {"amount": 5}, {"Prefer": "count=exact"}), ("DELETE", "/orders/77", None, SHOW)):
            key = str(uuid.uuid4())
            before = self.count()
            first = self.send(method, path, body, key, **headers)
            self.assertLess(first[0], 300, first)
            after = self.count()
            for _ in range(3):
                self.is_replay(first, self.send(method, path, body, key, **headers))
            self.assertEqual(self.count(), after)
            self.assertNotEqual((before, after), (0, 0))

    def test_another_request_may_not_have_its_key(self):
        self.send("POST", "/orders", {"item": "tea"})
        for method, path, body, headers in (("POST", "/orders", {"item": "mate"}, {}), ("POST", "/orders?select=id", {"item": "tea"}, {}),
                                            ("PATCH", "/orders/1", {"item": "tea"}, {}), ("POST", "/orders", {"item": "tea"}, SHOW)):
            status, _, problem = self.send(method, path, body, **headers)
            self.assertEqual((status, problem["code"]), (422, "SXH422"), problem)
        self.assertEqual(self.count(), 1)

    def test_keys_that_are_none(self):
        for key in ('""', '"open', '"a"b"', "two words", "a,b", "x" * 256, '"' + "x" * 256 + '"', '"\\x"', "ü".encode()):
            status, _, problem = self.send("POST", "/orders", {"item": "tea"}, key)
            self.assertEqual((status, problem["code"]), (400, "SXH400"), key)
        for key in ("a", '"a b"', '"\\"\\\\"', "x" * 255, "8e03978e-40d5-43e8-bc93-6894a57f9324"):
            self.assertEqual(self.send("POST", "/orders", {"item": "tea"}, key)[0], 201, key)
        # Quoted and bare are one key.
        self.assertEqual(self.send("POST", "/orders", {"item": "tea"}, '"a"')[1]["Idempotent-Replayed"], "true")

    def test_two_keys_are_none(self):
        status = self.service.raw(b"POST /api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                  b"Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 14\r\n\r\n" b'{"item":"tea"}').split(b" ")[1]
        self.assertEqual((status, self.count()), (b"400", 0))

    @unittest.skipUnless(harness.POSTGRES, "a file has no rights within")
    def test_a_user_without_rights_on_the_table_is_told(self):
        owner = self.service.own_database
        user = f"user_{uuid.uuid4().hex}"
        owner.run(f"create role {user} login; grant select, insert on all tables in schema public to {user}; "
                  f"grant usage on schema sqlxc to {user}; grant select on sqlxc.schema to {user}", owner.url)
        with Service(BINARY, owner.url.replace("postgres@", f"{user}@")) as weak:
            def send(body):
                return weak.request("POST", "/orders", body, keyed(self.key))

            self.assertEqual(weak.request("POST", "/orders", {"item": "none"})[0], 201)
            self.assertEqual((send({"item": "tea"})[0], self.count()), (501, 1))  # no table, and no right to make it
            self.send("POST", "/orders", {"item": "mate"}, "other")
            self.assertEqual((send({"item": "tea"})[2]["code"], self.count()), ("SXH501", 2))  # no right to see it
            owner.run(f"grant select on sqlxc.requests to {user}", owner.url)
            self.assertEqual((send({"item": "tea"})[2]["code"], self.count()), ("SXH501", 2))  # nor to write it
            owner.run(f"grant insert, update, delete on sqlxc.requests to {user}", owner.url)
            first = send({"item": "tea"})
            self.assertEqual((first[0], self.count()), (201, 3))
            self.is_replay(first, send({"item": "tea"}))

    def test_what_was_not_done_may_be_tried_again(self):
        self.assertEqual(self.send("POST", "/orders", {"item": ""})[0], 422)
        self.assertEqual(self.send("POST", "/lines", {"order_id": 5, "text": "t"}, "late")[0], 409)
        self.assertEqual(self.send("POST", "/orders", {"id": 5, "item": "tea"})[0], 201)
        self.assertEqual(self.send("POST", "/lines", {"order_id": 5, "text": "t"}, "late")[0], 201)
        self.assertEqual(self.count("/lines"), 1)

    def test_what_is_rolled_back_is_not_remembered(self):
        for _ in range(2):
            status, headers, _ = self.send("POST", "/orders", {"item": "tea"}, Prefer="tx=rollback")
            self.assertEqual((status, headers["Idempotent-Replayed"]), (201, None))
        self.assertEqual(self.count(), 0)

    def test_a_batch_and_rows_within_rows(self):
        parts = [{"method": "POST", "path": "/orders", "body": {"id": 3, "item": "tea"}},
                 {"method": "POST", "path": "/lines", "body": {"order_id": 3, "text": "t"}}]
        first = self.send("POST", "/batch", parts)
        self.assertEqual(first[0], 200, first)
        self.is_replay(first, self.send("POST", "/batch", parts))
        order = {"item": "nested", "lines": [{"text": "a"}, {"text": "b"}]}
        first = self.send("POST", "/orders?select=item,lines(text)", order, "nested", **SHOW)
        self.assertEqual(first[0], 201, first)
        self.is_replay(first, self.send("POST", "/orders?select=item,lines(text)", order, "nested", **SHOW))
        self.assertEqual((self.count(), self.count("/lines")), (2, 3))

    def test_an_answer_that_is_too_long_is_refused_and_nothing_done(self):
        rows = [{"item": "x" * 1000} for _ in range(1100)]
        status, _, problem = self.send("POST", "/orders", rows, **SHOW)
        self.assertEqual((status, problem["code"]), (422, "SXH422"), problem)
        self.assertEqual(self.count(), 0)
        self.assertEqual(self.send("POST", "/orders", rows)[0], 201)
        self.assertEqual(self.send("POST", "/orders", rows)[1]["Idempotent-Replayed"], "true")
        self.assertEqual(self.count(), 1100)

    def test_reads_do_not_mind(self):
        status, headers, _ = self.service.request("GET", "/orders", None, keyed("no, key"))
        self.assertEqual((status, headers["Idempotent-Replayed"]), (200, None))

    def test_keys_outlive_the_service(self):
        first = self.send("POST", "/orders", {"item": "tea"}, **SHOW)
        self.service.stop()
        self.service.start()
        self.is_replay(first, self.send("POST", "/orders", {"item": "tea"}, **SHOW))

    def test_a_function_is_called_once(self):
        first = self.send("POST", "/rpc/place_order", {"item": "tea"})
        if not harness.POSTGRES:
            self.assertEqual(first[0], 404)
            return
        self.assertEqual((first[0], first[2][0]["item"]), (200, "tea"), first)
        self.is_replay(first, self.send("POST", "/rpc/place_order", {"item": "tea"}))
        self.assertEqual(self.count(), 1)
        self.assertEqual(self.send("POST", "/rpc/place_order", {"item": "mate"})[0], 422)
        self.assertEqual(self.send("POST", "/rpc/place_order", {"item": ""}, "empty")[0], 422)
        self.assertEqual(self.service.request("POST", "/rpc/count_orders", {}, keyed(self.key))[2], 1)

    def race(self, path, body):
        """The answers to one request from many clients at once."""
        answers = []

        def run():
            connection = self.service.connect()
            while True:
                status, headers, body_ = self.service.request("POST", path, body, keyed(self.key), connection)
                answers.append((status, headers["Idempotent-Replayed"], body_))
                if status != 409:
                    break
                self.assertEqual(headers["Retry-After"], "1")
                time.sleep(0.02)
            connection.close()

        racers = [threading.Thread(target=run) for _ in range(RACERS)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        done = [answer for answer in answers if answer[0] != 409]
        self.assertEqual(len(done), RACERS)
        self.assertEqual([replayed for _, replayed, _ in done].count(None), 1)
        self.assertEqual({status for status, _, _ in done}, {done[0][0]})
        self.assertEqual({status for status, _, _ in answers} - {409, done[0][0]}, set())

    def test_one_of_many_at_once_is_carried_out(self):
        self.race("/orders", {"item": "tea"})
        self.assertEqual(self.count(), 1)
        if harness.POSTGRES:
            self.key = "function"
            self.race("/rpc/place_order", {"item": "called"})
            self.assertEqual(self.count("/orders?item=eq.called"), 1)

    @unittest.skipUnless(harness.POSTGRES, "SQLite's writer takes one after another")
    def test_one_that_comes_as_the_first_commits_is_not_carried_out(self):
        # The rows bring their own key: a second one that is carried out meets the first one's row, which is
        # another 409. A slow look at the table makes the moment long.
        self.send("POST", "/orders", {"item": "tea"}, "first")
        self.service.own_database.run("""alter table sqlxc.requests rename to kept;
            create view sqlxc.requests as select * from sqlxc.kept where (select pg_sleep(0.2)) is not null""",
                                      self.service.own_database.url)
        answers = []

        def run():
            status, headers, body = self.send("POST", "/orders", {"id": 1000, "item": "tea"})
            answers.append((status, body["code"] if status != 201 else headers["Idempotent-Replayed"]))

        comers = [threading.Thread(target=run) for _ in range(20)]
        for comer in comers:
            comer.start()
            time.sleep(0.05)
        for comer in comers:
            comer.join()
        self.assertEqual(answers.count((201, None)), 1)
        self.assertEqual(set(answers) - {(201, None), (201, "true"), (409, "SXH409")}, set())

    def test_clients_that_try_until_they_are_answered_write_once(self):
        attempts = {}

        is_over = threading.Event()

        def run(client):
            for i in itertools.count():
                if is_over.is_set():
                    break
                name = f"c{client}n{i}"
                attempts[name] = 0
                while True:
                    attempts[name] += 1
                    try:
                        if self.service.request("POST", "/orders", {"item": name}, keyed(name))[0] == 201:
                            break
                    except (OSError, http.client.HTTPException):
                        pass
                    time.sleep(0.01)

        clients = [threading.Thread(target=run, args=(i,)) for i in range(4)]
        for client in clients:
            client.start()
        for _ in range(KILLS):
            time.sleep(random.uniform(0.03, 0.15))
            self.service.kill()
            self.service.start()
        is_over.set()
        for client in clients:
            client.join()
        found = [row["item"] for row in self.service.get("/orders?select=item")[2]]
        self.assertEqual(sorted(found), sorted(attempts))
        self.assertGreater(sum(attempts.values()), len(attempts))
        print(f"{KILLS} kills, {sum(attempts.values())} attempts, {len(found)} rows", flush=True)

    def test_keys_are_forgotten(self):
        self.send("POST", "/orders", {"item": "tea"})
        for i in range(4):
            self.send("POST", "/orders", {"item": "tea"}, f"old{i}")
        self.assertEqual(self.count(), 5)
        if harness.POSTGRES:
            self.service.own_database.run("update sqlxc.requests set kept_at = kept_at - interval '25 hours'",
                                          self.service.own_database.url)
        else:
            with sqlite3.connect(self.service.database) as file:
                file.execute("update _sqlxc_requests set kept_at = kept_at - 25 * 3600")
        self.assertIsNone(self.send("POST", "/orders", {"item": "mate"})[1]["Idempotent-Replayed"])
        self.assertEqual(self.count(), 6)
        self.send("POST", "/orders", {"item": "tea"}, "new")
        if harness.POSTGRES:
            left = self.service.own_database.run("select count(*) from sqlxc.requests", self.service.own_database.url).strip()
        else:
            left = str(sqlite3.connect(self.service.database).execute("select count(*) from _sqlxc_requests").fetchone()[0])
        self.assertEqual(left, "3")  # the two new ones, and the last old one


if __name__ == "__main__":
    unittest.main()
