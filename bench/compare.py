#!/usr/bin/env python3
"""Compares the server with its limits: short interleaved rounds of wrk at 64 connections, medians, ratios.

  bench/compare.py http                 the HTTP server with a fixed reply, beside raw_srv (bare epoll)
  bench/compare.py service [--service BIN]   point read and 20-row list over SQLite, beside spike_lite and raw_srv
  options: --rounds 5 --seconds 2 --loops 2 --build out --work DIR --save

Limits and spikes are built from $SQLXC_SHARED_BENCH (default ../shared/bench); without it only our own numbers are
printed. Requests a second move with whatever else the machine does: compare `cpu`, the server's CPU microseconds a
request, first. --save keeps the numbers in bench/results.json; each run says how it stands to those.
"""
import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BENCH = os.path.join(ROOT, "bench")
RESULTS = os.path.join(BENCH, "results.json")
SHARED = os.environ.get("SQLXC_SHARED_BENCH", os.path.join(ROOT, "..", "shared", "bench"))
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


class Contender:
    """A server's command (PORT stands for its port), the prefix of its paths and the workloads that it answers."""

    def __init__(self, name, command, prefix="", workloads=("hello",)):
        self.name, self.command, self.prefix, self.workloads = name, command, prefix, workloads
        self.process = self.port = None

    def start(self):
        self.port = free_port()
        command = [part.replace("PORT", str(self.port)) for part in self.command]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"{self.name} ended with status {self.process.returncode}: {' '.join(command)}")
                time.sleep(0.01)
        sys.exit(f"{self.name} does not listen")

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def load(self, workload, seconds):
        before = cpu_seconds(self.process.pid)
        out = subprocess.run(
            ["wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", "-s", os.path.join(BENCH, "load.lua"),
             f"http://127.0.0.1:{self.port}", "--", workload, self.prefix],
            capture_output=True, text=True, check=True).stdout
        used = cpu_seconds(self.process.pid) - before
        requests = int(re.search(r"(\d+) requests in", out)[1])
        if "Non-2xx" in out or requests == 0:
            sys.exit(f"{self.name}, {workload}: wrong answers\n{out}")
        return {"rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), "cpu": used / requests * 1e6}


def measure(contenders, workload, rounds, seconds):
    """Medians by contender. All run at once, idle but for the one under load, and take turns."""
    found = {c.name: [] for c in contenders}
    for contender in contenders:
        contender.load(workload, 1)
    for _ in range(rounds):
        for contender in contenders:
            found[contender.name].append(contender.load(workload, seconds))
    return {name: {key: round(statistics.median(run[key] for run in runs), 2) for key in ("rps", "cpu")}
            for name, runs in found.items()}


def report(workload, medians, ours, kept):
    for name, numbers in medians.items():
        line = f"  {workload:6} {name:11} {numbers['rps']:9.0f} requests/s {numbers['cpu']:7.2f} us CPU each"
        if name != ours:
            rps = medians[ours]["rps"] / numbers["rps"]
            cpu = numbers["cpu"] / medians[ours]["cpu"]
            line += f"   ours: {rps:.2f} x its requests/s, {cpu:.2f} x its requests a CPU second"
        print(line)
    last = kept.get(workload, {}).get(ours)
    if last:
        print(f"  {workload:6} kept        {last['rps']:9.0f} requests/s {last['cpu']:7.2f} us CPU each")


def build_limits(work, names):
    if not os.path.isdir(os.path.join(SHARED, "cpp")):
        print(f"no limits: there is no {SHARED}; SQLXC_SHARED_BENCH says where they are")
        return False
    targets = [os.path.join(work, "bin", name) for name in names]
    subprocess.run(["make", "-s", "-C", os.path.join(SHARED, "cpp"), f"PERFPEERS={work}", *targets], check=True)
    return True


def fill(path, schema=None):
    """Puts the rows into a database, into whose file the tables may have been made already."""
    for name in ([schema] if schema else []) + ["rows.sql"]:
        with open(os.path.join(BENCH, name)) as script:
            subprocess.run(["sqlite3", "-bail", path], stdin=script, stdout=subprocess.DEVNULL, check=True)


def spike_database(work, name):
    path = os.path.join(work, "sqlite", name)
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        fill(path + ".new", "spike.sql")
        os.rename(path + ".new", path)
    return path


def build_service(args):
    if args.service:
        return args.service
    target = os.path.join(args.work, "service")
    compiler = os.path.join(args.build, "bin", "sqlxc")
    subprocess.run([compiler, os.path.join(BENCH, "blog.sql"), "-o", target], check=True)
    return os.path.join(target, "bin", "service")


def service_database(args, service):
    """A file whose tables the service made itself."""
    path = os.path.join(args.work, "sqlite", "service.db")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    maker = Contender("service", [service, "--port=PORT", "--database", path])
    maker.start()
    print(f"  service     {resident_mb(maker.process.pid):.1f} MB resident when idle")
    maker.process.terminate()
    maker.process.wait()
    fill(path)
    return path


def compare_http(args):
    subprocess.run(["ninja", "-C", args.build, "http_fixed"], check=True, stdout=subprocess.DEVNULL)
    contenders = [Contender("ours", [os.path.join(args.build, "bin", "http_fixed"), "PORT", str(args.loops)])]
    if build_limits(args.work, ["raw_srv"]):
        spike_database(args.work, "bench.db")
        contenders.append(Contender("raw_srv", [os.path.join(args.work, "bin", "raw_srv"), "PORT", str(args.loops)]))
    return contenders, ["hello"]


def compare_service(args):
    service = build_service(args)
    os.makedirs(os.path.join(args.work, "sqlite"), exist_ok=True)
    database = service_database(args, service)
    contenders = [Contender("ours", [service, "--port=PORT", "--database", database, f"--threads={args.loops}"], "/api")]
    if build_limits(args.work, ["raw_srv", "spike_lite"]):
        spike_database(args.work, "bench.db")
        binaries = os.path.join(args.work, "bin")
        contenders.append(Contender("spike_lite", [os.path.join(binaries, "spike_lite"), "PORT", str(args.loops),
                                                   spike_database(args.work, "spike.db"), "FULL"]))
        contenders.append(Contender("raw_srv", [os.path.join(binaries, "raw_srv"), "PORT", str(args.loops)],
                                    workloads=("hello", "point")))
    for contender in contenders:
        if len(contender.workloads) == 1:
            contender.workloads = ("point", "list")
    return contenders, ["point", "list"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["http", "service"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--loops", type=int, default=2)
    parser.add_argument("--build", default=os.path.join(ROOT, "out"))
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "sqlxc-bench"))
    parser.add_argument("--service", help="a compiled service of bench/blog.sql")
    parser.add_argument("--save", action="store_true")
    args = parser.parse_args()
    args.work = os.path.abspath(args.work)
    os.makedirs(os.path.join(args.work, "bin"), exist_ok=True)
    contenders, workloads = (compare_http if args.what == "http" else compare_service)(args)
    kept = {}
    if os.path.exists(RESULTS):
        with open(RESULTS) as file:
            kept = json.load(file)
    started = []
    try:
        for contender in contenders:
            contender.start()
            started.append(contender)
        for workload in workloads:
            able = [c for c in contenders if workload in c.workloads]
            medians = measure(able, workload, args.rounds, args.seconds)
            report(workload, medians, "ours", kept)
            if args.save:
                kept[workload] = medians
    finally:
        for contender in started:
            contender.stop()
    if args.save:
        with open(RESULTS, "w") as file:
            json.dump(kept, file, indent=2, sort_keys=True)
            file.write("\n")


if __name__ == "__main__":
    main()
