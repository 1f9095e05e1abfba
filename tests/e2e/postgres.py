#!/usr/bin/env python3
"""A throw-away PostgreSQL server on a free port of 127.0.0.1 and a Unix socket, for tests and benchmarks.

    with postgres.Server() as server: ... server.url() ...
    tests/e2e/postgres.py run COMMAND...    runs the command with $SQLXC_TEST_POSTGRES and the means to restart it

Standard library only. initdb refuses root: as root everything runs as the user postgres."""
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def find_binaries():
    """The folder of initdb and postgres, the newest version; None if there is no server here."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if found:
        return Path(found[-1]).parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A cluster of its own; leave the `with` block and it is stopped and its folder gone. No durability unless
    `fsync`: a test's server may lose everything with the machine, never with its own process."""

    def __init__(self, fsync=False, settings=()):
        self.binaries = find_binaries()
        if self.binaries is None:
            raise FileNotFoundError("no PostgreSQL server is installed: apt-get install postgresql")
        self.folder = Path(tempfile.mkdtemp(prefix="sqlxc-pg-"))
        self.data = self.folder / "data"
        self.port = free_port()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.folder.chmod(0o755)
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        lines = ["listen_addresses = '127.0.0.1'", f"port = {self.port}", f"unix_socket_directories = '{self.folder}'",
                 "max_connections = 200", "jit = off"]
        if not fsync:
            lines += ["fsync = off", "full_page_writes = off"]
        with open(self.data / "postgresql.conf", "a") as configuration:
            configuration.write("\n".join([*lines, *settings]) + "\n")
        self.start()

    def as_user(self, command):
        return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command

    def run(self, program, *arguments):
        command = self.as_user([str(self.binaries / program), *map(str, arguments)])
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        """Starts the server and waits until it answers."""
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "60", "start")

    def stop(self, mode="fast"):
        """`fast` ends all sessions, `immediate` is a crash."""
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", mode, "stop")

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def url(self, database="postgres", socket_url=False):
        if socket_url:
            return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def psql(self, sql, database="postgres"):
        """Runs SQL and returns what psql prints, unaligned."""
        command = [str(self.binaries / "psql"), "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-f", "-"]
        done = subprocess.run(command, input=sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def close(self):
        try:
            self.stop("immediate")
        except RuntimeError:
            pass  # stopped already
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Pooler:
    """PgBouncer in transaction mode before a server, with fewer server connections than a loop has of its own."""

    def __init__(self, server, pool_size=3):
        binary = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
        if binary is None:
            raise FileNotFoundError("no PgBouncer is installed: apt-get install pgbouncer")
        self.server, self.port = server, free_port()
        configuration = server.folder / "pgbouncer.ini"
        configuration.write_text(f"""[databases]
* = user=postgres host={server.folder} port={server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool_size}
max_client_conn = 200
""")
        self.log = open(server.folder / "pgbouncer.log", "w")
        self.process = subprocess.Popen(server.as_user([binary, str(configuration)]), stdout=self.log, stderr=self.log)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.close()
        raise RuntimeError((server.folder / "pgbouncer.log").read_text())

    def url(self, database="postgres"):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def main(arguments):
    if len(arguments) < 2 or arguments[0] != "run":
        sys.exit(__doc__)
    try:
        server = Server()
    except FileNotFoundError as error:
        # The command says itself what it leaves out.
        print(f"{error}", file=sys.stderr)
        sys.exit(subprocess.run(arguments[1:]).returncode)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server:
        control = " ".join(server.as_user([str(server.binaries / "pg_ctl"), "-D", str(server.data), "-w", "-s", "-t", "60",
                                           "-l", str(server.folder / "log")]))
        environment = {**os.environ, "SQLXC_TEST_POSTGRES": server.url(socket_url=True), "SQLXC_TEST_POSTGRES_CONTROL": control}
        try:
            pooler = Pooler(server)
        except FileNotFoundError as error:
            print(f"{error}", file=sys.stderr)
            pooler = None
        else:
            environment["SQLXC_TEST_PGBOUNCER"] = pooler.url()
        try:
            status = subprocess.run(arguments[1:], env=environment).returncode
        finally:
            if pooler:
                pooler.close()
    sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
