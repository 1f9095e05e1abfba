#!/usr/bin/env python3
"""The SQLite file of every real schema loads: each db/schema.sqlite.sql is run by sqlite3 itself, foreign keys on, and each
table is written to and each view read from as far as preparing goes. A seeded sample; all of them with --full."""
import argparse
import collections
import os
import random
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

root = Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--sample", type=int, default=40)
parser.add_argument("--only", default="")
parser.add_argument("--warnings", action="store_true", help="count what the compiler could not keep")
args = parser.parse_args()
corpus = Path(os.environ.get("SQLXC_CORPUS", root / ".." / "shared" / "corpus"))
sqlxc = os.environ.get("SQLXC", root / "out" / "bin" / "sqlxc")
if not (corpus / "schemas").is_dir():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
header = (root / "emit" / "ddl" / "runtime_functions.h").read_text()
functions = re.findall(r'\{"(\w+)", (-?\d+)(?:, (true|false))?(?:, (true|false))?\}', header)


class Aggregate:
    def step(self, *_):
        pass

    def finalize(self):
        return None


def connect():
    db = sqlite3.connect(":memory:", isolation_level=None)
    for name, count, deterministic, aggregate in functions:
        if aggregate == "true":
            db.create_aggregate(name, int(count), Aggregate)
        else:
            db.create_function(name, int(count), lambda *_: None, deterministic=deterministic != "false")
    db.create_collation("sqlxc_decimal", lambda a, b: (a > b) - (a < b))
    db.execute("pragma foreign_keys = on")
    return db


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(sql):
    """What SQLite says against the text, or None."""
    db = connect()
    try:
        db.executescript("begin;\n" + sql + "\ncommit;")
    except sqlite3.Error as error:
        return f"does not load: {error}"
    for kind, name in db.execute("select type, name from sqlite_master where type in ('table', 'view')").fetchall():
        if name.startswith("sqlite_"):
            continue
        statements = [f"select * from {quoted(name)} limit 0"]
        if kind == "table":
            statements += [f"insert into {quoted(name)} default values", f"delete from {quoted(name)}"]
        for statement in statements:
            try:
                db.execute("explain " + statement)
            except sqlite3.Error as error:
                return f"{statement}: {error}"
    return None


def run(path):
    command = [sqlxc, "check", "--emit=sources", f"--dialect={path.parent.name}", "--target=sqlite",
               "--diagnostics=short", path]
    done = subprocess.run(command, capture_output=True, timeout=300)
    output = done.stdout.decode(errors="replace")
    notes = done.stderr.decode(errors="replace")
    found = re.search(r"^==== db/schema\.sqlite\.sql ====\n(.*?)(?=^==== |\Z)", output, re.M | re.S)
    if not found:
        errors = [line for line in notes.splitlines() if "error" in line] or [f"exit status {done.returncode}"]
        return path, f"no db/schema.sqlite.sql: {errors[0]}", notes
    return path, load(found.group(1)), notes


paths = sorted((corpus / "schemas").glob("*/*.sql"))
if args.only:
    paths = [path for path in paths if args.only in str(path)]
elif not args.full:
    paths = sorted(random.Random(args.seed).sample(paths, min(args.sample, len(paths))))
failed = 0
codes = collections.Counter()
with ThreadPoolExecutor(2) as pool:
    for path, error, notes in pool.map(run, paths):
        codes.update(re.findall(r"\[(SX5\d+)\]", notes))
        if args.warnings:
            for line in notes.splitlines():
                if "[SX5" in line:
                    print(line)
        if error:
            failed += 1
            print(f"{path.parent.name}/{path.name}: {error}")
print(f"{len(paths)} schemas, {failed} whose file SQLite does not take (seed {args.seed})")
print("left out or weakened: " + (", ".join(f"{code} {count}" for code, count in sorted(codes.items())) or "nothing"))
sys.exit(1 if failed else 0)
