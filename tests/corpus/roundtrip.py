#!/usr/bin/env python3
"""A database that `sqlxc init` reads, compiled, written as DDL, loaded into an empty database and read again is the same.

For each real schema that its engine loads without an error: the file is loaded, `init` writes a project; its schema.sql
compiles, is its own canonical form, and says what `check` says of the file itself as far as the engine keeps it; its emitted DDL
(db/schema.postgres.sql, db/schema.sqlite.sql) loads in an empty database, and `init` writes the same schema.sql from there, byte for
byte, but for what the compiler said that the file leaves out. A seeded sample; all of them with --full."""
import argparse
import difflib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
import postgres  # noqa: E402
from commit import seed  # noqa: E402

root = Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("sqlxc", nargs="?", default=os.environ.get("SQLXC", root / "out" / "bin" / "sqlxc"))
parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
parser.add_argument("--seed", type=int, default=seed())
parser.add_argument("--sample", type=int, default=12, help="schemas a dialect")
parser.add_argument("--only", default="", help="schemas whose path contains this")
parser.add_argument("--keep", default="", help="a folder to leave the projects and the DDL in")
args = parser.parse_args()
corpus = Path(os.environ.get("SQLXC_CORPUS", root / ".." / "shared" / "corpus"))
if not (corpus / "schemas").is_dir():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)


class Failure(Exception):
    pass


class Skipped(Exception):
    pass


def run(*command, text=None, environment=None):
    done = subprocess.run([str(word) for word in command], input=text, capture_output=True, timeout=300, check=False,
                          env={**os.environ, **(environment or {})})
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace").strip()


def must(what, *command, **options):
    status, out, err = run(*command, **options)
    if status != 0:
        raise Failure(f"{what}: {err[:600] or status}")
    return out


class Postgres:
    """Databases of a throw-away server."""

    dialect = "postgres"

    def __init__(self):
        self.server = postgres.Server(settings=["max_locks_per_transaction = 1024"])

    def fresh(self, name):
        self.psql("postgres", "-c", f"drop database if exists {name}")
        self.psql("postgres", "-c", f"create database {name} template template0")

    def psql(self, database, *command, text=None):
        return must("psql", self.server.binaries / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d",
                    self.server.url(database), *command, text=text, environment={"PGOPTIONS": "-c client_min_messages=warning"})

    def load_file(self, name, path):
        # Some dumps make a database of their own and go there.
        text = re.sub(rb"^\\c(onnect)?\b.*$", b"", path.read_bytes(), flags=re.M)
        self.fresh(name)
        try:
            self.psql(name, "-f", "-", text=text)
        except Failure as failure:
            if "is not available" in str(failure):
                raise Skipped(str(failure).split("\n", maxsplit=1)[0]) from None
            raise

    def load(self, name, sql):
        self.fresh(name)
        try:
            self.psql(name, "-1", "-f", "-", text=sql.encode())
        except Failure as failure:
            raise Failure(f"the DDL does not load: {failure}") from None

    def url(self, name):
        return self.server.url(name)

    def close(self):
        self.server.close()


class Sqlite:
    """Files of a temporary folder."""

    dialect = "sqlite"

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sqlxc-roundtrip-"))

    def path(self, name):
        return self.folder / f"{name}.db"

    def load_file(self, name, path):
        self.load(name, path.read_text(encoding="utf-8", errors="replace"), "the file")

    def load(self, name, sql, what="the DDL"):
        self.path(name).unlink(missing_ok=True)
        database = sqlite3.connect(self.path(name))
        # What every connection of a service has: decimals that are kept as text sort by it.
        database.create_collation("sqlxc_decimal", lambda a, b: (a > b) - (a < b))
        try:
            database.executescript(sql)
        except sqlite3.Error as error:
            raise Failure(f"{what} does not load: {error}") from None
        finally:
            database.close()

    def url(self, name):
        return f"sqlite:{self.path(name)}"

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def check(dialect, path, *options):
    return must(f"sqlxc check {path.name}", args.sqlxc, "check", f"--dialect={dialect}", "--diagnostics=short",
                *options, path)


def emitted(dialect, path):
    """The DDL, and what the compiler said of it."""
    status, text, said = run(args.sqlxc, "check", f"--dialect={dialect}", "--diagnostics=short", "--emit=sources", f"--target={dialect}",
                             path)
    head = f"==== db/schema.{dialect}.sql ====\n"
    if status != 0 or head not in text:
        raise Failure(f"no db/schema.{dialect}.sql: {said[:600]}")
    text = text[text.index(head) + len(head):]
    end = text.find("\n==== ")
    return text[:end + 1] if end >= 0 else text, said


def without_lost(text, said):
    """The schema without what SQLite would break on, as the compiler said: keys to tables that are nowhere, views and triggers that
    call functions of an application."""
    for table in re.findall(r"SX2106\]: foreign key references table `([^`]*)`", said):
        text = re.sub(rf'^  (constraint \S+ )?foreign key .* references "?{re.escape(table)}"? \(.*\n', "", text, flags=re.M)
    for view in re.findall(r"SX5014\]: view `([^`]*)`", said):
        text = re.sub(rf"^create view {re.escape(view)} .*?;\n", "", text, flags=re.M | re.S)
    for trigger in re.findall(r"SX5015\]: trigger `([^`]*)`", said):
        text = re.sub(rf"^create trigger {re.escape(trigger)}\n.*?\bEND;\n", "", text, flags=re.M | re.S | re.I)
    return re.sub(r",$", "", text, flags=re.M)


