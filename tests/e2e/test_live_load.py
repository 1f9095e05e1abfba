#!/usr/bin/env python3
"""Live queries under random load: writers change rows at random while subscribers with filters of every kind listen. At every
quiet point each subscriber's last message is what its query answers, so that no update was lost; no message is equal to the
one before it. 20 seconds, with --full 10 minutes, or --seconds N; on SQLite, and on PostgreSQL where a server is installed.

usage: test_live_load.py [--full | --seconds N] [--seed N]"""
import argparse
import http.client
import json
import os
import random
import selectors
import sqlite3
import sys
import threading
import time

import harness
import postgres
from harness import Service
from live_client import Socket

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
SOCKETS, SUBSCRIPTIONS, WRITERS = 20, 10, 3  # subscriptions of each socket
IDS = 25
PATIENCE = 60  # seconds that an idle service may take to tell the last change


def random_query(dice):
    """The body of a query; its answer has an order."""
    one, two = dice.randint(1, IDS), dice.randint(1, IDS)
    return dice.choice([
        f"user(id: {one}) {{ name age }}",
        f"user(id: {one}) {{ name posts(orderBy: [{{id: ASC}}]) {{ id title }} }}",
        f'userByEmail(email: "u{one}@example.com") {{ id name }}',
        f"users(where: {{age: {{gte: {20 + one}}}}}, orderBy: [{{id: ASC}}]) {{ id age }}",
        f"users(where: {{id: {{in: [{one}, {two}]}}}}, orderBy: [{{id: ASC}}]) {{ id name comments(orderBy: [{{id: ASC}}]) {{ body }} }}",
        f"post(id: {one}) {{ title author {{ name }} tags(orderBy: [{{id: ASC}}]) {{ name }} }}",
        f"posts(where: {{authorId: {{eq: {one}}}}}, orderBy: [{{id: ASC}}]) {{ id title }}",
        f"posts(where: {{authorId: {{in: [{one}, {two}]}}, title: {{like: \"%1%\"}}}}, orderBy: [{{id: ASC}}]) {{ id title }}",
        f"posts(where: {{author: {{is: {{age: {{lt: {20 + one}}}}}}}}}, limit: 5, orderBy: [{{id: DESC}}]) {{ id }}",
        f"users(where: {{posts: {{some: {{title: {{like: \"%{one % 10}\"}}}}}}}}, orderBy: [{{id: ASC}}]) {{ id }}",
        f"postsConnection(first: 3, where: {{authorId: {{eq: {one}}}}}, orderBy: [{{id: ASC}}]) {{ totalCount nodes {{ id title }} }}",
        f"postsAggregate(where: {{authorId: {{eq: {one}}}}}) {{ count }}",
        f"comments(where: {{postId: {{eq: {one}}}, authorId: {{eq: {two}}}}}, orderBy: [{{id: ASC}}]) {{ id body }}",
        f"postTags(where: {{postId: {{eq: {one}}}}}, orderBy: [{{tagId: ASC}}]) {{ tagId }}",
        "tags(orderBy: [{id: ASC}]) { id name posts(orderBy: [{id: ASC}]) { id } }",
        f"authorActivities(where: {{id: {{eq: {one}}}}}) {{ posts }}",
    ])


class Writer:
    """Changes rows at random, by REST and by GraphQL; what the schema refuses is refused."""

    def __init__(self, service, dice):
        self.service, self.dice = service, dice
        self.client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        self.writes = 0

    def one(self):
        return self.dice.randint(1, IDS)

    def step(self):
        dice, word = self.dice, self.dice.randint(0, 99)
        user = {"id": self.one(), "email": f"u{self.one()}@example.com", "name": f"name {word}", "age": 20 + self.one()}
        post = {"id": self.one(), "author_id": self.one(), "title": f"title {word}", "content": "c"}
        comment = {"id": self.one(), "post_id": self.one(), "author_id": self.one(), "body": f"body {word}"}
        merge = {"Prefer": "resolution=merge-duplicates"}
        method, path, body, headers = dice.choice([
            ("POST", "/api/users", user, merge),
            ("POST", "/api/posts", post, merge),
            ("POST", "/api/posts", [{**post, "id": (post["id"] + i) % IDS + 1} for i in range(3)], merge),
            ("POST", "/api/comments", comment, merge),
            ("POST", "/api/tags", {"id": self.one() % 5 + 1, "name": f"tag-{word % 10}x".replace("-", "")}, merge),
            ("POST", "/api/post_tags", {"post_id": self.one(), "tag_id": self.one() % 5 + 1}, {}),
            ("PATCH", f"/api/users?id=eq.{self.one()}", {"name": f"name {word}"}, {}),
            ("PATCH", f"/api/posts?id=eq.{self.one()}", {"author_id": self.one()}, {}),
            ("PATCH", f"/api/posts?author_id=eq.{self.one()}", {"title": f"title {word}"}, {}),
            ("PATCH", f"/api/comments?id=eq.{self.one()}", {"post_id": self.one()}, {}),
            ("PATCH", "/api/users?age=gte.40", {"age": 20 + self.one()}, {"Prefer": "tx=rollback"}),
            ("DELETE", f"/api/posts?id=eq.{self.one()}", None, {}),
            ("DELETE", f"/api/post_tags?post_id=eq.{self.one()}", None, {}),
            ("DELETE", f"/api/users?id=eq.{self.one()}", None, {}),
            ("POST", "/graphql", {"query": f"mutation {{ updatePosts(where: {{id: {{gte: {self.one()}}}}}, input: {{title: \"title {word}\"}}) {{ id }} }}"}, {}),
            ("POST", "/graphql", {"query": f"mutation {{ updateUser(id: {self.one()}, input: {{age: {20 + self.one()}}}) {{ id }} }}"}, {}),
        ])
        self.client.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", **headers})
        answer = self.client.getresponse()
        data = answer.read()
        self.writes += 1
        if answer.status >= 500:
            raise AssertionError(f"{method} {path} {body}: {answer.status} {data[:300]}")


