#!/usr/bin/env python3
"""Reads the statements that real engines judged, and counts how the parser judged them.

accepted and read | accepted and refused by name | accepted and called wrong (must be 0) | rejected and read
What the engine rejects may be refused by name, too (psql's variables, a later version's syntax); what was sent to it as
one statement, but is several, says nothing.
A sample that the commit chooses; all of them with --full.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys

import commit

SAMPLE = 1500
REJECTED = {"read": "rejected and read", "refused": "rejected and refused by name", "several": "several statements"}


def parser_binary():
    given = os.environ.get("SQLXC_PARSE_STATEMENTS")
    if given:
        return given
    return str(pathlib.Path(os.environ.get("SQLXC", "out/bin/sqlxc")).parent / "parse_statements")


def verdicts(binary, dialect, statements):
    run = subprocess.run([binary, dialect], input="\0".join(statements).encode(), capture_output=True, timeout=900)
    lines = run.stdout.decode(errors="replace").splitlines()
    if run.returncode != 0 or len(lines) != len(statements):
        print(f"{dialect}: the parser ended with {run.returncode} after {len(lines)} of {len(statements)} statements")
        if len(lines) < len(statements):
            print(statements[len(lines)])
        sys.exit(1)
    return lines


def is_syntax_error(row):
    """What the engine could not parse; what it merely does not know or have is none."""
    if "syntax_error" in row:
        return bool(row["syntax_error"])
    return row.get("pg_parses") is False


def judge(binary, dialect, rows, show):
    counts = collections.Counter()
    wrong = []
    for row, verdict in zip(rows, verdicts(binary, dialect, [r["sql"] for r in rows])):
        is_read = not verdict.startswith("error")
        if is_syntax_error(row):
            kind = verdict.split()[0]
            counts[REJECTED.get(kind, "rejected and called wrong")] += 1
            if kind == "read" and show == "read":
                wrong.append((row, verdict))
        elif is_read:
            counts["accepted and refused by name" if verdict.startswith("refused") else "accepted and read"] += 1
        elif row.get("ok", True):
            counts["accepted and called wrong"] += 1
            wrong.append((row, verdict))
        else:
            counts["failed elsewhere and called wrong"] += 1
    for row, verdict in wrong[: 2000 if show else 10]:
        text = " ".join(row["sql"].split())
        print(f"  {verdict}\n    {row['source'].split('/')[-1]}:{row['line']}: {text[:300]}")
    print(f"{dialect}: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    return counts["accepted and called wrong"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
    arguments.add_argument("--show", choices=["wrong", "read"])
    arguments.add_argument("--dialect", choices=["postgres", "mysql", "sqlite"])
    options = arguments.parse_args()
    corpus = pathlib.Path(os.environ.get("SQLXC_CORPUS", pathlib.Path(__file__).resolve().parents[2] / "../shared/corpus"))
    if not (corpus / "statements").is_dir():
        print("skipped: there is no corpus of statements; set SQLXC_CORPUS")
        sys.exit(77)
    binary = parser_binary()
    failures = 0
    for dialect in ["postgres", "mysql", "sqlite"]:
        if options.dialect and dialect != options.dialect:
            continue
        with open(corpus / "statements" / f"{dialect}.jsonl", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        if not options.full:
            rows = random.Random(commit.seed()).sample(rows, min(SAMPLE, len(rows)))
        failures += judge(binary, dialect, rows, options.show)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
