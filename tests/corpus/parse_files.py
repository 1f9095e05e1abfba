#!/usr/bin/env python3
"""Reads the parser fixtures of other tools: no crash, no hang, an error for each file that must fail, none for any other.

The few fixtures that hold what their engine would refuse are named below with the line and the reason: there, and only
there, an error is wanted.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

corpus = Path(os.environ["SQLXC_CORPUS"]) / "parse"
if not corpus.is_dir():
    print(f"skipped: no fixtures in {corpus}")
    sys.exit(77)
DIALECTS = {"mariadb": "mysql", "mysql": "mysql", "mysql_query": "mysql", "postgres": "postgres",
            "postgres_invalid": "postgres", "postgres_query": "postgres", "sqlite": "sqlite", "sqlite_query": "sqlite"}
# Where the fixture itself is not its engine's SQL: {file: {line: why}}.
NOT_SQL = {
    "mariadb/antlr_mariadb__ddl_alter.sql": {52: "`default` is reserved", 54: "no semicolon behind line 53"},
    "mariadb/antlr_mariadb__ddl_create.sql": {246: "no semicolon behind the statement before"},
    "mariadb/sqlfluff__create_table_datetime.sql": {21: "NOW is a function: it wants brackets"},
    "mysql/antlr_positive__ddl_drop.sql": {7: "`order` is reserved"},
    "mysql/sqlfluff__alter_table.sql": {133: "no comma between two actions"},
    "postgres/sqlfluff__alter_table.sql": {184: "EXCLUDE cannot be NO INHERIT", 201: "nor NOT VALID"},
    "postgres/sqlfluff__create_materialized_view.sql": {161: "OR REPLACE is not for materialized views"},
    "postgres/sqlfluff__create_table.sql": {321: "EXCLUDE cannot be NO INHERIT"},
}


def read(path):
    command = [os.environ["SQLXC"], "check", "--emit=ast", "--diagnostics=short", f"--dialect={DIALECTS[path.parent.name]}", path]
    try:
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", timeout=60)
        return path, run.returncode, run.stderr
    except subprocess.TimeoutExpired:
        return path, "no end after 60 s", ""


def misjudged(name, status, output):
    """What is wrong with the verdict, a line each."""
    if status not in (0, 1):
        return [f"{status}: {output[:1000]}"]
    if name.startswith("postgres_invalid/"):
        return [] if status == 1 else ["read without an error"]
    wanted = set(NOT_SQL.get(name, {}))
    errors = {int(line): text for line, text in re.findall(r"^.*?:(\d+):\d+: (error.*)$", output, re.M)}
    wrong = [f"line {line}: {text}" for line, text in sorted(errors.items()) if line not in wanted]
    wrong += [f"line {line}: read without an error, but {NOT_SQL[name][line]}" for line in sorted(wanted - errors.keys())]
    if status == 1 and not errors:
        wrong.append(output[:1000])
    return wrong


files = sorted(path for path in corpus.rglob("*") if path.is_file() and path.parent.name in DIALECTS)
failures = 0
with ThreadPoolExecutor(2) as pool:
    for path, status, output in pool.map(read, files):
        name = f"{path.parent.name}/{path.name}"
        wrong = misjudged(name, status, output)
        failures += bool(wrong)
        for line in wrong:
            print(f"{name}: {line}")
print(f"{len(files) - failures} of {len(files)} files judged as they should be, {len(NOT_SQL)} of them with an error that is named")
sys.exit(1 if failures or not files else 0)
