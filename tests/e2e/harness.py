"""What every end-to-end test needs: a compiled service on a file of its own, and clients for it. Standard library only."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(os.environ.get("SQLXC_CORPUS") or ROOT.parent / "shared" / "corpus")
SKIPPED = 77
# The URL of a PostgreSQL server: each service gets a database of its own there. Not set: SQLite.
POSTGRES = os.environ.get("SQLXC_E2E_POSTGRES")
SHOW = {"Prefer": "return=representation"}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def compiled(schema):
    """The service binary of a schema: $SQLXC_E2E_SERVICE if it is the blog's, or what the compiler makes of it."""
    given = os.environ.get("SQLXC_E2E_SERVICE")
    if given and Path(schema).stem == "blog":
        return Path(given)
    compiler = Path(os.environ.get("SQLXC") or ROOT / "out" / "bin" / "sqlxc")
    if not compiler.exists():
        skip(f"there is no compiler at {compiler}")
    folder = compiler.resolve().parent.parent / "e2e" / Path(schema).stem  # beside the compiler: each build tree has its own
    print(f"compiling {Path(schema).name}", flush=True)
    subprocess.run([compiler, schema, "-o", folder], check=True)
    return folder / "bin" / "service"


class PostgresDatabase:
    """An empty database on the server of a URL."""

    def __init__(self, server):
        self.server = server
        self.name = "e2e_" + uuid.uuid4().hex
        self.url = re.sub(r"(//[^/]*/)[^?]*", lambda found: found[1] + self.name, server, count=1)
        self.run(f"CREATE DATABASE {self.name}")

    def run(self, sql, url=None):
        command = [postgres.find_binaries() / "psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url or self.server, "-c", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def drop(self):
        self.run(f"DROP DATABASE {self.name} WITH (FORCE)")


class Service:
    """A running service. Leave the `with` block and it is stopped by its pid; `database` survives if it was given.
    Without one it gets a new one: of the `server` (a URL) if that is not None, else a file."""

    def __init__(self, binary, database=None, arguments=(), server=POSTGRES):
        self.binary, self.arguments = binary, list(arguments)
        self.folder = Path(tempfile.mkdtemp(prefix="sqlxc-e2e-"))
        self.own_database = PostgresDatabase(server) if server and not database else None
        self.database = self.own_database.url if self.own_database else database or self.folder / "service.db"
        self.start()

    def start(self):
        self.log_path = self.folder / "service.log"
        self.log = open(self.log_path, "a")
        command = [self.binary, "--port", "0", "--database", self.database, *self.arguments]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=self.log,
                                        text=True, cwd=self.folder)
        line = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not match:
            raise AssertionError(f"the service did not start: {line!r} {self.log_path.read_text()}")
        self.port = int(match[1])

    def request(self, method, path, body=None, headers=None, connection=None):
        """Status, headers and decoded body of one request below /api; `body` is JSON unless it is bytes."""
        client = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = dict(headers or {})
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
        client.request(method, "/api" + path, body, headers)
        answer = client.getresponse()
        data = answer.read()
        if connection is None:
            client.close()
        is_json = bool(re.search(r"[/+]json", answer.getheader("Content-Type") or ""))
        return answer.status, answer.headers, json.loads(data) if is_json and data else data

    def get(self, path, headers=None):
        return self.request("GET", path, None, headers)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def raw(self, data, timeout=10, ends=True):
        """Sends bytes as they are (and, if it `ends`, that no more will follow) and reads until the service closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as client:
            received = b""
            try:
                client.sendall(data)
                if ends:
                    client.shutdown(socket.SHUT_WR)
                while chunk := client.recv(65536):
                    received += chunk
            except (ConnectionResetError, BrokenPipeError):
                pass
            return received

    def is_running(self):
        return self.process.poll() is None

    def resident_mb(self):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def stop(self, patience=20):
        """Asks the service to end and returns its exit status."""
        if self.is_running():
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("the service did not stop when it was asked to")
        self.process.stdout.close()
        self.log.close()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            status = self.stop()
            # A sanitizer that found something, a leak too, ends the service with another status.
            if status != 0:
                raise AssertionError(f"the service ended with {status}: {self.log_path.read_text()[-6000:]}")
        finally:
            if self.own_database:
                self.own_database.drop()
            shutil.rmtree(self.folder, ignore_errors=True)


def wait_until(condition, seconds=20):
    """Polls until the condition holds; what comes after says whether it did."""
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
