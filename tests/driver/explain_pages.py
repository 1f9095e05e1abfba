#!/usr/bin/env python3
"""Every diagnostic has a page whose example yields exactly that code, and appears in a lit test.

The example is the page's first fenced block: `sql` (with an optional dialect after it) is checked as far as the sources,
`sh` runs in an empty folder with sqlxc in PATH.
"""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

root = Path(__file__).resolve().parents[2]
sqlxc = Path(os.environ["SQLXC"]).resolve()
KIND = re.compile(r"^SQLXC_DIAGNOSTIC\((\w+), (\d+), (\w+), (\d+),\s*\"(.*?)\"\)", re.M | re.S)


def codes_of(text):
    return set(re.findall(r"\b(?:error|warning|note)\[(SX\d+)\]", text))


def example_of(page):
    match = re.search(r"^```(\w+) ?([\w ]*)\n(.*?)^```$", page.read_text(), re.M | re.S)
    return match.groups() if match else (None, "", "")


def run_example(page):
    language, words, text = example_of(page)
    env = dict(os.environ, PATH=f"{sqlxc.parent}:{os.environ['PATH']}")
    with tempfile.TemporaryDirectory() as folder:
        if language == "sql":
            schema = Path(folder) / "schema.sql"
            schema.write_text(text)
            dialect = [f"--dialect={words}"] if words else []
            command = [sqlxc, "check", "--emit=files", "--diagnostics=short", *dialect, "schema.sql"]
        elif language == "sh":
            command = ["sh", "-c", text]
        else:
            return None
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300).stderr


def complaints(number):
    code = f"SX{number}"
    page = root / "stdlib" / "explain" / f"{code}.md"
    if not page.exists():
        return [f"{code} has no page stdlib/explain/{code}.md"]
    out = []
    if not page.read_text().startswith(f"# {code}: "):
        out.append(f"{page.name} must begin with `# {code}: `")
    # What only stdlib's own data can get wrong is held by unit tests: no schema can show it.
    if number.startswith("7"):
        if f"diag::{names[number]}" not in unit_texts and code not in unit_texts:
            out.append(f"{code} appears in no unit test")
        return out
    output = run_example(page)
    if output is None:
        out.append(f"{page.name} has no example")
    elif codes_of(output) != {code}:
        out.append(f"the example of {page.name} yields {sorted(codes_of(output)) or 'nothing'}:\n{output[:600]}")
    if code not in lit_texts:
        out.append(f"{code} appears in no lit test")
    return out


kinds = KIND.findall((root / "compiler" / "base" / "diagnostics.def").read_text())
lit_texts = "\n".join(file.read_text(errors="replace") for file in sorted((root / "tests" / "lit").rglob("*"))
                      if file.suffix in (".sql", ".test"))
unit_texts = "\n".join(file.read_text() for file in sorted((root / "tests" / "unit").glob("*.cpp")))
names = {number: name for name, number, _, _, _ in kinds}
failed = 0
numbers = [number for _, number, _, _, _ in kinds]
for number in sorted({n for n in numbers if numbers.count(n) > 1}):
    print(f"SX{number} is declared twice")
    failed += 1
for name, number, _, parameters, text in kinds:
    if text.count("{}") != int(parameters):
        print(f"{name}: {parameters} parameters, but {text.count('{}')} places in its text")
        failed += 1
for page in (root / "stdlib" / "explain").glob("*.md"):
    if page.stem.removeprefix("SX") not in numbers:
        print(f"{page.name} explains no diagnostic")
        failed += 1
with ThreadPoolExecutor(2) as pool:
    for lines in pool.map(complaints, numbers):
        for line in lines:
            print(line)
        failed += len(lines)
print(f"{len(kinds)} diagnostics, {failed} complaints")
sys.exit(1 if failed else 0)
