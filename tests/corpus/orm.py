#!/usr/bin/env python3
"""The typed ORM of real schemas compiles without a warning: orm/orm.h, and for each table what a program would ask and write. A
sample that the commit chooses; all schemas with --full or where SQLXC_FULL is 1.

usage: orm.py [--only TEXT] [--sample N] [--seed S] [--full]"""
import argparse
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

PROGRAM = """#include "orm/orm.h"

namespace {{

template <typename Table>
void use(sqlxc::orm::Database& db, const Table& table) {{
  const auto rows = db.all(sqlxc::orm::from(table).limit(1));
  if (rows && !rows->empty()) to_json(db, rows->front());
  if constexpr (sqlxc::orm::Keyed<Table>) static_cast<void>(db.find(table, {{}}));
  if constexpr (sqlxc::orm::Writable<Table>) {{
    static_cast<void>(db.insert(table, {{}}));
    static_cast<void>(db.remove(table, sqlxc::orm::every_row(table)));
  }}
}}

}}  // namespace

int main() {{
  using namespace {service};
  auto db = open("orm.db");
  {uses}
}}
"""


def compile_orm(row):
    """What is wrong; nothing if all is well."""
    compiler = Path(os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc")
    with tempfile.TemporaryDirectory() as folder:
        command = [compiler, f"--dialect={row['dialect']}", "--no-build", harness.CORPUS / "schemas" / row["file"], "-o", folder]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode != 0:
            return done.stderr
        service = re.search(r"^namespace (\w+) \{", (Path(folder) / "orm" / "orm.h").read_text(), re.M)[1]
        constants = [name for header in sorted(Path(folder, "orm").glob("*.h"))
                     for name in re.findall(r"^inline constexpr table::\w+ (\w+);", header.read_text(), re.M)]
        program = Path(folder) / "program.cpp"
        # A table may be called what `use` calls its own.
        program.write_text(PROGRAM.format(service=service, uses="\n  ".join(f"use(*db, {service}::{name});" for name in constants)))
        compiler = os.environ.get("CXX") or shutil.which("c++")
        command = [compiler, "-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", harness.ROOT / "runtime", "-I", folder, program]
        return subprocess.run(command, capture_output=True, text=True, errors="replace").stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only")
    parser.add_argument("--sample", type=int, default=3)
    parser.add_argument("--seed", type=int, default=commit.seed())
    parser.add_argument("--full", action="store_true", default=os.environ.get("SQLXC_FULL") == "1")
    options = parser.parse_args()
    index = harness.CORPUS / "schemas" / "INDEX.tsv"
    if not index.exists():
        harness.skip(f"no corpus at {harness.CORPUS}")
    rows = [row for row in csv.DictReader(open(index), delimiter="\t") if row["loads"] == "clean" and (not options.only or options.only in row["file"])]
    if not options.full and not options.only:
        rows = random.Random(options.seed).sample(rows, min(options.sample, len(rows)))
    print(f"seed {options.seed}", flush=True)
    failed = 0
    for row in rows:
        started = time.monotonic()
        wrong = compile_orm(row)
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok'} {row['file']}: {time.monotonic() - started:.0f} s\n{wrong[:1500]}".rstrip(), flush=True)
    print(f"{len(rows)} schemas, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
