#!/usr/bin/env python3
"""What lands in tests/ of an emitted service runs there: the rules of the examples, and every format, agree with SQLite, and their
JSON and zod schemas with the service, where Node.js and the packages of tests/e2e/clients are installed."""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import harness

MODULES = harness.ROOT / "tests" / "e2e" / "clients" / "node_modules"


def main():
    compiler = harness.os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc"
    with tempfile.TemporaryDirectory() as work:
        examples = [harness.ROOT / "examples" / name / f"{name}.sql" for name in ("blog", "shop", "types")]
        for schema in [*examples, harness.ROOT / "tests" / "e2e" / "formats.sql"]:
            name = schema.stem
            folder = Path(work) / name
            subprocess.run([compiler, schema, "-o", folder], check=True)
            if shutil.which("node") and (MODULES / "ajv").is_dir():
                (folder / "clients" / "typescript" / "node_modules").symlink_to(MODULES)
            print(f"-- {name}", flush=True)
            subprocess.run(["sh", folder / "tests" / "run", "--rows", "20000"], check=True)


if __name__ == "__main__":
    sys.exit(main())
