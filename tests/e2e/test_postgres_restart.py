#!/usr/bin/env python3
"""Restarts PostgreSQL under a mixed load, in turns gently (fast) and as a crash does (immediate): no answer is wrong, every
acknowledged write is there and none is there twice, the only errors are 503 with Retry-After, and the service is back by
itself. Says how long that took after the server accepted connections again."""
import argparse
import http.client
import json
import os
import random
import socket
import statistics
import struct
import sys
import threading
import time

import harness
import postgres
from harness import Service

GROUPS, PER_GROUP = 40, 50
ITEMS = GROUPS * PER_GROUP
READERS, WRITERS, STREAMERS = 6, 4, 1
PATIENCE = 15  # seconds; what is measured is printed


def item(i):
    return {"id": i, "group_id": (i - 1) // PER_GROUP + 1, "body": f"item {i} " * 20}


def with_group(i):
    group = (i - 1) // PER_GROUP + 1
    return {**item(i), "groups": {"id": group, "name": f"group {group}"}}


class Client(threading.Thread):
    """Asks again and again, each time judging the answer; a connection that breaks is a failure."""

    def __init__(self, service, seed):
        super().__init__(daemon=True)
        self.service, self.random = service, random.Random(seed)
        self.connection = None
        self.successes, self.refused, self.failures = [], 0, []
        self.is_stopped = False

    def run(self):
        try:
            while not self.is_stopped and len(self.failures) < 5:
                self.step()
        except Exception as error:  # of the test itself, too: nobody else would see it
            self.failures.append(f"{type(error).__name__}: {error}")

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and body; None for a 503 as it should be."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=30)
        data = None if body is None else json.dumps(body)
        self.connection.request(method, "/api" + path, data, {"Content-Type": "application/json", **(headers or {})})
        answer = self.connection.getresponse()
        received = answer.read()
        if answer.status == 503:
            if not answer.getheader("Retry-After") or "problem+json" not in answer.getheader("Content-Type", ""):
                self.fail(f"{method} {path}: a 503 without Retry-After or problem: {answer.headers} {received[:300]}")
            self.refused += 1
            time.sleep(0.005)
            return None
        return answer.status, answer.headers, received

    def expect(self, is_right, what):
        if is_right:
            self.successes.append(time.monotonic())
        else:
            self.fail(what)

    def fail(self, what):
        self.failures.append(what[:600])


class Reader(Client):
    def step(self):
        return self.random.choice([self.point, self.list, self.embed, self.page, self.missing])()

    def check(self, path, expected, status=200, headers=None, content_range=None):
        answer = self.ask("GET", path, headers=headers)
        if answer is None:
            return
        rows = json.loads(answer[2]) if answer[2] else None
        is_right = answer[0] == status and (expected is None or rows == expected)
        is_right = is_right and (content_range is None or answer[1]["Content-Range"] == content_range)
        self.expect(is_right, f"GET {path}: {answer[0]} {answer[1]} {answer[2][:300]}")

    def point(self):
        i = self.random.randint(1, ITEMS)
        self.check(f"/items/{i}", item(i))

    def list(self):
        i = self.random.randint(1, ITEMS - 20)
        self.check(f"/items?id=gte.{i}&order=id&limit=20", [item(k) for k in range(i, i + 20)])

    def embed(self):
        i = self.random.randint(1, ITEMS - 30)
        self.check(f"/items?id=gte.{i}&order=id&limit=30&select=*,groups(id,name)", [with_group(k) for k in range(i, i + 30)])

    def page(self):
        group = self.random.randint(1, GROUPS)
        first = (group - 1) * PER_GROUP + 1
        self.check(f"/items?group_id=eq.{group}&order=id&limit=10", [item(k) for k in range(first, first + 10)], 206,
                   {"Prefer": "count=exact"}, f"0-9/{PER_GROUP}")

    def missing(self):
        self.check(f"/items/{ITEMS + self.random.randint(1, 1000)}", None, 404)


class Streamer(Client):
    """A list that comes in pieces can only be cut off once it has begun: it may be, but never look whole."""

    def step(self):
        try:
            answer = self.ask("GET", "/items?order=id")
        except (http.client.IncompleteRead, ConnectionResetError):
            self.connection = None
            return
        if answer is not None:
            rows = json.loads(answer[2])
            self.expect(answer[0] == 200 and rows == [item(k) for k in range(1, ITEMS + 1)], f"{answer[0]}: {len(rows)} rows")


class Writer(Client):
    def __init__(self, service, seed, writer):
        super().__init__(service, seed)
        self.writer, self.number, self.increments, self.tried = writer, 0, 0, 0
        self.acknowledged = set()

    def step(self):
        self.number += 1
        rows = [{"writer": self.writer, "number": self.number * 10 + k} for k in range(3 if self.number % 4 == 0 else 1)]
        answer = self.ask("POST", "/entries", rows)
        if answer is not None:
            self.expect(answer[0] == 201, f"POST /entries: {answer[0]} {answer[2][:300]}")
            self.acknowledged.update(row["number"] for row in rows)
        answer = self.ask("PATCH", f"/counters/{self.writer}", {"value": self.number})
        if answer is not None:
            self.expect(answer[0] in (200, 204), f"PATCH /counters: {answer[0]} {answer[2][:300]}")
            self.increments = self.number


def accepts(port):
    """Whether the server begins a session: it does not while it starts or stops."""
    startup = struct.pack("!i", 196608) + b"user\0postgres\0database\0postgres\0\0"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
            client.sendall(struct.pack("!i", len(startup) + 4) + startup)
            return client.recv(1) == b"R"
    except OSError:
        return False


def restart(server, mode):
    """Restarts the server; when it accepted connections again."""
    server.stop(mode)
    time.sleep(random.uniform(0, 0.3))
    starter = threading.Thread(target=server.start)
    starter.start()
    while not accepts(server.port):
        if not starter.is_alive() and not accepts(server.port):
            raise AssertionError("PostgreSQL did not start again")
        time.sleep(0.002)
    back = time.monotonic()
    starter.join()
    return back


def wait_for_all(clients, since):
    """Until each client had a success since then; how long it took the first, and the last of them."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        moments = [min((m for m in client.successes[-2000:] if m >= since), default=None) for client in clients]
        if all(moment is not None for moment in moments):
            return min(moments) - since, max(moments) - since
        if any(client.failures for client in clients):
            break
        time.sleep(0.01)
    late = [type(client).__name__ for client in clients if not any(m >= since for m in client.successes[-2000:])]
    raise AssertionError(f"no answer {PATIENCE} s after PostgreSQL was back: {late}")


def check_writes(server, database, writers):
    found = [tuple(map(int, line.split("|"))) for line in
             server.psql("SELECT writer, number, count(*) FROM entries GROUP BY 1, 2", database).split()]
    counts = {(writer, number): count for writer, number, count in found}
    twice = [key for key, count in counts.items() if count > 1]
    lost = [(w.writer, number) for w in writers for number in w.acknowledged if (w.writer, number) not in counts]
    # A bulk insert is one transaction: all of its rows or none.
    halves = [(w, n) for (w, n) in counts if n % 10 == 0 and (n // 10) % 4 == 0
              and not ((w, n + 1) in counts and (w, n + 2) in counts)]
    values = dict(tuple(map(int, line.split("|"))) for line in server.psql("SELECT id, value FROM counters", database).split())
    behind = [(w.writer, w.increments, values[w.writer]) for w in writers if values[w.writer] < w.increments]
    if twice or lost or halves or behind:
        raise AssertionError(f"written twice {twice[:5]}, lost {lost[:5]}, half {halves[:5]}, updates lost {behind[:5]}")
    return len(counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=20 if os.environ.get("SQLXC_FULL") == "1" else 5)
    parser.add_argument("--full", action="store_true", help="20 restarts")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    restarts = 20 if options.full else options.restarts
    if postgres.find_binaries() is None:
        harness.skip("no PostgreSQL server is installed")
    print(f"seed {options.seed}", flush=True)
    random.seed(options.seed)
    binary = harness.compiled(harness.ROOT / "tests" / "e2e" / "restart.sql")
    clients = []
    with postgres.Server() as server, Service(binary, server=server.url(), arguments=["--threads", "2"]) as service:
        database = service.own_database.name
        server.psql(f"""INSERT INTO groups SELECT g, 'group ' || g FROM generate_series(1, {GROUPS}) g;
            INSERT INTO items SELECT i, (i - 1) / {PER_GROUP} + 1, repeat('item ' || i || ' ', 20) FROM generate_series(1, {ITEMS}) i;
            INSERT INTO counters SELECT w, 0 FROM generate_series(1, {WRITERS}) w; ANALYZE""", database)
        writers = [Writer(service, options.seed + i, i) for i in range(1, WRITERS + 1)]
        clients = [*writers, *(Reader(service, options.seed + 100 + i) for i in range(READERS)),
                   *(Streamer(service, options.seed + 200 + i) for i in range(STREAMERS))]
        for client in clients:
            client.start()
        firsts, lasts = [], []
        try:
            wait_for_all(clients, 0)
            for i in range(restarts):
                time.sleep(random.uniform(0.05, 0.4))
                mode = ("fast", "immediate")[i % 2]
                first, last = wait_for_all(clients, restart(server, mode))
                firsts.append(first)
                lasts.append(last)
                print(f"restart {i + 1} ({mode}): first success after {first * 1000:.0f} ms, all clients after {last * 1000:.0f} ms",
                      flush=True)
        finally:
            for client in clients:
                client.is_stopped = True
            for client in clients:
                client.join(40)
        failures = [f"{type(client).__name__}: {what}" for client in clients for what in client.failures]
        if failures:
            sys.exit("\n".join(failures[:10]))
        rows = check_writes(server, database, writers)
    answers = sum(len(client.successes) for client in clients)
    refused = sum(client.refused for client in clients)
    if answers < restarts * 100:
        sys.exit(f"only {answers} answers: the load was no load")
    print(f"{restarts} restarts, {answers} right answers, {refused} times 503, {rows} rows written, none lost or twice; back after "
          f"{statistics.median(firsts) * 1000:.0f} ms (median; worst {max(firsts) * 1000:.0f}), all clients after "
          f"{statistics.median(lasts) * 1000:.0f} ms (worst {max(lasts) * 1000:.0f})")


if __name__ == "__main__":
    main()
