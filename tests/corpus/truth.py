#!/usr/bin/env python3
"""The catalog of real schemas equals what the engines themselves say of them (the corpus's truth_diff.py compares).

Every schema that its engine loads must compile, and 99.5 % of all properties must agree.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

PROPERTIES = 0.995

corpus = Path(os.environ["SQLXC_CORPUS"])
tool = corpus.parent / "tools" / "truth_diff.py"
if not (corpus / "schemas").is_dir() or not tool.exists():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
run = subprocess.run([sys.executable, tool, os.environ["SQLXC"], "--corpus", corpus], stdout=subprocess.PIPE, text=True)
print(run.stdout, end="")
files = re.search(r"^file compiles: (\d+) of (\d+)$", run.stdout, re.M)
agree = re.search(r"^agree: (\d+) of (\d+) ", run.stdout, re.M)
if not files or not agree or int(files[2]) == 0:
    sys.exit("truth_diff.py did not end with its figures")
failures = []
if files[1] != files[2]:
    failures.append(f"{int(files[2]) - int(files[1])} schemas do not compile")
if int(agree[1]) < PROPERTIES * int(agree[2]):
    failures.append(f"fewer than {100 * PROPERTIES} % of the properties agree")
sys.exit("; ".join(failures) if failures else 0)
