#!/usr/bin/env python3
"""The emitted OpenAPI documents, 3.1 and 3.0: no errors by swagger-parser, redocly and spectral, and the answers of a live
service are what they say, while test_rest.py and test_transactions.py run through prism: on SQLite with the one, on PostgreSQL, where a server is
installed, with the other. Exit status 77: skipped."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import harness
import postgres
from test_clients import CLIENTS, node

SCHEMAS = [*(harness.ROOT / "examples" / name / f"{name}.sql" for name in ("blog", "shop", "types")), CLIENTS / "library.sql"]
PROGRAMS = CLIENTS / "node_modules" / ".bin"
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


def judge(suite, document, database, url):
    environment = {"SQLXC_E2E_OPENAPI": version, "SQLXC_E2E_POSTGRES": url, "PYTHONDONTWRITEBYTECODE": "1"}
    return holds(f"prism before the blog on {database}: {suite}, {document.name}", [sys.executable, suite], environment,
                 Path(__file__).resolve().parent)


def main():
    program = node()
    with tempfile.TemporaryDirectory() as folder:
        documents = emit(Path(folder))
        held = [holds("swagger-parser", [program, "lint.mjs", *documents]),
                holds("redocly", [PROGRAMS / "redocly", "lint", "--config", "redocly.yaml", "--format", "summary", *documents]),
                holds("spectral", [PROGRAMS / "spectral", "lint", "-r", "spectral.yaml", "-D", *documents])]
        blog = Path(folder) / "blog-3.1.json"
        held += [judge(suite, blog, "SQLite", "") for suite in ("test_rest.py", "test_transactions.py")]
        if postgres.find_binaries() is not None:
            with postgres.Server() as server:
                held.append(judge("test_rest.py", Path(folder) / "blog-3.0.json", "PostgreSQL", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
