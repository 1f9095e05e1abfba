"""What every end-to-end test needs: a compiled service on a file of its own, and clients for it. Standard library only."""
import atexit
import fcntl
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
from urllib.parse import unquote, unquote_to_bytes

import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(os.environ.get("SQLXC_CORPUS") or ROOT.parent / "shared" / "corpus")
SKIPPED = 77
# The URL of a PostgreSQL server: each service gets a database of its own there. Not set: SQLite.
POSTGRES = os.environ.get("SQLXC_E2E_POSTGRES")
# 3.1 or 3.0: each service gets prism in front of it, which holds requests and answers against its OpenAPI document.
JUDGE = os.environ.get("SQLXC_E2E_OPENAPI")
# A sanitized service is slow and holds freed memory back: its times and its memory say nothing.
SANITIZED = os.environ.get("SQLXC_SANITIZE") == "1"
DOCUMENTS = {"3.1": "openapi.json", "3.0": "openapi-3.0.json"}
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
    folder.parent.mkdir(exist_ok=True)
    # Of tests that run at once the first compiles; for the others there is nothing left to write.
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([compiler, schema, "-o", folder], check=True)
    return folder / "bin" / "service"


def is_utf8(path):
    try:
        unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
    return True


def shaped_columns(path):
    """The members of the answer that `select` renames, casts, aggregates or spreads: theirs is the type that it asks for."""
    select = re.search(r"[?&]select=([^&]*)", path)
    found = set()
    for member in re.findall(r"(?:[^,()]|\([^()]*\))+", unquote(select[1])) if select else []:
        if not re.fullmatch(r"\w+|\*", member):
            found.update(re.findall(r"\w+", member))
    return found


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


class Judges:
    """The process whose proxies are prism's (clients/judge.mjs): one for all services of a suite."""

    process = None

    @classmethod
    def ask(cls, line):
        if cls.process is None:
            cls.process = subprocess.Popen(["node", "judge.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                           cwd=ROOT / "tests" / "e2e" / "clients")
            atexit.register(cls.stop)
        cls.process.stdin.write(line + "\n")
        cls.process.stdin.flush()

    @classmethod
    def start(cls, document, port):
        cls.ask(f"{document}\thttp://127.0.0.1:{port}")
        return int(cls.process.stdout.readline())

    @classmethod
    def stop(cls):
        cls.process.stdin.close()
        cls.process.wait()
        print(f"prism has judged {Judge.judged} requests and their answers", flush=True)


class Judge:
    """prism as a proxy before one service. It passes everything on and says in a header how a request or an answer breaks the
    document: an answer never may, and a request only if the service refuses it, too."""

    judged = 0

    def __init__(self, upstream, binary, violations):
        self.violations = violations
        self.port = Judges.start(Path(binary).parent.parent / "docs" / DOCUMENTS[JUDGE], upstream)

    @staticmethod
    def can_read(method, path, body):
        """prism reads and writes anew what passes it: what is no JSON or no UTF-8 goes around it. To HEAD it answers 500 of its
        own. No document has OPTIONS, and none the slash behind /api, which the service takes, too."""
        return not isinstance(body, bytes) and is_utf8(path) and method not in ("HEAD", "OPTIONS") and path not in ("/", "/.")

    def check(self, method, path, body, answer, data):
        Judge.judged += 1
        for violation in json.loads(answer.getheader("sl-violations") or "[]"):
            if not self.is_excused(violation, path, answer, data):
                self.violations.append(f"{method} {path} {(body or b'')[:300]} {answer.status}: {violation} {data[:300]}")

    @staticmethod
    def is_excused(violation, path, answer, data):
        side, *place = violation["location"]
        if side == "request":
            return answer.status >= 400
        # A document says what a body may hold, not that there is one: return=minimal sends none. To prism every +json
        # is the application/json that stands first.
        is_empty = not data and answer.status < 300
        is_other = (answer.getheader("Content-Type") or "").startswith("application/vnd.pgrst.")
        return is_empty or is_other or any(part in shaped_columns(path) for part in place)

    def stop(self):
        Judges.ask(str(self.port))


class Service:
    """A running service. Leave the `with` block and it is stopped by its pid; `database` survives if it was given.
    Without one it gets a new one: of the `server` (a URL) if that is not None, else a file."""

    def __init__(self, binary, database=None, arguments=(), server=POSTGRES, environment=None):
        self.binary, self.arguments = binary, list(arguments)
        self.environment = {**os.environ, **(environment or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="sqlxc-e2e-"))
        self.violations = []  # of the document, as the judge found them
        self.own_database = PostgresDatabase(server) if server and not database else None
        self.database = self.own_database.url if self.own_database else database or self.folder / "service.db"
        self.start()

    def start(self):
        self.log_path = self.folder / "service.log"
        self.log = open(self.log_path, "a")
        command = [self.binary, "--port", "0", "--database", self.database, *self.arguments]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=self.log,
                                        text=True, cwd=self.folder, env=self.environment)
        line = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not match:
            raise AssertionError(f"the service did not start: {line!r} {self.log_path.read_text()}")
        self.port = int(match[1])
        self.proxy = Judge(self.port, self.binary, self.violations) if JUDGE else None

    def request(self, method, path, body=None, headers=None, connection=None):
        """Status, headers and decoded body of one request below /api; `body` is JSON unless it is bytes."""
        headers = dict(headers or {})
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        is_judged = Judge.can_read(method, path, body)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        answer, data = self.exchange(method, path, body, headers, connection, is_judged)
        is_json = bool(re.search(r"[/+]json", answer.getheader("Content-Type") or ""))
        return answer.status, answer.headers, json.loads(data) if is_json and data else data

    def exchange(self, method, path, data, headers, connection=None, is_judged=True):
        """The answer to one request below /api, and its bytes."""
        is_own = connection is None or (connection.port != self.port and not is_judged)
        client = self.connect(is_judged) if is_own else connection
        if client.port != self.port:
            headers = {"Accept": "*/*", **headers}  # prism says another one where there is none
        client.request(method, "/api" + path, data, headers)
        answer = client.getresponse()
        found = answer.read()
        if client.port != self.port:
            self.proxy.check(method, path, data, answer, found)
        if is_own:
            client.close()
        return answer, found

    def get(self, path, headers=None):
        return self.request("GET", path, None, headers)

    def graphql(self, query, variables=None, connection=None):
        """The answer to a document of GraphQL: status and decoded body."""
        client = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = json.dumps({"query": query, "variables": variables or {}})
        client.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        answer = client.getresponse()
        data = json.loads(answer.read())
        if connection is None:
            client.close()
        return answer.status, data

    def connect(self, is_judged=True, timeout=30):
        """A connection for many requests."""
        port = self.proxy.port if self.proxy and is_judged else self.port
        return http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

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

    def stop_proxy(self):
        if self.proxy:
            self.proxy.stop()
            self.proxy = None

    def kill(self):
        self.stop_proxy()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def stop(self, patience=20):
        """Asks the service to end and returns its exit status."""
        self.stop_proxy()
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
            if self.violations:
                raise AssertionError(f"{len(self.violations)} times the document says otherwise:\n" + "\n".join(self.violations[:50]))
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
