#!/usr/bin/env python3
"""What the service can tell of the CHECK constraints of real schemas: exact, weaker or server only, and why.

Every CHECK that the engine knows must have its verdict, and at least 90 % must be exact, 97 % exact or weaker.
`rules.py [--list] [SCHEMA...]`: every one with its verdict; of other schemas than the corpus's.
"""
import collections
import json
import os
import re
import subprocess
import sys
from pathlib import Path

EXACT, TOLD = 0.90, 0.97
DIALECTS = ("postgres", "sqlite", "mysql")
JUDGED = ("postgres", "sqlite")  # whose engines a service runs on
KINDS = ("check", "domain")

sqlxc = os.environ.get("SQLXC", "out/bin/sqlxc")
corpus = Path(os.environ.get("SQLXC_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
is_list = "--list" in sys.argv[1:]


def constraints(path, dialect):
    """The constraints of a schema, or None where it does not compile."""
    command = [sqlxc, "check", "--emit=rules", "--format=json", "-Wno-error", path]
    if dialect:
        command.append(f"--dialect={dialect}")
    run = subprocess.run(command, capture_output=True, text=True)
    return json.loads(run.stdout) if run.returncode == 0 and run.stdout else None


def known_checks(path, dialect):
    """The names of the CHECKs that the engine says it has, by table; SQLite does not say."""
    truth = corpus / "truth" / dialect / (path.stem + ".json")
    if dialect != "postgres" or not truth.exists():
        return set()
    tables = json.loads(truth.read_text())["tables"]
    return {(table["name"], one["name"]) for table in tables if table["kind"] in ("r", "p") and not table["partition"]
            for one in table["constraints"] or [] if one["type"] == "c"}


def reason_kind(reason):
    """A reason without the words of its schema."""
    return re.sub(r"`[^`]*`", "`...`", reason) if not reason.startswith("the function") else reason


def main():
    if arguments:
        schemas = [(Path(path), None) for path in arguments]
    elif (corpus / "schemas").is_dir():
        schemas = [(path, dialect) for dialect in DIALECTS for path in sorted((corpus / "schemas" / dialect).glob("*.sql"))]
    else:
        print(f"skipped: no corpus in {corpus}")
        sys.exit(77)
    verdicts = collections.defaultdict(collections.Counter)
    reasons = collections.Counter()
    missing = []
    for path, dialect in schemas:
        all_of_them = constraints(path, dialect)
        if all_of_them is None:
            continue
        found = [one for one in all_of_them if one["kind"] in KINDS]
        names = {(one["table"].split(".")[-1], one.get("name")) for one in found}
        missing += [f"{path.name}: {table}.{name}" for table, name in sorted(known_checks(path, dialect) - names)] if dialect else []
        for one in found:
            verdicts[dialect or "given"][one["verdict"]] += 1
            if one["verdict"] != "exact":
                reasons[f"{one['verdict']}: {reason_kind(one['reason'])}"] += 1
            if is_list or one["verdict"] not in ("exact", "weaker"):
                print(f"{one['verdict']:12} {path.name}: {one['table']}: {one['sql']}" + (f"  ({one['reason']})" if one.get("reason") else ""))
    for dialect, counts in verdicts.items():
        print(f"{dialect}: {sum(counts.values())} CHECKs: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()))
    for reason, count in reasons.most_common():
        print(f"{count:6} {reason}")
    judged = sum((verdicts[dialect] for dialect in (("given",) if arguments else JUDGED)), collections.Counter())
    total = sum(judged.values())
    exact = judged["exact"] / max(total, 1)
    told = (judged["exact"] + judged["weaker"]) / max(total, 1)
    print(f"of {total}: {100 * exact:.1f} % exact, {100 * told:.1f} % exact or weaker")
    failures = [f"no verdict: {one}" for one in missing]
    if not arguments and exact < EXACT:
        failures.append(f"fewer than {100 * EXACT:.0f} % are exact")
    if not arguments and told < TOLD:
        failures.append(f"fewer than {100 * TOLD:.0f} % are exact or weaker")
    sys.exit("\n".join(failures) or 0)


main()
