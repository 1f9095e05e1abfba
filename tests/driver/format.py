#!/usr/bin/env python3
"""clang-format 19 leaves every C++ file of the tree as it is."""
import shutil
import subprocess
import sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
formatter = shutil.which("clang-format-19")
if not formatter:
    print("skipped: clang-format-19 is not installed")
    sys.exit(77)
listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "*.h", "*.cpp"], capture_output=True, check=True).stdout
files = [root / name for name in listed.decode().split("\0") if name and "/expected/" not in name]
files = [str(file) for file in files if file.exists()]
result = subprocess.run([formatter, "--dry-run", "--Werror", *files], capture_output=True, text=True)
wrong = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "clang-format-violations" in line})
for file in wrong:
    print(f"{file}: clang-format would change it")
print(f"{len(files)} files, {len(wrong)} not formatted")
sys.exit(1 if result.returncode else 0)
