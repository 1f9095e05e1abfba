#!/usr/bin/env python3
"""What does the HTTP server cost? The same fixed reply from it and from its limits, at 64 connections.

raw_srv is bare epoll without a parser (the limit), the others are other event loops and parsers; all from
$SQLXC_SHARED_BENCH (default ../shared/bench), without which only our own numbers are printed. Short rounds, strictly
interleaved; medians. Requests a second move with whatever else the machine does: compare `cpu`, the server's CPU
microseconds a request, first.
"""
import argparse
import json
import os
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results" / "http.json"
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program that is started with a port and a number of loops."""

    def __init__(self, name, program):
        self.name, self.program = name, program
        self.port = free_port()
        self.process = None

    def start(self, loops):
        command = [str(self.program), str(self.port), str(loops)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.01)
        sys.exit(f"{self.name} does not serve: {' '.join(command)}")

    def stop(self):
        self.process.kill()
        self.process.wait()

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def load(self, seconds):
        before = self.cpu_seconds()
        out = subprocess.run(["wrk", "-t2", "-c64", f"-d{seconds}s", f"http://127.0.0.1:{self.port}/hello"],
                             capture_output=True, text=True, check=True).stdout
        used = self.cpu_seconds() - before
        requests = int(re.search(r"(\d+) requests in", out)[1])
        if "Non-2xx" in out or requests == 0:
            sys.exit(f"{self.name} gives wrong answers:\n{out}")
        return {"rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), "cpu": used / requests * 1e6}


def build_limits(names, work):
    shared = Path(os.environ.get("SQLXC_SHARED_BENCH", ROOT / ".." / "shared" / "bench")) / "cpp"
    if not shared.is_dir():
        print(f"no limits: there is no {shared}; SQLXC_SHARED_BENCH says where the spikes are")
        return []
    (work / "bin").mkdir(parents=True, exist_ok=True)
    (work / "sqlite").mkdir(exist_ok=True)
    # They open a database even where the reply is fixed.
    with sqlite3.connect(work / "sqlite" / "bench.db") as database:
        database.execute("create table if not exists users (id integer primary key, email, name, age, created_at)")
    programs = [work / "bin" / name for name in names]
    subprocess.run(["make", "-s", "-C", shared, f"PERFPEERS={work}", *map(str, programs)], check=True)
    return [Server(name, program) for name, program in zip(names, programs)]


def measure(servers, rounds, seconds):
    runs = {server.name: [] for server in servers}
    for server in servers:
        server.load(1)
    for turn in range(rounds):
        # Nobody always follows the same other.
        first = turn % len(servers)
        for server in servers[first:] + servers[:first]:
            runs[server.name].append(server.load(seconds))
    return {name: {key: round(statistics.median(run[key] for run in found), 2) for key in ("rps", "cpu")}
            for name, found in runs.items()}


def report(medians, kept):
    ours = medians["ours"]
    for name, numbers in medians.items():
        line = f"{name:9} {numbers['rps']:9.0f} requests/s {numbers['cpu']:6.2f} us CPU each"
        if name != "ours":
            line += (f"   ours does {ours['rps'] / numbers['rps']:.2f} x its requests a second,"
                     f" {numbers['cpu'] / ours['cpu']:.2f} x a CPU second")
        print(line)
    if kept:
        print(f"kept      {kept['ours']['rps']:9.0f} requests/s {kept['ours']['cpu']:6.2f} us CPU each")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each round")
    parser.add_argument("--loops", type=int, default=2)
    parser.add_argument("--build", type=Path, default=ROOT / "out")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sqlxc-bench")
    parser.add_argument("--against", default="raw_srv", help="names of the spikes, with commas: raw_srv,ev_hp,asio_hp")
    parser.add_argument("--save", action="store_true", help=f"keep the numbers in {RESULTS.relative_to(ROOT)}")
    args = parser.parse_args()
    subprocess.run(["ninja", "-C", args.build, "http_fixed"], check=True, stdout=subprocess.DEVNULL)
    servers = [Server("ours", args.build / "bin" / "http_fixed")]
    servers += build_limits(args.against.split(","), args.work.resolve())
    started = []
    try:
        for server in servers:
            server.start(args.loops)
            started.append(server)
        medians = measure(servers, args.rounds, args.seconds)
    finally:
        for server in started:
            server.stop()
    report(medians, json.loads(RESULTS.read_text()) if RESULTS.exists() else None)
    if args.save:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(medians, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
