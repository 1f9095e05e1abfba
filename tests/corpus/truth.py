#!/usr/bin/env python3
"""The catalog of real schemas equals what the engines themselves say of them (the corpus's truth_diff.py compares)."""
import os
import subprocess
import sys
from pathlib import Path

corpus = Path(os.environ["SQLXC_CORPUS"])
tool = corpus.parent / "tools" / "truth_diff.py"
if not (corpus / "schemas").is_dir() or not tool.exists():
    print(f"skipped: no corpus in {corpus}")
    sys.exit(77)
sys.exit(subprocess.run([sys.executable, tool, os.environ["SQLXC"], "--corpus", corpus]).returncode)
