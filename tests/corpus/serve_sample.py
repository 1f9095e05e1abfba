#!/usr/bin/env python3
"""Runs serve.py: on a sample of the real schemas that the commit chooses, or on all of them where SQLXC_FULL is 1."""
import os
import subprocess
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
corpus = Path(os.environ["SQLXC_CORPUS"])
if not (corpus / "schemas").is_dir():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
head = subprocess.run(["git", "-C", here, "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
part = ["--full"] if os.environ.get("SQLXC_FULL") == "1" else ["--sample", "8", "--seed", str(int(head[:8] or "0", 16))]
command = [sys.executable, here / "serve.py", os.environ["SQLXC"], "--corpus", corpus, *part]
sys.exit(subprocess.run(command).returncode)