class Listener:
    """One socket and what its subscriptions were told last."""

    def __init__(self, service):
        self.socket = Socket(service.port, timeout=60)
        self.queries, self.last = {}, {}
        self.messages = 0

    def subscribe(self, query):
        self.queries[self.socket.subscribe({"query": f"subscription {{ {query} }}"})] = query

    def unsubscribe(self, identity):
        del self.queries[identity]
        self.last.pop(identity, None)
        self.socket.send({"id": identity, "type": "complete"})

    def read(self):
        """Takes what has come."""
        self.socket.fill()
        while (message := self.socket.take()) is not None:
            identity = message.get("id")
            if identity not in self.queries:  # on its way when it was ended
                continue
            if message["type"] != "next" or "errors" in message["payload"]:
                raise AssertionError(f"{self.queries[identity]}: {message}")
            data = message["payload"]["data"]
            if self.last.get(identity) == data:
                raise AssertionError(f"{self.queries[identity]}: told again: {data}")
            self.last[identity] = data
            self.messages += 1


class Load:
    def __init__(self, service, seed):
        self.service = service
        self.dice = random.Random(seed)
        self.writers = [Writer(service, random.Random(f"{seed}/{i}")) for i in range(WRITERS)]
        self.listeners = [Listener(service) for _ in range(SOCKETS)]
        self.selector = selectors.DefaultSelector()
        for listener in self.listeners:
            self.selector.register(listener.socket.connection, selectors.EVENT_READ, listener)
            for _ in range(SUBSCRIPTIONS):
                listener.subscribe(random_query(self.dice))
        self.client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)

    def read(self, seconds):
        for key, _ in self.selector.select(seconds):
            key.data.read()

    def write(self, seconds):
        """All writers at once, for so long; the subscribers listen."""
        end, failures = time.monotonic() + seconds, []

        def work(writer):
            try:
                while time.monotonic() < end:
                    writer.step()
            except Exception as failure:  # noqa: BLE001: told by the thread that joins
                failures.append(failure)

        threads = [threading.Thread(target=work, args=[writer]) for writer in self.writers]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.read(0.05)
        if failures:
            raise failures[0]

    def write_elsewhere(self):
        """A change by somebody who does not know the service."""
        sql = f"UPDATE users SET name = 'elsewhere {self.dice.randint(0, 999)}' WHERE id <= {self.dice.randint(1, IDS)}"
        if self.service.own_database:
            self.service.own_database.run(sql, self.service.database)
        else:
            with sqlite3.connect(self.service.database, timeout=60) as file:
                file.execute(sql)

    def answer(self, query):
        self.client.request("POST", "/graphql", json.dumps({"query": f"{{ {query} }}"}), {"Content-Type": "application/json"})
        answer = json.loads(self.client.getresponse().read())
        if "errors" in answer:
            raise AssertionError(f"{query}: {answer}")
        return answer["data"]

    def settle(self):
        """Nobody writes: each subscriber comes to know what its query answers."""
        answers = {}
        for listener in self.listeners:
            for query in listener.queries.values():
                if query not in answers:
                    answers[query] = self.answer(query)
        end = time.monotonic() + PATIENCE
        while True:
            wrong = [(listener, identity) for listener in self.listeners for identity, query in listener.queries.items()
                     if listener.last.get(identity) != answers[query]]
            if not wrong:
                return len(answers)
            if time.monotonic() > end:
                listener, identity = wrong[0]
                query = listener.queries[identity]
                raise AssertionError(f"{len(wrong)} subscribers lost an update: {query}: told {listener.last.get(identity)}, "
                                     f"is {answers[query]}")
            self.read(0.1)

    def shuffle(self):
        """Some leave, others come."""
        for listener in self.dice.sample(self.listeners, len(self.listeners) // 3):
            listener.unsubscribe(self.dice.choice(list(listener.queries)))
            listener.subscribe(random_query(self.dice))

    def run(self, seconds):
        end, rounds = time.monotonic() + seconds, 0
        self.settle()
        while time.monotonic() < end:
            self.write(self.dice.uniform(0.2, 2))
            if rounds % 3 == 0:
                self.write_elsewhere()
            self.settle()
            self.shuffle()
            rounds += 1
        self.settle()
        for listener in self.listeners:
            listener.socket.close()
        return rounds


def holds(database, server, seconds, seed):
    with Service(BINARY, server=server) as service:
        load = Load(service, seed)
        rounds = load.run(seconds)
        print(f"{database}: {SOCKETS * SUBSCRIPTIONS} subscriptions, {sum(w.writes for w in load.writers)} writes, "
              f"{sum(l.messages for l in load.listeners)} messages, {rounds} quiet points: nothing lost, nothing told twice (seed {seed})",
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    given = parser.parse_args()
    seconds = 600 if given.full else given.seconds
    print(f"seed {given.seed}", flush=True)
    if postgres.find_binaries() is None:
        holds("SQLite", None, seconds, given.seed)
        print("-- PostgreSQL: skipped, no server is installed")
        return
    holds("SQLite", None, seconds / 2, given.seed)
    with postgres.Server() as server:
        holds("PostgreSQL", server.url(), seconds / 2, given.seed)


if __name__ == "__main__":
    sys.exit(main())
