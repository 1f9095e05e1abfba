#!/usr/bin/env python3
"""tests/e2e/test_faces.py over real schemas: the same question by REST and GraphQL has the same answer, the same write the same rows
or errors. A sample that the commit chooses, on SQLite, and on PostgreSQL what was written for it; all of them with --full or
where SQLXC_FULL is 1. A schema whose service does not start (it needs an extension) is named."""
import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import commit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import postgres  # noqa: E402
import test_faces  # noqa: E402


def compare(schema, dialect, server, options):
    """Whether the faces agree; what could not be asked counts as agreed and is named."""
    compiler = Path(os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc")
    target = "postgres" if server else "sqlite"
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        arguments = [f"--dialect={dialect}"]
        done = subprocess.run([compiler, *arguments, f"--target={target}", schema, "-o", folder], capture_output=True, text=True, errors="replace")
        if done.returncode != 0:
            print(f"FAIL {schema.name}: {done.stderr[:600]}", flush=True)
            return False
        try:
            differences, filled = test_faces.run(schema, Path(folder) / "bin" / "service", server, options, arguments)
        except AssertionError as problem:
            if "did not start" not in str(problem):
                raise
            print(f"not asked: {schema.name} on {target}: {str(problem)[-300:]}", flush=True)
            return True
    print(f"{'FAIL' if differences.found else 'ok'} {schema.name} on {target}: {differences.asked} questions and writes, {differences.refused} refused, "
          f"{sum(filled.values())} rows in the end, {len(differences.found)} differences, {time.monotonic() - started:.0f} s", flush=True)
    for one in differences.found[:options.show]:
        print(one, flush=True)
    return not differences.found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only")
    parser.add_argument("--sample", type=int, default=4)
    parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
    parser.add_argument("--seed", type=int, default=commit.seed())
    parser.add_argument("--writes", type=int, default=100)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--fill", type=int, default=6)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    index = harness.CORPUS / "schemas" / "INDEX.tsv"
    if not index.exists():
        harness.skip(f"no corpus at {harness.CORPUS}")
    rows = [row for row in csv.DictReader(open(index), delimiter="\t") if row["loads"] == "clean" and (not options.only or options.only in row["file"])]
    if not options.full and not options.only:
        rows = random.Random(options.seed).sample(rows, min(options.sample, len(rows)))
    print(f"seed {options.seed}", flush=True)
    held = []
    for row in rows:
        held.append(compare(harness.CORPUS / "schemas" / row["file"], row["dialect"], None, options))
    if postgres.find_binaries() is not None and any(row["dialect"] == "postgres" for row in rows):
        with postgres.Server() as server:
            for row in rows:
                if row["dialect"] == "postgres":
                    held.append(compare(harness.CORPUS / "schemas" / row["file"], row["dialect"], server.url(), options))
    print(f"{len(held)} runs, {held.count(False)} failed")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
