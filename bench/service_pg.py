#!/usr/bin/env python3
"""How fast is a compiled service on PostgreSQL, next to code written by hand for the same schema?

Both read one server (a throw-away one, durable, unless --url names another): spike_pg, a spike with routing, JSON and
pipelined libpq from $SQLXC_SHARED_BENCH, and our service, with as many loops and as many connections. Short rounds,
strictly interleaved, so that what else the machine does hits both. `pg us` is the CPU of the server's processes a
request: where it differs, the SQL does.
"""
import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import service
from service import Server, say

sys.path.insert(0, str(service.ROOT / "tests" / "e2e"))
import postgres  # noqa: E402

RESULTS = service.HERE / "results" / "service_pg.json"
WORKLOADS = ["point", "list", "embed", "page", "insert"]
TARGETS = {"point": 0.85, "list": 0.85, "embed": 0.85, "page": 0.85}
SETTINGS = ["shared_buffers = 1GB", "max_wal_size = 8GB", "autovacuum = off", "checkpoint_timeout = 30min"]


def sessions_of(postmaster):
    """CPU seconds of the server's processes, by pid."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster:
            found[stat.parent.name] = (int(fields[11]) + int(fields[12])) / service.TICK
    return found


def measure(server, postmaster, workload, options):
    before = sessions_of(postmaster) if postmaster else {}
    sample = server.measure(workload, options.connections, options.seconds)
    after = sessions_of(postmaster) if postmaster else {}
    spent = sum(seconds - before.get(pid, 0) for pid, seconds in after.items())
    sample["pg_us"] = spent * 1e6 / max(1, sample["rps"] * options.seconds)
    return sample


def build_spike(source, folder):
    command = ["g++", "-std=c++20", "-O2", "-DNDEBUG", "-w", f"-I{source}", "-I/usr/include/postgresql", '-DDB_PATH=""',
               "-o", folder / "spike_pg", source / "spike_pg.cpp", "-lpq", "-lpthread", "-lhttp_parser"]
    subprocess.run(command, check=True)


def fill(binary, url, folder):
    """Lets the service create its own schema, then adds the rows."""
    Server("first", [binary, "--port", "PORT", "--database", url], "/api", "/health", folder).stop()
    psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url]
    count = subprocess.run([*psql, "-Atc", "SELECT count(*) FROM users"], check=True, capture_output=True, text=True).stdout
    if count.strip() == "0":
        say("filling the database (some 20 s)")
        subprocess.run([*psql, "-f", service.HERE / "data_postgres.sql"], check=True, stdout=subprocess.DEVNULL)


def run(options, url, postmaster, folder):
    binary = Path(options.service).resolve() if options.service else service.compile_service(options.sqlxc, folder)
    fill(binary, url, folder)
    threads, connections = str(options.threads), str(options.pg_connections)
    commands = {
        "spike_pg": ([folder / "spike_pg", "PORT", threads, connections, url], "", "/users/5"),
        "service": ([binary, "--port", "PORT", "--database", url, "--threads", threads, "--read-connections", connections,
                     "--write-connections", connections], "/api", "/api/users/5")}
    samples, start = {}, {}
    for workload in options.workloads.split(","):
        samples[workload] = {name: [] for name in commands}
        for round_ in range(options.rounds):
            # Who comes second finds the caches warm: they take turns.
            for name in sorted(commands, reverse=round_ % 2 == 1):
                command, prefix, path = commands[name]
                server = Server(name, command, prefix, path, folder)
                try:
                    start.setdefault(name, []).append((server.first_ms, server.idle_mb))
                    samples[workload][name].append(measure(server, postmaster, workload, options))
                finally:
                    server.stop()
    table = service.summarize(samples, "spike_pg")
    for workload, servers in samples.items():
        for name, rounds in servers.items():
            table[workload][name]["pg_us"] = round(service.median_of(rounds, "pg_us"), 1)
    previous = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    service.report(table, previous, "spike_pg", TARGETS)
    for workload in table:
        say(f"{workload:9} PostgreSQL's CPU a request: {table[workload]['service']['pg_us']:.1f} us for the service, "
            f"{table[workload]['spike_pg']['pg_us']:.1f} us for the spike")
    starts = {name: {"first_ms": round(statistics.median(first for first, _ in values), 1),
                     "idle_mb": round(statistics.median(mb for _, mb in values), 1)} for name, values in start.items()}
    for name, values in starts.items():
        say(f"{name:11} first 200 after {values['first_ms']:.0f} ms, {values['idle_mb']:.1f} MB resident then")
    if options.save:
        RESULTS.write_text(json.dumps({
            "connections": options.connections, "seconds": options.seconds, "rounds": options.rounds,
            "threads": options.threads, "pg_connections": options.pg_connections, "workloads": table,
            "start": starts}, indent=1) + "\n")


def parser_of(description):
    """What every bench before PostgreSQL may be told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each run")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2, help="loops of either")
    parser.add_argument("--pg-connections", type=int, default=2, help="a loop has, of either")
    parser.add_argument("--sqlxc", default=os.environ.get("SQLXC", service.ROOT / "out" / "bin" / "sqlxc"))
    parser.add_argument("--service", help="a compiled service, instead of compiling one")
    parser.add_argument("--url", help="a database that is empty or was filled by this, instead of a server of our own")
    parser.add_argument("--postmaster", type=int, help="its first process, for the server's CPU")
    parser.add_argument("--folder", help="work here and keep it (programs, logs); else a temporary folder")
    parser.add_argument("--save", action="store_true", help="write the results of bench/results anew")
    return parser


@contextlib.contextmanager
def prepared(options):
    """A folder with the spike, the URL of a server, and its first process (None where nobody said it)."""
    shared = Path(os.environ.get("SQLXC_SHARED_BENCH", service.ROOT.parent / "shared" / "bench")) / "cpp"
    if not (shared / "spike_pg.cpp").exists():
        sys.exit(f"the spikes are not at {shared}: set SQLXC_SHARED_BENCH")
    for tool in ("wrk", "psql", "g++"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed")
    folder = Path(options.folder or tempfile.mkdtemp(prefix="sqlxc-bench-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not (folder / "spike_pg").exists():
            build_spike(shared, folder)
        if options.url:
            yield folder, options.url, options.postmaster
        else:
            with postgres.Server(fsync=True, settings=SETTINGS) as server:
                yield folder, server.url(socket_url=True), int((server.data / "postmaster.pid").read_text().split()[0])
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = parser_of(__doc__)
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    options = parser.parse_args()
    with prepared(options) as (folder, url, postmaster):
        run(options, url, postmaster, folder)


if __name__ == "__main__":
    main()
