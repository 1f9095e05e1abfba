#!/usr/bin/env python3
"""Reads the parser fixtures of other tools: no crash, no hang, and an error for each file that must fail."""
import collections
import os
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
# No engine judged these files. As many as are judged otherwise than their folder says; it may become fewer, not more:
# reserved words as names (default.task, drop table order), DEFAULT NOW without brackets, two actions without a comma, a `--`
# of MySQL without its blank, INCLUDE of an expression are errors to the engines, too. Left to be read: DELETE QUICK IGNORE,
# names that begin with a dot, CONVERT(x USING BINARY), NOWAIT of an index and options whose names are quoted.
ALLOWED = {"mariadb": 3, "mysql": 2, "mysql_query": 5, "postgres": 1}


def read(path):
    command = [os.environ["SQLXC"], "check", "--emit=ast", "--diagnostics=short", f"--dialect={DIALECTS[path.parent.name]}", path]
    try:
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", timeout=60)
        return path, run.returncode, run.stderr
    except subprocess.TimeoutExpired:
        return path, "no end after 60 s", ""


files = sorted(path for path in corpus.rglob("*") if path.is_file() and path.parent.name in DIALECTS)
counts, failures = collections.Counter(), 0
with ThreadPoolExecutor(2) as pool:
    for path, status, output in pool.map(read, files):
        folder = path.parent.name
        if status not in (0, 1):
            print(f"{folder}/{path.name}: {status}\n{output[:1000]}")
            failures += 1
        is_error = status != 0
        counts[folder, is_error] += 1
        if is_error != folder.endswith("_invalid"):
            print(f"{folder}/{path.name}: " + (output.splitlines() or ["read without an error"])[0])
for folder in sorted(DIALECTS):
    wrong = counts[folder, not folder.endswith("_invalid")]
    print(f"{folder}: {wrong} of {wrong + counts[folder, folder.endswith('_invalid')]} judged otherwise")
    failures += wrong > ALLOWED.get(folder, 0)
sys.exit(1 if failures or not files else 0)
