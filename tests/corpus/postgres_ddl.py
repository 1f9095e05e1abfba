#!/usr/bin/env python3
"""The PostgreSQL DDL of every real schema loads: each db/schema.postgres.sql is run by psql, in one transaction and stopping at
the first error, in an empty database of a throw-away server. Of PostgreSQL's own schemas those that PostgreSQL loads without
error; of the other dialects' all. A seeded sample; all of them with --full."""
import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from commit import seed

root = Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("sqlxc", nargs="?", default=os.environ.get("SQLXC", root / "out" / "bin" / "sqlxc"))
parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
parser.add_argument("--seed", type=int, default=seed())
parser.add_argument("--sample", type=int, default=30)
parser.add_argument("--only", default="", help="schemas whose name contains this")
parser.add_argument("--keep", default="", help="a folder to write the DDL to")
args = parser.parse_args()
corpus = Path(os.environ.get("SQLXC_CORPUS", root / ".." / "shared" / "corpus"))
binaries = Path("/usr/lib/postgresql/15/bin")
if not (corpus / "schemas").is_dir() or not (binaries / "initdb").exists():
    print(f"skipped: no corpus in {corpus}, or no PostgreSQL in {binaries}")
    sys.exit(77)


class Server:
    """A PostgreSQL of its own on 127.0.0.1, gone with the folder that it lives in."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sqlxc-pg-")
        os.chmod(self.folder, 0o777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        data = f"{self.folder}/data"
        self.as_postgres(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        with open(f"{data}/postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories='{self.folder}'\n"
                       "fsync=off\nautovacuum=off\nmax_locks_per_transaction=1024\n")
        self.as_postgres(binaries / "pg_ctl", "-D", data, "-l", f"{self.folder}/log", "-w", "start")
        self.env = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres",
                    "PGDATABASE": "postgres", "PGOPTIONS": "-c client_min_messages=warning"}

    @staticmethod
    def as_postgres(*command):
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def psql(self, database, *command, text=None):
        done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *command], input=text, capture_output=True,
                              timeout=300, env={**self.env, "PGDATABASE": database}, check=False)
        return None if done.returncode == 0 else done.stderr.decode(errors="replace").strip()

    def stop(self):
        self.as_postgres(binaries / "pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def schemas():
    """The files that must load: PostgreSQL's own where PostgreSQL takes them as they are."""
    lines = (corpus / "schemas" / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(names, line.split("\t")))
        if row["dialect"] == "postgres" and row["loads"] != "clean":
            continue
        if row["loads"] != "no":
            yield corpus / "schemas" / row["file"]


def ddl_of(path):
    """The emitted file, or why there is none."""
    command = [args.sqlxc, "check", "--emit=sources", f"--dialect={path.parent.name}", "--target=postgres",
               "--diagnostics=short", path]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    if done.returncode == 1 and b"error[SX2" in done.stderr:
        return None, None  # what the other engine's own checks let pass: not this test's
    if done.returncode:
        return None, "not compiled: " + done.stderr.decode(errors="replace").strip()[:300]
    text = done.stdout.decode()
    start = text.find("==== db/schema.postgres.sql ====\n")
    if start < 0:
        return None, "no db/schema.postgres.sql"
    start = text.index("\n", start) + 1
    end = text.find("\n==== ", start)
    return text[start:end + 1 if end >= 0 else len(text)], None


def run(server, path):
    ddl, error = ddl_of(path)
    if ddl is None:
        return error
    if args.keep:
        Path(args.keep).mkdir(exist_ok=True)
        (Path(args.keep) / f"{path.parent.name}_{path.name}").write_text(ddl, encoding="utf-8")
    server.psql("postgres", "-c", "drop database if exists one")
    server.psql("postgres", "-c", "create database one template template0")
    return server.psql("one", "-1", "-f", "-", text=ddl.encode())


def main():
    paths = [path for path in schemas() if args.only in str(path)]
    if not args.full and not args.only:
        paths = random.Random(args.seed).sample(paths, min(args.sample, len(paths)))
    server = Server()
    failed = 0
    try:
        for path in sorted(paths):
            error = run(server, path)
            if error and "is not available" in error and "extension" in error:
                print(f"{path.parent.name}/{path.name}: skipped: {error.splitlines()[0]}")
            elif error:
                failed += 1
                print(f"{path.parent.name}/{path.name}: {error}")
    finally:
        server.stop()
    print(f"{len(paths) - failed} of {len(paths)} schemas load in PostgreSQL (seed {args.seed})")
    sys.exit(1 if failed else 0)


main()
