#!/usr/bin/env python3
"""What the rules of a schema cost an insert: usage: validation.py SQLXC [--keep]. The blog's service (NOT NULL, lengths, CHECKs, a
format) runs under callgrind and takes inserts one at a time; two runs of different length are subtracted, so that starting up is not
counted. Prints the instructions of a request, those of sqlxc::rules::check and all below it, and their share, beside
bench/results/validation.json; --keep rewrites it. callgrind counts what runs in the program, not what the kernel does for it, so the
share of a request's time is smaller still."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULTS = os.path.join(ROOT, "bench", "results", "validation.json")
INSERTS = (200, 1200)
CHECK = re.compile(r"^\s*([\d,]+).*\bsqlxc::rules::check\(")
TOTAL = re.compile(r"^\s*([\d,]+).*PROGRAM TOTALS")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client:
    """One kept connection; bench/http.py stands in the way of Python's own http."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.file = self.socket.makefile("rb")

    def ask(self, method, path, body=""):
        head = f"{method} {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nPrefer: return=minimal\r\n"
        self.socket.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline().strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, self.file.read(length)


def wait_for(port):
    for _ in range(600):
        try:
            return Client(port)
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service does not answer")


def body(number):
    return json.dumps({"email": f"reader.{number}@example.com", "name": f"Reader {number}", "age": 13 + number % 100, "bio": "reads " * 10})


def instructions(service, inserts):
    """Of a run with so many inserts: all, and those of the rules."""
    with tempfile.TemporaryDirectory() as folder:
        out, port = os.path.join(folder, "callgrind.out"), free_port()
        process = subprocess.Popen(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", service, "--port", str(port),
                                    "--database", os.path.join(folder, "blog.db")], stdout=subprocess.DEVNULL)
        try:
            client = wait_for(port)
            for number in range(inserts):
                status, answer = client.ask("POST", "/api/users", body(number))
                if status != 201:
                    raise SystemExit(f"an insert was answered with {status}: {answer.decode()}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)
        text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out], check=True, capture_output=True, text=True).stdout
    found = {"all": 0, "rules": 0}
    for line in text.splitlines():
        for name, pattern in (("all", TOTAL), ("rules", CHECK)):
            matched = pattern.match(line)
            if matched and not found[name]:
                found[name] = int(matched[1].replace(",", ""))
    if not found["rules"]:
        raise SystemExit("callgrind did not see sqlxc::rules::check")
    return found


def main():
    sqlxc = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sqlxc, os.path.join(ROOT, "examples", "blog", "blog.sql"), "-o", folder], check=True)
        few, many = (instructions(os.path.join(folder, "bin", "service"), inserts) for inserts in INSERTS)
    inserts = INSERTS[1] - INSERTS[0]
    spent = {name: (many[name] - few[name]) // inserts for name in many}
    now = {"instructions_an_insert": spent["all"], "of_rules": spent["rules"], "share": round(spent["rules"] / spent["all"], 4)}
    before = json.load(open(RESULTS, encoding="utf-8")) if os.path.exists(RESULTS) else {}
    for name, value in now.items():
        print(f"{name:24}{value:>10}   committed: {before.get(name, '-'):>10}")
    if "--keep" in sys.argv:
        with open(RESULTS, "w", encoding="utf-8") as file:
            file.write(json.dumps(now, indent=2) + "\n")
    return 0 if now["share"] <= 0.02 else 1


if __name__ == "__main__":
    sys.exit(main())
