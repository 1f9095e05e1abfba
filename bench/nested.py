#!/usr/bin/env python3
"""What does GraphQL cost next to SQL that is written by hand, three levels deep: a user, 10 posts, 5 comments of each?

On PostgreSQL. The same service answers the same question three ways: by GraphQL, by a named query whose SQL builds the JSON
(nested_json) and by one that gives flat rows through LATERAL joins, which a client would still have to put together
(nested_rows). Beside them a spike with the same two statements, routing and pipelined libpq and no GraphQL at all, from
$SQLXC_SHARED_BENCH. Short rounds, strictly interleaved. `cpu us` and `pg us` are the CPU of the server and of PostgreSQL's
processes a request; they hold where others load the machine, requests a second do not. The goal: at most 1.3 times the best
of the named queries.
"""
import json
import socket
import statistics
import subprocess
import sys
from pathlib import Path

import service
import service_pg
from service import Server, say

RESULTS = service.HERE / "results" / "nested.json"
GOAL = 1.3
DOCUMENT = ("query($id: BigInt!) { user(id: $id) { name posts(limit: 10, orderBy: [{id: ASC}]) "
            "{ title comments(limit: 5, orderBy: [{id: ASC}]) { body } } } }")


def ask(port, path, body=None):
    # By hand: http.py of this folder stands before Python's own package.
    data = json.dumps(body) if body else ""
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n{data}".encode())
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    return json.loads(answer.split(b"\r\n\r\n", 1)[1])


def check(port):
    """All three ways give the same answer, or nothing is measured."""
    for user in (1, 777, 4000):
        graphql = ask(port, "/graphql", {"query": DOCUMENT, "variables": {"id": user}})["data"]["user"]
        assert len(graphql["posts"]) == 10 and all(len(post["comments"]) == 5 for post in graphql["posts"]), graphql
        by_json = ask(port, f"/api/rpc/nested_json?reader={user}")[0]["data"]
        assert by_json == graphql, (by_json, graphql)
        rows = ask(port, f"/api/rpc/nested_rows?reader={user}")
        assert [row["body"] for row in rows] == [one["body"] for post in graphql["posts"] for one in post["comments"]], rows


def measure(server, kind, postmaster, options):
    before = service_pg.sessions_of(postmaster) if postmaster else {}
    cpu = service.cpu_seconds(server.process.pid)
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", "--timeout", "5s", "-s",
               service.HERE / "nested.lua", f"http://127.0.0.1:{server.port}", "--", kind]
    out = subprocess.run(command, capture_output=True, text=True)
    line = next((line for line in out.stdout.splitlines() if line.startswith("{")), None)
    if line is None:
        sys.exit(f"wrk said nothing about {kind}: {out.stdout}{out.stderr}")
    result = json.loads(line)
    count = max(1, result["requests"])
    if result["bad"] + result["lost"]:
        say(f"{kind}: {result['bad'] + result['lost']} requests failed")
    cpu = service.cpu_seconds(server.process.pid) - cpu
    after = service_pg.sessions_of(postmaster) if postmaster else {}
    spent = sum(seconds - before.get(pid, 0) for pid, seconds in after.items())
    return {"rps": count / (result["micros"] / 1e6), "cpu_us": cpu * 1e6 / count, "pg_us": spent * 1e6 / count,
            "p50_us": result["p50"], "p99_us": result["p99"]}


def ratio_of(samples, best, key):
    """GraphQL's time (or CPU) as a multiple of the best one's, the median of the rounds."""
    def cost(entry):
        return 1 / entry["rps"] if key == "rps" else entry["cpu_us"] + entry["pg_us"]
    return round(statistics.median(cost(ours) / cost(theirs) for ours, theirs in zip(samples["graphql"], samples[best])), 3)


def report(samples, options):
    table = {name: {key: round(service.median_of(rounds, key), 1) for key in rounds[0]} for name, rounds in samples.items()}
    say(f"\n{'what':12} {'rps':>8} {'cpu us':>7} {'pg us':>7} {'p50 us':>7} {'p99 us':>7}")
    for name, values in table.items():
        say(f"{name:12} {values['rps']:8.0f} {values['cpu_us']:7.1f} {values['pg_us']:7.1f} {values['p50_us']:7.0f} {values['p99_us']:7.0f}")
    # Whichever makes GraphQL look worse.
    by_hand = ("query_json", "query_rows")
    best = max(by_hand, key=lambda name: ratio_of(samples, name, "rps"))
    time, cpu = ratio_of(samples, best, "rps"), max(ratio_of(samples, name, "cpu") for name in by_hand)
    say(f"\ngraphql / {best}, the best by hand through the same server: {time:.2f} in time, at most {cpu:.2f} in CPU of both "
        f"(goal {GOAL}: {'met' if time <= GOAL else 'missed'})")
    if options.save:
        RESULTS.write_text(json.dumps({
            "connections": options.connections, "seconds": options.seconds, "rounds": options.rounds, "threads": options.threads,
            "pg_connections": options.pg_connections, "best_by_hand": best, "time_ratio": time, "cpu_ratio": cpu,
            "kinds": table}, indent=1) + "\n")
    return time <= GOAL


def run(options, url, postmaster, folder, binary):
    service_pg.fill(binary, url, folder)
    threads, connections = str(options.threads), str(options.pg_connections)
    ours = [binary, "--port", "PORT", "--database", url, "--threads", threads, "--read-connections", connections]
    spike = [folder / "spike_pg", "PORT", threads, connections, url]
    kinds = {name: (name, ours, "/health") for name in ("graphql", "query_json", "query_rows")}
    kinds |= {"spike_rows": ("spike", spike, "/users/5"), "spike_json": ("spike", [*spike, "json"], "/users/5")}
    server = Server("first", ours, "", "/health", folder)
    try:
        check(server.port)
    finally:
        server.stop()
    samples = {name: [] for name in kinds}
    for round_ in range(options.rounds):
        # Who comes second finds the caches warm: they take turns.
        for name in sorted(kinds, reverse=round_ % 2 == 1):
            kind, command, path = kinds[name]
            server = Server(name, command, "", path, folder)
            try:
                samples[name].append(measure(server, kind, postmaster, options))
            finally:
                server.stop()
    return report(samples, options)


def main():
    options = service_pg.parser_of(__doc__).parse_args()
    with service_pg.prepared(options) as (folder, url, postmaster):
        if options.service:
            binary = Path(options.service).resolve()
        else:
            command = [options.sqlxc, service.HERE / "bench.sql", service.HERE / "nested.sql", "-o", folder / "service"]
            subprocess.run(command, check=True)
            binary = folder / "service" / "bin" / "service"
        met = run(options, url, postmaster, folder, binary)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