def init(engine, name, folder):
    must("sqlxc init", args.sqlxc, "init", folder, f"--database={engine.url(name)}", "--diagnostics=short")
    return (folder / "schema.sql").read_text(encoding="utf-8")


def facts(dialect, path):
    """What check says of a file, without what an engine writes anew: expressions, the order of tables and of keys; and the
    comments, of which the engine keeps only those that are statements."""
    catalog = json.loads(check(dialect, path, "--emit=catalog", "--format=json"))
    out = set()
    comments = set()

    def add(*words):
        out.add(json.dumps(words))

    for table in catalog["tables"]:
        name = (table["schema"], table["name"])
        add("table", name, table["kind"])
        comments.add((*name, "", table["comment"]))
        for place, column in enumerate(table["columns"]):
            is_view = "view" in table["kind"]
            comments.add((*name, column["name"], column["comment"]))
            default = column["default"] or "null"
            shape = [] if is_view else [column["type"], column["nullable"], column["identity"], column["generated"],
                                        re.match(r"null(::.*)?$", default, re.I) is not None]
            add("column", name, place, column["name"], *shape)
        if table["primary_key"]:
            add("primary key", name, table["primary_key"])
        for key in table["unique"]:
            add("unique", name, key)
        for key in table["foreign_keys"]:
            add("foreign key", name, key)
        for index in table["indexes"]:
            add("index", name, index["name"], index["unique"])
        add("checks", name, len(table["checks"]))
    for kind in ("enums", "domains"):
        for one in catalog[kind]:
            add(kind, one["schema"], one["name"], one.get("labels"), one.get("type"))
    return out, {comment for comment in comments if comment[-1]}


def differing(before, after, names):
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=1))
    return "\n      ".join(lines[:14])


def judge(engine, path, work):
    engine.load_file("one", path)
    first = init(engine, "one", work / "first")
    schema = work / "first" / "schema.sql"
    canonical = check(engine.dialect, schema, "--emit=catalog")
    if canonical != first:
        raise Failure("schema.sql is not its own canonical form:\n      " + differing(first, canonical, ("written", "read")))
    (said, remarks), (read, comments) = facts(engine.dialect, path), facts(engine.dialect, schema)
    if comments - remarks:
        raise Failure(f"comments of the database that the file has not: {sorted(comments - remarks)[:3]}")
    if said != read:
        raise Failure("check says of the file, but not of the database: " + "; ".join(sorted(said - read)[:3]) +
                      " -- and the other way round: " + "; ".join(sorted(read - said)[:3]))
    ddl, losses = emitted(engine.dialect, schema)
    (work / "ddl.sql").write_text(ddl, encoding="utf-8")
    engine.load("two", ddl)
    second = init(engine, "two", work / "second")
    if engine.dialect == "sqlite":
        first, second = without_lost(first, losses), without_lost(second, losses)
    if first != second:
        raise Failure("not the same again:\n      " + differing(first, second, ("first", "second")))


def schemas():
    lines = (corpus / "schemas" / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(names, line.split("\t")))
        if row["loads"] == "clean" and row["tables"] not in ("", "0"):
            yield row["dialect"], corpus / "schemas" / row["file"]


def run_dialect(engine, paths):
    failed = []
    skipped = []
    for path in paths:
        name = f"{engine.dialect}_{path.stem}"
        work = Path(args.keep) / name if args.keep else Path(tempfile.mkdtemp(prefix="sqlxc-roundtrip-"))
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            judge(engine, path, work)
        except Skipped as why:
            skipped.append(path)
            print(f"{engine.dialect}/{path.name}: skipped: {why}", flush=True)
        except Failure as failure:
            failed.append(path)
            print(f"{engine.dialect}/{path.name}: {failure}", flush=True)
        finally:
            if not args.keep:
                shutil.rmtree(work, ignore_errors=True)
    return failed, len(paths) - len(skipped)


def main():
    failed = total = 0
    for make in (Postgres, Sqlite):
        paths = sorted(path for dialect, path in schemas() if dialect == make.dialect and args.only in str(path))
        if not args.full and not args.only:
            paths = sorted(random.Random(args.seed).sample(paths, min(args.sample, len(paths))))
        if not paths:
            continue
        try:
            engine = make()
        except FileNotFoundError as error:
            print(f"skipped: the schemas of {make.dialect}: {error}")
            continue
        try:
            bad, tried = run_dialect(engine, paths)
        finally:
            engine.close()
        print(f"{make.dialect}: {tried - len(bad)} of {tried} schemas come back as they were (seed {args.seed})",
              flush=True)
        failed += len(bad)
        total += tried
    sys.exit(1 if failed else 0 if total else 77)


main()
