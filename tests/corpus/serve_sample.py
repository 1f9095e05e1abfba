#!/usr/bin/env python3
"""Runs serve.py: on a sample of the real schemas that the commit chooses, or on all of them where SQLXC_FULL is 1."""
import os
import subprocess
import sys
from pathlib import Path

import commit

here = Path(__file__).resolve().parent
corpus = Path(os.environ["SQLXC_CORPUS"])
if not (corpus / "schemas").is_dir():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
part = ["--full"] if os.environ.get("SQLXC_FULL") == "1" else ["--sample", "8", "--seed", str(commit.seed())]
command = [sys.executable, here / "serve.py", os.environ["SQLXC"], "--corpus", corpus, *part]
sys.exit(subprocess.run(command).returncode)
