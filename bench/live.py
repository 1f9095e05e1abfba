#!/usr/bin/env python3
"""From a changed row to a subscribed client: milliseconds from before the write is sent until a message with the new value has
been read, at 1,000 subscribers on 1,000 sockets, on SQLite and on PostgreSQL (fsync on). The clients take part of the machine.

    bench/live.py OUT [--subscribers N] [--seconds N] [--write]

OUT is a configured build tree. --write puts the numbers into bench/results/live.json."""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT / "tests" / "e2e")  # not beside this file: bench/http.py is no package http
import harness  # noqa: E402
import postgres  # noqa: E402
from harness import Service  # noqa: E402

# What each subscriber asks; how often a second a row is changed; of how many rows one.
CASES = {
    "each its own row": ("subscription { user(id: %i) { name } }", 100, None),
    "each the posts of its own row": ("subscription { user(id: %i) { name posts { title } } }", 100, None),
    "all one list": ("subscription { users(limit: 10, orderBy: [{id: ASC}]) { id name } }", 5, 10),
    "each a filter that any row may meet": ("subscription { users(where: {id: {gte: %i}}, limit: 1, orderBy: [{id: ASC}]) { name } }", 2, None),
}


def fill(service, rows):
    people = [{"id": i, "email": f"u{i}@example.com", "name": f"name {i}"} for i in range(1, rows + 1)]
    posts = [{"author_id": i, "title": "a title", "content": "c"} for i in range(1, rows + 1) for _ in range(3)]
    for path, body in ("/users", people), ("/posts", posts):
        status, _, problem = service.request("POST", path, body)
        assert status == 201, problem


def cpu_seconds(service):
    fields = Path(f"/proc/{service.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(out, binary, database, server, options):
    found = {}
    for name, (query, rate, rows) in CASES.items():
        with Service(binary, server=server) as service:
            fill(service, options.subscribers)
            command = [Path(out) / "bin" / "live_clients", service.port, options.subscribers, query, rate * options.seconds, rate,
                       rows or options.subscribers]
            began = cpu_seconds(service)
            done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"{name}: {done.stdout}{done.stderr}")
            found[name] = json.loads(done.stdout)
            numbers = found[name]
            numbers["service_cpu_ms"] = round((cpu_seconds(service) - began) * 1000)
            print(f"{database:10}  {name:36}  {numbers['messages']:7} messages  p50 {numbers['p50']:7.2f} ms  "
                  f"p99 {numbers['p99']:7.2f} ms  the write alone {numbers['write_p50']:.2f} and {numbers['write_p99']:.2f} ms  "
                  f"CPU of the service {numbers['service_cpu_ms']} ms", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    subprocess.run(["ninja", "-C", options.out, "live_clients", "sqlxc"], check=True, stdout=subprocess.DEVNULL)
    binary = harness.compiled(ROOT / "examples" / "blog" / "blog.sql")
    print(f"{options.subscribers} subscribers, {options.seconds} s each, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    found = {"SQLite": measure(options.out, binary, "SQLite", None, options)}
    if postgres.find_binaries() is not None:
        with postgres.Server(fsync=True) as server:
            found["PostgreSQL"] = measure(options.out, binary, "PostgreSQL", server.url(), options)
    if options.write:
        (ROOT / "bench" / "results" / "live.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
