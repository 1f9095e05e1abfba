#!/usr/bin/env python3
"""Every statement that an engine accepts is read, or refused by a diagnostic that names it; nothing crashes.

Runs `sqlxc check --emit=ast` on each statement of statements/*.jsonl and on each file of parse/. A sample, chosen by the
commit, unless SQLXC_FULL is 1. Prints, per corpus, how many were read, skipped with a warning (SX1002), refused although the
engine accepts them, and accepted although the engine says that they are no SQL at all; fails on a crash, a time-out and on more than the shares below.
"""
import json
import os
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MAX_REFUSED = 0.01   # of the statements that the engine accepts
MAX_ACCEPTED = 0.25  # of those that it calls a syntax error: a grammar may be wider than an engine, but not blind
SAMPLE = 400

corpus = Path(os.environ["SQLXC_CORPUS"])
if not (corpus / "statements").is_dir():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
full = os.environ.get("SQLXC_FULL") == "1"
head = subprocess.run(["git", "-C", Path(__file__).parent, "rev-parse", "HEAD"], capture_output=True, text=True).stdout
chosen = random.Random(head.strip() or "no commit")
DIALECTS = {"mariadb": "mysql", "sqlite_tests": "sqlite"}


def dialect_of(name):
    name = name.split("_")[0]
    return DIALECTS.get(name, name)


def check(dialect, text):
    """("crash" | "time-out" | "error" | "skipped" | "read", what was said)"""
    try:
        result = subprocess.run([os.environ["SQLXC"], "check", "--emit=ast", "--diagnostics=short", f"--dialect={dialect}", "-"],
                                input=text.encode("utf-8", "surrogateescape"), capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "time-out", ""
    said = result.stderr.decode("utf-8", "replace")
    if result.returncode not in (0, 1):
        return "crash", f"status {result.returncode}: {said[-800:]}"
    if result.returncode == 1:
        return "error", said
    return ("skipped" if "[SX1002]" in said else "read"), said


def sample(items):
    return items if full or len(items) <= SAMPLE else chosen.sample(items, SAMPLE)


def is_syntax_error(row):
    return row.get("pg_parses") is False or row.get("syntax_error") is True


failures = 0
pool = ThreadPoolExecutor(os.cpu_count())


def show(what, text, said):
    print(f"  {what}: {' '.join(text.split())[:160]}\n    {said.strip()[:200]}")


for path in sorted((corpus / "statements").glob("*.jsonl")):
    rows = sample([json.loads(line) for line in path.read_text().splitlines()])
    dialect = dialect_of(path.stem)
    counts = Counter()
    shown = 0
    for row, (verdict, said) in zip(rows, pool.map(lambda row: check(dialect, row["sql"]), rows)):
        counts[verdict] += 1
        if verdict in ("crash", "time-out"):
            failures += 1
            show(verdict, row["sql"], said)
        elif row.get("ok") is True:
            counts["accepted by the engine"] += 1
            if verdict == "error":
                counts["refused"] += 1
                if shown < 10:
                    show("refused", row["sql"], said)
                    shown += 1
        elif is_syntax_error(row):
            counts["no SQL to the engine"] += 1
            if verdict in ("read", "skipped"):
                counts["taken nevertheless"] += 1
    print(f"{path.name}: {len(rows)} statements: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    if counts["refused"] > MAX_REFUSED * max(counts["accepted by the engine"], 1):
        print(f"  more than {MAX_REFUSED:.0%} of what the engine accepts was refused")
        failures += 1
    if counts["no SQL to the engine"] >= 20 and counts["taken nevertheless"] > MAX_ACCEPTED * counts["no SQL to the engine"]:
        print(f"  more than {MAX_ACCEPTED:.0%} of what is no SQL was taken")
        failures += 1

for folder in sorted((corpus / "parse").iterdir()):
    files = sample(sorted(file for file in folder.rglob("*") if file.is_file()))
    dialect = dialect_of(folder.name)
    counts = Counter()
    texts = [file.read_bytes().decode("utf-8", "surrogateescape") for file in files]
    for file, (verdict, said) in zip(files, pool.map(lambda text: check(dialect, text), texts)):
        counts[verdict] += 1
        if verdict in ("crash", "time-out"):
            failures += 1
            print(f"  {file.name}: {verdict}: {said[:300]}")
    print(f"parse/{folder.name}: {len(files)} files: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
sys.exit(1 if failures else 0)
