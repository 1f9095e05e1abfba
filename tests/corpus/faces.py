#!/usr/bin/env python3
"""tests/e2e/test_faces.py over real schemas: the same question by REST and GraphQL has the same answer, the same write the same rows
or errors. A sample that the commit chooses, on SQLite, and on PostgreSQL what was written for it; all of them with --full or
where SQLXC_FULL is 1, or every nth with --slice. Some of the texts of each are searched. A schema whose service does not start (it
needs an extension) is named."""
import argparse
import contextlib
import csv
import os
import random
import re
import shutil
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
from faces import model  # noqa: E402

COMPILER = Path(os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc")


def with_searches(schema, folder, arguments, seed):
    """A copy of the schema with a sidecar that lets some of its texts be searched."""
    copy = folder / schema.name
    shutil.copy(schema, copy)
    printed = subprocess.run([COMPILER, "check", "--emit=ir", *arguments, copy], capture_output=True, text=True, check=True).stdout
    chance, lines, table = random.Random(f"{seed} {schema.name} searches"), [], None
    for line in printed.splitlines():
        if found := model.ENTITY.match(line):
            is_plain = found[1] == "entity" and not found["table"] and re.fullmatch(r"\w+", found["name"])
            table = found["name"] if is_plain and chance.random() < 0.5 else None
        elif table and (found := re.match(r"  field (\w+) text(?: |\(\d+\)|$)", line)) and chance.random() < 0.5:
            lines.append(f"{table}.{found[1]}: @search({chance.choice('ABCD')})\n")
    if lines:
        copy.with_suffix(".sqlx").write_text("".join(lines))
    return copy


def compare(schema, dialect, server, options):
    """Whether the faces agree, on each database; what could not be asked counts as agreed and is named."""
    urls = {"sqlite": None} | ({"postgres": server.url()} if server and dialect == "postgres" else {})
    with tempfile.TemporaryDirectory() as name:
        folder, arguments = Path(name), [f"--dialect={dialect}"]
        schema = with_searches(schema, folder, arguments, options.seed)
        done = subprocess.run([COMPILER, *arguments, f"--target={','.join(urls)}", schema, "-o", folder / "out"], capture_output=True, text=True,
                              errors="replace")
        if done.returncode != 0:
            print(f"FAIL {schema.name}: {done.stderr[:600]}", flush=True)
            return [False]
        return [compare_on(target, url, schema, folder / "out" / "bin" / "service", arguments, options) for target, url in urls.items()]


def compare_on(target, url, schema, binary, arguments, options):
    started = time.monotonic()
    try:
        differences, filled = test_faces.run(schema, binary, url, options, arguments)
    except AssertionError as problem:
        if "did not start" not in str(problem):
            raise
        print(f"not asked: {schema.name} on {target}: {str(problem)[-300:]}", flush=True)
        return True
    print(f"{'FAIL' if differences.found else 'ok'} {schema.name} on {target}: {differences.asked} questions and writes, {differences.refused} refused, "
          f"{differences.typed} by the ORM, too, "
          f"{sum(filled.values())} rows in the end, {len(differences.found)} differences, {time.monotonic() - started:.0f} s", flush=True)
    for one in differences.found[:options.show]:
        print(one, flush=True)
    return not differences.found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only")
    parser.add_argument("--sample", type=int, default=4)
    parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
    parser.add_argument("--slice", metavar="I/N", help="of all, every nth from the ith (1 is the first)")
    parser.add_argument("--seed", type=int, default=commit.seed())
    parser.add_argument("--writes", type=int, default=100)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--typed", type=int, default=0, help="questions that the ORM is asked, too; 0: it is not compiled")
    parser.add_argument("--fill", type=int, default=6)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    index = harness.CORPUS / "schemas" / "INDEX.tsv"
    if not index.exists():
        harness.skip(f"no corpus at {harness.CORPUS}")
    rows = [row for row in csv.DictReader(open(index), delimiter="\t") if row["loads"] == "clean" and (not options.only or options.only in row["file"])]
    if options.slice:
        first, step = map(int, options.slice.split("/"))
        rows = rows[first - 1::step]
    elif not options.full and not options.only:
        rows = random.Random(options.seed).sample(rows, min(options.sample, len(rows)))
    print(f"seed {options.seed}", flush=True)
    held = []
    has_server = postgres.find_binaries() is not None and any(row["dialect"] == "postgres" for row in rows)
    with postgres.Server() if has_server else contextlib.nullcontext() as server:
        for row in rows:
            held += compare(harness.CORPUS / "schemas" / row["file"], row["dialect"], server, options)
    print(f"{len(held)} runs, {held.count(False)} failed")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
