#!/usr/bin/env python3
"""The emitted OpenAPI documents, 3.1 and 3.0: no errors by swagger-parser, redocly and spectral; and the end-to-end suites run
through prism, which holds their requests and the answers of the live services against the documents: on SQLite against the one,
on PostgreSQL, where a server is installed, against the other. Exit status 77: skipped.

    tests/e2e/test_openapi.py [--full]     --full: all of JUDGED, and all requests of test_differences.py"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import harness
import postgres
from test_clients import CLIENTS, node

FULL = "--full" in sys.argv or os.environ.get("SQLXC_FULL") == "1"
# Suites that run before prism, with their databases. A full run has LONG, too: they cost minutes, and ask for little that is new.
JUDGED = {"test_rest.py": ("SQLite", "PostgreSQL"), "test_transactions.py": ("SQLite", "PostgreSQL"),
          "test_queries.py": ("SQLite", "PostgreSQL"), "test_search.py": ("SQLite",), "test_forms.py": ("PostgreSQL",), "test_corpora.py": ("SQLite",),
          "test_differences.py": ("PostgreSQL",)}
LONG = {"test_writes.py": ("SQLite", "PostgreSQL"), "test_statements.py": ("SQLite",), "test_timeouts.py": ("SQLite",),
        "test_corpora.py": ("PostgreSQL",)}
# All others, and why prism would be no judge of theirs.
UNJUDGED = {
    "test_hostile.py": "sends bytes that are no URL, no header and no JSON on raw sockets; prism would read and write them anew",
    "test_bounds.py": "likewise, and beyond every bound: prism has its own",
    "test_endurance.py": "slow, pipelined and broken connections on raw sockets",
    "test_streaming.py": "measures memory while a gigabyte passes; prism would hold it",
    "test_postgres_restart.py": "counts failures and times under load",
    "test_clients.py": "the requests are postgrest-js's own, and it does not look at what prism says of them",
    **dict.fromkeys(("test_graphql_http.py", "test_graphql_clients.py", "test_graphql_hostile.py", "test_graphql_nested.py", "test_graphql_plans.py",
                     "test_graphql_settings.py"), "speaks GraphQL, of which OpenAPI says nothing"),
    **dict.fromkeys(("test_subscriptions.py", "test_live_load.py"), "WebSockets and event streams"),
    "test_faces.py": "compares REST with GraphQL byte for byte; prism writes JSON anew",
    "test_orm.py": "a program that works on the database, not on the service",
    "test_idempotency.py": "races of connections, services that are killed; answers are compared byte for byte",
    "test_rules.py": "has not been tried before prism yet",
    "test_service_tests.py": "runs the tests that are emitted, which ask no service",
    "test_openapi.py": "this one",
}
SCHEMAS = [*(harness.ROOT / "examples" / name / f"{name}.sql" for name in ("blog", "shop", "types")), CLIENTS / "library.sql",
           *(Path(__file__).resolve().parent / f"{name}.sql" for name in ("queries", "forms", "search"))]
PROGRAMS = CLIENTS / "node_modules" / ".bin"
HERE = Path(__file__).resolve().parent
COMPILER = os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc"


def emit(folder):
    """The documents of all schemas, named for schema and version."""
    documents = []
    for schema in SCHEMAS:
        out = folder / schema.stem
        subprocess.run([COMPILER, schema, "-o", out, "--no-build"], check=True, stderr=subprocess.DEVNULL)
        for name, version in (("openapi.json", "3.1"), ("openapi-3.0.json", "3.0")):
            documents.append(folder / f"{schema.stem}-{version}.json")
            shutil.copy(out / "docs" / name, documents[-1])
    return documents


def holds(name, command, environment=None, folder=CLIENTS):
    print(f"-- {name}", flush=True)
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "REDOCLY_TELEMETRY": "off", **(environment or {})})
    text = done.stdout + done.stderr
    print(text if done.returncode else "\n".join(text.strip().splitlines()[-7:]), flush=True)
    return done.returncode == 0


def judge(suite, database, url):
    version = "3.0" if url else "3.1"
    environment = {"SQLXC_E2E_OPENAPI": version, "SQLXC_E2E_POSTGRES": url, "SQLXC_FULL": str(int(FULL)), "PYTHONDONTWRITEBYTECODE": "1"}
    began = time.time()
    held = holds(f"prism before {suite} on {database}, OpenAPI {version}", [sys.executable, suite], environment, HERE)
    print(f"-- {time.time() - began:.1f} s", flush=True)
    return held


def knows_every_suite():
    """Who adds a suite says whether it is judged."""
    known = {*JUDGED, *LONG, *UNJUDGED}
    found = {path.name for path in HERE.glob("test_*.py")}
    for name in sorted(found - known):
        print(f"{name} is in neither JUDGED nor UNJUDGED")
    return found <= known


def suites(database):
    tables = (JUDGED, LONG) if FULL else (JUDGED,)
    return [suite for table in tables for suite, databases in table.items() if database in databases]


def main():
    program = node()
    with tempfile.TemporaryDirectory() as folder:
        documents = emit(Path(folder))
        held = [holds("swagger-parser", [program, "lint.mjs", *documents]),
                holds("redocly", [PROGRAMS / "redocly", "lint", "--config", "redocly.yaml", "--format", "summary", *documents]),
                holds("spectral", [PROGRAMS / "spectral", "lint", "-r", "spectral.yaml", "-D", *documents])]
    held.append(knows_every_suite())
    held += [judge(suite, "SQLite", "") for suite in suites("SQLite")]
    if postgres.find_binaries() is not None:
        with postgres.Server() as server:
            held += [judge(suite, "PostgreSQL", server.url()) for suite in suites("PostgreSQL")]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
