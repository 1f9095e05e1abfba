#!/usr/bin/env python3
"""@supabase/postgrest-js, unmodified, on tests/e2e/clients/library.sql, and the TypeScript client that is emitted beside the blog's
service: on SQLite, and on PostgreSQL where a server is installed. Exit status 77: skipped."""
import os
import shutil
import subprocess
import sys

import harness
import postgres
from harness import Service

CLIENTS = harness.ROOT / "tests" / "e2e" / "clients"


def node():
    """Where node is; skips where it or what scripts/install puts beside the tests is not."""
    found = shutil.which("node")
    if found is None:
        harness.skip("there is no node")
    if not (CLIENTS / "node_modules" / ".package-lock.json").exists():
        harness.skip("npm could not install tests/e2e/clients: scripts/install test")
    return found


def holds(program, binary, client, database, server):
    held = []
    for name, service_of, path in (("postgrest_js", binary, "/api"), ("typescript", client.parents[1] / "bin" / "service", "")):
        with Service(service_of, server=server) as service:
            environment = {**os.environ, "SERVICE": f"http://127.0.0.1:{service.port}{path}", "DATABASE": database,
                           "CLIENT": str(client / "dist" / "index.js")}
            print(f"-- {name} on {database}", flush=True)
            held.append(subprocess.run([program, "--test", "--test-reporter=spec", f"{name}.test.mjs"], cwd=CLIENTS,
                                       env=environment).returncode == 0)
    return all(held)


def emitted_client(program):
    """The folder of the blog's TypeScript client, compiled."""
    folder = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql").parents[1] / "clients" / "typescript"
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(CLIENTS / "node_modules")
    subprocess.run([program, CLIENTS / "node_modules" / "typescript" / "bin" / "tsc", "-p", folder], check=True)
    return folder


def main():
    program = node()
    binary, client = harness.compiled(CLIENTS / "library.sql"), emitted_client(program)
    held = [holds(program, binary, client, "sqlite", None)]
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            held.append(holds(program, binary, client, "postgres", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
