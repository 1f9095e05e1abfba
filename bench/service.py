#!/usr/bin/env python3
"""How fast is a service that sqlxc compiled, next to code written by hand for the same schema?

Three servers read one SQLite file: raw_srv (bare epoll and one prepared statement: the limit), spike_lite (a spike with
routing, JSON and group commit; both from $SQLXC_SHARED_BENCH) and our service. Short rounds, strictly interleaved, so
that what else the machine does hits all three. CPU microseconds a request are steadier than requests a second.
"""
import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results" / "service.json"
TICK = os.sysconf("SC_CLK_TCK")
WORKLOADS = ["point", "list", "embed", "insert"]
TARGETS = {"point": 0.85, "list": 0.85}


def say(text):
    print(text, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_mb(pid):
    match = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(match[1]) / 1024


class Server:
    """A process that answers on its own port; stopped by its pid."""

    def __init__(self, name, command, prefix, path, folder):
        self.name, self.prefix, self.port = name, prefix, free_port()
        command = [str(part).replace("PORT", str(self.port)) for part in command]
        self.log = open(folder / f"{name}.log", "w")
        started = time.time()
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)
        self.first_ms = None
        while time.time() - started < 20 and self.process.poll() is None:
            if self.answers(path):
                self.first_ms = (time.time() - started) * 1000
                self.idle_mb = resident_mb(self.process.pid)
                return
            time.sleep(0.001)
        self.stop()
        sys.exit(f"{name} did not answer; see {folder / name}.log")

    def answers(self, path):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as client:
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                return client.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def measure(self, workload, connections, seconds):
        pid = self.process.pid
        before = cpu_seconds(pid)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "5s", "-s", HERE / "service.lua",
                   f"http://127.0.0.1:{self.port}", "--", workload, self.prefix]
        out = subprocess.run(command, capture_output=True, text=True)
        line = next((line for line in out.stdout.splitlines() if line.startswith("{")), None)
        if line is None:
            sys.exit(f"wrk said nothing about {self.name}: {out.stdout}{out.stderr}")
        result = json.loads(line)
        cpu = cpu_seconds(pid) - before
        count = max(1, result["requests"])
        return {"rps": count / (result["micros"] / 1e6), "cpu_us": cpu * 1e6 / count, "p50_us": result["p50"],
                "p99_us": result["p99"], "bad": result["bad"], "lost": result["lost"]}

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


def build_spikes(source, database, folder):
    for name in ("raw_srv", "spike_lite"):
        define = f'-DDB_PATH="{database}"'
        command = ["g++", "-std=c++20", "-O2", "-DNDEBUG", "-w", f"-I{source}", define, "-o", folder / name,
                   source / f"{name}.cpp", "-lsqlite3", "-lpthread", "-lhttp_parser"]
        subprocess.run(command, check=True)


def compile_service(sqlxc, folder):
    subprocess.run([sqlxc, HERE / "bench.sql", "-o", folder / "service"], check=True)
    return folder / "service" / "bin" / "service"


def make_database(service, folder):
    """Lets the service create its own schema, then fills it."""
    database = folder / "bench.db"
    server = Server("first", [service, "--port", "PORT", "--database", database], "/api", "/health", folder)
    server.stop()
    say("filling the database (some 20 s)")
    with open(HERE / "data.sql") as script:
        subprocess.run(["sqlite3", database], stdin=script, check=True, stdout=subprocess.DEVNULL)
    return database


def median_of(rounds, key):
    return statistics.median(entry[key] for entry in rounds)


def summarize(samples, spike="spike_lite"):
    table = {}
    for workload, servers in samples.items():
        table[workload] = {
            name: {key: round(median_of(rounds, key), 1) for key in ("rps", "cpu_us", "p50_us", "p99_us")}
            for name, rounds in servers.items()}
        for name, rounds in servers.items():
            failed = sum(entry["bad"] + entry["lost"] for entry in rounds)
            if failed:
                say(f"{name} {workload}: {failed} requests failed")
        if spike in servers and "service" in servers:
            pairs = [ours["rps"] / theirs["rps"] for ours, theirs in zip(servers["service"], servers[spike])]
            table[workload]["ratio"] = round(statistics.median(pairs), 3)
            cpu = table[workload]
            cpu["cpu_ratio"] = round(cpu["service"]["cpu_us"] / cpu[spike]["cpu_us"], 3)
    return table


