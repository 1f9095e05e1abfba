#!/usr/bin/env python3
"""Kills the service (SIGKILL) in the middle of a write load, again and again: every write that was acknowledged must be
there afterwards, and no write may be half done."""
import argparse
import http.client
import random
import sys
import threading
import time

import harness
from harness import Service

WRITERS = 4
BULK = 5


class Load:
    """Writers that insert single rows and rows in bulk, noting what was acknowledged."""

    def __init__(self, service, round_number):
        self.service, self.round_number = service, round_number
        self.acknowledged, self.attempted = [], []
        self.threads = [threading.Thread(target=self.write, args=(i,)) for i in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def write(self, writer):
        connection = self.service.connect()
        count = 0
        try:
            while True:
                name = f"r{self.round_number}w{writer}n{count}"
                is_bulk = count % 3 == 2
                rows = [{"post_id": 1, "author_id": 1, "body": name}] * (BULK if is_bulk else 1)
                self.attempted.append((name, len(rows)))
                status, _, body = self.service.request("POST", "/comments", rows, None, connection)
                if status != 201:
                    raise AssertionError(f"{status} {body}")
                self.acknowledged.append((name, len(rows)))
                count += 1
        except (OSError, http.client.HTTPException):
            connection.close()  # the service is dead, as it should be

    def join(self):
        for thread in self.threads:
            thread.join()


def check(service, load):
    _, _, rows = service.get(f"/comments?select=body&body=like.r{load.round_number}w*")
    found = {}
    for row in rows:
        found[row["body"]] = found.get(row["body"], 0) + 1
    lost = [name for name, count in load.acknowledged if found.get(name, 0) != count]
    sizes = dict(load.attempted)
    halves = [name for name, count in found.items() if count != sizes[name]]
    return lost, halves


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    random.seed(options.seed)
    binary = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
    acknowledged = unanswered = 0
    with Service(binary) as service:
        service.request("POST", "/users", {"id": 1, "email": "ada@example.com", "name": "Ada"})
        service.request("POST", "/posts", {"id": 1, "author_id": 1, "title": "t", "content": "c"})
        for round_number in range(options.rounds):
            load = Load(service, round_number)
            time.sleep(random.uniform(0.01, 0.25))
            service.kill()
            load.join()
            service.start()
            lost, halves = check(service, load)
            if lost or halves:
                sys.exit(f"round {round_number}: lost {lost[:5]}, half done {halves[:5]}")
            acknowledged += len(load.acknowledged)
            unanswered += len(load.attempted) - len(load.acknowledged)
    if acknowledged < options.rounds:
        sys.exit(f"only {acknowledged} writes were acknowledged: the load was no load")
    print(f"{options.rounds} kills, {acknowledged} acknowledged writes, all there; {unanswered} cut off, none half done")


if __name__ == "__main__":
    main()
