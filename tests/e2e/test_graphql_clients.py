#!/usr/bin/env python3
"""Apollo Client and urql, unmodified, on running services of tests/e2e/clients/library.sql: on SQLite, and on PostgreSQL where a
server is installed; graphql-codegen on its schema.graphql, and tsc on what that prints. Exit status 77: skipped."""
import os
import subprocess
import sys

import harness
import postgres
from harness import Service
from test_clients import CLIENTS, node


def holds(program, name, environment):
    return subprocess.run([program, "--test", "--test-reporter=spec", f"{name}.test.mjs"], cwd=CLIENTS,
                          env={**os.environ, **environment}).returncode == 0


def serve(program, binary, database, server):
    with Service(binary, server=server) as service:
        held = True
        for client in ("apollo", "urql"):
            print(f"-- {client} on {database}", flush=True)
            held &= holds(program, client, {"SERVICE": f"http://127.0.0.1:{service.port}"})
        return held


def main():
    program = node()
    binary = harness.compiled(CLIENTS / "library.sql")
    print("-- graphql-codegen", flush=True)
    held = [holds(program, "codegen", {"SDL": str(binary.parent.parent / "docs" / "schema.graphql")}),
            serve(program, binary, "SQLite", None)]
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            held.append(serve(program, binary, "PostgreSQL", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