def report(table, previous, spike="spike_lite", targets=TARGETS):
    say(f"\n{'workload':9} {'server':11} {'rps':>9} {'cpu us':>7} {'p50 us':>7} {'p99 us':>7}")
    for workload, servers in table.items():
        for name, values in servers.items():
            if isinstance(values, dict):
                say(f"{workload:9} {name:11} {values['rps']:9.0f} {values['cpu_us']:7.1f} {values['p50_us']:7.0f} "
                    f"{values['p99_us']:7.0f}")
    say("")
    for workload, servers in table.items():
        if "ratio" not in servers:
            continue
        line = f"{workload:9} service / {spike}: {servers['ratio']:.2f} in requests, {servers['cpu_ratio']:.2f} in CPU"
        if workload in targets:
            line += f"  (goal {targets[workload]:.2f}: {'met' if servers['ratio'] >= targets[workload] else 'missed'})"
        before = previous.get("workloads", {}).get(workload, {}).get("ratio")
        if before is not None:
            line += f"; last committed {before:.2f}"
        say(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of each run")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--sqlxc", default=os.environ.get("SQLXC", ROOT / "out" / "bin" / "sqlxc"))
    parser.add_argument("--service", help="a compiled service, instead of compiling bench.sql")
    parser.add_argument("--folder", help="work here and keep it (database, programs); else a temporary folder")
    parser.add_argument("--save", action="store_true", help="write bench/results/service.json")
    options = parser.parse_args()

    shared = Path(os.environ.get("SQLXC_SHARED_BENCH", ROOT.parent / "shared" / "bench")) / "cpp"
    if not (shared / "spike_lite.cpp").exists():
        sys.exit(f"the spikes are not at {shared}: set SQLXC_SHARED_BENCH")
    for tool in ("wrk", "sqlite3", "g++"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed")
    folder = Path(options.folder or tempfile.mkdtemp(prefix="sqlxc-bench-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    servers = []
    try:
        service = Path(options.service).resolve() if options.service else compile_service(options.sqlxc, folder)
        database = folder / "bench.db"
        if not database.exists():
            database = make_database(service, folder)
        if not (folder / "spike_lite").exists():
            build_spikes(shared, database, folder)
        samples = {}
        environment = [service, "--port", "PORT", "--database", database, "--threads", "2"]
        if "--synchronous" in subprocess.run([service, "--help"], capture_output=True, text=True).stdout:
            environment += ["--synchronous", "normal"]
        commands = {"raw_srv": ([folder / "raw_srv", "PORT", "2"], "", "/users/5"),
                    "spike_lite": ([folder / "spike_lite", "PORT", "2", database, "NORMAL"], "", "/users/5"),
                    "service": (environment, "/api", "/api/users/5")}
        start = {}
        for workload in options.workloads.split(","):
            samples[workload] = {}
            for name, (command, prefix, path) in commands.items():
                if name == "raw_srv" and workload != "point":
                    continue
                samples[workload][name] = []
            for _ in range(options.rounds):
                for name in samples[workload]:
                    command, prefix, path = commands[name]
                    server = Server(name, command, prefix, path, folder)
                    servers.append(server)
                    start.setdefault(name, []).append((server.first_ms, server.idle_mb))
                    samples[workload][name].append(server.measure(workload, options.connections, options.seconds))
                    server.stop()
        table = summarize(samples)
        previous = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        report(table, previous)
        starts = {name: {"first_ms": round(statistics.median(first for first, _ in values), 1),
                         "idle_mb": round(statistics.median(mb for _, mb in values), 1)}
                  for name, values in start.items()}
        for name, values in starts.items():
            say(f"{name:11} first 200 after {values['first_ms']:.0f} ms, {values['idle_mb']:.1f} MB resident then")
        if options.save:
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps({"connections": options.connections, "seconds": options.seconds,
                                           "rounds": options.rounds, "workloads": table, "start": starts},
                                          indent=1) + "\n")
    finally:
        for server in servers:
            server.stop()
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
